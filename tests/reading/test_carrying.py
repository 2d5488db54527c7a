"""A place of an earlier text is found again in a later one, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.reading.carrying import carry

EARLIER = ("They met in the port. They met again.", "The ministers agreed on wool, and on cork.")


def place_of(words: str, texts: tuple[str, ...], nth: int = 0) -> tuple[int, tuple[int, int]] | None:
    """Return where words stand the nth time."""
    places = [
        (index, (at, at + len(words)))
        for index, text in enumerate(texts)
        for at in range(len(text))
        if text.startswith(words, at)
    ]
    return places[nth] if nth < len(places) else None


@pytest.mark.parametrize(
    ("words", "nth", "later", "there"),
    [
        ("agreed on wool", 0, EARLIER, 0),
        ("agreed on wool", 0, ("New words.", *EARLIER), 0),
        ("agreed on wool", 0, (f"{EARLIER[0]} {EARLIER[1]}",), 0),
        ("agreed on wool", 0, (EARLIER[0], "The ministers agreed on wool; on cork they did not."), 0),
        ("agreed on wool", 0, (EARLIER[0], "The ministers spoke of wool, and on cork."), None),
        ("They met", 1, ("They met again.", EARLIER[1]), 0),
        ("They met", 0, ("They met again.", EARLIER[1]), None),
        ("on wool, and on", 0, (EARLIER[0], "The ministers agreed on wool,", "and on cork."), None),
        ("inisters agreed o", 0, (EARLIER[0], "All ministers agreed on wool, and on cork."), 0),
        ("agreed on wool", 0, (), None),
    ],
)
def test_words_are_found_where_they_went(words: str, nth: int, later: tuple[str, ...], there: int | None) -> None:
    place = place_of(words, EARLIER, nth)
    assert place
    assert carry(place, EARLIER, later) == (None if there is None else place_of(words, later, there))


def test_texts_too_long_to_compare_carry_nothing() -> None:
    long = "a b " * 3000
    assert carry((0, (0, 1)), [long], [long]) is None


def test_white_space_around_a_place_may_be_gone() -> None:
    assert carry((0, (1, 3)), ["a b a"], ["b a"]) == (0, (0, 1))
    assert carry((0, (2, 4)), ["a b a"], ["a b"]) == (0, (2, 3))


WORDS = st.lists(st.sampled_from(["a", "b", "cc", "d."]), max_size=12).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=4), st.data())
def test_what_is_found_are_the_same_words(earlier: list[str], later: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(earlier) - 1))
    start = data.draw(st.integers(0, len(earlier[index])))
    end = data.draw(st.integers(start, len(earlier[index])))
    found = carry((index, (start, end)), earlier, later)
    if found:
        paragraph, span = found
        assert later[paragraph][slice(*span)].split() == earlier[index][start:end].split()


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4))
def test_in_the_same_text_every_place_is_its_own(texts: list[str]) -> None:
    for index, text in enumerate(texts):
        assert carry((index, (0, len(text))), texts, texts) == (index, (0, len(text)))
