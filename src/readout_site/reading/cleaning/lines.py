"""Text of a capture → its lines: what a reader sees as a line, heading or list item, and where it stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from readout_site.reading.cleaning.sheets import repeated_lines
from readout_site.records import Span

LineKind = Literal["text", "heading", "item"]
Piece = tuple[int, int, str]
"""A range of the decoded capture and the words that it stands for."""

WIDEST = 120
"""A text whose lines are all shorter than this may be wrapped."""
NARROWEST = 40
"""No text is wrapped as narrowly as this."""
FULL = 0.7
"""A line this long, as a share of the widest, may go on in the next one."""
ENDS = ".!?:;"
STACK = 2
"""An address has more lines than this."""
BROKEN = 2
"""So many sentences broken at the end of a line show that the lines are wrapped."""
COMPOUND = re.compile(r"(?<!\w)\w++(?:-\w++)*+(?!-)")
"""A word, but not the half of one before a hyphen."""
HALVES = re.compile(r"\w+-[^\S\n]*\n\s*\w+")
"""The two halves of what may be one word over the end of a line: neither shows that it is a word of its own."""
END_MARK = re.compile(r"(?<=[.!?\"”’»)])\s+(?:/ ?(?i:ends?) ?/|\((?i:ends?)\)|(?:# ?){3}|[-–—] ?30 ?[-–—]|ENDS?)$")
"""The mark at the end of a press release, on the line of its last sentence."""
MAIL_HEAD = re.compile(r"(?:subject|date|from|to|sent|cc|bcc|reply-to|importance): ", re.IGNORECASE)
"""What a line of a mail's head begins with."""
LONGEST_MARK = 12
SLACK = 15
"""A line of a wrapped text is at most so much longer than the longest that a sentence goes on after."""
LAST_WORD = re.compile(r"(\w+)-$")
FIRST_WORD = re.compile(r"^\w+")
HYPHEN = re.compile(r"\w-$")
PARTS = frozenset(
    (
        *("all", "anti", "co", "cross", "high", "low", "long", "short", "mid", "multi", "non", "post", "half"),
        *("self", "semi", "well", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        *("ten", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "first", "second", "third"),
        *("fact", "cease", "decision", "peace", "vice", "far", "hard", "large", "full", "closed", "open", "face"),
    )
)
"""Words and prefixes after which a hyphen at the end of a line belongs to the word."""
SUFFIX = re.compile(
    r"s?ions?|tions?|ments?|ings?|ers?|ed|ly|ful|ness|ships?|ages?|teen|ary|it(?:y|ies)|i[sz]ed?|lions?|ance|nars?"
    r"|doms?|hoods?|(?:light|lateral|national|pon|cip|leg)\w*"
)
"""What makes no word of its own after one of these: `ten-sions`, `high-lighted`."""
ENDINGS = frozenset(
    (
        *("year", "month", "week", "day", "hour", "minute", "term", "range", "scale", "level", "point", "party"),
        *("based", "led", "backed", "brokered", "funded", "financed", "owned", "run", "made", "driven", "related"),
        *("oriented", "making", "building", "sharing", "saving", "keeping", "finding", "standing", "lasting"),
        *("reaching", "looking", "ranking", "growing", "speaking", "quality", "income", "profile", "speed", "tech"),
        *("sector", "border", "fire", "person", "sided", "wide", "depth", "free", "neutral", "being", "defense"),
        *("defence", "determination", "sufficiency", "proliferation", "friendly", "timed", "trained", "equipped"),
        *("and", "to", "of", "the", "kilometre", "kilometer", "mile"),
    )
)
"""Words before which it does."""


class Line(Struct, frozen=True):
    """A line as a reader sees it, whatever the format: the unit in which furniture is told from body."""

    text: str  #: Its words, white space folded.
    source: tuple[Span, ...]  #: The ranges of the decoded capture that make up `text`, in order.
    kind: LineKind = "text"  #: What the markup says that it is.
    rule: str | None = None  #: The rule that has cut it already.
    sure: bool = False  #: True where the structure of its page tells that it is of the text.
    linked: bool = False  #: True where the markup tells that it is a link and nothing else.


def text_lines(text: str, is_furniture: Callable[[str], bool]) -> list[Line]:
    """Return the lines of scraped text; hard-wrapped ones are joined into paragraphs, but for known furniture."""
    lines: list[Line] = []
    offset = 0
    for raw in text.splitlines(keepends=True):
        if words := raw.split():
            start = offset + len(raw) - len(raw.lstrip())
            lines += without_mark(Line(" ".join(words), ((start, offset + len(raw.rstrip())),)), text)
        offset += len(raw)
    heads = repeated_lines([line.text for line in lines])
    lines = [replace(line, rule="sheet-head") if number in heads else line for number, line in enumerate(lines)]
    body = [line for line in lines if line.rule is None and not is_furniture(line.text)]
    width = broken_width(text, body) or wrapped_width(lines, body)
    body = [line for line in body if len(line.text) <= min(width + SLACK, WIDEST)] if width else []
    if not body:
        return lines
    apart = {line.source for line in body}
    furniture = [line for line in lines if line.source not in apart]
    return sorted((*furniture, *unwrap(text, body)), key=lambda line: line.source)


def without_mark(line: Line, text: str) -> Iterator[Line]:
    """Yield a line of one range, and apart from it the mark of the end that stands behind its last sentence."""
    ((start, end),) = line.source
    mark = END_MARK.search(text, max(start, end - LONGEST_MARK), end)
    if mark is None:
        yield line
        return
    words = mark[0].lstrip()
    yield Line(" ".join(text[start : mark.start()].split()), ((start, mark.start()),))
    yield Line(" ".join(words.split()), ((end - len(words), end),))


def make_line(pieces: Sequence[Piece], kind: LineKind = "text", rule: str | None = None) -> Line | None:
    """Return the line that `pieces` make up, trimmed of white space at both ends; None where it has no words."""
    text = " ".join("".join(words for _, _, words in pieces).split())
    if not text:
        return None
    kept = [piece for piece in pieces if piece[1] > piece[0]]
    while kept and kept[0][2].isspace():
        del kept[0]
    while kept and kept[-1][2].isspace():
        del kept[-1]
    return Line(text, tuple(join_spans(kept)), kind, rule)


def join_spans(pieces: Sequence[Piece]) -> Iterator[Span]:
    """Yield the ranges of `pieces`, those that touch as one, without white space at the outer ends."""
    start, end, words = pieces[0]
    if len(words) == end - start:
        start += len(words) - len(words.lstrip())
    for next_start, next_end, _ in pieces[1:]:
        if next_start > end:
            yield start, end
            start = next_start
        end = next_end
    words = pieces[-1][2]
    if len(words) == end - pieces[-1][0]:
        end -= len(words) - len(words.rstrip())
    yield start, end


def wrapped_width(lines: Sequence[Line], body: Sequence[Line]) -> int:
    """Return the width at which lines were broken, or 0.

    None is long then, most are nearly as long as the longest, and no more than two in three of these end a sentence.
    """
    if len(body) < 4 or max(len(line.text) for line in lines) > WIDEST:  # noqa: PLR2004 - three tell no width
        return 0
    widest = max(len(line.text) for line in body)
    full = [line for line in body if len(line.text) >= FULL * widest]
    unended = sum(line.text[-1] not in ENDS for line in full)
    return widest if widest > NARROWEST and len(full) * 2 >= len(body) and unended * 3 >= len(full) else 0


def broken_width(text: str, lines: Sequence[Line]) -> int:
    """Return the width at which sentences go on over the ends of lines, whatever else stands around them; or 0."""
    pairs = [pair for pair in pairwise(lines) if NARROWEST < len(pair[0].text) <= WIDEST and goes_on(*pair)]
    lengths = [len(first.text) for first, second in pairs if touch(text, first, second)]
    widest = max(lengths, default=0)
    return widest if sum(length >= FULL * widest for length in lengths) >= BROKEN else 0


def goes_on(first: Line, second: Line) -> bool:
    """Tell whether a sentence goes on from one line to the next."""
    return first.text[-1] not in ENDS and second.text[0].islower()


def is_parted(first: Line, second: Line) -> bool:
    """Tell whether a word is broken over the ends of two lines."""
    return HYPHEN.search(first.text) is not None and second.text[0].islower()


def unwrap(text: str, lines: Sequence[Line]) -> list[Line]:
    """Join each line to the next where it is full and no blank line is between, or furniture within a sentence."""
    full = FULL * max(len(line.text) for line in lines)
    words = frozenset(COMPOUND.findall(HALVES.sub(" ", text)))
    stacked = frozenset(line.source for line in stacks(text, lines, full))
    runs = [[lines[0]]]
    for first, second in pairwise(lines):
        goes_on = first.text[-1].isalnum() and second.text[0].islower()
        filled = len(first.text) >= full and first.source not in stacked and not is_mail_head(first, second)
        if (filled or is_parted(first, second)) and (goes_on or touch(text, first, second)):
            runs[-1].append(second)
        else:
            runs.append([second])
    return [join(run, words) for run in runs]


def is_mail_head(first: Line, second: Line) -> bool:
    """Tell whether two lines stand at the head of a mail, each by itself."""
    return MAIL_HEAD.match(first.text) is not None and MAIL_HEAD.match(second.text) is not None


def stacks(text: str, lines: Sequence[Line], full: float) -> Iterator[Line]:
    """Yield the lines of blocks such as addresses: without a sentence's end, and mostly short."""
    block: list[Line] = []
    for line, after in zip_longest(lines, lines[1:]):
        block.append(line)
        if after is None or not touch(text, line, after):
            short = sum(len(other.text) < full for other in block)
            if short * 2 > len(block) > STACK and not any(other.text[-1] in ".!?:;," for other in block):
                yield from block
            block = []


def touch(text: str, first: Line, second: Line) -> bool:
    """Tell whether no blank line stands between two lines."""
    return len(text[first.source[-1][1] : second.source[0][0]].splitlines()) <= 1


def join(run: Sequence[Line], words: frozenset[str]) -> Line:
    """Return a run of lines as one; a hyphen that only the wrapping set is left out, as `words` of the text tell."""
    parts = [run[0].text]
    spans = list(run[0].source)
    for first, second in pairwise(run):
        if not is_parted(first, second):
            parts.append(" " + second.text)
        elif keeps_hyphen(first.text, second.text, words):
            parts.append(second.text)
        else:
            parts[-1] = parts[-1][:-1]
            spans[-1] = (spans[-1][0], spans[-1][1] - 1)
            parts.append(second.text)
        spans += second.source
    return Line("".join(parts), tuple(spans), run[0].kind)


def keeps_hyphen(first: str, second: str, words: frozenset[str]) -> bool:
    """Tell whether the hyphen at the end of `first` belongs to its word.

    It does in a compound: one that the rest of the text writes so, or whose parts are known to make some, or both
    words of their own there.
    """
    left, right = LAST_WORD.findall(first)[0], FIRST_WORD.findall(second)[0]
    if left + right in words:
        return False
    if right in ENDINGS or f"{left}-{right}" in words or left.isdigit():
        return True
    if left.casefold() in {"re", "pre"} or (left.casefold() == "co" and right.startswith(("oper", "ordin"))):
        return right[0] in "aeiu" or right.startswith("open")
    return (left.casefold() in PARTS or (left in words and right in words)) and SUFFIX.fullmatch(right) is None


def join_paragraphs(text: str, lines: Sequence[Line], full: Callable[[str], bool]) -> list[Line]:
    """Return `lines` with neighbouring paragraphs of the body joined where others are parted by blank lines."""
    paragraphs = [line.rule is None and full(line.text) for line in lines]
    touching = [
        touch(text, first, second) if paragraphs[number] and paragraphs[number + 1] else None
        for number, (first, second) in enumerate(pairwise(lines))
    ]
    if touching.count(False) <= touching.count(True):
        return list(lines)
    runs = [[lines[0]]]
    for near, line in zip(touching, lines[1:], strict=True):
        if near:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run[0] if len(run) == 1 else join(run, frozenset()) for run in runs]
