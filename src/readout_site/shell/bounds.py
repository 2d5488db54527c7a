"""What the reading of one capture may take, and the hold on a process that would take more.

The text is hostile, and libraries that read it are native code that nothing in this process interrupts. So the clock
and the memory are the system's own: it ends the process, and whoever asked for the work goes on.
"""

import contextlib
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from readout_site.errors import SiteError

LARGEST = 4 * 1024 * 1024
"""Bytes of a capture or of a text by hand: the longest readout has some 100,000."""
STATM = Path("/proc/self/statm")
"""The sizes of this process in pages, the whole first (Linux)."""


class TooLargeError(SiteError):
    """A file that is larger than any that is read."""


class Bounds(Struct, frozen=True):
    """What a piece of work may take."""

    wait: float  #: Seconds of the clock on the wall, with all that keeps it waiting.
    work: float | None = None  #: Seconds of computing, by the processor's clock.
    memory: int | None = None  #: Bytes beside those that the process has at its beginning.


READING = Bounds(wait=20.0, work=1.7, memory=192 * 1024 * 1024)
"""Of the reading of one capture, which takes milliseconds; with all around it no capture takes two seconds."""
OUT_OF_TIME = -signal.SIGPROF
"""The exit code of a process that computed for too long."""


def read_bounded(path: Path) -> bytes:
    """Return the bytes of a file; raise `TooLargeError` where there are more than `LARGEST`, and read no further."""
    with path.open("rb") as file:
        return bounded(file, str(path))


def bounded(file: IO[bytes], name: str) -> bytes:
    """Return the bytes of an open file in the same way; `name` is what an error calls it."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLargeError(f"{name}: is larger than {LARGEST // 1024**2} MB, and no readout; cut it down")
    return data


def confine(memory: int | None) -> None:
    """Let this process have so many bytes beside those that it has: what asks for more gets a `MemoryError`."""
    if memory is not None and STATM.exists():
        now = int(STATM.read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        bound = now + memory if most == resource.RLIM_INFINITY else min(now + memory, most)
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))


@contextlib.contextmanager
def clocked(seconds: float | None) -> Iterator[None]:
    """End this process, whatever it does, where the work within takes more computing than that."""
    signal.setitimer(signal.ITIMER_PROF, seconds or 0.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
