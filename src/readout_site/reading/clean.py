"""Capture → CleanText: the words of the readout kept, everything else listed with the rule that took it out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from operator import itemgetter

from readout_site.reading.cleaning.boilerplate import Boilerplate
from readout_site.reading.cleaning.characters import odd_characters
from readout_site.reading.cleaning.datelines import HAS_YEAR
from readout_site.reading.cleaning.decode import decode
from readout_site.reading.cleaning.frontmatter import read_front_matter
from readout_site.reading.cleaning.furniture import sort_lines
from readout_site.reading.cleaning.html import read_page
from readout_site.reading.cleaning.lines import Line, join_paragraphs, text_lines
from readout_site.reading.cleaning.markdown import markdown_lines
from readout_site.reading.cleaning.oneline import split_pages
from readout_site.reading.cleaning.prose import is_paragraph
from readout_site.reading.cleaning.told import Stated, gather
from readout_site.records import Capture, CleanText, Passage, Problem, Removal, Span

BETWEEN = {"md": "markup", "html": "html", "htm": "html"}
"""By suffix, the rule that takes out what stands between the words."""
Cut = tuple[int, int, str]
"""A range that is not in the body, and the rule that took it out."""
DATELINE = 150
"""A dateline stands within so many code points of the beginning."""
MERGED = frozenset({"page-frame", "html"})
"""Rules whose cuts are listed as one where nothing but markup stands between them."""


def clean(capture: Capture, boilerplate: Boilerplate) -> CleanText:
    """Return the capture's words and its furniture apart; it never raises, whatever the bytes.

    Ranges of passages, ranges of removals and white space tile the decoded text exactly; offsets are code points.
    """
    text, undecoded = decode(capture)
    suffix = capture.file.rsplit(".", 1)[-1].casefold()
    lines, stated, problems = read_lines(text, suffix, boilerplate)
    stem = capture.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    hints = (stem, *(url.rstrip("/").rsplit("/", 1)[-1] for url in (capture.meta.url, stated.values.get("url")) if url))
    lines = lines if suffix in BETWEEN else split_pages(text, lines, boilerplate)
    found = sort_lines(lines, boilerplate, stated.values.get("title"), hints)
    lines = join_paragraphs(text, found.lines, is_paragraph) if suffix not in BETWEEN else list(found.lines)
    passages = tuple(Passage(line.text, line.source) for line in lines if line.rule is None)
    removed = tuple(numbered(merge(tile(text, lines, BETWEEN.get(suffix, "hyphen")), text), text))
    told, undated = gather(capture, stated, found, opening(passages, boilerplate))
    path = f"captures/{capture.file}"
    odd = odd_characters((told.title or "", *(passage.text for passage in passages)), text)
    stumbles = [Problem(path, line, message) for line, message in problems]
    stumbles += [Problem(path, line, message, notice=True) for line, message in odd]
    empty = [] if passages else [Problem(path, None, nothing(text))]
    if found.readouts > 1:
        empty.append(
            Problem(path, None, f"holds {found.readouts} readouts and one was kept; give each a file of its own")
        )
    return CleanText(text, passages, removed, told, (*([undecoded] if undecoded else ()), *stumbles, *undated, *empty))


def read_lines(text: str, suffix: str, boilerplate: Boilerplate) -> tuple[list[Line], Stated, list[tuple[int, str]]]:
    """Return a capture's lines, what it says of itself, and what is wrong with it, by line."""
    if suffix in {"html", "htm"}:
        page = read_page(text)
        return page.lines, Stated(page.values, page.told_at, "page-metadata"), page.problems
    if suffix == "md":
        front = read_front_matter(text)
        block = text[: front.end]
        start = len(block) - len(block.lstrip())
        matter = [Line(" ".join(block.split()), ((start, front.end),), rule="front-matter")] if block else []
        problems = [front.problem] if front.problem else []
        return [*matter, *markdown_lines(text, front.end)], Stated(front.values, front.lines), problems
    return text_lines(text, boilerplate.stands_alone), Stated(), []


def tile(text: str, lines: Sequence[Line], between: str) -> Iterator[Cut]:
    """Yield what is not in the body, in order: the lines that are cut, and by the rule `between` what no line holds."""
    following = zip_longest(lines, lines[1:])
    ranges = [(*span, line.rule) for line, after in following for span in spans_of(line, after)]
    position = 0
    for start, end, rule in sorted(ranges, key=itemgetter(0)):
        yield from gap(text, position, start, between)
        if rule:
            yield start, end, rule
        position = end
    yield from gap(text, position, len(text), between)


def spans_of(line: Line, after: Line | None) -> tuple[Span, ...]:
    """Return the ranges of a line; one that is cut is a single range, unless the next begins within it."""
    whole = (line.source[0][0], line.source[-1][1])
    within = after is not None and after.source[0][0] < whole[1]
    return line.source if line.rule is None or within else (whole,)


def gap(text: str, start: int, end: int, rule: str) -> Iterator[Cut]:
    """Yield the range between two others as a cut, without the white space around it, where it holds any more."""
    raw = text[start:end]
    if words := raw.strip():
        start += len(raw) - len(raw.lstrip())
        yield start, start + len(words), rule


def merge(cuts: Iterable[Cut], text: str) -> Iterator[Cut]:
    """Yield the cuts; the frame of a page and the markup in it are one from one kept word to the next."""
    last: Cut | None = None
    for start, end, rule in cuts:
        if last and "page-frame" in {last[2], rule} <= MERGED and not text[last[1] : start].strip():
            last = (last[0], end, "page-frame")
            continue
        if last:
            yield last
        last = (start, end, rule)
    if last:
        yield last


def numbered(cuts: Iterable[Cut], text: str) -> Iterator[Removal]:
    """Yield each cut as a removal, with the line that it begins on."""
    line, position = 1, 0
    for start, end, rule in cuts:
        line += text.count("\n", position, start)
        position = start
        yield Removal(start, end, text[start:end], rule, line)


def opening(passages: Sequence[Passage], boilerplate: Boilerplate) -> Mapping[str, str]:
    """Return the place and day of the dateline that the first passage begins with, where it has one."""
    first = passages[0].text[:DATELINE] if passages else ""
    patterns = boilerplate.openings if HAS_YEAR.search(first) else ()
    matches = (pattern.match(first) for pattern in patterns)
    return next((match.groupdict() for match in matches if match), {})


def nothing(text: str) -> str:
    """Return what is wrong with a capture that holds no words of a readout."""
    if not text:
        return "is empty; scrape it again or remove it"
    if not text.strip():
        return "holds only white space; scrape it again or remove it"
    return "holds only furniture and no words of a readout; scrape it again or remove it"
