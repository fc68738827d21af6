from charts.markup.cards import plain_cards_html
from charts.markup.wheel import wheel_html
from views.cards import Card
from views.year_wheel import wheel


def test_a_card_says_its_value_and_how_to_read_it() -> None:
    assert plain_cards_html([Card("Öppna", "7", "ärenden", "av 20 <nu>")]) == (
        '<ul class="cards"><li class="card"><p class="title">Öppna</p><p class="value">'
        '7 <span class="unit">ärenden</span></p><p class="change">av 20 &lt;nu&gt;</p></li></ul>'
    )


def test_the_year_names_its_months_and_whose_the_items_are() -> None:
    markup = wheel_html(wheel("2026-11"), whose=True)
    assert '<div class="this-month"><dt>November 2026</dt><dd>Budget fastställs' in markup
    assert '<span class="forum">Temagrupper, NOSAM</span>' in markup
    assert "<dt>Varje månad</dt>" in markup


def test_a_month_without_items_says_so() -> None:
    markup = wheel_html(wheel("2026-06", forum="LGS"), whose=False)
    assert markup.count("Inget fast i årshjulet.") == 3
    assert "forum" not in markup
