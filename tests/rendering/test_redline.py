"""What was taken out of an earlier text and put in since."""

import time
from collections.abc import Callable

import pytest

from readout_site.records import Briefing, Version
from readout_site.rendering.redline import CONTEXT, Change, redline, revisions

Make = Callable[..., Briefing]

SIGNS = {"same": "{}", "out": "-{}-", "in": "+{}+"}


def shown(change: Change) -> tuple[int, str]:
    """Write a change in a line."""
    return change.number, " ".join(SIGNS[each.kind].format(each.text) for each in change.stretches)


@pytest.mark.parametrize(
    ("earlier", "later", "changes"),
    [
        (["One."], ["One."], []),
        (["They met today."], ["They met yesterday."], [(1, "They met -today.- +yesterday.+")]),
        (["One.", "Two.", "Three."], ["One.", "Three."], [(2, "-Two.-")]),
        (["One.", "Three."], ["One.", "Two.", "Three."], [(2, "+Two.+")]),
        (["One two. Three."], ["One two.", "Three."], [(1, "One two. +¶+ Three.")]),
        (["A b.", "C d."], ["A x.", "C y."], [(1, "A -b.- +x.+"), (2, "C -d.- +y.+")]),
        (
            ["A b.", "C d.", "One.", "E f.", "Two."],
            ["A x.", "C y.", "One.", "E z.", "Two."],
            [(1, "A -b.- +x.+"), (2, "C -d.- +y.+"), (4, "E -f.- +z.+")],
        ),
        (
            ["One.", "A b. C d.", "Two.", "Three."],
            ["One.", "A b.", "C x.", "Two.", "Three."],
            [(2, "A b. +¶+ C -d.- +x.+")],
        ),
        ([], ["One."], [(1, "+One.+")]),
    ],
)
def test_changes_are_told_word_by_word(earlier: list[str], later: list[str], changes: list[tuple[int, str]]) -> None:
    assert [shown(change) for change in redline(earlier, later)] == changes


def test_an_editor_s_title_is_compared_with_no_published_one(make: Make) -> None:
    earlier = Version("x/1.txt", "0" * 64, None, "As published", ("One.",))
    edited = make(texts=("One.",), title="An editor's", corrected={"title": "As published"}, versions=(earlier,))
    (revision,) = revisions(edited, "readouts/x.html")
    assert revision.title == ()


def test_words_far_from_a_change_are_left_out() -> None:
    many = [f"w{number}" for number in range(100)]
    (change,) = redline([" ".join([*many, "old", *many])], [" ".join([*many, "new", *many])])
    before, after = many[-CONTEXT:], many[:CONTEXT]
    assert shown(change) == (1, " ".join(["…", *before, "-old-", "+new+", *after, "…"]))


@pytest.mark.parametrize(
    ("before", "between", "after", "shown_whole"),
    [(13, 25, 13, True), (14, 1, 1, False), (1, 26, 1, False), (1, 1, 14, False)],
)
def test_a_sign_stands_for_two_words_or_more(before: int, between: int, after: int, *, shown_whole: bool) -> None:
    same = [
        " ".join(f"{side}{number}" for number in range(words))
        for side, words in zip("abc", (before, between, after), strict=True)
    ]
    (change,) = redline([f"{same[0]} x {same[1]} x {same[2]}"], [f"{same[0]} y {same[1]} y {same[2]}"])
    text = " ".join(part.text for part in change.stretches)
    assert ("…" not in text) == shown_whole
    for words in same:  # What stands next to a change is never left out.
        assert words.split()[0] in text or words is same[0]
        assert words.split()[-1] in text or words is same[2]


def test_a_revision_tells_of_the_text_that_was_replaced(make: Make) -> None:
    first = Version("x/1.txt", "1" * 64, "2031-05-03", "Old title", ("They met.",))
    second = Version("x/2.txt", "2" * 64, None, "New title", ("They met today.",))
    now = make(title="New title", versions=(first, second))
    later, earlier = revisions(now, "readouts/2031/05/03-x.html")
    assert (later.number, later.captured, later.sha256, later.title) == (2, "", "2" * 64, ())
    assert (earlier.number, earlier.captured, earlier.sha256) == (1, "3 May 2031", "1" * 64)
    assert [(part.kind, part.text) for part in earlier.title] == [("out", "Old"), ("in", "New"), ("same", "title")]
    assert [shown(change) for change in earlier.changes] == [(1, "They -met.- +met today.+")]
    assert (later.capture, earlier.capture) == ("03-x.v2.txt", "03-x.v1.txt")


def test_a_text_that_repeats_itself_takes_no_longer_than_another() -> None:
    old, new = ([f"a {side}{number}" for number in range(1_500)] for side in "xy")
    began = time.process_time()
    (change,) = redline([" ".join(old)], [" ".join(new)])
    assert len(list(redline(old, new))) == 1_500
    assert time.process_time() - began < 4
    assert {each.kind for each in change.stretches} == {"same", "out", "in"}
