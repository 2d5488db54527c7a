"""Summaries + glossary → Corpus: order, neighbours, and what stands under each topic, country and instrument."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec import Struct

from readout_site.countries import country_name
from readout_site.errors import SiteError
from readout_site.labels import TOPICS, Topic
from readout_site.rendering.glossary import Term, fold, key_of
from readout_site.rendering.links import digest, slug
from readout_site.rendering.summaries import Summary
from readout_site.rendering.terms import TermNames

Neighbours = tuple[Summary | None, Summary | None]
"""The readouts just before and after one: the older, the newer."""
RESERVED = frozenset({"index"})

Key = TypeVar("Key", bound=str)


class DuplicateIdError(SiteError):
    """Two captures whose briefings would stand at one address."""


class Thing(Struct, frozen=True):
    """A named agreement, initiative, body or law, as the pages of readouts show it."""

    name: str  #: As the glossary has it, else as most readouts write it.
    slug: str  #: Its part of the address.
    term: Term | None  #: Its entry in the glossary.


class Named(Struct, frozen=True):
    """A thing, and the readouts that name it."""

    thing: Thing
    summaries: tuple[Summary, ...]  #: Newest first.


class Surroundings(Struct, frozen=True):
    """Where the names in a readout lead, as far as that is on the site."""

    lands: tuple[str, ...]  #: Countries and bodies that it names and that have a page.
    things: tuple[tuple[str, Thing], ...]  #: Instruments and glossary entries that it names, by key.


@dataclass(frozen=True)
class Corpus:
    """All readouts in order, newest first, and the ways in to them."""

    summaries: tuple[Summary, ...]
    unread: tuple[Summary, ...]  #: Those of which nothing could be read, in the same order; they stand nowhere else.
    neighbours: Mapping[str, Neighbours]  #: By the id of each readout that has a day.
    topics: Mapping[Topic, tuple[Summary, ...]]  #: In the order of the vocabulary; none is empty.
    countries: Mapping[str, tuple[Summary, ...]]  #: By code, in the order of their names; none is empty.
    instruments: Mapping[str, Named]  #: By key, in the order of their names; none is empty.
    names: TermNames  #: What the glossary calls things.

    def around(self, summary: Summary) -> Surroundings:
        """Return where the names in a readout lead."""
        keys = sorted({key for key, _ in things_of(summary, self.names)} & self.instruments.keys())
        lands = tuple(code for code in summary.lands if code in self.countries)
        return Surroundings(lands, tuple((key, self.instruments[key].thing) for key in keys))


def arrange(summaries: Sequence[Summary], names: TermNames) -> Corpus:
    """Return the corpus; raise `DuplicateIdError` where two readouts have one id."""
    refuse_duplicates(summaries)
    whole = sorted(sorted(summaries, key=lambda item: item.id), key=lambda item: item.listed.day, reverse=True)
    ordered = tuple(item for item in whole if not item.listed.unread)
    return Corpus(
        summaries=ordered,
        unread=tuple(item for item in whole if item.listed.unread),
        neighbours=find_neighbours(ordered),
        topics=index(ordered, lambda item: item.listed.topics, TOPICS.index),
        countries=index(ordered, lambda item: item.countries, lambda code: (fold(country_name(code)), code)),
        instruments=find_instruments(ordered, names),
        names=names,
    )


def refuse_duplicates(summaries: Iterable[Summary]) -> None:
    """Raise where two captures give one id."""
    files: dict[str, str] = {}
    for summary in summaries:
        if summary.id in files:
            other = files[summary.id]
            message = f"has the id `{summary.id}`, as {other} has; rename one of the two files"
            raise DuplicateIdError(f"content/captures/{summary.file}: {message}")
        files[summary.id] = summary.file


def find_neighbours(ordered: Sequence[Summary]) -> dict[str, Neighbours]:
    """Return what stands beside each readout that has a day; nothing stands before or after one without."""
    dated = [item for item in ordered if item.listed.day]
    older = [*dated[1:], None]
    newer = [None, *dated[:-1]]
    return {item.id: (older[at], newer[at]) for at, item in enumerate(dated)}


def index(
    ordered: Iterable[Summary], keys_of: Callable[[Summary], Iterable[Key]], order: Callable[[Key], Any]
) -> dict[Key, tuple[Summary, ...]]:
    """Return the readouts under each of their keys, the keys in `order`."""
    shelves: defaultdict[Key, list[Summary]] = defaultdict(list)
    for summary in ordered:
        for key in keys_of(summary):
            shelves[key].append(summary)
    return {key: tuple(shelves[key]) for key in sorted(shelves, key=order)}


def things_of(summary: Summary, names: TermNames) -> dict[tuple[str, str], None]:
    """Return the things that a readout names, each by its key and as it is written, in text order."""
    written = [(names.known(key), name) for key, name in summary.things]
    return dict.fromkeys((*written, *((key_of(term), term) for term in summary.terms)))


def find_instruments(ordered: Iterable[Summary], names: TermNames) -> dict[str, Named]:
    """Return each instrument that the readouts mention, by its key, in the order of their names."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: defaultdict[str, dict[str, Summary]] = defaultdict(dict)
    for summary in ordered:
        for key, name in things_of(summary, names):
            written[key][name] += 1
            found[key][summary.id] = summary
    usual = {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in written.items()}
    terms = {key: names.terms.get(key) for key in usual}
    labels = {key: term.name if term else usual[key] for key, term in terms.items()}
    return {
        key: Named(Thing(labels[key], own_slug(key, terms[key]), terms[key]), tuple(found[key].values()))
        for key in sorted(labels, key=lambda key: (fold(labels[key]), key))
    }


def own_slug(key: str, term: Term | None) -> str:
    """Return an instrument's part of the address, made from its name alone, so that no other readout ever moves it."""
    name = slug(term.name if term else key)
    if key_of(name) == key and name not in RESERVED:
        return name
    plain, digits = slug(key), digest(key)
    return plain if plain.endswith(digits) else f"{plain}-{digits}"
