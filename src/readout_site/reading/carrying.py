"""A place in an earlier text → the same place in a later one, or nothing where its words were taken out."""

import re
from collections.abc import Iterator, Sequence

from readout_site.alignment import Aligner
from readout_site.records import Span

WORD = re.compile(r"\w+|[^\w\s]")
"""A word or a mark: a comma that comes after a quoted word leaves the word what it was."""

Place = tuple[int, Span]
"""A paragraph by its index from 0, and a range of code points in it."""


def carry(place: Place, earlier: Sequence[str], later: Sequence[str]) -> Place | None:
    """Return where the words of `place`, of the paragraphs `earlier`, stand in the paragraphs `later`.

    The texts are aligned by their longest common runs of words. Nothing is returned where one of the words is not in
    a run, or where the texts are too long to be aligned.
    """
    index, (start, end) = place
    old, new = list(words_of(earlier)), list(words_of(later))
    inside = [n for n, (paragraph, s, e) in enumerate(old) if paragraph == index and s < end and e > start]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    for at, there, size in Aligner().runs(texts(old, earlier), texts(new, later)):
        if at <= first and last < at + size:
            home, far = new[first - at + there], new[last - at + there]
            moved = home[1] - old[first][1]
            span = max(0, start + moved), min(len(later[home[0]]), end + moved)  # White space around may be gone.
            return (home[0], span) if home[0] == far[0] else None
    return None


def words_of(paragraphs: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield each word by its paragraph's index and its range there."""
    for index, text in enumerate(paragraphs):
        for match in WORD.finditer(text):
            yield index, *match.span()


def texts(words: Sequence[tuple[int, int, int]], paragraphs: Sequence[str]) -> list[str]:
    """Return the words themselves."""
    return [paragraphs[index][start:end] for index, start, end in words]
