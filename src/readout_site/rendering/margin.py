"""Notes of a paragraph → what the margin shows of them, each beside the line of its words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import ceil
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec.structs import replace

from readout_site.records import Note
from readout_site.rendering import dates
from readout_site.rendering.corpus import Thing
from readout_site.rendering.links import instrument_path, outward, relative, to_root
from readout_site.rendering.marks import Anchored
from readout_site.rendering.prose import first_block, to_html
from readout_site.rendering.views import Gloss, Link

MEASURE = 66
"""Characters on a line of the text, about."""
NOTE_MEASURE = 42
TITLE_MEASURE = 38
"""Characters on a line of a note, and of its title, in wide letters."""
NOTE_LINE = 0.7
"""The height of a note's line, in lines of the text."""
LINK = 16
"""Characters that a link takes."""
SLACK = 1
"""Lines that notes may reach below the text that they stand beside: about the gap after it."""
LAST_LINE = 40
MOST_LINES = 14
"""The style sheet knows no later line to begin at, and no more lines to take."""
LEAST_LINES = 3
"""A note that is cut short until it is opened shows so many lines of the text's height."""
TITLE = 60


def set_notes(notes: Sequence[Anchored], text: str, path: str, lines: int) -> tuple[Gloss, ...]:
    """Return the notes of the paragraph `text`, set beside `lines` lines on the page at `path`.

    Lines are estimates: the page keeps notes apart whatever their real height. Notes that are too many to set each
    beside its words begin at line 0, which is to say one below the other.
    """
    glosses = clamp([gloss_of(note, text, path) for note in notes], min(lines + SLACK, LAST_LINE))
    if sum(gloss.lines for gloss in glosses) > min(lines + SLACK, LAST_LINE) * 2:
        return tuple(replace(gloss, lines=0) for gloss in glosses)
    placed: list[Gloss] = []
    free = 1
    for note, gloss in zip(notes, glosses, strict=True):
        start = max(free, line_of(note.span[0]))
        free = start + gloss.lines
        placed.append(replace(gloss, start=start))
    return tuple(pull_up(placed, min(lines + SLACK, LAST_LINE)))


def clamp(notes: Sequence[Gloss], room: int) -> list[Gloss]:
    """Return notes of which the longest are cut short, where they need more than the `room` or than any margin has."""
    most = MOST_LINES
    while most > LEAST_LINES and sum(min(note.lines, most) for note in notes) > room:
        most -= 1
    return [replace(note, lines=most, clamped=True) if note.lines > most else note for note in notes]


def line_of(offset: int) -> int:
    """Return the line that a character of a paragraph stands on, from 1."""
    return 1 + offset // MEASURE


def pull_up(notes: Sequence[Gloss], last: int) -> Iterator[Gloss]:
    """Yield notes moved up as far as they reach below the line `last` and those before them leave room."""
    least = list(accumulate((note.lines for note in notes), initial=1))
    end = last + 1
    moved: list[Gloss] = []
    for note, highest in zip(reversed(notes), reversed(least[:-1]), strict=True):
        end = min(note.start, max(end - note.lines, highest))
        moved.append(replace(note, start=end))
    yield from reversed(moved)


def gloss_of(note: Anchored, text: str, path: str) -> Gloss:
    """Return what the margin shows of a note, with the lines that it takes."""
    tells = note.tells
    gloss = hand_note(note, tells, text, path) if isinstance(tells, Note) else glossary_note(note, tells, path)
    foot = LINK * len(gloss.links) + len(gloss.by) + len(gloss.kind)
    lines = sum(ceil(letters / NOTE_MEASURE) for letters in (len(gloss.body.striptags()), foot))
    lines += ceil(len(gloss.title) / TITLE_MEASURE)
    return replace(gloss, lines=ceil(lines * NOTE_LINE) + 1)


def hand_note(note: Anchored, tells: Note, text: str, path: str) -> Gloss:
    """Return a note by hand, under the words that it stands at."""
    words = text[slice(*note.span)]
    title = words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]} …"
    body = to_html(tells.body, to_root(path))
    stale = "the text has changed since" if tells.changed else None
    day = dates.long_date(tells.date) if tells.date else None
    by = " · ".join(part for part in (tells.author, day, stale) if part)
    return Gloss(note.number, title, "", body, by, source_links(tells.sources), 0, 0, quoted=True, clamped=False)


def glossary_note(note: Anchored, tells: Thing, path: str) -> Gloss:
    """Return what the glossary says of a thing: the first paragraph, and the way to its page."""
    url = tells.term.url if tells.term else None
    kind = tells.term.kind if tells.term else ""
    body = first_block(to_html(tells.term.body, to_root(path))) if tells.term else Markup("")
    links = (*source_links((url,) if url else ()), Link("All readouts", relative(path, instrument_path(tells.slug))))
    return Gloss(note.number, tells.name, kind, body, "", links, 0, 0, quoted=False, clamped=False)


def source_links(urls: Iterable[str]) -> tuple[Link, ...]:
    """Return addresses as links that say their host."""
    return tuple(Link(urlsplit(url).netloc.removeprefix("www."), url) for url in urls if outward(url))
