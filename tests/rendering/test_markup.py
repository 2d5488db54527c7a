"""Marks that nest and overlap in every way leave the words as they are, and the tags well nested."""

import html
import re
import sys

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from readout_site.rendering.escape import FORBIDDEN, ODD, UNSEEN, exact, picture, plain
from readout_site.rendering.markup import Mark, mark_up

TAG = re.compile(r"<(/?)(\w+)[^>]*>")
texts = st.text(min_size=1, max_size=60)
ranges = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 2)), max_size=12)


def words(markup: str) -> str:
    """Return what a reader reads: tags stripped, entities resolved."""
    return html.unescape(TAG.sub("", markup))


def shown(text: str) -> str:
    """Return `text` with pictures for what HTML forbids."""
    return FORBIDDEN.sub(picture, text)


def is_well_nested(markup: str) -> bool:
    """Tell whether every tag closes the one opened last."""
    stack = []
    for closing, name in TAG.findall(markup):
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@settings(database=None, max_examples=200, phases=(Phase.generate, Phase.shrink))
@given(texts, ranges)
def test_the_words_are_those_of_the_text(text: str, spans: list[tuple[int, int, int]]) -> None:
    marks = [Mark(start, end, ("span", "mark", "b")[rank], rank=rank) for start, end, rank in spans]
    markup = mark_up(text, marks)
    assert words(markup) == shown(text)
    assert is_well_nested(markup)


def test_overlapping_marks_are_split_and_only_the_first_piece_has_the_id() -> None:
    first = Mark(0, 5, "b", tail=Markup("<i></i>"))
    second = Mark(3, 8, "u", once=Markup(' id="x"'))
    assert mark_up("abcdefgh", [first, second]) == '<b>abc<u id="x">de</u></b><i></i><u>fgh</u>'


def test_a_longer_mark_goes_around_a_shorter_one() -> None:
    assert mark_up("abcd", [Mark(1, 2, "u"), Mark(0, 4, "b")]) == "<b>a<u>b</u>cd</b>"


def test_a_mark_outside_of_the_text_is_left_out() -> None:
    assert mark_up("abc", [Mark(2, 9, "b"), Mark(1, 1, "b")]) == "abc"


def test_a_turning_character_is_kept_marked_and_isolated() -> None:
    assert exact("a\u202eb<") == 'a<bdi class="ctl" data-c="U+202E">\u202e</bdi>b&lt;'


@pytest.mark.parametrize("character", ["\u200b", "\u2060", "\ufeff", "\u3164", "\U000e0041", "\u2066", "\u200f"])
def test_an_unseen_character_is_kept_and_marked(character: str) -> None:
    name = f"U+{ord(character):04X}"
    assert exact(f"a{character}b") == f'a<bdi class="ctl" data-c="{name}">{character}</bdi>b'
    assert plain(f"a{character}b") == f"a⟨{name}⟩b"


def test_joiners_and_hyphens_are_marked_only_where_no_script_needs_them() -> None:
    for words in ("می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "Müller\u00adberg"):
        assert exact(words) == plain(words) == words
    assert plain("Bi\u200dden \u00adx") == "Bi⟨U+200D⟩den ⟨U+00AD⟩x"


def test_what_html_forbids_becomes_a_picture() -> None:
    assert exact("a\x00b\x7fc\ud800d\ufffe\x85") == "a␀b␡c\ufffdd\ufffd\ufffd"
    assert plain("\u202e\x01") == "⟨U+202E⟩␁"
    assert exact("🙂\U0010fffd") == "🙂\U0010fffd"


def test_the_quick_search_misses_no_odd_character() -> None:
    """One class of characters stands for both expressions, which look at neighbours too."""
    codes = (*range(0x20000), *range(0xE0000, 0xE0100), *range(sys.maxunicode - 1, sys.maxunicode + 1))
    for between in ("", "a"):
        every = between.join(map(chr, codes))
        odd = {match[0] for search in (FORBIDDEN, UNSEEN) for match in search.finditer(every)}
        assert odd
        assert odd <= set(ODD.findall(every))
