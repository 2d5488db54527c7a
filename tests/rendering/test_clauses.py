"""Cards and clauses of the sidebar: every piece is a span of the text, and no word stands twice."""

from collections.abc import Callable

import pytest

from readout_site.labels import FigureKind
from readout_site.records import Briefing, Figure
from readout_site.rendering.clauses import clauses, figure_cards

Make = Callable[..., Briefing]


@pytest.mark.parametrize(
    ("text", "quote", "unit", "kind", "measures", "pieces"),
    [
        ("Nearly 300 sailors met ashore.", "300 sailors", "sailors", "count", "met ashore", "300|sailors|met ashore"),
        ("Aid of $5 million for ports.", "$5 million", "USD", "money", "Aid", "$5 million||Aid"),
        ("They met 65 women mayors and allies.", "65 women", "women", "count", "women mayors", "65||women mayors"),
        ("They met 65 men and women mayors.", "65 men", "men", "count", "women mayors", "65|men|women mayors"),
        ("A goal of 90% clean power.", "90%", "percent", "percent", "goal of 90% clean power", "90%||goal of"),
        ("Tens of thousands of ships call.", "Tens of thousands of ships", "ships", "count", None,
         "Tens of thousands|ships|"),
    ],
)  # fmt: skip
def test_a_card_is_made_of_spans(  # noqa: PLR0913, PLR0917 - a row of the table
    make: Make, text: str, quote: str, unit: str, kind: FigureKind, measures: str | None, pieces: str
) -> None:
    start = text.index(quote)
    figure = Figure(0, start, start + len(quote), quote, None, None, unit, "", kind, measures, None, key=True)
    briefing = make(texts=(text,), figures=(figure,))
    [card] = figure_cards(briefing)
    assert [card.value, card.unit, card.measures] == pieces.split("|")
    assert all(piece in text for piece in (card.before, card.value, card.unit, card.measures, card.period))
    assert card.href == f"#{briefing.paragraphs[0].sentences[0].id}"


def test_vague_figures_stand_last_and_those_of_nothing_nowhere(make: Make) -> None:
    text = "Millions would gain. Millions of people and 40 ships would."
    spans = [("Millions", 0, None, ""), ("Millions of people", 21, None, "people"), ("40 ships", 44, 40, "ships")]
    figures = tuple(
        Figure(0, at, at + len(quote), quote, value, None, unit, "", "count", None, None, key=True)
        for quote, at, value, unit in spans
    )
    cards = figure_cards(make(texts=(text,), figures=figures))
    assert [(card.value, card.unit) for card in cards] == [("40", "ships"), ("Millions", "people")]


def test_a_clause_is_a_span_of_its_paragraph(make: Make) -> None:
    briefing = make()
    found = list(clauses(briefing))
    assert [each.verb for each in found] == ["agreed"]
    assert all(each.verb + each.text in briefing.paragraphs[each.number - 1].text for each in found)
