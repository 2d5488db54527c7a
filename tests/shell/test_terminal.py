"""What people see: nothing that steers the terminal, colours only where there is one, a bar that counts."""

import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from rich.console import Console

from readout_site.shell import progress
from readout_site.shell.terminal import count, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “text” é\n", "plain – “text” é\n"),
        ("\x1b[31m", "␛[31m"),
        ("\x00\r\t\x7f", "␀␍␉␡"),
        ("\x9b1m", "\ufffd1m"),
        ("\ud800", "\ufffd"),
        ("a\u202eb", "a<U+202E>b"),
    ],
)
def test_what_steers_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def slow_numbers(count: int) -> Iterator[int]:
    """Yield numbers, each after a while."""
    for number in range(count):
        time.sleep(0.02)
        yield number


def test_on_a_terminal_a_bar_counts_and_tells_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(progress, "REDRAW", 0)
    monkeypatch.setattr(progress, "console_on", lambda **_: Console(file=screen, force_terminal=True, width=80))
    assert list(progress.track(slow_numbers(9), "Reading captures", 9)) == list(range(9))
    assert "8/9" in screen.getvalue()
    assert re.search(r"\d+/s", screen.getvalue())
    assert "00:00" in screen.getvalue()


def test_no_bar_stands_elsewhere(run: Callable[..., Result], site: Path) -> None:
    outcome = run("build", "--site", site)
    assert outcome.stderr == ""
    assert outcome.stdout.startswith("1 readout, ")


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (1234, "1,234 pages")])
def test_things_are_counted(number: int, words: str) -> None:
    assert count(number, "page") == words
