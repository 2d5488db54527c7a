"""All topics, countries, instruments and months → the registers that lead to their lists."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from readout_site.countries import BODIES, country_name
from readout_site.records import Briefing
from readout_site.rendering.corpus import Named
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import UNDATED, by_prefix, period_name
from readout_site.rendering.glossary import fold
from readout_site.rendering.links import country_path, instrument_path, part_path, relative, slug
from readout_site.rendering.lists import archive_parts, topic_shares
from readout_site.rendering.views import Link, Page, Register, RegisterView, Tally
from readout_site.rendering.vocabulary import TOPIC_WORDS

TOPICS_PATH = "topics/index.html"
COUNTRIES_PATH = "countries/index.html"
INSTRUMENTS_PATH = "instruments/index.html"
ARCHIVE_PATH = "archive/index.html"
MANY = 1500
"""The most instruments in one register; where there are more, each letter has a page."""
FREQUENT = 100
FEW = 3


def topic_register(edition: Edition) -> Iterator[Page]:
    """Yield the register of topics."""
    shares = {tally.tone: tally for tally in topic_shares(edition, edition.corpus.briefings, TOPICS_PATH)}
    tallies = tuple(
        Tally(tally.label, tally.href, tally.count, tally.tone, TOPIC_WORDS[topic].says, tally.share)
        for topic in edition.corpus.topics
        if (tally := shares[topic])
    )
    says = (
        "What the sentences of the readouts are about. A readout stands under each topic that one of its sentences has."
    )
    view = RegisterView("Topics", says, (Register("", "", tallies),), (), "cards")
    yield Page(TOPICS_PATH, "register.html", frame(edition, TOPICS_PATH, "Topics", says, "Topics"), view)


def country_register(edition: Edition) -> Iterator[Page]:
    """Yield the register of countries and bodies."""
    tallies = [
        (code, Tally(country_name(code), relative(COUNTRIES_PATH, country_path(code)), len(briefings)))
        for code, briefings in edition.corpus.countries.items()
    ]
    registers = by_letter(tally for code, tally in tallies if code not in BODIES)
    bodies = tuple(tally for code, tally in tallies if code in BODIES)
    if bodies:
        registers = (*registers, Register("bodies", "Organisations", bodies))
    says = "Countries and organisations that took part or that a text names, the publisher’s own aside."
    view = RegisterView("Countries", says, registers, jumps(registers), "columns")
    yield Page(COUNTRIES_PATH, "register.html", frame(edition, COUNTRIES_PATH, "Countries", says, "Countries"), view)


def instrument_register(edition: Edition) -> Iterator[Page]:
    """Yield the register of agreements and bodies, and one for each letter where there are many."""
    things = tuple(edition.corpus.instruments.values())
    says = "Agreements, declarations, initiatives, alliances, laws and summits that the readouts name."
    if len(things) <= MANY:
        registers = by_letter(named_tallies(things, INSTRUMENTS_PATH))
        yield instrument_page(
            edition, INSTRUMENTS_PATH, RegisterView("Agreements", says, registers, jumps(registers), "columns")
        )
        return
    letters = [(name, tuple(items)) for name, items in groupby(things, key=lambda thing: letter(thing.name))]
    paths = {name: part_path(INSTRUMENTS_PATH, slug(name)) for name, _ in letters}
    top = sorted(things, key=lambda thing: (-len(thing.briefings), thing.slug))[:FREQUENT]
    frequent = Register("frequent", "Named most often", tuple(named_tallies(top, INSTRUMENTS_PATH)))
    links = tuple(Link(name, relative(INSTRUMENTS_PATH, path)) for name, path in paths.items())
    yield instrument_page(edition, INSTRUMENTS_PATH, RegisterView("Agreements", says, (frequent,), links, "columns"))
    for name, items in letters:
        registers = (Register("all", name, tuple(named_tallies(items, paths[name]))),)
        yield instrument_page(edition, paths[name], RegisterView("Agreements", says, registers, links, "columns"))


def instrument_page(edition: Edition, path: str, view: RegisterView) -> Page:
    """Return a page of the register of agreements."""
    return Page(path, "register.html", frame(edition, path, view.heading, view.says, "Agreements"), view)


def named_tallies(things: Iterable[Named], source: str) -> Iterator[Tally]:
    """Yield links to instruments, with what each is where the glossary says it."""
    for thing in things:
        kind = thing.term.kind if thing.term else ""
        yield Tally(thing.name, relative(source, instrument_path(thing.slug)), len(thing.briefings), note=kind)


def archive_register(edition: Edition) -> Iterator[Page]:
    """Yield the register of years and months."""
    registers = tuple(year_register(year, items) for year, items in by_prefix(edition.corpus.briefings, 4))
    says = "Every readout by the month of the encounter, or of publication where the text tells no day."
    view = RegisterView("Archive", says, registers, (), "months")
    yield Page(ARCHIVE_PATH, "register.html", frame(edition, ARCHIVE_PATH, "Archive", says, "Archive"), view)


def year_register(year: str, briefings: tuple[Briefing, ...]) -> Register:
    """Return the months of a year: places on its page, or pages of their own where it is long."""
    parts = archive_parts(year, briefings)
    if parts[0].name:
        links = [(part.name, part.path.removeprefix("archive/"), len(part.briefings)) for part in parts]
    else:
        links = [(month, f"{year}.html#m{month}", len(items)) for month, items in by_prefix(briefings, 7)]
    tallies = tuple(Tally(period_name(name).replace(f" {year}", ""), href, count) for name, href, count in links)
    return Register(
        f"y{year}",
        period_name(year),
        tallies if year != UNDATED or len(parts) > 1 else (),
        f"{year}.html",
        len(briefings),
    )


def by_letter(tallies: Iterable[Tally]) -> tuple[Register, ...]:
    """Return tallies under their first letters."""
    runs = groupby(tallies, key=lambda tally: letter(tally.label))
    return tuple(Register(f"letter-{slug(name)}", name, tuple(items)) for name, items in runs)


def letter(name: str) -> str:
    """Return the letter that a name stands under: a capital without accents, or `#`."""
    first = slug(fold(name))[:1].upper()
    return first if first.isalpha() and not fold(name)[:1].isdigit() else "#"


def jumps(registers: Sequence[Register]) -> tuple[Link, ...]:
    """Return links to registers on the same page, where there are enough of them to look for one."""
    return tuple(Link(register.heading, f"#{register.id}") for register in registers) if len(registers) > FEW else ()
