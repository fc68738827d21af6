"""Which words of a title nothing explains."""

import pytest

from loaders.exports.utskrivningsklara import EXPORT
from loaders.mapping.title_words import unexplained

COUNTED = "Utskrivningsklara juli 2019"


@pytest.mark.parametrize(
    "said",
    [
        ", demenssjukdom",
        ", väntar på korttidsplats",
        ", nya patienter",
        " med SIP",
        " – listade på Närhälsan",
        " (LSS)",
        " på Östra",
    ],
)
def test_words_that_nothing_explains_are_found(said: str) -> None:
    assert unexplained(EXPORT, COUNTED + said)


@pytest.mark.parametrize(
    "title",
    [
        COUNTED,
        "Månadsrapport: utskrivna utskrivningsklara patienter per kommun, juli 2019",
        "Antal utskrivna och antal dagar, Västra Götaland, januari–juli 2019",
        "Uppföljning av utskrivningsklara i Fyrbodal, kvartal 3 2019",
        "Utskrivningsklara första kvartalet 2020, Sahlgrenska Universitetssjukhuset, somatik",
        "Trygg och effektiv utskrivning, uppföljning kv 3 2019, länsövergripande",
        "Utskrivningsklara på Sahlgrenska juli 2019",
        "Utskrivningsklara vid NU-sjukvården 2019-07-01 – 2019-07-31 (rättad version)",
        "Utskrivningsklara från SAMSA, juli 2019, VästKom/GITS för LGS och SRO (VGR)",
        "Utskrivningsklara, mån 1 juli 2019 – ons 31 juli 2019, reviderad",
        "Utskrivningsklara juli anno 2019 fr.o.m. 1/7-19",
        # What names nothing that is counted, and prose, are no titles.
        "Beredningsgruppen",
        "Utskrivningsklara väntar hemma om de kan.",
    ],
)
def test_titles_of_everything_have_none(title: str) -> None:
    assert unexplained(EXPORT, title) is None


def test_a_column_explains_the_words_that_it_is_called_by() -> None:
    title = "Utskrivna efter kommun, civilstånd och månad"
    assert unexplained(EXPORT, title) == "civilstånd"
    assert unexplained(EXPORT, title, {"kommun", "civilstånd"}) is None
