"""One at a time builds or publishes: a lock in the site's `.cache/` that dies with its process."""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from readout_site.errors import SiteError
from readout_site.shell.terminal import say

PATIENCE, STEP = 10.0, 0.1
"""Seconds that the end of another build is waited for, and between two looks."""


class LockedError(SiteError):
    """A site that another build or publication is at work on."""


class NoLockError(SiteError):
    """A site in which no lock can be set."""


@contextlib.contextmanager
def locked(site: Path) -> Iterator[None]:
    """Hold the site's lock; raise `LockedError` where a living process holds it and does not let go in a while.

    The lock is the kernel's, so that one left behind by a dead process is none. No process may take it twice.
    """
    path = site / ".cache" / "lock"
    try:
        path.parent.mkdir(exist_ok=True)
        file = path.open("ab", buffering=0)
    except OSError as error:
        raise NoLockError(f"{path}: cannot be written ({error.strerror}); make the site's folder writable") from error
    with file:
        acquire(file.fileno(), path)
        with contextlib.suppress(OSError):  # On a full disk the lock holds, but does not tell whose it is.
            file.truncate(0)
            file.write(b"%d\n" % os.getpid())
        yield


def acquire(file: int, path: Path) -> None:
    """Lock an open file; wait, with a word, where another process has it."""
    deadline = time.monotonic() + PATIENCE
    told = False
    while not lock(file, path):
        owner = path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
        held = f"{path}: locked by PID {owner}, which builds or publishes this site"
        if time.monotonic() > deadline:
            raise LockedError(f"{held}; try again when it has ended")
        if not told:
            say(f"{held}; waiting for it to end")
            told = True
        time.sleep(STEP)


def lock(file: int, path: Path) -> bool:
    """Lock an open file; return whether it is now ours, and not another process's."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EAGAIN}:
            raise NoLockError(f"{path}: cannot be locked ({error.strerror}); move the site to a local disk") from error
        return False
    return True
