"""Notes in the margin: the longest are cut short where there is no room for all, and none below a few lines."""

import pytest
from markupsafe import Markup

from readout_site.rendering.margin import LEAST_LINES, clamp
from readout_site.rendering.views import Gloss


def gloss(lines: int) -> Gloss:
    """Return a note of so many lines."""
    return Gloss(1, "Harbour", "", Markup("Signed."), "", (), 0, lines, quoted=False, clamped=False)


@pytest.mark.parametrize(
    ("lines", "room", "shown"),
    [
        ([5, 9], 14, [5, 9]),
        ([5, 9], 13, [5, 8]),
        ([5, 9], 9, [4, 4]),
        ([9, 9, 2], 12, [5, 5, 2]),
        ([9, 9, 9], 2, [LEAST_LINES] * 3),
        ([30], 40, [14]),
        ([], 3, []),
    ],
)
def test_the_longest_are_cut_short_first(lines: list[int], room: int, shown: list[int]) -> None:
    notes = clamp([gloss(each) for each in lines], room)
    assert [note.lines for note in notes] == shown
    assert [note.clamped for note in notes] == [after < before for before, after in zip(lines, shown, strict=True)]
