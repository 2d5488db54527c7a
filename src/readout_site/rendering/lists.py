"""Topics, countries, instruments and months → their lists of readouts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from markupsafe import Markup
from msgspec import Struct

from readout_site.countries import BODIES, country_name
from readout_site.labels import TOPICS, Topic
from readout_site.rendering.corpus import Corpus, Thing
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import LONGEST, Part, by_prefix, months, period_name, shelve, split
from readout_site.rendering.links import country_path, instrument_path, outward, relative, to_root, topic_path
from readout_site.rendering.prose import to_html
from readout_site.rendering.summaries import Summary
from readout_site.rendering.values import Page
from readout_site.rendering.views import Layout, Link, ListView, Tally
from readout_site.rendering.vocabulary import TOPIC_WORDS, UNREAD

LATEST = 50
"""The entries that the first page of a split list shows."""
SHARES = 10
UNREAD_PATH = "archive/unread.html"
UNREAD_SAYS = "Captures that gave no text. The page of each says why, and has the capture beside it."
FEWEST = 4
"""The fewest readouts of which shares say anything."""
OWN_TOPICS: Callable[[Summary], tuple[Topic, ...]] = attrgetter("listed.topics")
OWN_COUNTRIES: Callable[[Summary], tuple[str, ...]] = attrgetter("listed.countries")


class Heading(Struct, frozen=True):
    """What stands over a list."""

    kicker: tuple[str, str]  #: Label and path of the register that the list belongs to.
    words: str
    current: str  #: The navigation's item.
    tone: str = ""
    says: str = ""
    body: str = ""  #: Markdown by the site's editors.
    facts: tuple[Link, ...] = ()
    aliases: str = ""
    by_country: bool = False  #: True where the list is told by countries, else by topics.


class Sheet(Struct, frozen=True):
    """Which page of which list it is."""

    heading: Heading
    parts: tuple[tuple[str, str, int], ...] = ()  #: Name, path and length of each part; no length on a part's page.
    part: str = ""  #: Which part this is, or empty.


def topic_lists(corpus: Corpus) -> Iterator[Page]:
    """Yield the pages of each topic."""
    for topic, summaries in corpus.topics.items():
        word = TOPIC_WORDS[topic]
        kicker = ("Topic", "topics/index.html")
        heading = Heading(kicker, word.name, "Topics", tone=topic, says=word.says, by_country=True)
        yield from list_pages(topic_path(topic), heading, summaries)


def country_lists(corpus: Corpus) -> Iterator[Page]:
    """Yield the pages of each country and body."""
    for code, summaries in corpus.countries.items():
        kicker = ("Organisation" if code in BODIES else "Country", "countries/index.html")
        yield from list_pages(country_path(code), Heading(kicker, country_name(code), "Countries"), summaries)


def instrument_lists(corpus: Corpus) -> Iterator[Page]:
    """Yield the pages of each agreement, initiative, body or law."""
    for named in corpus.instruments.values():
        yield from list_pages(instrument_path(named.thing.slug), instrument_heading(named.thing), named.summaries)


def instrument_heading(thing: Thing) -> Heading:
    """Return what stands over an instrument's list: what the glossary says of it, where it says anything."""
    term = thing.term
    if not term:
        return Heading(("Agreements and bodies", "instruments/index.html"), thing.name, "Agreements")
    urls = dict.fromkeys((*((term.url,) if term.url else ()), *term.sources))
    return Heading(
        (term.kind.capitalize() or "Agreements and bodies", "instruments/index.html"),
        thing.name,
        "Agreements",
        body=term.body,
        facts=tuple(Link(url, url) for url in urls if outward(url)),
        aliases=", ".join(term.aliases),
    )


def archive_lists(corpus: Corpus) -> Iterator[Page]:
    """Yield the pages of each year, and of each month where a year is long."""
    for year, summaries in by_prefix(corpus.summaries, 4):
        heading = Heading(("Archive", "archive/index.html"), period_name(year), "Archive")
        yield from split_pages(f"archive/{year}.html", heading, archive_parts(year, summaries))


def unread_list(corpus: Corpus) -> Iterator[Page]:
    """Yield the list of captures that could not be read, where there are any."""
    if corpus.unread:
        heading = Heading(("Archive", "archive/index.html"), UNREAD, "Archive", says=UNREAD_SAYS)
        yield from list_pages(UNREAD_PATH, heading, corpus.unread)


def archive_parts(year: str, summaries: tuple[Summary, ...]) -> tuple[Part, ...]:
    """Return the parts of a year in the archive: one page, or the months where it is long."""
    if len(summaries) <= LONGEST:
        return (Part("", f"archive/{year}.html", summaries),)
    return tuple(Part(name, f"archive/{name}.html", items) for name, items in shelve(summaries, LONGEST))


def list_pages(path: str, heading: Heading, summaries: Sequence[Summary]) -> Iterator[Page]:
    """Yield the page of a list, and those of its parts where it is long."""
    yield from split_pages(path, heading, split(path, summaries))


def split_pages(path: str, heading: Heading, parts: Sequence[Part]) -> Iterator[Page]:
    """Yield the first page of a list, and one for each part that it leads to.

    A page shows some readouts in full and is about more of them: the first page of a long list about all. It alone
    tells how long each part is, so that a new readout changes no part but that which it falls into.
    """
    whole = tuple(summary for part in parts for summary in part.summaries)
    if len(parts) == 1 and parts[0].path == path:
        yield Page(path, lay_out_list, (Sheet(heading), whole, whole))
        return
    links = tuple((part.name, part.path, len(part.summaries)) for part in parts)
    yield Page(path, lay_out_list, (Sheet(heading, links), whole[:LATEST], whole))
    names = tuple((name, target, 0) for name, target, _ in links)
    for part in parts:
        yield Page(part.path, lay_out_list, (Sheet(heading, names, part.name), part.summaries, part.summaries))


def lay_out_list(
    edition: Edition, path: str, sheet: Sheet, shown: tuple[Summary, ...], whole: tuple[Summary, ...]
) -> Layout:
    """Lay out one page of a list: the readouts `shown`, and what tells of the `whole`."""
    heading = sheet.heading
    label, register = heading.kicker
    part = period_name(sheet.part) if sheet.part else ""
    title = f"{heading.words}, {part}" if part else heading.words
    view = ListView(
        kicker=Link(label, relative(path, register)),
        heading=heading.words,
        tone=heading.tone,
        says=heading.says,
        body=to_html(heading.body, to_root(path)) if heading.body else Markup(""),
        facts=heading.facts,
        aliases=heading.aliases,
        total=len(whole),
        parts=tuple(Tally(period_name(name), relative(path, target), size) for name, target, size in sheet.parts),
        part=part,
        groups=months(shown, path),
        shares=shares(whole, path, by_country=heading.by_country),
        sharing="Countries in these readouts" if heading.by_country else "Topics in these readouts",
    )
    return Layout("list.html", frame(edition, path, title, heading.says, heading.current), view)


def shares(summaries: Sequence[Summary], path: str, *, by_country: bool) -> tuple[Tally, ...]:
    """Return what the readouts of a list are told by: their countries or their topics, most frequent first."""
    if len(summaries) < FEWEST:
        return ()
    return country_shares(summaries, path) if by_country else topic_shares(summaries, path)


def country_shares(summaries: Iterable[Summary], path: str, most: int = SHARES) -> tuple[Tally, ...]:
    """Return the countries that most of the readouts name, as the page at `path` links them."""
    counts = Counter(chain.from_iterable(map(OWN_COUNTRIES, summaries)))
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    top = counts[ranked[0]] if ranked else 1
    return tuple(
        Tally(
            country_name(code), relative(path, country_path(code)), counts[code], share=round(100 * counts[code] / top)
        )
        for code in ranked[:most]
    )


def topic_shares(summaries: Iterable[Summary], path: str) -> tuple[Tally, ...]:
    """Return the topics of the readouts, as the page at `path` links them."""
    counts = Counter(chain.from_iterable(map(OWN_TOPICS, summaries)))
    top = max(counts.values(), default=1)
    return tuple(
        Tally(TOPIC_WORDS[topic].name, relative(path, topic_path(topic)), count, topic, share=round(100 * count / top))
        for topic, count in sorted(counts.items(), key=lambda item: (-item[1], TOPICS.index(item[0])))
    )
