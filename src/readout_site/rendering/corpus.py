"""Briefings + glossary → Corpus: order, neighbours, and what stands under each topic, country and instrument."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec import Struct

from readout_site.countries import country_name
from readout_site.errors import SiteError
from readout_site.records import TOPICS, Briefing, Topic
from readout_site.rendering.glossary import Term, fold, key_of
from readout_site.rendering.links import briefing_path, digest, slug
from readout_site.rendering.terms import TermNames

RESERVED = frozenset({"index"})

Key = TypeVar("Key", bound=str)


class DuplicateIdError(SiteError):
    """Two captures whose briefings would stand at one address."""


class Named(Struct, frozen=True):
    """A named agreement, initiative, body or law, wherever it is mentioned."""

    name: str  #: As the glossary has it, else as most readouts write it.
    slug: str  #: Its part of the address.
    term: Term | None  #: Its entry in the glossary.
    briefings: tuple[Briefing, ...]  #: Where it is mentioned, newest first.


class Neighbours(Struct, frozen=True):
    """The readouts just before and after one."""

    older: Briefing | None
    newer: Briefing | None


class Facets(Struct, frozen=True):
    """What a briefing is listed under."""

    path: str  #: Of its page.
    day: str  #: Of the encounter, else of publication, else empty.
    topics: tuple[Topic, ...]  #: Of its sentences, the one with most characters first; overview only alone.
    countries: tuple[str, ...]  #: Those that it names or that took part, the issuer's own aside.


@dataclass(frozen=True)
class Corpus:
    """All briefings in order, newest first, and the ways in to them."""

    briefings: tuple[Briefing, ...]
    facets: Mapping[str, Facets]  #: By the briefing's id.
    neighbours: Mapping[str, Neighbours]  #: By the briefing's id.
    topics: Mapping[Topic, tuple[Briefing, ...]]  #: In the order of the vocabulary; none is empty.
    countries: Mapping[str, tuple[Briefing, ...]]  #: By code, in the order of their names; none is empty.
    instruments: Mapping[str, Named]  #: By key, in the order of their names; none is empty.
    names: TermNames  #: What the glossary calls things.

    def named(self, name: str) -> Named:
        """Return the instrument called `name`, which a briefing mentions."""
        return self.instruments[self.names.key(name)]


def arrange(briefings: Sequence[Briefing], terms: Sequence[Term]) -> Corpus:
    """Return the corpus; raise `DuplicateIdError` where two briefings have one id."""
    refuse_duplicates(briefings)
    ordered = tuple(sorted(sorted(briefings, key=lambda item: item.id), key=day, reverse=True))
    names = TermNames(terms)
    facets = {item.id: find_facets(item) for item in ordered}
    return Corpus(
        briefings=ordered,
        facets=facets,
        neighbours=find_neighbours(ordered),
        topics=index(ordered, lambda item: facets[item.id].topics, TOPICS.index),
        countries=index(ordered, lambda item: facets[item.id].countries, lambda code: (fold(country_name(code)), code)),
        instruments=find_instruments(ordered, names),
        names=names,
    )


def day(briefing: Briefing) -> str:
    """Return the day that a briefing is listed under: of the encounter, else of publication, else an empty text."""
    return briefing.date or briefing.published or ""


def find_facets(briefing: Briefing) -> Facets:
    """Return what a briefing is listed under."""
    return Facets(briefing_path(briefing.id), day(briefing), topics_of(briefing), countries_of(briefing))


def topics_of(briefing: Briefing) -> tuple[Topic, ...]:
    """Return the topics of a briefing's sentences, the one with most characters first; overview only alone."""
    sizes: Counter[Topic] = Counter()
    for paragraph in briefing.paragraphs:
        for sentence in paragraph.sentences:
            for topic in sentence.topics[:1]:
                sizes[topic] += sentence.end - sentence.start
    ranked = sorted(sizes, key=lambda topic: (-sizes[topic], TOPICS.index(topic)))
    return tuple(topic for topic in ranked if topic != "overview") or ("overview",)


def countries_of(briefing: Briefing) -> tuple[str, ...]:
    """Return the countries and bodies that a briefing names or that took part, the issuer's own aside."""
    own = briefing.issuer.country if briefing.issuer else None
    parties = (party.country for party in briefing.participants)
    return tuple(dict.fromkeys(code for code in (*parties, *briefing.countries) if code and code != own))


def refuse_duplicates(briefings: Iterable[Briefing]) -> None:
    """Raise where two captures give one id."""
    files: dict[str, str] = {}
    for briefing in briefings:
        file = briefing.source.file
        if briefing.id in files:
            other = files[briefing.id]
            message = f"has the id `{briefing.id}`, as {other} has; rename one of the two files"
            raise DuplicateIdError(f"content/captures/{file}: {message}")
        files[briefing.id] = file


def find_neighbours(ordered: Sequence[Briefing]) -> dict[str, Neighbours]:
    """Return what stands beside each briefing; nothing stands before or after one without a day."""
    dated = [item for item in ordered if day(item)]
    older = [*dated[1:], None]
    newer = [None, *dated[:-1]]
    beside = {item.id: Neighbours(older[at], newer[at]) for at, item in enumerate(dated)}
    return {item.id: beside.get(item.id, Neighbours(None, None)) for item in ordered}


def index(
    ordered: Iterable[Briefing], keys_of: Callable[[Briefing], Iterable[Key]], order: Callable[[Key], Any]
) -> dict[Key, tuple[Briefing, ...]]:
    """Return the briefings under each of their keys, the keys in `order`."""
    shelves: defaultdict[Key, list[Briefing]] = defaultdict(list)
    for briefing in ordered:
        for key in keys_of(briefing):
            shelves[key].append(briefing)
    return {key: tuple(shelves[key]) for key in sorted(shelves, key=order)}


def find_instruments(ordered: Iterable[Briefing], names: TermNames) -> dict[str, Named]:
    """Return each instrument that the briefings mention, by its key, in the order of their names."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: defaultdict[str, dict[str, Briefing]] = defaultdict(dict)
    for briefing in ordered:
        mentioned = [term.name for term in dict.fromkeys(term for term, *_ in names.places_in(briefing))]
        for name in dict.fromkeys((*(instrument.name for instrument in briefing.instruments), *mentioned)):
            key = names.key(name)
            written[key][name] += 1
            found[key][briefing.id] = briefing
    usual = {key: min(forms, key=lambda form: (-forms[form], form)) for key, forms in written.items()}
    terms = {key: names.terms.get(key) for key in usual}
    labels = {key: term.name if term else usual[key] for key, term in terms.items()}
    return {
        key: Named(labels[key], own_slug(key, terms[key]), terms[key], tuple(found[key].values()))
        for key in sorted(labels, key=lambda key: (fold(labels[key]), key))
    }


def own_slug(key: str, term: Term | None) -> str:
    """Return an instrument's part of the address, made from its name alone, so that no other readout ever moves it."""
    name = slug(term.name if term else key)
    if key_of(name) == key and name not in RESERVED:
        return name
    plain, digits = slug(key), digest(key)
    return plain if plain.endswith(digits) else f"{plain}-{digits}"
