"""Fixtures for all tests: no world for pure code, the shipped rules, the shared corpus, a browser."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from readout_site.reading import Rules, parse_rules

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PACKAGE = str(ROOT / "src" / "readout_site")
PURE = (ROOT / "tests" / "reading", ROOT / "tests" / "rendering")
FORBIDDEN = ("open", "socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.posix_spawn", "os.fork")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

closed = False
"""True while a test of pure code runs."""


class WorldError(AssertionError):
    """Pure code that reached for the world."""


def refuse_world(event: str, args: tuple[object, ...]) -> None:
    """Audit hook (PEP 578): pure code under test that opens a file, socket or process fails."""
    if closed and event in FORBIDDEN and is_ours(sys._getframe(1)):  # noqa: SLF001 - no public way to the caller
        raise WorldError(f"pure code caused {event} {args[:2]}")


def is_ours(frame: FrameType | None) -> bool:
    """Tell whether our own code, and not a first import or the test's tools, is what called."""
    while frame is not None and "importlib" not in frame.f_code.co_filename:
        if frame.f_code.co_filename.startswith(PACKAGE):
            return True
        frame = frame.f_back
    return False


sys.addaudithook(refuse_world)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`, which writes the golden site anew."""
    parser.addoption("--update", action="store_true", help="write the golden site anew")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Close the world while a test below tests/reading or tests/rendering runs."""
    global closed  # noqa: PLW0603 - an audit hook cannot be removed, only told to rest
    closed = any(item.path.is_relative_to(folder) for folder in PURE)
    try:
        return (yield)
    finally:
        closed = False


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return the shipped rules."""
    folder = ROOT / "src" / "readout_site" / "rules"
    return parse_rules({path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")})


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpus is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start Chromium; skip where there is none."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser to drive

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
