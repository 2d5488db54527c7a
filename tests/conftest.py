"""Fixtures for all tests: no world for pure code, the shipped rules, the shared corpus where there is one."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PURE = (ROOT / "tests" / "reading", ROOT / "tests" / "rendering")
FORBIDDEN = ("open", "socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.posix_spawn", "os.fork")

closed = False
"""True while a test of pure code runs."""


class WorldError(AssertionError):
    """Pure code that reached for the world."""


def refuse_world(event: str, args: tuple[object, ...]) -> None:
    """Audit hook (PEP 578): under a test of pure code, opening a file, socket or process is an error."""
    if closed and event in FORBIDDEN:
        raise WorldError(f"pure code caused {event} {args[:2]}")


sys.addaudithook(refuse_world)


@pytest.fixture(autouse=True)
def no_world(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close the world to every test below tests/reading and tests/rendering, but for those marked `corpus`."""
    global closed  # noqa: PLW0603 - an audit hook cannot be removed, only told to rest
    pure = any(request.path.is_relative_to(folder) for folder in PURE)
    closed = pure and request.node.get_closest_marker("corpus") is None
    yield
    closed = False


@pytest.fixture(scope="session")
def rules():
    """Return the shipped rules."""
    from readout_site.reading.rules import parse_rules
    folder = ROOT / "src" / "readout_site" / "rules"
    return parse_rules({path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")})


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared material; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpus is not beside the project")
    return SHARED
