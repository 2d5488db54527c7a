"""Every seed and every case that fuzzing ever found keeps every promise now; the targets can fail."""

from pathlib import Path

import pytest
from tests.fuzz import targets
from tests.fuzz.targets import FOUND, SEEDS, TARGETS, SlowError, attempt

CASES = sorted(path for folder in (SEEDS, FOUND) for path in folder.glob("*/*"))


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile the rules before the first case is timed."""
    targets.rules()


@pytest.mark.parametrize("path", CASES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_case_breaks_a_promise(path: Path) -> None:
    attempt(path.parent.name, path.read_bytes())


def test_every_target_has_seeds_and_every_case_a_target() -> None:
    assert {path.name for path in SEEDS.iterdir()} == set(TARGETS)
    assert {path.parent.name for path in CASES} == set(TARGETS)


def test_what_is_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "faults", lambda text: [f"lost {len(text.text)} characters"])
    with pytest.raises(AssertionError, match="lost 5 characters"):
        attempt("clean-txt", b"Words")


def test_what_is_slow_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "SLOWEST", 0.0)
    with pytest.raises(SlowError, match="for 5 bytes"):
        attempt("clean-txt", b"Words")
