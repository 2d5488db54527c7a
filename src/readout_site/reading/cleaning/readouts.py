"""Lines of a page with several readouts → the same lines, those of all readouts but one cut."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from readout_site.reading.cleaning.boilerplate import Boilerplate, phrase
from readout_site.reading.cleaning.classifier import fits
from readout_site.reading.cleaning.lines import Line

HEADLINES = range(20, 250)
"""How long a headline is, in code points."""
FEWEST = 4
"""A headline has at least this many words."""
NEAR = 3
"""The text begins within so many lines of its headline."""
OPENING = 2
"""Headlines of two readouts on one page begin with so many of the same words, unless a day stands by the second."""
SENTENCE = re.compile(r"[.!?;:,。]['\"”’»)\]]*$")


def keep_one(
    lines: Sequence[Line], rules: Boilerplate, hints: Sequence[str], full: Callable[[str], bool]
) -> tuple[list[Line], int]:
    """Return the lines with all readouts but one cut by the rule `other-readout`, and how many readouts there are.

    The one kept is the one whose headline has most words in common with a hint, the first of equals; `full` tells
    whether a line is a paragraph.
    """
    heads = list(headlines(lines, rules, full))
    if len(heads) < 2:  # noqa: PLR2004 - one readout, or none
        return list(lines), len(heads)
    best = max(heads, key=lambda head: (kinship(lines[head].text, hints), -head))
    start = 0 if best == heads[0] else best
    end = next((head for head in heads if head > best), len(lines))
    return [line if start <= n < end else cut(line, rules) for n, line in enumerate(lines)], len(heads)


def headlines(lines: Sequence[Line], rules: Boilerplate, full: Callable[[str], bool]) -> Iterator[int]:
    """Yield the index of each readout's headline: the page's first, then those that look like it or have a day."""
    last: str | None = None
    opening: list[str] = []
    text_since = False
    for number, line in enumerate(lines):
        if line.rule is None and full(line.text):
            if last is None:
                return  # Text without a headline above it: the page is no list of readouts.
            text_since = True
        elif is_headline(line, rules) and has_text(lines, number, full):
            words = phrase(line.text).split()
            if last is None:
                opening = words[:OPENING]
                yield number
            elif (
                text_since
                and phrase(line.text) != last
                and (words[:OPENING] == opening or is_dated(lines, number, rules))
            ):
                yield number
            else:
                continue
            last, text_since = phrase(line.text), False


def is_headline(line: Line, rules: Boilerplate) -> bool:
    """Tell whether a line looks like the headline of a readout."""
    text = line.text
    shaped = line.rule is None and line.kind != "item" and len(text) in HEADLINES and not SENTENCE.search(text)
    return shaped and len(text.split()) >= FEWEST and fits(rules.titles, text)


def has_text(lines: Sequence[Line], number: int, full: Callable[[str], bool]) -> bool:
    """Tell whether a paragraph stands near below a line."""
    return any(full(line.text) for line in lines[number + 1 : number + 1 + NEAR])


def is_dated(lines: Sequence[Line], number: int, rules: Boilerplate) -> bool:
    """Tell whether a line that tells a day stands next to a headline."""
    near = (lines[other] for other in (number - 1, number + 1) if 0 <= other < len(lines))
    told = (rules.told_by(line.text, within=False) for line in near)
    return any(found and found[1].groupdict().get("date") for found in told)


def kinship(text: str, hints: Sequence[str]) -> int:
    """Return how many words a headline has in common with the hint that it shares most with."""
    words = set(phrase(text).split())
    return max((len(words & set(phrase(hint.replace("-", " ")).split())) for hint in hints), default=0)


def cut(line: Line, rules: Boilerplate) -> Line:
    """Return a line outside the readout with the rule that cuts it."""
    if line.rule:
        return line
    known = rules.furniture_of(line.text)
    return replace(line, rule=known.name if known else "other-readout")
