"""One build at a time: a lock in the site's `.cache/` that dies with its process."""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from readout_site.errors import SiteError


class LockedError(SiteError):
    """A site that another build is at work on."""


class NoLockError(SiteError):
    """A site in which no lock can be set."""


@contextlib.contextmanager
def locked(site: Path) -> Iterator[None]:
    """Hold the site's lock; raise `LockedError` where a living process holds it.

    The lock is the kernel's, so that one left behind by a dead process is none.
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
    """Lock an open file."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EAGAIN}:
            raise NoLockError(f"{path}: cannot be locked ({error.strerror}); move the site to a local disk") from error
        owner = path.read_text(encoding="ascii", errors="replace").strip() or "unknown"
        raise LockedError(f"{path}: locked by PID {owner}, another build of this site; wait for it to end") from error
