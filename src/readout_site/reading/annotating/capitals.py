"""Text → runs of capitalised words: where proper names may stand, and what links their words."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

WORD = re.compile(
    r"""(?:[A-Z]\.)+[A-Z]?(?:[-–/]\w[\w’']*|\s–\s[A-Z]\w+)*  # U.S., U.S.-Mexico, U.S. – Angola
    |\([A-Z]\w{1,7}\)(?=\ (?:[A-Z]\w+\ )?[A-Z])  # letters within a name: Community Violence Intervention (CVI) Fund
    |(?<![\w$€£¥₹])(?<!\d[,.])[a-z]?[A-Z0-9À-ÞİŞĞČŠŽ]\w*(?:[-–/+&.’'‐]\w+)*[’']?""",
    re.VERBOSE,
)
LINK = r"(?:of|for|and|on|to|in|the|with|against|toward|towards|&|a|an|its|from|bin|ibn|al|de|da|do|del)"
RUN = re.compile(
    rf"(?:{WORD.pattern})(?:(?:[ ]{LINK}){{0,2}}[ ](?:{WORD.pattern}))*",
    re.VERBOSE,
)
LIST = re.compile(r"(?:, [A-Z][\w-]+(?: [A-Z][\w-]+){0,3}){1,5},? and [A-Z][\w-]+(?: [A-Z][\w-]+){0,3}")
"""The rest of a list of capitalised phrases: `, Public Health, and Safe Communities`."""


class Capital(NamedTuple):
    """A capitalised word in a run."""

    text: str  #: The word, without a possessive ending.
    start: int  #: First code point in the paragraph.
    end: int  #: End, exclusive, before a possessive ending.
    link: str  #: What joins it to the word before: empty, or words such as `of the`.
    possessive: bool  #: True where `’s` follows.


def runs(text: str, marks: Sequence[int]) -> Iterator[tuple[Capital, ...]]:
    """Yield the runs of capitalised words of `text` that reach or hold one of `marks`, from left to right."""
    for run in RUN.finditer(text):
        start, end = run.span()
        following = bisect(marks, start)
        if following < len(marks) and marks[following] <= end:
            yield tuple(capitals(text, start, end))


def capitals(text: str, start: int, end: int) -> Iterator[Capital]:
    """Yield the capitalised words between two places."""
    last = start
    for word in WORD.finditer(text, start, end):
        possessive = word[0].endswith(("’s", "'s"))
        size = len(word[0]) - 2 * possessive
        yield Capital(word[0][:size], word.start(), word.start() + size, text[last : word.start()].strip(), possessive)
        last = word.end()
