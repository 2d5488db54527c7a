"""Folders as wholes: copied by hard links, exchanged in one step, removed."""

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
NO_LINKS = frozenset({errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS})


def files_below(folder: Path) -> Iterator[str]:
    """Yield the path below `folder`, with `/`, of all that it holds but folders; links are not followed."""
    for place, folders, files in os.walk(folder):
        base = os.path.relpath(place, folder).replace(os.sep, "/")
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in files + links:
            yield name if base == "." else f"{base}/{name}"


def link_tree(source: Path, target: Path, without: Collection[str] = ()) -> None:
    """Fill the folder `target` with hard links to what `source` holds, but for the names `without` at its top.

    What cannot be linked is copied.
    """
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name in without:
                continue
            place, copy = Path(entry.path), target / entry.name
            if not entry.is_dir(follow_symlinks=False):
                link_file(place, copy)
            elif not target.is_relative_to(place):  # The copy may lie in what it is a copy of.
                copy.mkdir()
                link_tree(place, copy)
    shutil.copystat(source, target)


def link_file(source: Path, target: Path) -> None:
    """Make `target` a second name of `source`, or a copy of it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders in one step, where the system can; raise `OSError` where they cannot be moved."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    rename = getattr(libc, "renameat2", None)
    if rename and not rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE):
        return
    code = ctypes.get_errno() if rename else errno.ENOSYS
    if code not in NOT_THERE:
        raise OSError(code, os.strerror(code), str(other))
    exchange_in_two(one, other)


def exchange_in_two(one: Path, other: Path) -> None:
    """Exchange two folders in steps; `other` stands aside in between, where a later build finds it."""
    aside = aside_of(one)
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def aside_of(one: Path) -> Path:
    """Return where a folder stands while `one` takes its place."""
    return one.with_name("aside")


def blocker(top: Path, path: str) -> str:
    """Return the part of `path`, below `top`, that is no folder but a file or a link where one is needed, or none."""
    parts = path.split("/")
    for end in range(1, len(parts)):
        part = "/".join(parts[:end])
        try:
            mode = (top / part).lstat().st_mode
        except FileNotFoundError:
            return ""
        if not stat.S_ISDIR(mode):
            return part
    return ""


def is_same(one: Path, other: Path) -> bool:
    """Return whether two paths are names of one file."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False


def remove_tree(folder: Path) -> None:
    """Remove a folder, read-only ones in it too; what cannot be removed is left for another time."""
    for place, folders, _ in os.walk(folder):
        for path in (place, *(os.path.join(place, name) for name in folders)):  # noqa: PTH118 - as `os.walk` has it
            with contextlib.suppress(OSError):
                if not os.path.islink(path):  # noqa: PTH114
                    os.chmod(path, 0o700)  # noqa: PTH101
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, so that others see that it is in use."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # Some network disks have no locks; the site's own lock is held anyway.
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def is_held(folder: Path) -> bool:
    """Return whether a living process holds the folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(descriptor)
