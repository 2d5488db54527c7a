"""Briefing + notes by hand → Briefing with its notes: each anchored by the words that it quotes, or a problem.

A quote is a TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector): `exact` words of the
text, and where these stand more than once `prefix` or `suffix`, the words just before or after them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readout_site.reading.carrying import Place, carry
from readout_site.records import Briefing, Note, Paragraph, Problem, Span
from readout_site.strictyaml import Mapping, YamlError, load_yaml

KEYS = ("exact", "prefix", "suffix", "body", "author", "date", "sources")
CHANGED = "the paragraph of its quote has changed since; see that the note still holds, and give it a newer `date`"
TAKEN_OUT = (
    "the words that it quotes were changed or taken out of the text since, so the note is not shown; quote the text as "
    "it is now, and give the note a `date` on or after the day on which that was `captured`"
)
WEB = re.compile(r"https?://[^\s<>\"]+$")


class NotesError(Exception):
    """A note that cannot be used, with the line that says why."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line, from 1, and what is wrong there."""
        super().__init__(message)
        self.line = line


class Quote(Struct, frozen=True):
    """The words that a note stands at."""

    exact: str  #: The words themselves.
    prefix: str  #: The words just before them; may be empty.
    suffix: str  #: The words just after them; may be empty.


def anchor_notes(briefing: Briefing, text: str, path: str) -> Briefing:
    """Return `briefing` with the notes that the YAML `text` holds, in text order.

    A note that is not whole, or whose quote stands nowhere or more than once, becomes a problem of the file `path`
    instead, with its line: it is never set where it might not belong.
    """
    notes: list[Note] = []
    problems: list[Problem] = []
    try:
        for item, line in note_items(text):
            try:
                note = read_note(item, line, briefing)
                problems += [Problem(path, item.lines["exact"], CHANGED, notice=True)] if note.changed else []
                notes.append(note)
            except NotesError as error:
                problems.append(Problem(path, error.line, str(error)))
    except (YamlError, NotesError) as error:
        problems.append(Problem(path, error.line, error.message if isinstance(error, YamlError) else str(error)))
    notes.sort(key=lambda note: (note.paragraph, note.start, note.end))
    return replace(briefing, notes=tuple(notes), problems=(*briefing.problems, *problems))


def note_items(text: str) -> Iterator[tuple[Mapping, int]]:
    """Yield each note of the file with the line at which it begins."""
    data = load_yaml(text)
    if not isinstance(data, Mapping) or set(data) != {"notes"}:
        raise NotesError(1, "a notes file has one key, `notes`, with a list below it")
    for item in data["notes"] or ():
        if not isinstance(item, Mapping) or not item:
            raise NotesError(data.lines["notes"], "each note is a list item with `exact` and `body`")
        yield item, min(item.lines.values())


def read_note(item: Mapping, line: int, briefing: Briefing) -> Note:
    """Check one note and find its place."""
    for key in item:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"valid are {', '.join(KEYS)}"
            raise NotesError(item.lines[key], f"unknown key `{key}`; {hint}")
    quote = Quote(fold(word(item, "exact", line)), fold(optional(item, "prefix")), fold(optional(item, "suffix")))
    written = day(item)
    carried = carry_quote(quote, briefing, written, item.lines["exact"])
    paragraph, (start, end) = carried[0] if carried else find_quote(quote, briefing.paragraphs, item.lines["exact"])
    return Note(
        paragraph=paragraph,
        start=start,
        end=end,
        body=word(item, "body", line),
        author=optional(item, "author") or None,
        date=written,
        sources=addresses(item),
        changed=bool(carried and carried[1]),
    )


def carry_quote(quote: Quote, briefing: Briefing, written: str | None, line: int) -> tuple[Place, bool] | None:
    """Return the place of a quote of an earlier text in the one of now, and whether its paragraph changed since.

    Nothing is returned where the quote is not of an earlier text, or was written after that was replaced: it is then
    sought in the text of now alone.
    """
    if written and briefing.source.captured and written >= briefing.source.captured:
        return None
    texts = [paragraph.text for paragraph in briefing.paragraphs]
    for version in reversed(briefing.versions):
        places = [(index, span) for index, text in enumerate(version.paragraphs) for span in occurrences(quote, text)]
        if len(places) == 1:
            place = carry(places[0], version.paragraphs, texts)
            if not place:
                raise NotesError(line, TAKEN_OUT)
            return place, version.paragraphs[places[0][0]] != texts[place[0]]
    return None


def find_quote(quote: Quote, paragraphs: Sequence[Paragraph], line: int) -> tuple[int, Span]:
    """Return the one place of `quote`: the paragraph's index and the range in its text."""
    places = [(index, span) for index, p in enumerate(paragraphs) for span in occurrences(quote, p.text)]
    if len(places) == 1:
        return places[0]
    if places:
        raise NotesError(line, f"the quote stands {len(places)} times in the text; add `prefix` or `suffix`")
    if any(quote.exact in paragraph.text for paragraph in paragraphs):
        raise NotesError(line, "the quote is in the text, but not between this `prefix` and `suffix`; mend them")
    raise NotesError(line, "the quote is not in the text; copy the words as they stand on the page")


def occurrences(quote: Quote, text: str) -> Iterator[Span]:
    """Yield where the quote stands in one paragraph, between its prefix and its suffix."""
    start = text.find(quote.exact)
    while start >= 0:
        end = start + len(quote.exact)
        before = text[max(0, start - len(quote.prefix) - 1) : start].rstrip()  # White space is folded: one at most.
        after = text[end : end + len(quote.suffix) + 1].lstrip()
        if before.endswith(quote.prefix) and after.startswith(quote.suffix):
            yield start, end
        start = text.find(quote.exact, start + 1)


def word(item: Mapping, key: str, line: int) -> str:
    """Return the text under a key that must be there."""
    value = optional(item, key)
    if not value:
        raise NotesError(item.lines.get(key, line), f"a note needs `{key}`; write it")
    return value


def optional(item: Mapping, key: str) -> str:
    """Return the text under `key`, or an empty one."""
    value: Any = item.get(key)
    if value is not None and not isinstance(value, str):
        raise NotesError(item.lines[key], f"`{key}` must be text; write it on one line or in a block")
    return (value or "").strip()


def day(item: Mapping) -> str | None:
    """Return the note's date, checked."""
    value = optional(item, "date")
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError as error:
        raise NotesError(item.lines["date"], f"`{value}` is no day; write it as YYYY-MM-DD") from error


def addresses(item: Mapping) -> tuple[str, ...]:
    """Return the addresses that bear the note out, checked."""
    values = item.get("sources") or []
    line = item.lines.get("sources", 1)
    if not isinstance(values, list):
        raise NotesError(line, "`sources` must be a list; write each address on a line of its own after `- `")
    for value in values:
        if not isinstance(value, str) or not WEB.match(value):
            raise NotesError(line, f"`{value}` is no web address; sources are a list of http or https addresses")
    return tuple(values)


def fold(text: str) -> str:
    """Fold runs of white space, as the paragraphs' texts are."""
    return " ".join(text.split())
