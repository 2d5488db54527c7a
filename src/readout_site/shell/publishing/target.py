"""What a place to publish to can do, and patience with one that is slow to answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

Answer = TypeVar("Answer")

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each new try."""
NO_FILE = -1
"""The size of what is no plain file, so that it is never taken for one of ours."""


class Found(Struct, frozen=True):
    """A file at a place."""

    size: int  #: In bytes.
    doubtful: bool  #: Whether it may have been altered since the list of our files there was written.


class Target(Protocol):
    """A place to publish to. What cannot be done raises `PublishError`; nothing else is raised."""

    name: str  #: As it is shown: no secret is in it.
    marked: bool  #: Whether only the ledger tells it from an empty folder where a disk was not mounted.

    def survey(self) -> dict[str, Found]:
        """Return all files that are there, by path with `/`."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that is there."""

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield those of the files there that hold the bytes of the files of this name in the output folder."""

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the path of each of the files there, and the SHA-256 of its bytes in hexadecimal."""

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        """Put files of the output folder there, each whole or not at all; yield each that is done."""

    def write(self, path: str, data: bytes) -> None:
        """Put a file that holds `data` there."""

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        """Delete files that are there; yield each that is done."""

    def finish(self, summary: str) -> None:
        """Let readers see what was put, where that is a step of its own; `summary` says what it was."""


def patiently(act: Callable[[], Answer], passing: Callable[[Exception], bool]) -> Answer:
    """Return the answer of `act`, tried again with growing waits where what it raises is a `passing` trouble."""
    for wait in WAITS:
        try:
            return act()
        except Exception as error:
            if not passing(error):
                raise
        time.sleep(wait)
    return act()
