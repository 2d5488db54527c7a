"""proper_names, capitals: bounds of names, whatever the text."""

from pathlib import Path
from random import Random

import pytest

from readout_site.reading.annotating.capitals import runs
from readout_site.reading.annotating.instruments import parse_instruments
from readout_site.reading.annotating.proper_names import find_names
from readout_site.reading.gazetteer import parse_gazetteer
from readout_site.strictyaml import load_yaml

RULES = Path(__file__).resolve().parents[3] / "src" / "readout_site" / "rules"
GAZETTEER = parse_gazetteer(load_yaml((RULES / "gazetteer.yaml").read_text(encoding="utf-8")))
NAMES = parse_instruments(load_yaml((RULES / "instruments.yaml").read_text(encoding="utf-8"))).names
SCRAPS = """the of on for and to in Reef Fiji NATO U.S.-Fiji Agreement Summit Initiative Council
    alliance Minsk agreements ’s , . ( ) – Q 7"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Reef Pact of the Isles", [[("Reef", ""), ("Pact", ""), ("Isles", "of the")]]),
        ("Fiji’s Reef Pact. The end", [[("Fiji", ""), ("Reef", ""), ("Pact", "")], [("The", "")]]),
        (
            "the U.S.-Fiji 2+2 and Leaders’ Talks",
            [[("U.S.-Fiji", ""), ("2+2", ""), ("Leaders’", "and"), ("Talks", "")]],
        ),
        ("no capitals", []),
    ],
)
def test_runs_of_capitals(text: str, words: list[list[tuple[str, str]]]) -> None:
    found = list(runs(text, range(len(text) + 1)))
    assert [[(word.text, word.link) for word in run] for run in found] == words
    assert all(text[word.start : word.end] == word.text for run in found for word in run)
    assert [run for run in found for mark in [run[-1].end] if list(runs(text, [mark])) != [run]] == []
    assert not list(runs(text, []))


@pytest.mark.parametrize("seed", range(50))
def test_names_lie_in_the_text_in_order(seed: int) -> None:
    text = " ".join(Random(seed).choices(SCRAPS.split(), k=40))  # noqa: S311 - made-up text needs no secrecy
    end = 0
    for name in find_names(text, NAMES, GAZETTEER):
        assert end <= name.start < name.end <= len(text)
        assert text[name.start : name.end].strip() == text[name.start : name.end]
        end = name.end
