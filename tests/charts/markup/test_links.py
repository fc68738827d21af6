"""Links from numbers lead to pages that there are, with what the page asks for."""

from charts.markup import links
from charts.markup.templating import rendered
from metrics.catalogue import indicator
from metrics.datasets import datasets
from ui.destinations import DESTINATIONS


def test_every_page_that_is_led_to_is_there() -> None:
    paths = {place.path for place in DESTINATIONS}
    about = {dataset.page.path for dataset in datasets().values() if dataset.page}
    assert about | {links.COMPARE, links.REPORTS} <= paths


def test_a_number_leads_to_its_place_and_period() -> None:
    months, quarters, years = map(indicator, ("mean_days", "deviations", "suicides"))
    assert (
        links.address(months, place="1480", period="2026-10")
        == "manadsuppfoljning?omrade=1480&period=2026-10"
    )
    assert (
        links.address(quarters, place="simba", period="2026-K3")
        == "avvikelser?omrade=simba&kvartal=2026-K3"
    )
    assert (
        links.address(years, place="1480", period="2025")
        == "jamfor?matt=suicides&omrade=1480&ar=2025"
    )
    assert links.report(place="1480", period="2026-10") == (
        "rapporter?omrade=goteborg&period=2026-10"
    )


def test_a_link_is_escaped() -> None:
    row = {"name": '"<b>x</b>"', "address": "a?b=1&c=2", "report": "d", "said": "", "to": "1"}
    rest = dict.fromkeys(("start", "unit", "since", "spark", "reading"), "")
    shown = rendered("events", rows=[row | rest])
    assert '<a class="go" href="a?b=1&amp;c=2">&#34;&lt;b&gt;x&lt;/b&gt;&#34;</a>' in shown
    assert 'aria-label="Öppna &#34;&lt;b&gt;x&lt;/b&gt;&#34;"' in shown
