"""A page scraped onto one line → its parts: what stands above, letterhead, date, headline, text and footer."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from readout_site.reading.cleaning.boilerplate import Boilerplate, phrase
from readout_site.reading.cleaning.datelines import DATE
from readout_site.reading.cleaning.lines import Line
from readout_site.records import Span

LONG = 500
"""A line this long may be a whole page."""
SITE = re.compile(r"(.{12,}?) [|–—-] [^|]{2,40}$")
RELEASE = re.compile(r"\S*(?:For|FOR) (?:Immediate|IMMEDIATE) (?:Release|RELEASE)\b")
LETTERHEAD = re.compile(
    r"(?:The White House )?(?:Office|Ministry|Department|Embassy|Cabinet|Bureau) of (?:the )?(?:[A-Z]\w+ ?)*$"
)
SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?]['\"”’)\]]*(?=\s+[A-Z])")
WORD = re.compile(r"\S+")
DAY = re.compile(rf"\s*{DATE}(?=\s)")
SECTION = re.compile(r"\b(?:releases?|statements|remarks|briefings|speeches|room|newsroom|news)$")
"""How the names of sections end that hold readouts."""
RUN = 3
"""This many terms of menus in a row begin a footer."""
LONGEST_TERM = 4
"""The most words that a term of a menu has."""


MENU = 4
"""A footer in words that no rule knows has at least this many."""
MOSTLY = 0.6
"""Likewise at least this share of them have a capital."""
PHRASE = 5
"""A headline repeated within the line has at least this many words."""
HEAD = 600
"""So many words of a page are searched for a repeated headline."""


def split_pages(text: str, lines: Sequence[Line], rules: Boilerplate) -> list[Line]:
    """Return `lines` with each line that holds a whole page cut into its parts; others stay as they are."""
    half = sum(len(line.text) for line in lines) / 2
    parts: list[Line] = []
    for line in lines:
        if len(line.text) > max(LONG, half) and len(line.source) == 1:
            heads = {head: None for other in lines if len(head := headline(other.text)) < LONG}
            known = [head for head in heads if head in line.text]
            parts += split_page(text, line, known or list(repeated_headline(line.text, rules)), rules)
        else:
            parts.append(line)
    return parts


def headline(text: str) -> str:
    """Return a line without the name of the site at its end, which browsers add to a page's title."""
    match = SITE.match(text[: LONG + 50])
    return match[1] if match else text


def repeated_headline(page: str, rules: Boilerplate) -> Iterator[str]:
    """Yield the first phrase that a page repeats before its first sentence ends, where it looks like a headline."""
    ended = SENTENCE_END.search(page)
    words = page[: ended.end() if ended else len(page)].split()[:HEAD]
    seen: dict[tuple[str, ...], int] = {}
    for second in range(len(words) - PHRASE):
        first = seen.setdefault(tuple(words[second : second + PHRASE]), second)
        if first < second:
            alike = zip(words[first:second], words[second:], strict=False)
            size = next((n for n, (one, other) in enumerate(alike) if one != other), second - first)
            before = (words[first - 1], words[second - 1]) if first else ("", " ")
            glued = before[0].endswith(before[1]) or before[1].endswith(before[0] or " ")
            head = " ".join((*((min(before, key=len),) if glued else ()), *words[second : second + size]))
            if size >= PHRASE and rules.titles.fullmatch(head):
                yield head
            return


def split_page(text: str, line: Line, heads: Sequence[str], rules: Boilerplate) -> list[Line]:
    """Return the parts of one long line around the headline, where one of `heads` is repeated in it."""
    ((start, end),) = line.source
    page = plain(text[start:end])
    found = [place for head in heads if (place := find_headline(page, head))]
    if not found:
        return [line]
    first, last = max(found)
    footer = find_footer(page, last, rules)
    cuts = [0, *head_cuts(page, first), first, last, *lead_cuts(page, last, rules), footer, len(page)]
    ranges = [(start + a, start + b) for a, b in pairwise(cuts) if b > a]
    parts = [part for span in ranges if (part := part_of(text, span))]
    above, below = cuts[1] > 0, footer < len(page)
    return [
        replace(part, rule="navigation") if (above and number == 0) or (below and number == len(parts) - 1) else part
        for number, part in enumerate(parts)
    ]


def plain(text: str) -> str:
    """Return a text of the same length with plain quotation marks and hyphens."""
    return text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("\u2011", "-")


def part_of(text: str, span: Span) -> Line | None:
    """Return a range of the capture as a line."""
    start, end = span
    raw = text[start:end]
    bare = raw.strip()
    start += len(raw) - len(raw.lstrip())
    return Line(" ".join(bare.split()), ((start, start + len(bare)),)) if bare else None


def find_headline(page: str, head: str) -> Span | None:
    """Return the last place where `head` stands with text after it, or None."""
    words = plain(head).split()
    if len(words) < RUN:
        return None
    places = re.finditer(r"\s+".join(map(re.escape, words)), page)
    return max((match.span() for match in places if re.match(r"\s+[A-Z\"'(]", page[match.end() :])), default=None)


def head_cuts(page: str, end: int) -> Iterator[int]:
    """Yield where, before the headline, the letterhead and the line of release begin."""
    releases = list(RELEASE.finditer(page, max(0, end - 200), end))
    if not releases:
        return
    release = releases[-1].start()
    above = page[max(0, release - 200) : release].rstrip()
    if letterhead := LETTERHEAD.search(above):
        yield max(0, release - 200) + letterhead.start()
    yield release


def lead_cuts(page: str, start: int, rules: Boilerplate) -> Iterator[int]:
    """Yield where, below the headline, the day of issue and the name of the page's section end."""
    day = DAY.match(page, start)
    if day is None:
        return
    yield day.end()
    words = [word for word, _ in zip(WORD.finditer(page, day.end()), range(LONGEST_TERM), strict=False)]
    for size in range(len(words), 1, -1):
        term = phrase(" ".join(word[0] for word in words[:size]))
        if term in rules.navigation and SECTION.search(term):
            yield words[size - 1].end()
            return


def find_footer(page: str, start: int, rules: Boilerplate) -> int:
    """Return where the footer begins: after the first sentence that terms of menus follow in a row, else the end."""
    last = len(page)
    for match in SENTENCE_END.finditer(page, start):
        words = [word[0] for word, _ in zip(WORD.finditer(page, match.end()), range(RUN * LONGEST_TERM), strict=False)]
        if count_terms(words, rules) >= RUN:
            return match.end()
        last = match.end()
    return last if is_menu(page[last:].split()) else len(page)


def is_menu(words: Sequence[str]) -> bool:
    """Tell whether words after the last sentence are hardly more than capitalised terms."""
    return len(words) >= MENU and sum(word[0].isupper() for word in words) >= MOSTLY * len(words)


def count_terms(words: Sequence[str], rules: Boilerplate) -> int:
    """Count the terms of menus that `words` begin with, the longest first."""
    count = position = 0
    while position < len(words):
        for size in range(LONGEST_TERM, 0, -1):
            if phrase(" ".join(words[position : position + size])) in rules.navigation:
                break
        else:
            return count
        position += size
        count += 1
    return count
