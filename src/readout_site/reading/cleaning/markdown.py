"""Markdown → lines: paragraphs, headings, list items and table rows as plain words; what is left between is markup."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from readout_site.reading.cleaning.lines import Line, LineKind, Piece, make_line
from readout_site.records import Span

START = re.compile(r"(?:(?P<heading>#{1,6})|(?P<bullet>[-*+•])|(?P<number>\d{1,9}[.)]))[ \t]++(?=\S)")
RULER = re.compile(
    r"(?:([-=_*])[ \t]*+(?:\1[ \t]*+){2,}+|```.*|~~~.*|\[[^\]\n]++\]:[ \t]++\S.*"
    r"|\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t:-]*+)++)$"
)
MARKS = frozenset("#-*+•0123456789")
RULERS = frozenset("-=_*`~[|:")
QUOTE = re.compile(r"(?:>[ \t]*+)++")
LINK = re.compile(r"\[[^\[\]\n]{2,200}+\]\([^()\n]{1,500}+\)\s*+")
"""A line that is a link and nothing else."""
SPECIAL = re.compile(r"[\\*_\[\]<&!]")
"""What any markup begins with."""
TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<comment><!--)|(?P<auto><(?:https?://|mailto:)[^\s<>]*>)"
    r"|(?P<tag></?[A-Za-z][^<>]*>)|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<open>!?\[)|(?P<close>\](?:\(\s*+(?:<[^<>\n]*+>|[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)(?:\s++\"[^\"]*+\")?+\s*+\))?)"
    r"|(?P<mark>\*+|_+)"
)


def markdown_lines(text: str, start: int) -> list[Line]:
    """Return the lines of the Markdown that begins at code point `start`; blank lines and markup part them."""
    return [line for kind, spans in blocks(text, start) if (line := block_line(text, kind, spans))]


def blocks(text: str, start: int) -> Iterator[tuple[LineKind, list[Span]]]:
    """Yield each block: what it is, and the ranges of its physical lines without the marks at their beginning."""
    kind: LineKind = "text"
    spans: list[Span] = []
    for begin, end in physical_lines(text, start):
        mark = START.match(text, begin, end) if text[begin : begin + 1] in MARKS else None
        if mark and mark["number"] and spans and kind != "item":
            mark = None
        ruler = text[begin : begin + 1] in RULERS and RULER.match(text, begin, end)
        if spans and (begin == end or mark or ruler or text[begin] == "|" or kind == "heading"):
            yield kind, spans
            kind, spans = "text", []
        if begin == end or ruler:
            continue
        if mark:
            kind = "heading" if mark["heading"] else "item"
        spans.append((begin if mark is None or mark["number"] else mark.end(), end))
    if spans:
        yield kind, spans


def physical_lines(text: str, start: int) -> Iterator[Span]:
    """Yield the range of each line from its first word, quotation marks passed over, with its line end if not blank."""
    for raw in text[start:].splitlines(keepends=True):
        end = start + len(raw)
        begin = end - len(raw.lstrip())
        quote = QUOTE.match(text, begin, end) if text[begin : begin + 1] == ">" else None
        yield (quote.end() if quote else begin), end
        start = end


def block_line(text: str, kind: LineKind, spans: list[Span]) -> Line | None:
    """Return a block as a line of plain words."""
    begin, end = spans[0][0], spans[-1][1]
    if text[begin] == "|":
        return make_line(list(cells(text, begin, end)), "item")
    if kind == "heading":
        end = begin + len(without_hashes(text[begin:end]))
    if kind != "heading" and LINK.fullmatch(text, begin, end):
        linked = make_line(inline(text, begin, end), kind)
        return replace(linked, linked=True) if linked else None
    if all(not text[first[1] : second[0]].strip() for first, second in pairwise(spans)):
        return make_line(inline(text, begin, end), kind)
    return make_line([piece for span in spans for piece in inline(text, *span)], kind)


def without_hashes(heading: str) -> str:
    """Return a heading without the `#` that close it."""
    bare = heading.rstrip()
    words = bare.rstrip("#")
    return words if words and words[-1].isspace() else bare


def cells(text: str, begin: int, end: int) -> Iterator[Piece]:
    """Yield the words of a table's row, a space after each cell."""
    for cell in re.finditer(r"[^|]+", text[begin:end]):
        yield from inline(text, begin + cell.start(), begin + cell.end())
        yield end, end, " "


def inline(text: str, begin: int, end: int) -> list[Piece]:
    """Return the words of a run of inline Markdown, piece by piece, without its markup."""
    if SPECIAL.search(text, begin, end) is None:
        return [(begin, end, text[begin:end])]
    pieces: list[Piece] = []
    for cut_start, cut_end, words in sorted(markup(text, begin, end)):
        if cut_start < begin:
            continue
        if cut_start > begin:
            pieces.append((begin, cut_start, text[begin:cut_start]))
        if words:
            pieces.append((cut_start, cut_end if words.strip() else cut_start, words))
        begin = cut_end
    pieces.append((begin, end, text[begin:end]))
    return [piece for piece in pieces if piece[2]]


def markup(text: str, begin: int, end: int) -> Iterator[Piece]:
    """Yield the ranges that are markup, with the words that they stand for: none, or an entity's character."""
    brackets: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    position = begin
    while match := next_token(text, position, end):
        position = match.end()
        group, start = match.lastgroup, match.start()
        if group == "escape":
            yield start, start + 1, ""
        elif group == "comment":
            close = text.find("-->", position, end)
            position = close + 3 if close >= 0 else end
            yield start, position, ""
        elif group == "auto":
            yield start, start + 1, ""
            yield position - 1, position, ""
        elif group == "tag":
            yield start, position, " " if match[0][:3].casefold() == "<br" else ""
        elif group == "entity":
            yield from entity(start, match[0])
        elif group == "open":
            brackets.append((start, position))
        elif group == "close" and brackets:
            yield from link(brackets.pop(), start, position)
        elif group == "mark":
            marks.append((start, position))
    yield from emphasis(text, marks, (begin, end))


def next_token(text: str, position: int, end: int) -> re.Match[str] | None:
    """Return the first token from `position` on; only where one may begin the slow expression is tried."""
    while special := SPECIAL.search(text, position, end):
        if match := TOKEN.match(text, special.start(), end):
            return match
        position = special.end()
    return None


def entity(start: int, source: str) -> Iterator[Piece]:
    """Yield an HTML entity with its character, where there is one."""
    words = html.unescape(source)
    if words != source:
        yield start, start + len(source), words


def link(opening: tuple[int, int], start: int, end: int) -> Iterator[Piece]:
    """Yield the markup of a link around its words; of an image, the whole."""
    if end - start == 1:
        return
    if opening[1] - opening[0] > 1:
        yield opening[0], end, ""
    else:
        yield *opening, ""
        yield start, end, ""


def emphasis(text: str, marks: list[tuple[int, int]], block: Span) -> Iterator[Piece]:
    """Yield the runs of `*` and `_` that emphasise: doubled stars always, others where they open and close.

    After https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, but more lenient: converters leave stray
    `**` and put marks around a comma alone.
    """
    openers: dict[str, list[tuple[int, int]]] = {"*": [], "_": []}
    for start, end in marks:
        before = text[start - 1] if start > block[0] else " "
        after = text[end] if end < block[1] else " "
        kind = text[start]
        if kind == "*" and end - start > 1:
            yield start, end, ""
            continue
        within = kind == "_" and before.isalnum() and after.isalnum()
        if not before.isspace() and not within and openers[kind]:
            yield *openers[kind].pop(), ""
            yield start, end, ""
        elif not after.isspace() and not within:
            openers[kind].append((start, end))
