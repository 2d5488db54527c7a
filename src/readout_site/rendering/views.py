"""What each kind of page shows, whole: templates have no other source. Texts are plain unless they are `Markup`."""

from markupsafe import Markup
from msgspec import Struct

from readout_site.rendering.methodology import MethodView
from readout_site.rendering.redline import Revision


class Link(Struct, frozen=True):
    """A link with its words."""

    label: str
    href: str


class Tab(Struct, frozen=True):
    """A link in the head of a page."""

    label: str
    href: str
    current: bool  #: True where the page belongs to it.


class Day(Struct, frozen=True):
    """A day, in the forms that pages write it in."""

    iso: str  #: `2023-11-17`.
    short: str  #: `17 Nov`.
    long: str  #: `17 November 2023`.
    full: str  #: `Friday 17 November 2023`.


class Tally(Struct, frozen=True):
    """A link with a number beside it."""

    label: str
    href: str
    count: int
    tone: str = ""  #: The topic that colours it, or empty.
    note: str = ""  #: A few more words.
    share: int = 0  #: Of the greatest count in its list, per cent.


class Frame(Struct, frozen=True):
    """What stands around every page."""

    site: str  #: Title of the site.
    title: str  #: Title of the page; empty on the home page.
    description: str  #: For search engines and previews.
    language: str  #: Of the site's own words.
    root: str  #: Link prefix to the site's root.
    canonical: str | None  #: The page's own address, where the site's is known.
    navigation: tuple[Tab, ...]


class Entry(Struct, frozen=True):
    """A briefing in a list."""

    title: str
    href: str
    language: str
    direction: str
    day: Day | None
    kind: str
    place: str | None
    topics: tuple[Link, ...]  #: The topic's name, and the topic as its tone in place of an address.
    parties: tuple[str, ...]  #: Countries and bodies.
    more: int  #: How many parties are left out.
    edited: bool  #: True where an editor set some of this.


class Group(Struct, frozen=True):
    """Entries under a heading."""

    id: str
    heading: str
    entries: tuple[Entry, ...]


class Register(Struct, frozen=True):
    """Tallies under a heading."""

    id: str
    heading: str
    tallies: tuple[Tally, ...]
    href: str = ""  #: Where the heading leads, or empty.
    count: int = 0  #: Stands beside the heading unless zero.


class Party(Struct, frozen=True):
    """Someone who took part."""

    name: str
    role: str
    country: str | None
    href: str | None


class FigureCard(Struct, frozen=True):
    """A key figure: verbatim words only."""

    before: str  #: The qualifier, as written.
    value: str
    unit: str  #: The noun counted, or empty.
    measures: str  #: What is measured, or empty.
    period: str
    href: str
    tone: str


class Clause(Struct, frozen=True):
    """What was agreed or committed, verbatim."""

    verb: str  #: Its leading verb, set apart; may be empty.
    text: str  #: The rest.
    href: str
    number: int  #: Of the paragraph, from 1.
    tone: str


class Gloss(Struct, frozen=True):
    """A note beside the text."""

    number: int
    title: str
    kind: str  #: What sort of note it is.
    body: Markup
    by: str  #: Author and date.
    links: tuple[Link, ...]
    start: int  #: The line beside which it should begin, from 1.
    lines: int  #: How many lines it takes, about; 0 where it simply follows the note before it.
    quoted: bool  #: True where the title is the words that it stands at.
    clamped: bool  #: True where it is longer than there is room, and shows no more than its lines until it is opened.


class Passage(Struct, frozen=True):
    """A paragraph with its notes."""

    id: str
    number: int
    html: Markup
    notes: tuple[Gloss, ...]
    rows: int  #: How many paragraphs its notes may stand beside: those up to the next with notes.


class SectionView(Struct, frozen=True):
    """A run of paragraphs on one topic."""

    id: str
    title: str
    tone: str
    passages: tuple[Passage, ...]
    offset: float  #: Where it begins in the text, per cent of the characters.
    width: float  #: Its share of the characters, per cent.
    range: str  #: Its paragraphs, such as `3–5`.


class Piece(Struct, frozen=True):
    """A piece of the capture, in order: cut, or kept as a paragraph."""

    at: int  #: First code point in the decoded capture.
    line: int  #: The line of the capture that it begins on, from 1; 0 where that is not known.
    text: str  #: The words cut, or the first and last words kept.
    rule: str  #: Name of the rule that cut it; empty where it was kept.
    href: str  #: The rule on the method page, or the paragraph.
    number: int  #: Of the paragraph kept, from 1; 0 where it was cut.
    length: int  #: In characters.


class Edit(Struct, frozen=True):
    """What an editor set."""

    label: str  #: Name of the field.
    read: str  #: What was read there, in words; empty for nothing.


class Provenance(Struct, frozen=True):
    """Where a text comes from, and what became of the capture."""

    source: Link | None
    via: Link | None
    file: str
    sha256: str
    captured: Day | None
    capture: str  #: Link to the raw capture; empty where it is too large.
    record: str  #: Link to the record.
    edits: tuple[Edit, ...]  #: What an editor set.
    pieces: tuple[Piece, ...]
    cuts: int
    citation: str


class BriefingView(Struct, frozen=True):
    """A briefing page."""

    title: str
    language: str
    direction: str
    kind: str
    day: Day | None
    published: Day | None
    place: str | None
    issuer: str
    edited: tuple[str, ...]  #: The fields of the record that an editor set.
    headline: str  #: The title as published; empty where there is none.
    parties: tuple[Party, ...]
    reasons: tuple[str, ...]  #: Why its capture could not be read; none where it was.
    sections: tuple[SectionView, ...]
    headed: bool  #: True where sections have headings: there is more than one.
    figures: tuple[FigureCard, ...]
    clauses: tuple[Clause, ...]
    instruments: tuple[Link, ...]
    countries: tuple[Link, ...]
    provenance: Provenance
    revisions: tuple[Revision, ...]  #: How its earlier texts became this one, the newest first.
    older: Entry | None
    newer: Entry | None


class HomeView(Struct, frozen=True):
    """The home page."""

    site: str
    description: str
    lead: Entry | None
    opening: str  #: The first words of the lead's text.
    figures: tuple[FigureCard, ...]
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    more: Link | None
    total: int
    span: str  #: The years that the collection covers.
    topics: tuple[Tally, ...]
    countries: tuple[Tally, ...]
    instruments: tuple[Tally, ...]


class ListView(Struct, frozen=True):
    """All readouts of a month, a year, a topic, a country or an instrument."""

    kicker: Link
    heading: str
    tone: str
    says: str
    body: Markup
    facts: tuple[Link, ...]
    aliases: str
    total: int
    parts: tuple[Tally, ...]  #: Where the list goes on, or is split by year; with counts on its first page alone.
    part: str  #: Which part this is, or empty.
    groups: tuple[Group, ...]
    shares: tuple[Tally, ...]  #: What else the list can be told by.
    sharing: str  #: Heading over the shares.


class RegisterView(Struct, frozen=True):
    """All topics, countries, instruments or months."""

    heading: str
    says: str
    registers: tuple[Register, ...]
    jumps: tuple[Link, ...]
    layout: str  #: `columns`, `cards` or `months`.


class MissingView(Struct, frozen=True):
    """The page for an address that leads nowhere."""

    links: tuple[Link, ...]


class Layout(Struct, frozen=True):
    """A page laid out: all that its template shows."""

    template: str
    frame: Frame
    view: BriefingView | HomeView | ListView | RegisterView | MethodView | MissingView
