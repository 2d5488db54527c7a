"""The table of bad inputs and faults is whole, and every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.findall(
    r"^\| (\d+)(?:–(\d+))? \| (.+?) \| (.+?) \| (.+?) \|$",
    (ROOT / "docs" / "trust.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
LAST = 85


def test_the_table_has_every_input_and_fault_once() -> None:
    numbers = [number for first, last, *_ in ROWS for number in range(int(first), int(last or first) + 1)]
    assert sorted(numbers) == list(range(1, LAST + 1))


def test_every_test_that_the_table_names_is_there() -> None:
    named = [test for *_, shown in ROWS for test in re.findall(r"`(tests/[^`]+)`", shown)]
    assert len(named) > LAST
    for test in named:
        path, _, name = test.partition("::")
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_every_line_names_a_test_or_says_where_to_look() -> None:
    assert [row[0] for row in ROWS if "`tests/" not in row[-1] and not row[-1].startswith("see ")] == []
