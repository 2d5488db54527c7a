"""Lines of a printed text → the heads and feet of its sheets: lines that stand again and again between others."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

FEWEST = 3
"""A line that stands so often is the head or foot of a sheet, or an advertisement's label."""
APART = 2
"""So many other lines at least stand between two of them."""
LONGEST = 120
DIGITS = re.compile(r"\d+")
NUMBERED = re.compile(
    r"(?=.*[^\W\d_]).*(?:[|·•/–—-]|\bpage\b|\bp\.) ?\d+\W*|\W*\d+ ?[|·•/–—-].*[^\W\d_].*", re.IGNORECASE
)
"""A line with the number of a sheet; it goes where it stands twice with different numbers."""
COUNTED = re.compile(r"((?:\S+ ){4,})(\d{1,3})")
"""A line of several words with a number behind it."""
SHEET = re.compile(r"\W*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?\W*", re.IGNORECASE)
"""The number of a sheet, alone on its line."""
ENDED = re.compile(r"[.!?:;,]['\"”’»)\]]*$")


def repeated_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of lines that repeat an earlier one, but for a number in it, as heads and feet of sheets do.

    The first of them is left: it may be the letterhead or the headline.
    """
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if len(line) <= LONGEST and not ENDED.search(line):
            places.setdefault(DIGITS.sub("0", line.casefold()), []).append(number)
    return frozenset(number for found in places.values() if len(found) > 1 for number in repeats(lines, found))


def repeats(lines: Sequence[str], found: Sequence[int]) -> Iterator[int]:
    """Yield those of the like lines `found` that are heads or feet of sheets."""
    if any(second - first <= APART for first, second in pairwise(found)):
        return
    texts = {lines[number] for number in found}
    numbered = len(texts) == len(found) and NUMBERED.fullmatch(lines[found[0]])
    if numbered or are_counted([lines[number] for number in found]):
        yield from found
    elif len(texts) == 1 and len(found) >= FEWEST:
        yield from found[1:]
    elif len(texts) == 1 and all(is_by_number(lines, number) for number in found):
        yield from found


def are_counted(feet: Sequence[str]) -> bool:
    """Tell whether lines are the same words with a number behind them that goes up by one: the numbers of sheets."""
    matches = [COUNTED.fullmatch(foot) for foot in feet]
    found = [(match[1], int(match[2])) for match in matches if match]
    (name, first), *_ = found or [("", 0)]
    return len(found) == len(feet) and found == [(name, first + n) for n in range(len(feet))]


def is_by_number(lines: Sequence[str], number: int) -> bool:
    """Tell whether the number of a sheet stands next to a line."""
    return any(SHEET.fullmatch(line) for line in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]))
