"""Two sequences of words → what they have in common, in bounded work.

The longest common runs, as Ratcliff and Obershelp and `difflib` find them, take the cube of the length where a text
repeats itself; what is not found when the work is used up counts as different.
"""

from collections.abc import Sequence
from difflib import Match, SequenceMatcher

WORK = 4_000_000
"""So many comparisons of a word with its like are made at most: about half a second."""


class Aligner(SequenceMatcher[str]):
    """A matcher for one pair of sequences after another, which share its bounded work."""

    b2j: dict[str, list[int]]  #: Where each word stands in the second one, as `difflib` keeps it.

    def __init__(self, work: int = WORK) -> None:
        """Start with nothing to compare and `work` comparisons to make."""
        super().__init__(autojunk=False)
        self.left = work
        self.old: Sequence[str] = ()

    def changes(self, old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
        """Return how `old` becomes `new`, as `difflib` has it."""
        self.take(old, new)
        return self.get_opcodes()

    def runs(self, old: Sequence[str], new: Sequence[str]) -> Sequence[Match]:
        """Return the common runs of `old` and `new`, in order."""
        self.take(old, new)
        return self.get_matching_blocks()

    def take(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Turn to another pair of sequences."""
        self.old = old
        self.set_seqs(old, new)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Return the longest run within two ranges; an empty one when the work is used up."""
        if self.left > 0:
            words = self.old[alo:ahi]
            self.left -= len(words) + sum(len(self.b2j.get(word, ())) for word in words)
        return super().find_longest_match(alo, ahi, blo, bhi) if self.left > 0 else Match(alo, blo, 0)
