"""Every value that flows through the house, in order of appearance; each is frozen and whole.

Offsets count Unicode code points, end exclusive: in the decoded capture where a field says so, else in the
paragraph's text. Dates are ISO 8601 (`YYYY-MM-DD`), countries ISO 3166-1 alpha-2 or the usual acronym of a
body (`EU`, `NATO`, `UN`), currencies ISO 4217, languages BCP 47. Unknown is `None` or an empty tuple.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from readout_site.labels import Act, DateSource, FigureKind, Kind, Topic

Span = tuple[int, int]
"""A half-open range `(start, end)` of code points."""


class Problem(Struct, frozen=True):
    """A fault, which a person should mend, or a notice, which is to be known; never a reason to stop."""

    path: str  #: The file below `content/` that it is about.
    line: int | None  #: The line in that file, from 1; None where no one line is meant.
    message: str  #: What is wrong; what to do.
    notice: bool = False  #: Whether there is nothing to mend: all that was given is on the site as it was meant.

    def __str__(self) -> str:
        """Return `path:line: message`."""
        return f"{self.path}{'' if self.line is None else f':{self.line}'}: {self.message}"


class Issuer(Struct, frozen=True):
    """Who published a readout."""

    name: str  #: Its usual English name, such as `the White House`, without an article of its own at the start.
    country: str | None  #: Its country or body.


class Participant(Struct, frozen=True):
    """Someone who took part in the encounter by name."""

    name: str  #: As fully as the readout gives it, without the title.
    role: str  #: As written; empty where none is.
    country: str | None  #: The country or body that the person speaks for.


# --- disk → Capture ---------------------------------------------------------------------------------
class Corrections(Struct, frozen=True):
    """What a person knows better than the reading, in the fields of the record; what is not set stays as it is read."""

    title: str | UnsetType = UNSET  #: Stands for the published one in lists and at the head of the page.
    date: str | UnsetType | None = UNSET  #: Day of the encounter; None where there was none, or none is known.
    kind: Kind | UnsetType = UNSET  #: Form of the encounter.
    place: str | UnsetType | None = UNSET  #: Where it was held; None for nowhere.
    language: str | UnsetType = UNSET  #: Language of the text.
    issuer: Issuer | UnsetType | None = UNSET  #: Who published it; None where that is not known.
    participants: tuple[Participant, ...] | UnsetType = UNSET  #: All who took part by name.


class Meta(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says of a capture in `NAME.meta.yaml`, beside it."""

    url: str | None = None  #: Address of the original.
    via: str | None = None  #: Address of the mirror that it was scraped from.
    date: str | None = None  #: Day of publication.
    captured: str | None = None  #: Day on which it was scraped.
    draft: bool = False  #: True keeps it out of the site.
    aliases: tuple[str, ...] = ()  #: Former ids; kept, not yet shown.
    encounter: str | None = None  #: A name shared by the readouts of one encounter; kept, not yet shown.
    corrections: Corrections = Corrections()  #: What the reading gets wrong.


class Capture(Struct, frozen=True):
    """One file of `content/captures/`, exactly as scraped."""

    file: str  #: Its path below `content/captures/`, with `/`; the suffix (`.txt`, `.md`, `.html`) tells its format.
    data: bytes  #: Its bytes.
    meta: Meta = Meta()  #: What a person says of it.


# --- Capture → CleanText ----------------------------------------------------------------------------
class Passage(Struct, frozen=True):
    """A paragraph of the body: its words, and where in the capture they stand."""

    text: str  #: The words in order, white space folded to single spaces.
    source: tuple[Span, ...]  #: The ranges of the decoded capture that make up `text`, in order.


class Removal(Struct, frozen=True):
    """A range of the capture that is not in the body, and the rule that took it out."""

    start: int  #: First code point, in the decoded capture.
    end: int  #: End, exclusive, in the decoded capture.
    text: str  #: The code points of that range.
    rule: str  #: Name of the rule, as the method page lists it.
    line: int  #: The line that it begins on, from 1.


class Evidence(Struct, frozen=True):
    """A day of publication that something other than the prose tells."""

    source: DateSource  #: What told it.
    date: str  #: The day.


class Told(Struct, frozen=True):
    """What a capture says of itself outside its body."""

    title: str | None = None  #: The title as published, whole.
    url: str | None = None  #: Address of the original.
    via: str | None = None  #: Address of the mirror.
    dates: tuple[Evidence, ...] = ()  #: Days of publication, most trusted first.
    issuer: str | None = None  #: The letterhead or site name, as written.
    place: str | None = None  #: The place in a dateline, as written.
    language: str | None = None  #: The language that the page declares.


class CleanText(Struct, frozen=True):
    """A capture with its furniture told apart: passages, removals and white space tile `text` exactly."""

    text: str  #: The whole decoded capture.
    passages: tuple[Passage, ...]  #: The body in order.
    removed: tuple[Removal, ...]  #: All the rest, in order.
    told: Told  #: What the rest tells.
    problems: tuple[Problem, ...] = ()  #: What a person should mend.


# --- CleanText → Readout ----------------------------------------------------------------------------
class Prose(Struct, frozen=True):
    """A paragraph cut into sentences."""

    id: str  #: `p` and six hexadecimal digits of the SHA-256 of the text: stable when other paragraphs change.
    text: str  #: The words in order, white space folded.
    source: tuple[Span, ...]  #: The ranges of the decoded capture that make up `text`.
    sentences: tuple[Span, ...]  #: The sentences in order; between them only white space.
    line: int = 0  #: The line of the capture that it begins on, from 1; 0 where that is not known.


class Source(Struct, frozen=True):
    """Where a readout comes from."""

    url: str | None  #: Address of the original.
    via: str | None  #: Address of the mirror.
    file: str  #: The capture's file name.
    sha256: str  #: SHA-256 of the capture's bytes, in hexadecimal.
    captured: str | None  #: Day of the scrape.


class Readout(Struct, frozen=True):
    """Who met whom, when, where, and the verbatim text in sentences."""

    id: str  #: Slug of the capture's file name.
    title: str  #: As published, whole.
    date: str | None  #: Day of the encounter.
    date_source: DateSource | None  #: What told it.
    published: str | None  #: Day of publication.
    kind: Kind  #: Form of the encounter.
    place: str | None  #: Where it was held, as written.
    language: str  #: Language of the text.
    issuer: Issuer | None  #: Who published it.
    participants: tuple[Participant, ...]  #: Who took part by name.
    paragraphs: tuple[Prose, ...]  #: The verbatim body in order.
    source: Source  #: Where it comes from.
    removed: tuple[Removal, ...]  #: What was cut, and why.
    problems: tuple[Problem, ...]  #: What a person should mend.
    given_title: str | None = None  #: A person's, which stands for `title` on the site; no annotator reads it.
    corrected: Mapping[str, str | None] = {}  #: The fields that a person set, each with what was read, in words.


# --- Readout → Briefing -----------------------------------------------------------------------------
class Sentence(Struct, frozen=True):
    """A sentence with what it is about and what is done in it."""

    id: str  #: The paragraph's id, a full stop and the sentence's number from 1.
    start: int  #: Its first code point in the paragraph.
    end: int  #: Its end, exclusive.
    topics: tuple[Topic, ...]  #: Most important first; `overview` only alone.
    act: Act  #: The strongest thing that a party does in it.
    agreed: Span | None  #: The clause that commits or agrees, in the paragraph.
    words: tuple[str, ...] = ()  #: Those that told its first topic and its act.


class Paragraph(Struct, frozen=True):
    """A paragraph of a briefing."""

    id: str  #: As in `Prose`.
    text: str  #: As in `Prose`.
    source: tuple[Span, ...]  #: As in `Prose`.
    sentences: tuple[Sentence, ...]  #: Cover the text, in order.
    line: int = 0  #: As in `Prose`.


class Instrument(Struct, frozen=True):
    """A mention of a named agreement, declaration, initiative, alliance, law or summit."""

    name: str  #: As first written in this readout; later mentions by acronym carry it too.
    paragraph: int  #: Index of the paragraph, from 0.
    start: int  #: First code point in the paragraph.
    end: int  #: End, exclusive.


class Section(Struct, frozen=True):
    """A run of paragraphs on one topic."""

    id: str  #: The topic; `-2` is added for its second run.
    title: str  #: The topic's name, or `Closing`.
    paragraphs: tuple[int, ...]  #: Indexes from 0.


class Figure(Struct, frozen=True):
    """A number with meaning."""

    paragraph: int  #: Index of the paragraph, from 0.
    start: int  #: First code point in the paragraph.
    end: int  #: End, exclusive.
    quote: str  #: Qualifier, number and unit, verbatim.
    value: int | float | None  #: A plain number; None for a vague one.
    value_to: int | float | None  #: The upper end of a range.
    unit: str  #: A noun as written, a currency code, or `percent`.
    qualifier: str  #: Such as `nearly`, verbatim.
    kind: FigureKind  #: What sort of number it is.
    measures: str | None  #: What is measured, a verbatim span.
    period: str | None  #: The time that it holds for, a verbatim span.
    key: bool  #: True for the sidebar of key figures.


class Mention(Struct, frozen=True):
    """Where a person or a country stands in the text."""

    kind: Literal["person", "country"]  #: What stands there.
    ref: str  #: The participant's name, or the country's code.
    paragraph: int  #: Index of the paragraph, from 0.
    start: int  #: First code point in the paragraph.
    end: int  #: End, exclusive.


class Note(Struct, frozen=True):
    """A note by hand, anchored in the text (W3C Web Annotation, TextQuoteSelector)."""

    paragraph: int  #: Index of the paragraph, from 0.
    start: int  #: First code point in the paragraph.
    end: int  #: End, exclusive.
    body: str  #: Markdown by the site's editors.
    author: str | None  #: Who wrote it.
    date: str | None  #: Day of writing.
    sources: tuple[str, ...]  #: Addresses that bear it out.
    changed: bool = False  #: True where the paragraph is another than it was when the note was written.


class Version(Struct, frozen=True):
    """An earlier text of a readout, of a capture that a later one replaced."""

    file: str  #: Path of its capture below `content/versions/`, with `/`.
    sha256: str  #: Of that capture's bytes, in hexadecimal.
    captured: str | None  #: Day on which it was scraped.
    title: str  #: The title as published then.
    paragraphs: tuple[str, ...]  #: The verbatim body then, in order.


class Briefing(Struct, frozen=True):
    """A readout with all that is marked in it: the public record, field by field, and the notes by hand."""

    id: str  #: As in `Readout`, and so to `participants`.
    title: str
    date: str | None
    date_source: DateSource | None
    published: str | None
    kind: Kind
    place: str | None
    language: str
    issuer: Issuer | None
    participants: tuple[Participant, ...]
    countries: tuple[str, ...]  #: Every other country that the text names.
    instruments: tuple[Instrument, ...]  #: Every mention, in text order.
    paragraphs: tuple[Paragraph, ...]  #: The verbatim body in order.
    sections: tuple[Section, ...]  #: Every paragraph stands in one, in order.
    figures: tuple[Figure, ...]  #: In text order.
    source: Source  #: Where it comes from.
    mentions: tuple[Mention, ...]  #: People and countries, in text order.
    removed: tuple[Removal, ...]  #: What was cut, and why.
    problems: tuple[Problem, ...]  #: What a person should mend.
    notes: tuple[Note, ...] = ()  #: By hand, in text order.
    versions: tuple[Version, ...] = ()  #: Its earlier texts, the first one first.
    corrected: Mapping[str, str | None] = {}  #: As in `Readout`; under `title` the published one, where there is one.
    schema: Literal["readout-site/record/1"] = "readout-site/record/1"  #: The form of this record.


class RuleDoc(Struct, frozen=True):
    """A rule as the method page lists it."""

    group: str  #: The rule file's name, such as `boilerplate`.
    name: str  #: The rule's name, as `Removal.rule` and marks carry it.
    says: str  #: What it does, in a sentence.
