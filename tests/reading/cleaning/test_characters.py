"""Characters that no one sees and words in two alphabets are kept, and told with their line."""

from collections.abc import Callable

import pytest

from readout_site.records import Capture, CleanText

Tidy = Callable[[Capture], CleanText]
CALL = "Readout of a Call\n\nPresident Ada Vell spoke today with {} of Iceland about wool and cork.\n"


def told(tidy: Tidy, words: str) -> list[str]:
    """Return what is told of a capture that has these words."""
    cleaned = tidy(Capture("2031-05-02-call.txt", CALL.format(words).encode("utf-8", "surrogatepass")))
    assert words in cleaned.text
    return [str(problem) for problem in cleaned.problems if "character" in str(problem) or "letters" in str(problem)]


@pytest.mark.parametrize(
    "character",
    [
        *("\u202e", "\u2066", "\u200f", "\u061c", "\u200b", "\u200d", "\u2060", "\ufeff", "\U000e0041"),
        *("\u3164", "\x00", "\x1b", "\x9b"),
    ],
)  # fmt: skip
def test_an_unseen_character_is_kept_and_told(tidy: Tidy, character: str) -> None:
    (problem,) = told(tidy, f"Iv{character}o {character}Marn")
    assert problem.startswith("captures/2031-05-02-call.txt:3: holds characters that no one sees")
    assert f"(U+{ord(character):04X} ×2)" in problem


@pytest.mark.parametrize(
    "words",
    ["Ivo Marn", "Müller\u00adberg", "می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "東京", "Ελλάδα", "Київ", "5 µm"],
)
def test_what_a_script_needs_is_not_told(tidy: Tidy, words: str) -> None:
    assert told(tidy, words) == []


@pytest.mark.parametrize(("words", "scripts"), [("Ivо Marn", "Latin and Cyrillic"), ("Ιvo Marn", "Latin and Greek")])
def test_a_word_in_two_alphabets_is_kept_and_told(tidy: Tidy, words: str, scripts: str) -> None:
    (problem,) = told(tidy, words)
    first = words.split(maxsplit=1)[0]
    assert problem == (
        f"captures/2031-05-02-call.txt:3: has words in {scripts} letters at once (`{first}`); "
        "check them in the original"
    )
