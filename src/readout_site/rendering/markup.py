"""A paragraph's text + marks → HTML: every run escaped, the words exactly those of the text."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from readout_site.rendering.escape import exact


class Mark(Struct, frozen=True):
    """Tags around a range of a paragraph; marks may nest and overlap as they like."""

    start: int  #: First code point.
    end: int  #: End, exclusive.
    tag: str  #: Element that goes around it, such as `span`.
    attributes: str = ""  #: Its attributes, escaped, with a space before each.
    once: str = ""  #: Further attributes that only its first piece carries, such as an id.
    head: str = ""  #: HTML without words, put at its beginning.
    tail: str = ""  #: HTML without words, put after its end.
    rank: int = 2  #: A mark of lower rank goes around those of higher rank; of equal ranks, the longer.


def mark_up(text: str, marks: Iterable[Mark]) -> Markup:
    """Return `text` as HTML with `marks` around their ranges; a mark that another one cuts is closed and reopened."""
    fit = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    if not fit:
        return exact(text)
    fit.sort(key=lambda mark: (mark.rank, mark.start, -mark.end, mark.tag))
    bounds = sorted({0, len(text), *(mark.start for mark in fit), *(mark.end for mark in fit)})
    starts: defaultdict[int, list[int]] = defaultdict(list)
    for rank, mark in enumerate(fit):
        starts[mark.start].append(rank)
    shown: Callable[[str], str] = exact if exact(text) != text else str  # What stands as it is need not be asked again.
    parts: list[str] = []
    stack: list[int] = []
    for start, end in pairwise(bounds):
        wanted = sorted([rank for rank in stack if fit[rank].end > start] + starts[start])
        turn(stack, wanted, fit, start, parts)
        parts.append(shown(text[start:end]))
    turn(stack, [], fit, len(text), parts)
    return Markup("".join(parts))  # noqa: S704 - every part is markup already


def turn(stack: list[int], wanted: list[int], marks: Sequence[Mark], at: int, parts: list[str]) -> None:
    """Make the open marks those `wanted` at `at`: close what ends or is in the way, then open what is missing."""
    kept = 0
    for one, other in zip(stack, wanted, strict=False):
        if one != other:
            break
        kept += 1
    while len(stack) > kept:
        mark = marks[stack.pop()]
        parts.append(f"</{mark.tag}>{mark.tail if mark.end == at else ''}")
    for rank in wanted[kept:]:
        mark = marks[rank]
        first = mark.start == at
        parts.append(f"<{mark.tag}{mark.attributes}{mark.once if first else ''}>{mark.head if first else ''}")
        stack.append(rank)
