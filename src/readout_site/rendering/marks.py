"""Briefing → the marks on each of its paragraphs, and the notes that stand beside them."""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from readout_site.labels import Topic
from readout_site.records import Briefing, Note, Sentence, Span
from readout_site.rendering.corpus import Surroundings, Thing
from readout_site.rendering.links import country_path, instrument_path, relative
from readout_site.rendering.markup import Mark
from readout_site.rendering.terms import TermNames
from readout_site.rendering.vocabulary import ACT_WORDS, TOPIC_WORDS, section_topic

Place = tuple[int, int, int]
"""A paragraph's index and a range in its text."""
AGREED = ' class="agreed"'
FIGURE = ' class="fig"'


class Scope:
    """Where the names in one readout lead, ready to be looked up."""

    def __init__(self, around: Surroundings) -> None:
        """Make ready what is `around` the readout."""
        self.lands = frozenset(around.lands)
        self.things = dict(around.things)
        self.names = TermNames([thing.term for thing in self.things.values() if thing.term])

    def named(self, name: str) -> Thing:
        """Return the thing called `name`, which the readout mentions."""
        return self.things[self.names.key(name)]


@dataclass(frozen=True)
class Anchored:
    """A note with its number and place."""

    number: int  #: From 1, in the order of the text.
    paragraph: int  #: Index of the paragraph.
    span: Span  #: The words that it stands at.
    tells: Note | Thing  #: A note by hand, or a thing of the glossary.


@dataclass(frozen=True)
class Marking:
    """All that is marked in a briefing."""

    marks: Mapping[int, list[Mark]]  #: By the paragraph's index.
    notes: Mapping[int, list[Anchored]]  #: By the paragraph's index, in the order of the text.


def mark_briefing(briefing: Briefing, scope: Scope, path: str) -> Marking:
    """Return the marks and notes of a briefing whose page lies at `path`."""
    named = list(name_places(briefing, scope))
    notes = number_notes(briefing, named)
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    for paragraph, mark in (
        *sentence_marks(briefing),
        *clause_marks(briefing),
        *figure_marks(briefing),
        *link_marks(briefing, named, scope, path),
        *note_marks(notes),
    ):
        marks[paragraph].append(mark)
    beside: defaultdict[int, list[Anchored]] = defaultdict(list)
    for note in notes:
        beside[note.paragraph].append(note)
    return Marking(marks, beside)


def name_places(briefing: Briefing, scope: Scope) -> Iterator[tuple[Place, Thing]]:
    """Yield where instruments and glossary terms stand."""
    for instrument in briefing.instruments:
        yield (instrument.paragraph, instrument.start, instrument.end), scope.named(instrument.name)
    for term, paragraph, start, end in scope.names.places_in(briefing):
        yield (paragraph, start, end), scope.named(term.name)


def number_notes(briefing: Briefing, named: Iterable[tuple[Place, Thing]]) -> tuple[Anchored, ...]:
    """Return the notes by hand and one for the first mention of each glossary entry, numbered in text order."""
    first: dict[str, tuple[Place, Thing]] = {}
    for place, thing in sorted(named, key=lambda item: item[0]):
        if thing.term and thing.term.body:
            first.setdefault(thing.slug, (place, thing))
    found: list[tuple[Place, Note | Thing]] = [*first.values()]
    found += [((note.paragraph, note.start, note.end), note) for note in briefing.notes]
    found.sort(key=lambda item: (item[0][0], item[0][2], item[0][1]))
    return tuple(Anchored(number, place[0], place[1:], tells) for number, (place, tells) in enumerate(found, start=1))


def sentence_marks(briefing: Briefing) -> Iterator[tuple[int, Mark]]:
    """Yield a mark for each sentence, with its link and, where the topic turns, the topic's name."""
    headed = len(briefing.sections) > 1
    for section in briefing.sections:
        topic = section_topic(section.id)
        current: Topic = topic if headed else "overview"
        for index in section.paragraphs:
            for sentence in briefing.paragraphs[index].sentences:
                about = sentence.topics[0] if sentence.topics else "overview"
                turn = about not in ("overview", current)
                yield index, sentence_mark(sentence, topic, turn=turn)
                current = about if turn else current


def sentence_mark(sentence: Sentence, topic: Topic, *, turn: bool) -> Mark:
    """Return the mark of one sentence, under a section on `topic`."""
    about = sentence.topics[0] if sentence.topics else "overview"
    tone = "" if about in (topic, "overview") else f" t-{about}"
    label = f' data-t="{TOPIC_WORDS[about].name}"' if turn else ""
    words = ", ".join((*(TOPIC_WORDS[each].name for each in sentence.topics), ACT_WORDS[sentence.act].name))
    why = f" ({escape(', '.join(sentence.words))})" if sentence.words else ""
    name = escape(sentence.id)
    return Mark(
        start=sentence.start,
        end=sentence.end,
        tag="span",
        attributes=f' class="s{tone}"',
        once=f' id="{name}"{label} data-a="{words}{why}"',
        head=f'<a class="q" href="#{name}" aria-label="Sentence {sentence.id.rpartition(".")[2]}"></a>',
        rank=0,
    )


def clause_marks(briefing: Briefing) -> Iterator[tuple[int, Mark]]:
    """Yield a mark for each clause that agrees or commits."""
    for index, paragraph in enumerate(briefing.paragraphs):
        for sentence in paragraph.sentences:
            if sentence.agreed:
                yield index, Mark(*sentence.agreed, "span", AGREED, rank=1)


def figure_marks(briefing: Briefing) -> Iterator[tuple[int, Mark]]:
    """Yield a mark for each figure."""
    for figure in briefing.figures:
        yield figure.paragraph, Mark(figure.start, figure.end, "mark", FIGURE)


def link_marks(
    briefing: Briefing, named: Iterable[tuple[Place, Thing]], scope: Scope, path: str
) -> Iterator[tuple[int, Mark]]:
    """Yield links to the pages of instruments, terms and countries; a link never stands in another."""
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    candidates = [(place, "term", instrument_path(thing.slug)) for place, thing in named]
    for mention in briefing.mentions:
        if mention.kind == "country" and mention.ref in scope.lands:
            place = (mention.paragraph, mention.start, mention.end)
            candidates.append((place, "place", country_path(mention.ref)))
    for (paragraph, start, end), style, target in candidates:
        if is_free(taken[paragraph], start, end):
            insort(taken[paragraph], (start, end))
            yield paragraph, Mark(start, end, "a", f' class="{style}" href="{escape(relative(path, target))}"')


def is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether a range overlaps none of those `taken`, which are sorted and apart."""
    at = bisect(taken, (start, end))
    return (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or end <= taken[at][0])


def note_marks(notes: Iterable[Anchored]) -> Iterator[tuple[int, Mark]]:
    """Yield a mark for each note: its number, linked, after the words that it stands at."""
    for note in notes:
        style = "noted" if isinstance(note.tells, Note) else "named"
        number = note.number
        tail = (
            f'<a class="ref" id="ref-{number}" href="#note-{number}" data-n="{number}" aria-label="Note {number}"></a>'
        )
        yield note.paragraph, Mark(*note.span, "span", f' class="{style}"', tail=tail, rank=1)
