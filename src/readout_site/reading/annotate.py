"""Readout → Briefing: every annotator marks what it knows, and overlaps are settled."""

from collections.abc import Callable, Iterable
from typing import Any

from readout_site.labels import is_annotated
from readout_site.reading.annotating.acts import NOTHING, find_acts
from readout_site.reading.annotating.figures import find_figures
from readout_site.reading.annotating.instruments import find_instruments
from readout_site.reading.annotating.names import find_mentions, other_countries
from readout_site.reading.annotating.reasons import find_words
from readout_site.reading.annotating.runs import find_sections
from readout_site.reading.annotating.topics import find_topics
from readout_site.reading.rules import Rules
from readout_site.records import Briefing, Figure, Instrument, Paragraph, Prose, Readout, Sentence

Marks = dict[str, Any]
"""Fields of `Briefing`, by name."""


def annotate(readout: Readout, rules: Rules) -> Briefing:
    """Return `readout` with all that is marked in it; one that is not in English is left unmarked."""
    marks: Marks = dict(UNMARKED)
    if is_annotated(readout.language):
        for annotator in ANNOTATORS:
            marks |= annotator(readout, rules)
    else:
        marks["paragraphs"] = tuple(plain(prose) for prose in readout.paragraphs)
    marks["figures"] = outside_names(marks["figures"], marks["instruments"])
    return Briefing(
        id=readout.id,
        title=readout.given_title or readout.title,
        date=readout.date,
        date_source=readout.date_source,
        published=readout.published,
        kind=readout.kind,
        place=readout.place,
        language=readout.language,
        issuer=readout.issuer,
        participants=readout.participants,
        sections=find_sections(marks["paragraphs"]),
        source=readout.source,
        removed=readout.removed,
        problems=readout.problems,
        corrected=readout.corrected,
        **marks,
    )


def mark_sentences(readout: Readout, rules: Rules) -> Marks:
    """Mark what each sentence is about and what is done in it."""
    topics = find_topics(readout, rules.topics, rules.weights.topics)
    deeds = find_acts(readout, rules.acts, rules.weights.acts)
    known = (rules.topics, rules.acts, rules.weights)
    return {
        "paragraphs": tuple(
            with_sentences(prose, zip(about, done, find_words(prose, about, done, known), strict=True))
            for prose, about, done in zip(readout.paragraphs, topics, deeds, strict=True)
        )
    }


def mark_names(readout: Readout, rules: Rules) -> Marks:
    """Mark people and countries, and list the countries other than the issuer's own."""
    mentions = find_mentions(readout, rules.gazetteer)
    return {"mentions": mentions, "countries": other_countries(mentions, readout, rules.gazetteer)}


def mark_instruments(readout: Readout, rules: Rules) -> Marks:
    """Mark named agreements, initiatives, alliances, laws and summits."""
    return {"instruments": find_instruments(readout, rules.instruments, rules.gazetteer)}


def mark_figures(readout: Readout, rules: Rules) -> Marks:
    """Mark numbers with meaning."""
    return {"figures": find_figures(readout, rules.units)}


ANNOTATORS: tuple[Callable[[Readout, Rules], Marks], ...] = (
    mark_sentences,
    mark_names,
    mark_instruments,
    mark_figures,
)
UNMARKED: Marks = {"paragraphs": (), "mentions": (), "countries": (), "instruments": (), "figures": ()}


def with_sentences(prose: Prose, told: Iterable[tuple[Any, Any, Any]]) -> Paragraph:
    """Return the paragraph with `(topics, deed, words)` for each of its sentences."""
    sentences = tuple(
        Sentence(f"{prose.id}.{number}", start, end, topics, deed.act, deed.agreed, words)
        for number, ((start, end), (topics, deed, words)) in enumerate(zip(prose.sentences, told, strict=True), 1)
    )
    return Paragraph(prose.id, prose.text, prose.source, sentences, prose.line)


def plain(prose: Prose) -> Paragraph:
    """Return the paragraph with nothing said of its sentences."""
    return with_sentences(prose, ((("overview",), NOTHING, ()) for _ in prose.sentences))


def outside_names(figures: Iterable[Figure], instruments: Iterable[Instrument]) -> tuple[Figure, ...]:
    """Return the figures whose number is not part of an instrument's name."""
    named = [(mark.paragraph, mark.start, mark.end) for mark in instruments]
    return tuple(
        figure
        for figure in figures
        if not any(index == figure.paragraph and start <= number_at(figure) < end for index, start, end in named)
    )


def number_at(figure: Figure) -> int:
    """Return where the number of a figure stands, after its qualifier."""
    return figure.start + (len(figure.qualifier) + 1 if figure.qualifier else 0)
