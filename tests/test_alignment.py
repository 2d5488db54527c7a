"""Sequences of words are aligned as difflib does it, and in bounded work."""

import time
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.alignment import Aligner

WORDS = st.lists(st.sampled_from("abcd"), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_what_is_not_long_is_aligned_as_difflib_does_it(pairs: list[tuple[list[str], list[str]]]) -> None:
    aligner = Aligner()
    for old, new in pairs:
        plain = SequenceMatcher(None, old, new, autojunk=False)
        assert aligner.changes(old, new) == plain.get_opcodes()
        assert aligner.runs(old, new) == plain.get_matching_blocks()


def test_when_the_work_is_used_up_the_rest_is_different() -> None:
    aligner = Aligner(work=7)
    assert aligner.changes(["a", "b"], ["a", "b"]) == [("equal", 0, 2, 0, 2)]  # Two words, each with one like it.
    assert aligner.left == 3
    assert aligner.changes(["a"], ["a"]) == [("equal", 0, 1, 0, 1)]
    assert aligner.changes(["a"], ["a"]) == [("replace", 0, 1, 0, 1)]


@pytest.mark.parametrize(
    ("work", "kind", "left", "end"), [(5, "equal", 1, 0), (4, "replace", 0, 0), (3, "replace", -1, -1)]
)
def test_work_that_is_just_used_up_is_no_more(work: int, kind: str, left: int, end: int) -> None:
    aligner = Aligner(work)
    assert aligner.changes(["a", "b"], ["a", "b"]) == [(kind, 0, 2, 0, 2)]
    assert aligner.left == left
    assert aligner.changes(["a"], ["b"]) == [("replace", 0, 1, 0, 1)]
    assert aligner.left == end


def test_without_ranges_the_whole_is_searched() -> None:
    aligner = Aligner(work=9)
    aligner.take(["a", "b"], ["a", "b"])
    assert aligner.find_longest_match() == (0, 0, 2)
    assert aligner.find_longest_match(1, 2, 1, 2) == (1, 1, 1)
    aligner.left = 0
    assert aligner.find_longest_match(1, 2, 1, 2) == (1, 1, 0)


def test_words_that_a_long_text_repeats_are_compared_too() -> None:
    long = [f"w{number}" for number in range(300)] + ["the"] * 30
    assert [run.size for run in Aligner().runs(["the", "the"], long)] == [2, 0]


def test_work_is_counted_within_each_range() -> None:
    aligner = Aligner(work=100)
    aligner.runs(["a", "b", "c"], ["a", "x", "c"])
    assert aligner.left == 100 - (3 + 2) - (2 + 1) - (1 + 0)  # The whole, what follows `a`, what stands between.


def test_texts_that_repeat_themselves_take_no_longer_than_others() -> None:
    began = time.process_time()
    for words in (["a"], ["a", "b"]):
        assert Aligner().changes(words * 50_000, words * 50_000) != []
    old, new = ([word for n in range(900) for word in ("a", f"{side}{n}")] for side in "xy")
    assert {change[0] for change in Aligner().changes(old, new)} == {"equal", "replace"}
    assert time.process_time() - began < 4
