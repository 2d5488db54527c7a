"""Briefing → Summary: the little of it that lists and other readouts' pages show, and that planning needs."""

import hashlib
from collections import Counter

import msgspec
from msgspec import Struct

from readout_site.labels import TOPICS, Kind, Topic, is_annotated
from readout_site.records import Briefing
from readout_site.rendering.glossary import key_of
from readout_site.rendering.links import briefing_path
from readout_site.rendering.terms import TermNames

TITLE = 200
"""The most characters of a title in a list."""
LISTED = frozenset({"title", "date", "kind", "place", "participants"})
"""The fields of a record that lists show."""


class Listed(Struct, frozen=True, array_like=True):
    """What lists show of a readout, and what it is listed under."""

    path: str  #: Of its page.
    title: str  #: As a list has it: of a long one the beginning.
    language: str
    day: str  #: Of the encounter, else of publication, else empty.
    kind: Kind
    place: str | None
    topics: tuple[Topic, ...]  #: Of its sentences, the one with most characters first; overview only alone.
    countries: tuple[str, ...]  #: Those that it names or that took part, the issuer's own aside.
    unread: bool  #: True where nothing of its capture could be read.
    edited: bool  #: True where some of this is set by an editor.


class Summary(Struct, frozen=True, array_like=True):
    """A briefing in short."""

    id: str  #: As in `Briefing`.
    file: str  #: Its capture, as in `Source`.
    listed: Listed  #: What lists show of it.
    look: bytes  #: A digest of `listed`: a list that shows it changes with this alone.
    record: bytes  #: A digest of the whole briefing.
    countries: tuple[str, ...]  #: Countries and bodies that it stands under: those that lists show, the issuer's last.
    lands: tuple[str, ...]  #: Countries and bodies that its page may lead to.
    things: tuple[tuple[str, str], ...]  #: Named instruments in text order: what tells each from others, and its name.
    terms: tuple[str, ...]  #: The glossary's entries that its text names, by name.
    raw: bool  #: Whether its capture stands beside its page: one that is too large does not.


def summarise(briefing: Briefing, record: bytes, names: TermNames) -> Summary:
    """Return a briefing in short; `record` is its public form, and `names` what the glossary calls things."""
    listed = Listed(
        path=briefing_path(briefing.id),
        title=briefing.title if len(briefing.title) <= TITLE else f"{briefing.title[:TITLE]}…",
        language=briefing.language,
        day=briefing.date or briefing.published or "",
        kind=briefing.kind,
        place=briefing.place,
        topics=topics_of(briefing),
        countries=countries_of(briefing),
        unread=not briefing.paragraphs,
        edited=not LISTED.isdisjoint(briefing.corrected),
    )
    written = dict.fromkeys(instrument.name for instrument in briefing.instruments)
    return Summary(
        id=briefing.id,
        file=briefing.source.file,
        listed=listed,
        look=digest(msgspec.msgpack.encode(listed)),
        record=digest(record),
        countries=tuple(dict.fromkeys((*listed.countries, *issuing(briefing)))),
        lands=lands_of(briefing),
        things=tuple((key_of(name), name) for name in written),
        terms=tuple(dict.fromkeys(term.name for term, *_ in names.places_in(briefing))),
        raw=bool(briefing.source.sha256),
    )


def published_title(briefing: Briefing) -> str:
    """Return the title that a readout was published under, where an editor set another; empty where it has none."""
    return briefing.corrected.get("title", briefing.title) or ""


def digest(data: bytes) -> bytes:
    """Return 16 bytes that tell `data` from any other."""
    return hashlib.blake2b(data, digest_size=16).digest()


def topics_of(briefing: Briefing) -> tuple[Topic, ...]:
    """Return the topics of a briefing's sentences, the one with most characters first; overview only alone.

    A text that is not annotated has none.
    """
    if not is_annotated(briefing.language):
        return ()
    sizes: Counter[Topic] = Counter()
    for paragraph in briefing.paragraphs:
        for sentence in paragraph.sentences:
            for topic in sentence.topics[:1]:
                sizes[topic] += sentence.end - sentence.start
    ranked = sorted(sizes, key=lambda topic: (-sizes[topic], TOPICS.index(topic)))
    return tuple(topic for topic in ranked if topic != "overview") or ("overview",)


def countries_of(briefing: Briefing) -> tuple[str, ...]:
    """Return the countries and bodies that a briefing names or that took part, the issuer's own aside."""
    own = issuing(briefing)
    parties = (party.country for party in briefing.participants)
    return tuple(dict.fromkeys(code for code in (*parties, *briefing.countries) if code and code not in own))


def issuing(briefing: Briefing) -> tuple[str, ...]:
    """Return the country or body of who published a readout, where it is told."""
    return (briefing.issuer.country,) if briefing.issuer and briefing.issuer.country else ()


def lands_of(briefing: Briefing) -> tuple[str, ...]:
    """Return every country and body that the page of a briefing names, in the order of their codes."""
    parties = {party.country for party in briefing.participants if party.country}
    mentioned = {mention.ref for mention in briefing.mentions if mention.kind == "country"}
    return tuple(sorted(parties | mentioned | set(briefing.countries)))
