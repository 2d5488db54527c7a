"""Topics, countries, instruments and months → their lists of readouts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from readout_site.countries import BODIES, country_name
from readout_site.records import TOPICS, Briefing
from readout_site.rendering.corpus import Named
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import LONGEST, Part, by_prefix, months, period_name, shelve, split
from readout_site.rendering.links import country_path, instrument_path, outward, relative, to_root, topic_path
from readout_site.rendering.prose import to_html
from readout_site.rendering.views import Link, ListView, Page, Tally
from readout_site.rendering.vocabulary import TOPIC_WORDS

LATEST = 50
"""The entries that the first page of a split list shows."""
SHARES = 10
FEWEST = 4
"""The fewest readouts of which shares say anything."""


class Heading(Struct, frozen=True):
    """What stands over a list."""

    kicker: tuple[str, str]  #: Label and path of the register that the list belongs to.
    words: str
    current: str  #: The navigation's item.
    tone: str = ""
    says: str = ""
    body: Markup = Markup("")
    facts: tuple[Link, ...] = ()
    aliases: str = ""
    by_country: bool = False  #: True where the list is told by countries, else by topics.


class Sheet(Struct, frozen=True):
    """One page of a list."""

    path: str
    shown: tuple[Briefing, ...]  #: In full on this page.
    whole: tuple[Briefing, ...]  #: What the page is about; on the first page of a long list more than is shown.
    parts: tuple[Tally, ...] = ()  #: Links to all parts of the list.
    part: str = ""  #: Which part this is.


def topic_lists(edition: Edition) -> Iterator[Page]:
    """Yield the pages of each topic."""
    for topic, briefings in edition.corpus.topics.items():
        word = TOPIC_WORDS[topic]
        kicker = ("Topic", "topics/index.html")
        heading = Heading(kicker, word.name, "Topics", tone=topic, says=word.says, by_country=True)
        yield from list_pages(edition, topic_path(topic), heading, briefings)


def country_lists(edition: Edition) -> Iterator[Page]:
    """Yield the pages of each country and body."""
    for code, briefings in edition.corpus.countries.items():
        kicker = ("Organisation" if code in BODIES else "Country", "countries/index.html")
        yield from list_pages(edition, country_path(code), Heading(kicker, country_name(code), "Countries"), briefings)


def instrument_lists(edition: Edition) -> Iterator[Page]:
    """Yield the pages of each agreement, initiative, body or law."""
    for thing in edition.corpus.instruments.values():
        yield from list_pages(edition, instrument_path(thing.slug), instrument_heading(thing), thing.briefings)


def instrument_heading(thing: Named) -> Heading:
    """Return what stands over an instrument's list: what the glossary says of it, where it says anything."""
    term = thing.term
    if not term:
        return Heading(("Agreements and bodies", "instruments/index.html"), thing.name, "Agreements")
    urls = dict.fromkeys((*((term.url,) if term.url else ()), *term.sources))
    return Heading(
        (term.kind.capitalize() or "Agreements and bodies", "instruments/index.html"),
        thing.name,
        "Agreements",
        body=to_html(term.body, to_root(instrument_path(thing.slug))),
        facts=tuple(Link(url, url) for url in urls if outward(url)),
        aliases=", ".join(term.aliases),
    )


def archive_lists(edition: Edition) -> Iterator[Page]:
    """Yield the pages of each year, and of each month where a year is long."""
    for year, briefings in by_prefix(edition.corpus.briefings, 4):
        heading = Heading(("Archive", "archive/index.html"), period_name(year), "Archive")
        yield from split_pages(edition, f"archive/{year}.html", heading, archive_parts(year, briefings))


def archive_parts(year: str, briefings: tuple[Briefing, ...]) -> tuple[Part, ...]:
    """Return the parts of a year in the archive: one page, or the months where it is long."""
    if len(briefings) <= LONGEST:
        return (Part("", f"archive/{year}.html", briefings),)
    return tuple(Part(name, f"archive/{name}.html", items) for name, items in shelve(briefings, LONGEST))


def list_pages(edition: Edition, path: str, heading: Heading, briefings: Sequence[Briefing]) -> Iterator[Page]:
    """Yield the page of a list, and those of its parts where it is long."""
    yield from split_pages(edition, path, heading, split(path, briefings))


def split_pages(edition: Edition, path: str, heading: Heading, parts: Sequence[Part]) -> Iterator[Page]:
    """Yield the first page of a list, and one for each part that it leads to."""
    whole = tuple(briefing for part in parts for briefing in part.briefings)
    if len(parts) == 1 and parts[0].path == path:
        yield list_page(edition, heading, Sheet(path, whole, whole))
        return
    yield list_page(edition, heading, Sheet(path, whole[:LATEST], whole, tallies(parts, path)))
    for part in parts:
        others = tallies(parts, part.path)
        yield list_page(edition, heading, Sheet(part.path, part.briefings, part.briefings, others, part.name))


def tallies(parts: Iterable[Part], source: str) -> tuple[Tally, ...]:
    """Return links to the parts of a list."""
    return tuple(Tally(period_name(part.name), relative(source, part.path), len(part.briefings)) for part in parts)


def list_page(edition: Edition, heading: Heading, sheet: Sheet) -> Page:
    """Return the page of one sheet of a list."""
    label, register = heading.kicker
    part = period_name(sheet.part) if sheet.part else ""
    title = f"{heading.words}, {part}" if part else heading.words
    view = ListView(
        kicker=Link(label, relative(sheet.path, register)),
        heading=heading.words,
        tone=heading.tone,
        says=heading.says,
        body=heading.body,
        facts=heading.facts,
        aliases=heading.aliases,
        total=len(sheet.whole),
        parts=sheet.parts,
        part=part,
        groups=months(sheet.shown, edition.corpus, sheet.path),
        shares=shares(edition, heading, sheet),
        sharing="Countries in these readouts" if heading.by_country else "Topics in these readouts",
    )
    return Page(sheet.path, "list.html", frame(edition, sheet.path, title, heading.says, heading.current), view)


def shares(edition: Edition, heading: Heading, sheet: Sheet) -> tuple[Tally, ...]:
    """Return what the readouts of a list are told by: their countries or their topics, most frequent first."""
    if len(sheet.whole) < FEWEST:
        return ()
    if heading.by_country:
        return country_shares(edition, sheet.whole, sheet.path)
    return topic_shares(edition, sheet.whole, sheet.path)


def country_shares(edition: Edition, briefings: Iterable[Briefing], path: str, most: int = SHARES) -> tuple[Tally, ...]:
    """Return the countries that most of `briefings` name, as the page at `path` links them."""
    counts = Counter(code for briefing in briefings for code in edition.corpus.facets[briefing.id].countries)
    ranked = sorted(
        (code for code in counts if code in edition.corpus.countries), key=lambda code: (-counts[code], code)
    )
    top = counts[ranked[0]] if ranked else 1
    return tuple(
        Tally(
            country_name(code), relative(path, country_path(code)), counts[code], share=round(100 * counts[code] / top)
        )
        for code in ranked[:most]
    )


def topic_shares(edition: Edition, briefings: Iterable[Briefing], path: str) -> tuple[Tally, ...]:
    """Return the topics of `briefings`, as the page at `path` links them."""
    counts = Counter(topic for briefing in briefings for topic in edition.corpus.facets[briefing.id].topics)
    top = max(counts.values(), default=1)
    return tuple(
        Tally(TOPIC_WORDS[topic].name, relative(path, topic_path(topic)), count, topic, share=round(100 * count / top))
        for topic, count in sorted(counts.items(), key=lambda item: (-item[1], TOPICS.index(item[0])))
    )
