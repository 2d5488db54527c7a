"""A saved web page → lines: trafilatura tells which blocks are the body, our tokens where they stand in the source."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readout_site.reading.cleaning.blocks import VOID, Block, Box, page_blocks
from readout_site.reading.cleaning.boilerplate import phrase
from readout_site.reading.cleaning.headlines import overlaps
from readout_site.reading.cleaning.lines import Line
from readout_site.reading.cleaning.pagefacts import page_facts
from readout_site.reading.cleaning.prose import is_paragraph, is_sentence
from readout_site.reading.cleaning.tags import Token, tokens

OPTIONAL = frozenset(
    (
        *("p", "li", "td", "th", "tr", "dt", "dd", "option", "thead"),
        *("tbody", "tfoot"),
    )
)
"""Elements that end where the next of their kind begins."""
TELLING = frozenset(("html", "meta", "link", "time"))
DEEPEST = 200
"""Pages nested deeper than this are not given to the libraries: they would run out of stack or time."""
LARGEST = 500_000
"""Likewise pages with more code points than this, scripts and comments left out."""
LONGEST_TAG = 2_000
TOO_DEEP = "is nested too deeply, or is too large, for its body to be told by its structure; check what was kept"
MOST_FACTS = 400
SHORT = 25
"""A block with fewer characters than this counts as body only where it is a whole line of what was extracted."""
WORD = re.compile(r"[^\W_]+")
TITLES = frozenset(("h1", "h2", "h3"))
TITLE_END = re.compile(r" [|•] | :: ")
"""What stands between a headline and the name of the site."""
PLAIN = frozenset(("p", "h2", "h3", "h4", "h5", "h6", "blockquote"))
"""Elements that hold text."""
MARKED = re.compile(r"[\[(].*[\])]|.*(?:19|20)\d\d.*")
"""A label with a number in brackets or a year."""
HEADLINE = 4
"""A headline has at least so many words, where the page's own title is another."""


class Page(Struct, frozen=True):
    """A page read into lines."""

    lines: list[Line]  #: All of its lines; those outside the body carry the rule `page-frame`.
    values: Mapping[str, str]  #: What it says of itself.
    told_at: Mapping[str, int]  #: The line of the capture that says so.
    problems: list[tuple[int, str]]  #: What is wrong, by line.


def read_page(source: str) -> Page:
    """Return the lines of a page and what it says of itself; it never raises, whatever the page."""
    found = list(tokens(source))
    simple = simple_page(source, found)
    deep = deepest(found) > DEEPEST or len(simple) > LARGEST
    blocks = list(page_blocks(source, found))
    facts = page_facts(parse(telling_parts(source, found)))
    body = body_range(blocks, "" if deep else extract(simple))
    sure = within_box(blocks, body) if body else frozenset()
    title = page_title(blocks, facts, min(sure, default=body.start if body else len(blocks)))
    values = {**facts, "title": title} if title else {name: value for name, value in facts.items() if name != "title"}
    lines = list(frame(blocks, body, sure, title))
    told_at = {name: source.count("\n", 0, source.find(value)) + 1 for name, value in values.items() if value in source}
    return Page(lines, values, told_at, [(1, TOO_DEEP)] if deep else [])


def deepest(found: Sequence[Token]) -> int:
    """Return how deep elements are nested, at the most."""
    depth = most = 0
    last = ""
    for kind, name, _, _ in found:
        if kind == "open" and name not in VOID and not (name in OPTIONAL and name == last):
            depth += 1
            most = max(most, depth)
        elif kind == "close":
            depth = max(0, depth - 1)
        last = name if kind == "open" else last if kind == "text" else ""
    return most


def telling_parts(source: str, found: Sequence[Token]) -> str:
    """Return the elements of a page that tell something of it, as a small page."""
    parts: list[str] = []
    wanted = ""
    for kind, name, start, end in found:
        tag = source[start:end] if end - start < LONGEST_TAG else ""
        if kind == "open":
            wanted = name if name == "title" or (name == "script" and "ld+json" in tag) else ""
            if name in TELLING or wanted:
                parts.append(tag)
        elif wanted and kind in {"text", "raw", "close"}:
            parts.append(source[start:end])
            wanted = "" if kind == "close" else wanted
        if len(parts) > MOST_FACTS:
            break
    return "".join(parts)


def parse(page: str) -> Any:  # noqa: ANN401 - the library is imported late
    """Return a small page as BeautifulSoup parses it."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only where HTML is read

    return BeautifulSoup(page, "html.parser")


def page_title(blocks: Sequence[Block], facts: Mapping[str, str], start: int) -> str | None:
    """Return the page's headline: the heading that its title names, else that right above the text, else its title.

    The text begins with the block `start`. A heading of the second rank is one where it alone stands there, and none of
    the first.
    """
    stated = phrase(facts.get("title", ""))
    above = blocks[: start + 1]
    headings = [block for block in above if block.tag in TITLES and not block.framed]
    named = [block.line.text for block in headings if (head := phrase(block.line.text)) and head in stated]
    named = [text for text in named if len(text.split()) >= HEADLINE]
    first = [block.line.text for block in headings if block.tag == "h1"]
    near = [text for text in first[::-1] if len(text.split()) >= HEADLINE]
    words = set(stated.split())
    akin = [block.line.text for block in headings if overlaps(set(phrase(block.line.text).split()), words)]
    second = [block.line.text for block in headings if block.tag == "h2" and len(block.line.text.split()) >= HEADLINE]
    alone = second if not first and len(second) == 1 else []
    named.sort(key=len, reverse=True)
    return next(iter([*named, *near, *akin[-1:], *alone, *stated_title(facts), *first]), None)


def stated_title(facts: Mapping[str, str]) -> list[str]:
    """Return what the page says that its headline is, without the name of the site."""
    title = TITLE_END.split(facts.get("title", ""), maxsplit=1)[0].strip()
    head, _, site = title.rpartition(" - ")
    if head and phrase(site) == phrase(facts.get("issuer", "")):
        title = head
    return [title] if title else []


def simple_page(source: str, found: Sequence[Token]) -> str:
    """Return the page without what is no words and without tags of extreme length, for the extractor."""
    parts = ["<!doctype html>"]
    for kind, name, start, end in found:
        if kind == "text":
            parts.append(source[start:end].replace("<", "&lt;").replace("\0", ""))
        elif kind in {"open", "close"} and name.isalnum() and name != "base":
            short = end - start < LONGEST_TAG
            parts.append(source[start:end].replace("\0", "") if short else f"<{'/' if kind == 'close' else ''}{name}>")
    return "".join(parts)


def load_extractor(files: Iterable[str]) -> None:
    """Import what pages are read with, where one of `files` is a page: it takes longer than to read one."""
    if any(name.casefold().endswith((".html", ".htm")) for name in files):
        import bs4  # noqa: F401, PLC0415 - only where HTML is read
        import trafilatura  # noqa: F401, PLC0415 - as above


def extract(page: str) -> str:
    """Return the text that trafilatura takes for the body; empty where it finds none."""
    return extract_by(page, fast=True) or extract_by(page, fast=False)


def extract_by(page: str, *, fast: bool) -> str:
    """Return what trafilatura extracts; where not `fast` it compares its answer with those of other extractors."""
    import lxml.html  # noqa: PLC0415 - only where HTML is read
    import trafilatura  # noqa: PLC0415 - as above

    try:
        tree = lxml.html.fromstring(page)
        document: Any = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, with_metadata=False, fast=fast
        )
    except Exception:  # noqa: BLE001 - whatever hostile markup does to the library, the page's structure still tells
        return ""
    return (document.text or "") if document else ""


def body_range(blocks: Sequence[Block], extracted: str) -> range | None:
    """Return the run of blocks that the extracted text is made of, without one the page's main part, or None."""
    lines = {squash(line) for line in extracted.splitlines()} - {""}
    whole = squash(extracted)
    keys = [squash(block.line.text) for block in blocks]
    free = [n for n, block in enumerate(blocks) if not block.framed]
    hits = [n for n in free if len(keys[n]) >= SHORT and (keys[n] in lines or keys[n] in whole)]
    hits = hits or [n for n in free if blocks[n].main and not extracted]
    if not hits:
        return None
    last = hits[-1]
    while last + 1 < len(blocks) and keys[last + 1] in lines and not blocks[last + 1].framed:
        last += 1
    first = hits[0]
    while first and keys[first - 1] in lines and not blocks[first - 1].framed:
        first -= 1
    boxes = boxes_alike(blocks, text_box(blocks, hits))
    after = (n for n in range(last + 1, len(blocks)) if not boxes.isdisjoint(blocks[n].boxes))
    return range(first, max([last, *(n for n in after if is_text(blocks[n]))]) + 1)


def text_box(blocks: Sequence[Block], hits: Sequence[int]) -> Box | None:
    """Return the box that most of the text stands in directly."""
    sizes: dict[Box | None, int] = {}
    for number in hits:
        block = blocks[number]
        sizes[block.box] = sizes.get(block.box, 0) + len(block.line.text)
    return max(sizes, key=lambda box: sizes[box])


def is_text(block: Block) -> bool:
    """Tell whether a block may go on with the text of its box."""
    return not (block.framed or block.linked or block.aside)


def squash(text: str) -> str:
    """Return the letters and digits of a text, small, without anything between."""
    return "".join(WORD.findall(text.casefold()))


def frame(blocks: Sequence[Block], body: range | None, sure: Container[int], title: str | None) -> Iterator[Line]:
    """Yield the page's lines, those outside the body with the rule that cuts them, those `sure` to be of it so told."""
    headline = phrase(title or "")
    for number, block in enumerate(blocks):
        beyond = body is not None and number not in body
        outside = block.framed or block.linked or beyond
        is_title = block.tag == "h1" and phrase(block.line.text) == headline
        ruled = replace(block.line, rule="page-frame") if outside and not is_title else block.line
        yield replace(ruled, sure=True) if number in sure else ruled


def within_box(blocks: Sequence[Block], body: range) -> frozenset[int]:
    """Return the blocks that are sure to be text: in its box, from the first paragraph to the last sentence or item.

    With them goes what stands in that box as a paragraph or heading: a label right above, and plain words below.
    """
    boxes = boxes_alike(blocks, text_box(blocks, body))
    inside = [n for n in body if not boxes.isdisjoint(blocks[n].boxes) and is_text(blocks[n])]
    first = next((n for n in inside if is_paragraph(blocks[n].line.text)), body.stop)
    ends = (n for n in inside if blocks[n].line.kind == "item" or is_sentence(blocks[n].line.text))
    last = max(ends, default=first)
    return frozenset(n for n in inside if first <= n <= last or (n >= first - 1 and is_plain(blocks[n])))


def is_plain(block: Block) -> bool:
    """Tell whether a block is a paragraph or heading without a year, a number in brackets or only capitals."""
    text = block.line.text
    return block.tag in PLAIN and not (text.isupper() or MARKED.fullmatch(text))


def boxes_alike(blocks: Sequence[Block], box: Box | None) -> frozenset[Box]:
    """Return the box and those with the same name and class in the same box: some pages have one for each paragraph."""
    above = next((block.boxes[: block.boxes.index(box)] for block in blocks if box in block.boxes), ()) if box else ()
    alike = (
        block.boxes[len(above)]
        for block in blocks
        if len(block.boxes) > len(above) and above == block.boxes[: len(above)]
    )
    return frozenset(
        other for other in alike if box and (other == box or (other.opening and other.opening == box.opening))
    )
