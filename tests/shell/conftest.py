"""Sites to work on, and the command to work with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readout_site.shell.cli import cli
from readout_site.shell.scaffold import create_site

CAPTURE = """\
Readout of President Ada Example’s Call with Prime Minister Ben Sample of New Zealand

President Ada Example spoke today by phone with Prime Minister Ben Sample of New Zealand. The leaders agreed to open \
{number} lighthouses, and they discussed trade in cork and wool worth $1.2 billion in 2023.

Official news published at https://example.org/2024/05/{day:02}/readout-{number}/
"""


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, which is not the user's own, without colours."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a new site with its example."""
    create_site(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def run() -> Callable[..., Result]:
    """Return the command, run in this process; an exception that is a bug is raised."""

    def call(*words: str | Path, data: bytes | None = None) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], input=data, catch_exceptions=False)

    return call


@pytest.fixture
def write_captures(site: Path) -> Callable[[int], list[Path]]:
    """Return a function that puts so many more captures into the site."""

    def write(count: int) -> list[Path]:
        paths = [site / "content" / "captures" / f"2024-05-{n % 28 + 1:02}-call-{n}.txt" for n in range(count)]
        for number, path in enumerate(paths):
            path.write_text(CAPTURE.format(number=number + 3, day=number % 28 + 1), encoding="utf-8")
        return paths

    return write
