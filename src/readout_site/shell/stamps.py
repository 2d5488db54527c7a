"""Files → stamps, by which one that did not change is known without being read, as git knows it."""

import os
from collections.abc import Iterator
from pathlib import Path

Stamp = tuple[int, ...]
"""Inode, size in bytes, and times of the last change in nanoseconds."""

GRAIN = 20_000_000
"""Nanoseconds between two changes that the clock of a file system tells apart, at the least."""
COARSE = 2_000_000_000
"""The same where it keeps whole seconds, FAT every other one."""
SECOND = 1_000_000_000


def source_stamp(stat: os.stat_result) -> Stamp:
    """Return the stamp of a file that people edit; a change that keeps its time of writing shows in the last number."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def output_stamp(stat: os.stat_result) -> Stamp:
    """Return the stamp of a file of ours: its hard links come and go, which changes `st_ctime`."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def is_settled(stamp: Stamp, now: int) -> bool:
    """Return whether a change after `now`, in nanoseconds since the epoch, would show in the stamp.

    A file that changed just before may change once more within a tick of the clock, and keep its stamp.
    """
    return all(time + (COARSE if time % SECOND == 0 else GRAIN) < now for time in stamp[2:])


def output_stamps(folder: Path) -> dict[str, Stamp]:
    """Return the stamp of each regular file below `folder`, by its path with `/`."""
    return dict(stamps_below(os.fspath(folder), "")) if folder.is_dir() else {}


def stamps_below(folder: str, base: str) -> Iterator[tuple[str, Stamp]]:
    """Yield path and stamp of each regular file below `folder`, the paths with `base` before them."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from stamps_below(entry.path, f"{base}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                yield f"{base}{entry.name}", output_stamp(entry.stat(follow_symlinks=False))
