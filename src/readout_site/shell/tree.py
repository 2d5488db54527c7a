"""Folders as wholes: copied by hard links, exchanged in one step, removed."""

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import stat
import struct
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from readout_site.shell.stamps import Stamp, output_stamp

AT_FDCWD = -100
RENAME_EXCHANGE = 2
GET_FLAGS = 0x80006601 | struct.calcsize("l") << 16
"""`FS_IOC_GETFLAGS` of Linux."""
FIXED = 0x10 | 0x20
"""Its flags of files that cannot be changed, or only be added to."""
NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
NO_LINKS = frozenset({errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.ENOSYS})


def files_below(folder: Path) -> Iterator[str]:
    """Yield the path below `folder`, with `/`, of all that it holds but folders; links are not followed.

    Raises `OSError` where a folder cannot be listed.
    """
    for place, folders, files in os.walk(folder, onerror=stop):
        base = os.path.relpath(place, folder).replace(os.sep, "/")
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in files + links:
            yield name if base == "." else f"{base}/{name}"


def stop(error: OSError) -> None:
    """Let a walk end with an error; a folder that is not there is none."""
    if not isinstance(error, FileNotFoundError):
        raise error


def mirror_tree(source: Path, target: Path, without: Collection[str] = ()) -> dict[str, Stamp]:
    """Make the folder `target` hold hard links to all that `source` holds, but for the names `without` at its top.

    What is there already is kept where it is the same file, and removed where it is not. What cannot be linked is
    copied. Returns the stamp of each regular file in `target`, by its path with `/`.
    """
    try:
        return dict(mirror(os.fspath(source), os.fspath(target), "", without))
    except OSError:
        remove_tree(target)  # An older copy that resists, since folders in it are read-only, say.
        target.mkdir(exist_ok=True)
        return dict(mirror(os.fspath(source), os.fspath(target), "", without))


def mirror(source: str, target: str, base: str, without: Collection[str]) -> Iterator[tuple[str, Stamp]]:
    """Make `target` a copy of `source`, one folder after another; yield path and stamp of each file, `base` first."""
    with os.scandir(target) as entries:
        there = {entry.name: entry for entry in entries}
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.name in without or target.startswith(f"{entry.path}{os.sep}"):
                continue  # The copy may lie in what it is a copy of.
            old, copy = there.pop(entry.name, None), f"{target}{os.sep}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if old and not old.is_dir(follow_symlinks=False):
                    os.unlink(copy)  # noqa: PTH108 - as `os.scandir` has it
                if not old or not old.is_dir(follow_symlinks=False):
                    os.mkdir(copy)  # noqa: PTH102
                yield from mirror(entry.path, copy, f"{base}{entry.name}/", ())
                continue
            same = old and old.inode() == entry.inode() and not old.is_dir(follow_symlinks=False)
            if not same:
                remove(old)
                link_file(entry.path, copy)
            if entry.is_file(follow_symlinks=False):
                stat = entry.stat(follow_symlinks=False) if same else os.lstat(copy)
                yield f"{base}{entry.name}", output_stamp(stat)
    for old in there.values():
        remove(old)
    shutil.copystat(source, target)


def remove(entry: os.DirEntry[str] | None) -> None:
    """Remove what an entry stands for, if anything."""
    if entry and entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    elif entry:
        os.unlink(entry.path)  # noqa: PTH108


def link_file(source: Path | str, target: Path | str) -> None:
    """Make `target` a second name of `source`, or a copy of it where there are no such names.

    Raises `PermissionError` where someone made the file immutable: it is to stay, not to be swapped for a copy.
    """
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS or (error.errno == errno.EPERM and is_immutable(source)):
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def is_immutable(path: Path | str) -> bool:
    """Return whether a file has a mark by which the system lets no one change it, root neither (Linux)."""
    if sys.platform != "linux" or not stat.S_ISREG(os.lstat(path).st_mode):
        return False
    flags = bytearray(struct.calcsize("l"))
    with contextlib.suppress(OSError), open(path, "rb") as file:  # noqa: PTH123 - as `os.scandir` has it
        fcntl.ioctl(file, GET_FLAGS, flags)
    return bool(int.from_bytes(flags, sys.byteorder) & FIXED)


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
