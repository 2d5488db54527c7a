"""HTML source → tokens: tags, words and what is neither, each with its range; tolerant, and linear in any input."""

import html
import re
from collections.abc import Iterator
from typing import Literal

from readout_site.reading.cleaning.lines import Piece

TokenKind = Literal["text", "open", "close", "raw"]
Token = tuple[TokenKind, str, int, int]
"""What it is, the name of the element, and its range in the source."""

TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
BROKEN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)[^<>]*+>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
RAW = frozenset(("script", "style", "template", "textarea", "iframe", "noembed", "noframes", "svg", "math", "object"))
"""Elements whose content is no words of the page."""


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a page in order; they tile it.

    A comment, a tag or a script that nothing closes is taken as words or as an empty one, so that no text is lost.
    """
    position = 0
    pattern = TAG
    missing: set[str] = set()
    while (start := source.find("<", position)) >= 0:
        match = pattern.match(source, start)
        if match is None and pattern is TAG and source[start + 1 : start + 2].isalpha():
            match = BROKEN_TAG.match(source, start)
            pattern = BROKEN_TAG  # A quote that nothing closes would be sought to the end from every tag.
        end = match.end() if match else declaration_end(source, start, missing)
        if end < 0:
            end = start + 1
            yield "text", "", position, end
        else:
            if start > position:
                yield "text", "", position, start
            name = match[2].casefold() if match else ""
            yield ("raw" if match is None else "close" if match[1] else "open"), name, start, end
        position = end
        if match and not match[1] and name in RAW:
            position = raw_end(source, name, end, missing)
            if position > end:
                yield "raw", name, end, position
    if position < len(source):
        yield "text", "", position, len(source)


def declaration_end(source: str, start: int, missing: set[str]) -> int:
    """Return where a comment, doctype or instruction ends, or -1 where `<` begins none or nothing closes it."""
    if not source.startswith(("<!", "<?", "</"), start):
        return -1
    close = "-->" if source.startswith("<!--", start) else ">"
    if close in missing:
        return -1
    end = source.find(close, start + 2)
    if end < 0:
        missing.add(close)
        return -1
    return end + len(close)


def raw_end(source: str, name: str, start: int, missing: set[str]) -> int:
    """Return where the content of a script or the like ends, or `start` where nothing closes it."""
    if name in missing:
        return start
    match = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(source, start)
    if match is None:
        missing.add(name)
        return start
    return match.start()


def words(source: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the words of a run of text; an entity is one piece with its character."""
    if "&" in source[start:end]:
        for match in ENTITY.finditer(source, start, end):
            character = html.unescape(match[0])
            if character != match[0]:
                if match.start() > start:
                    yield start, match.start(), source[start : match.start()]
                yield match.start(), match.end(), character
                start = match.end()
    if end > start:
        yield start, end, source[start:end]
