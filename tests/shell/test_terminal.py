"""What people see: nothing that steers the terminal, colours only where there is one, a bar that counts."""

import io

import pytest
from rich.console import Console

from readout_site.shell import terminal
from readout_site.shell.terminal import count, track, visible


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


def test_elsewhere_than_on_a_terminal_a_line_tells_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(range(3), "Reading captures", 1234)) == [0, 1, 2]
    assert capsys.readouterr().err == "Reading captures: 1,234\n"


def test_on_a_terminal_a_bar_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "REDRAW", 0)
    monkeypatch.setattr(terminal, "console_on", lambda **_: Console(file=screen, force_terminal=True, width=80))
    assert list(track(range(3), "Reading captures", 3)) == [0, 1, 2]
    assert "2/3" in screen.getvalue()


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (1234, "1,234 pages")])
def test_things_are_counted(number: int, words: str) -> None:
    assert count(number, "page") == words
