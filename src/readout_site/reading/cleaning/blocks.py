"""Tokens of a page → its blocks: lines as a reader sees them, each with the boxes of the page that hold it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from readout_site.reading.cleaning.lines import Line, LineKind, Piece, make_line
from readout_site.reading.cleaning.tags import Token, words

BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav"),
        *("noscript", "ol", "option", "p", "pre", "section", "select", "summary", "table"),
        *("tbody", "tfoot", "thead", "title", "tr", "ul"),
    )
)
"""Elements that begin a new line."""
FRAMES = frozenset(
    (
        *("nav", "footer", "aside", "form", "button", "select", "option", "menu", "dialog"),
        *("head", "title", "figcaption"),
    )
)
"""Elements that hold no part of the text."""
VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link"),
        *("meta", "param", "source", "track", "wbr"),
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ITEMS = frozenset(("li", "dd", "dt", "tr"))
BOXES = frozenset(("div", "section", "article", "main", "body", "form", "center", "figure", "header"))
"""Elements that hold blocks."""
ASIDE = re.compile(
    r"""\b(?:class|id|role)\s*=\s*["']?[^"'>]*?(?<![a-z])(?:shar(?:e|ing|e?daddy|ethis)|social|addtoany|related
    |recommend\w*|breadcrumbs?|comments?|sidebar|cookies?|newsletter|subscribe|pag(?:er|ination)|navigation|navbar|menu
    |footer|toolbar|print|tags|taxonomy|promo|advert\w*|skip|metadata|metrics|gallery|caption|contacts?|languages?)
    (?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
"""What names a box without text; it only tells where the text does not go on."""
LONGEST_NAME = 2_000
NUMBER = re.compile(r"\d+")
NEAREST = 60
"""So many boxes around a block are known: those that broken pages never close are passed over."""


class Box(Struct, frozen=True):
    """An element that holds blocks."""

    name: str  #: Its tag.
    start: int  #: Where it opens in the source.
    aside: bool  #: True where its class or id says that it holds no text: `share`, `related`.
    opening: str = ""  #: The tag that opens it, numbers left out, where it has a class.


class Block(Struct, frozen=True):
    """A line of the page and where it stands."""

    line: Line  #: The line.
    tag: str  #: The innermost block element.
    framed: bool  #: True within a menu, a form, a footer.
    main: bool  #: True within what the page marks as its main part.
    linked: bool  #: True where it is hardly more than links.
    boxes: tuple[Box, ...]  #: All boxes that hold it, outermost first.

    @property
    def box(self) -> Box | None:
        """Return the innermost box that holds it."""
        return self.boxes[-1] if self.boxes else None

    @property
    def aside(self) -> bool:
        """Tell whether a box that holds it has the name of one without text."""
        return any(box.aside for box in self.boxes)


def page_blocks(source: str, found: Sequence[Token]) -> Iterator[Block]:
    """Yield the page's lines in order."""
    pieces: list[Piece] = []
    inside: dict[str, int] = {}
    boxes: list[Box] = []
    tag, linked = "", 0
    breaking = False
    passed = {*VOID, "form"} if is_one_form(source, found) else VOID
    for kind, name, start, end in found:
        if kind == "text":
            breaking = breaking and not source[start:end].strip()
            fresh = list(words(source, start, end))
            pieces += fresh
            linked += sum(len(text.strip()) for _, _, text in fresh) if inside.get("a") else 0
        elif name in BREAKS or (name == "br" and breaking):
            if block := make_block(pieces, tag, inside, boxes, linked):
                yield block
            pieces, linked = [], 0
            tag = name if kind == "open" and name not in VOID else ""
        elif name in {"br", "td", "th"}:
            pieces.append((start, start, " "))
            breaking = name == "br"
        if kind in {"open", "close"} and name not in passed:
            count_open(inside, name, kind)
            if name in BOXES:
                open_or_close(boxes, source, (kind, name, start, end))
    if block := make_block(pieces, tag, inside, boxes, linked):
        yield block


def is_one_form(source: str, found: Sequence[Token]) -> bool:
    """Tell whether a form holds most of the page: some servers send every page as one."""
    opened = next((start for kind, name, start, _ in found if kind == "open" and name == "form"), len(source))
    closed = next((end for kind, name, _, end in reversed(found) if kind == "close" and name == "form"), 0)
    forms = sum(kind == "open" and name == "form" for kind, name, _, _ in found)
    return forms == 1 and (closed - opened) * 2 > len(source)


def count_open(inside: dict[str, int], name: str, kind: str) -> None:
    """Count an element in or out; only those that are open stay."""
    if kind == "open":
        inside[name] = 1 if name == "a" else inside.get(name, 0) + 1  # Links do not nest: the next one ends one.
    elif inside.get(name, 0) > 1:
        inside[name] -= 1
    else:
        inside.pop(name, None)


def open_or_close(boxes: list[Box], source: str, token: Token) -> None:
    """Add a box that opens to those that are open, or take out the one that closes and what is open in it."""
    kind, name, start, end = token
    if kind == "open":
        named = end - start < LONGEST_NAME and ASIDE.search(source, start, end) is not None
        classed = "class" in source[start : min(end, start + LONGEST_NAME)]
        boxes.append(Box(name, start, named, NUMBER.sub("", source[start:end]) if classed else ""))
    elif (
        last := next((n for n in range(-1, -1 - min(NEAREST, len(boxes)), -1) if boxes[n].name == name), None)
    ) is not None:
        del boxes[last:]


def make_block(
    pieces: Sequence[Piece], tag: str, inside: Mapping[str, int], boxes: Sequence[Box], linked: int
) -> Block | None:
    """Return a block, where there are words in it."""
    line = make_line(pieces, kind_of(tag)) if pieces else None
    if line is None:
        return None
    framed = not FRAMES.isdisjoint(inside)
    main = "main" in inside or "article" in inside
    return Block(line, tag, framed, main, linked * 10 > len(line.text) * 8, tuple(boxes[-NEAREST:]))


def kind_of(tag: str) -> LineKind:
    """Return what a block element says that its line is."""
    return "heading" if tag in HEADINGS else "item" if tag in ITEMS else "text"
