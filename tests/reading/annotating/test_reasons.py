"""The words that told what a sentence is about, and what is done in it."""

import pytest

from readout_site.reading import Rules, read
from readout_site.records import Capture


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("They agreed to repatriate the refugees.", {"agreed", "repatriate", "refugees"}),
        ("They met in Halm.", set()),
        ("The ministers condemned the missile launches.", {"condemned", "missile"}),
    ],
)
def test_words_are_told_as_they_are_written(sentence: str, words: set[str], rules: Rules) -> None:
    text = f"Readout of a Meeting\n\nPresident Ada Vell met Prime Minister Ivo Marn of Iceland. {sentence}\n"
    found = read(Capture("x.txt", text.encode()), rules).paragraphs[0].sentences[-1]
    assert set(found.words) == words
