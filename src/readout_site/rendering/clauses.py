"""Figures and agreed clauses → the cards and lines of the sidebar: verbatim words, each linked to its sentence."""

import re
from collections.abc import Iterator

from readout_site.records import Briefing, Figure
from readout_site.rendering.views import Clause, FigureCard

VERB = re.compile(r"(?:(?:re)?commit|agree|pledg|decid|vow|undert|will\b|concur|resolv|launch)\w*", re.IGNORECASE)


def figure_cards(briefing: Briefing, anchors: tuple[str, ...], page: str = "") -> Iterator[FigureCard]:
    """Yield a card for each key figure; `page` leads to the briefing's page where that is another one."""
    for figure in briefing.figures:
        if figure.key:
            number, tone = sentence_at(briefing, figure.paragraph, figure.start)
            yield figure_card(figure, f"{page}#{anchors[figure.paragraph]}.{number}", tone)


def figure_card(figure: Figure, href: str, tone: str) -> FigureCard:
    """Take the quote apart: qualifier, number, and the noun that it counts."""
    rest = figure.quote
    before = figure.qualifier if figure.qualifier and rest.startswith(figure.qualifier) else ""
    rest = rest.removeprefix(before).strip()
    unit = figure.unit if rest.endswith(f" {figure.unit}") and figure.kind not in ("money", "percent") else ""
    value = rest.removesuffix(unit).strip().removesuffix(" of") if unit else rest
    measures = figure.measures or ""
    after = measures if unit and unit.casefold() in measures.casefold() else f"{unit} {measures}".strip()
    return FigureCard(before, value, after, figure.period or "", href, tone)


def clauses(briefing: Briefing, anchors: tuple[str, ...], page: str = "") -> Iterator[Clause]:
    """Yield what was agreed or committed, in text order."""
    for index, paragraph in enumerate(briefing.paragraphs):
        for number, sentence in enumerate(paragraph.sentences, start=1):
            if sentence.agreed:
                words = paragraph.text[slice(*sentence.agreed)]
                match = VERB.match(words)
                verb = match[0] if match else ""
                tone = sentence.topics[0] if sentence.topics else "overview"
                yield Clause(verb, words[len(verb) :], f"{page}#{anchors[index]}.{number}", index + 1, tone)


def sentence_at(briefing: Briefing, paragraph: int, offset: int) -> tuple[int, str]:
    """Return the number of the sentence that holds `offset`, and its topic."""
    sentences = briefing.paragraphs[paragraph].sentences
    for number, sentence in enumerate(sentences, start=1):
        if offset < sentence.end:
            return number, sentence.topics[0] if sentence.topics else "overview"
    return len(sentences), "overview"
