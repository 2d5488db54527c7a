"""All topics, countries, instruments and months → the registers that lead to their lists."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from readout_site.countries import BODIES, country_name
from readout_site.rendering.corpus import Corpus, Named
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import UNDATED, by_prefix, period_name
from readout_site.rendering.glossary import fold
from readout_site.rendering.links import country_path, instrument_path, part_path, relative, slug
from readout_site.rendering.lists import UNREAD_PATH, archive_parts, topic_shares
from readout_site.rendering.summaries import Summary
from readout_site.rendering.values import Page
from readout_site.rendering.views import Layout, Link, Register, RegisterView, Tally
from readout_site.rendering.vocabulary import TOPIC_WORDS, UNREAD

Item = TypeVar("Item")

TOPICS_PATH = "topics/index.html"
COUNTRIES_PATH = "countries/index.html"
INSTRUMENTS_PATH = "instruments/index.html"
ARCHIVE_PATH = "archive/index.html"
MANY = 1500
"""The most instruments in one register; where there are more, each letter has a page."""
FREQUENT = 100
FEW = 3


def topic_register(corpus: Corpus) -> Iterator[Page]:
    """Yield the register of topics."""
    shares = {tally.tone: tally for tally in topic_shares(corpus.summaries, TOPICS_PATH)}
    tallies = tuple(
        Tally(tally.label, tally.href, tally.count, tally.tone, TOPIC_WORDS[topic].says, tally.share)
        for topic in corpus.topics
        if (tally := shares[topic])
    )
    says = (
        "What the sentences of the readouts are about. A readout stands under each topic that one of its sentences has."
    )
    view = RegisterView("Topics", says, (Register("", "", tallies),), (), "cards")
    yield Page(TOPICS_PATH, lay_out_register, (view, "Topics"))


def country_register(corpus: Corpus) -> Iterator[Page]:
    """Yield the register of countries and bodies."""
    tallies = [
        (code, Tally(country_name(code), relative(COUNTRIES_PATH, country_path(code)), len(summaries)))
        for code, summaries in corpus.countries.items()
    ]
    registers = by_letter(tally for code, tally in tallies if code not in BODIES)
    bodies = tuple(tally for code, tally in tallies if code in BODIES)
    if bodies:
        registers = (*registers, Register("bodies", "Organisations", bodies))
    says = "Countries and organisations that took part, that a text names, or that published it."
    view = RegisterView("Countries", says, registers, jumps(registers), "columns")
    yield Page(COUNTRIES_PATH, lay_out_register, (view, "Countries"))


def instrument_register(corpus: Corpus) -> Iterator[Page]:
    """Yield the register of agreements and bodies, and one for each letter where there are many."""
    things = tuple(corpus.instruments.values())
    says = "Agreements, declarations, initiatives, alliances, laws and summits that the readouts name."
    if len(things) <= MANY:
        registers = by_letter(named_tallies(things, INSTRUMENTS_PATH))
        view = RegisterView("Agreements", says, registers, jumps(registers), "columns")
        yield Page(INSTRUMENTS_PATH, lay_out_register, (view, "Agreements"))
        return
    letters = under_letters(things, lambda named: named.thing.name)
    paths = {name: part_path(INSTRUMENTS_PATH, slug(name)) for name in letters}
    top = sorted(things, key=lambda named: (-len(named.summaries), named.thing.slug))[:FREQUENT]
    frequent = Register("frequent", "Named most often", tuple(named_tallies(top, INSTRUMENTS_PATH)))
    links = tuple(Link(name, relative(INSTRUMENTS_PATH, path)) for name, path in paths.items())
    view = RegisterView("Agreements", says, (frequent,), links, "columns")
    yield Page(INSTRUMENTS_PATH, lay_out_register, (view, "Agreements"))
    for name, items in letters.items():
        registers = (Register("all", name, tuple(named_tallies(items, paths[name]))),)
        view = RegisterView("Agreements", says, registers, links, "columns")
        yield Page(paths[name], lay_out_register, (view, "Agreements"))


def lay_out_register(edition: Edition, path: str, view: RegisterView, current: str) -> Layout:
    """Lay out a register."""
    return Layout("register.html", frame(edition, path, view.heading, view.says, current), view)


def named_tallies(things: Iterable[Named], source: str) -> Iterator[Tally]:
    """Yield links to instruments, with what each is where the glossary says it."""
    for named in things:
        thing, kind = named.thing, named.thing.term.kind if named.thing.term else ""
        yield Tally(thing.name, relative(source, instrument_path(thing.slug)), len(named.summaries), note=kind)


def archive_register(corpus: Corpus) -> Iterator[Page]:
    """Yield the register of years and months."""
    registers = tuple(year_register(year, items) for year, items in by_prefix(corpus.summaries, 4))
    if corpus.unread:
        link = Tally("Captures", relative(ARCHIVE_PATH, UNREAD_PATH), len(corpus.unread))
        registers = (*registers, Register("unread", UNREAD, (link,)))
    says = "Every readout by the month of the encounter, or of publication where the text tells no day."
    view = RegisterView("Archive", says, registers, (), "months")
    yield Page(ARCHIVE_PATH, lay_out_register, (view, "Archive"))


def year_register(year: str, summaries: tuple[Summary, ...]) -> Register:
    """Return the months of a year: places on its page, or pages of their own where it is long."""
    parts = archive_parts(year, summaries)
    if parts[0].name:
        links = [(part.name, part.path.removeprefix("archive/"), len(part.summaries)) for part in parts]
    else:
        links = [(month, f"{year}.html#m{month}", len(items)) for month, items in by_prefix(summaries, 7)]
    tallies = tuple(Tally(period_name(name).replace(f" {year}", ""), href, count) for name, href, count in links)
    return Register(
        f"y{year}",
        period_name(year),
        tallies if year != UNDATED or len(parts) > 1 else (),
        f"{year}.html",
        len(summaries),
    )


def by_letter(tallies: Iterable[Tally]) -> tuple[Register, ...]:
    """Return tallies under their first letters."""
    letters = under_letters(tallies, lambda tally: tally.label)
    return tuple(Register(f"letter-{slug(name)}", name, tuple(items)) for name, items in letters.items())


def under_letters(items: Iterable[Item], name_of: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Return items under the letters that their names begin with, in the order of the letters."""
    shelves: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        shelves[letter(name_of(item))].append(item)
    return {name: shelves[name] for name in sorted(shelves)}


def letter(name: str) -> str:
    """Return the letter that a name stands under: a capital without accents, or `#`."""
    first = slug(fold(name))[:1].upper()
    return first if first.isalpha() and not fold(name)[:1].isdigit() else "#"


def jumps(registers: Sequence[Register]) -> tuple[Link, ...]:
    """Return links to registers on the same page, where there are enough of them to look for one."""
    return tuple(Link(register.heading, f"#{register.id}") for register in registers) if len(registers) > FEW else ()
