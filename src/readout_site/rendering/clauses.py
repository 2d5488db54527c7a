"""Figures and agreed clauses → the cards and lines of the sidebar: verbatim words, each linked to its sentence."""

import re
from bisect import bisect
from collections.abc import Iterator
from operator import attrgetter

from readout_site.records import Briefing, Figure
from readout_site.rendering.views import Clause, FigureCard

VERB = re.compile(r"(?:(?:re)?commit|agree|pledg|decid|vow|undert|will\b|concur|resolv|launch)\w*", re.IGNORECASE)


def figure_cards(briefing: Briefing, page: str = "") -> Iterator[FigureCard]:
    """Yield a card for each key figure; `page` leads to the briefing's page where that is another one.

    Vague ones, as “millions of people”, stand last, and none where not even a noun tells what is counted.
    """
    telling = (figure for figure in briefing.figures if figure.key and (figure.unit or figure.value is not None))
    for figure in sorted(telling, key=lambda figure: figure.value is None):
        sentences = briefing.paragraphs[figure.paragraph].sentences
        at = min(bisect(sentences, figure.start, key=attrgetter("end")), len(sentences) - 1)
        yield figure_card(figure, f"{page}#{sentences[at].id}", (*sentences[at].topics, "overview")[0])


def figure_card(figure: Figure, href: str, tone: str) -> FigureCard:
    """Take the quote apart: qualifier, number, and the noun that it counts; what is measured repeats none of it."""
    rest = figure.quote
    before = figure.qualifier if figure.qualifier and rest.startswith(figure.qualifier) else ""
    rest = rest.removeprefix(before).strip()
    unit = figure.unit if rest.endswith(f" {figure.unit}") and figure.kind not in ("money", "percent") else ""
    value = rest.removesuffix(unit).strip().removesuffix(" of") if unit else rest
    measures = (figure.measures or "").partition(rest or figure.quote)[0].strip()
    counted = "" if f" {unit} ".casefold() in f" {measures} ".casefold() else unit
    return FigureCard(before, value, counted, measures, figure.period or "", href, tone)


def clauses(briefing: Briefing, page: str = "") -> Iterator[Clause]:
    """Yield what was agreed or committed, in text order."""
    for index, paragraph in enumerate(briefing.paragraphs):
        for sentence in paragraph.sentences:
            if sentence.agreed:
                words = paragraph.text[slice(*sentence.agreed)]
                match = VERB.match(words)
                verb = match[0] if match else ""
                tone = sentence.topics[0] if sentence.topics else "overview"
                yield Clause(verb, words[len(verb) :], f"{page}#{sentence.id}", index + 1, tone)
