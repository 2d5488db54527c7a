"""Artifacts → the output folder, in one step: a reader of the site sees the old one or the new one, whole.

The output is copied by hard links to a folder beside it; in the copy, only what differs is replaced, always by a new
file, never by writing through a link; then the two folders change places. A manifest tells the tool's own files: all
others are linked across and never changed or removed. A build that is killed leaves the old site and a folder that
the next build clears away. Where the output cannot be moved, since it is a mount point or the folder around it cannot
be written to, its files are replaced one by one instead.
"""

import contextlib
import functools
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from readout_site.records import Artifact, Problem
from readout_site.shell.manifest import NAME, Entry, encode_manifest, entry_of, is_inside, read_manifest
from readout_site.shell.output import OutputError, telling
from readout_site.shell.stage import CANNOT_MOVE, clear_leftovers, stage_for
from readout_site.shell.tree import blocker, exchange, is_same, link_file, link_tree

Placed = Literal["kept", "written", "edited", "foreign", "left out", "in the way"]
Told = Callable[[], contextlib.AbstractContextManager[None]]

MESSAGES: Mapping[str, str] = {
    "edited": "was edited by hand, and the edit is overwritten; edit templates/ or content/ instead",
    "foreign": "is not of this tool's making, so it is kept and the page that belongs here is missing; move it away",
    "in the way": "is not of this tool's making, so it is kept and the pages that belong below it are missing; "
    "move it away",
    "stale": "is no page of the site any more, but was edited by hand, so it is kept; remove it when it is not needed",
}


class Switched(Struct, frozen=True):
    """What a switch changed."""

    written: int  #: Files that are new or differ.
    kept: int  #: Files that were as they should be.
    removed: int  #: Files that are no part of the site any more.
    problems: tuple[Problem, ...]  #: What a person should know of.


def switch(out: Path, artifacts: Iterable[Artifact]) -> Switched:
    """Make `out` the site of these artifacts; raise `OutputError`, and leave it as it was, where that fails."""
    clear_leftovers(out)
    with stage_for(out) as stage:
        told = functools.partial(telling, out, stage)
        with told():
            old = read_manifest(out)
            if out.exists():
                link_tree(out, stage, {NAME})
        placed, files = lay(stage, artifacts, old, told)
        with told():
            stale = remove_stale(stage, old, files)
            write_new(stage / NAME, encode_manifest(files))
            move(stage, out, old)
    ours = [
        Problem(str(out / path), None, MESSAGES[how]) for path, how in {**placed, **stale}.items() if how in MESSAGES
    ]
    written = sum(how in {"written", "edited"} for how in placed.values())
    removed = sum(how == "removed" for how in stale.values())
    return Switched(written, len(files) - written, removed, tuple(ours))


def lay(
    stage: Path, artifacts: Iterable[Artifact], old: Mapping[str, Entry], told: Told
) -> tuple[dict[str, Placed], dict[str, Entry]]:
    """Put each artifact into the copy; return what was done with each, and the entries of those that are ours.

    Only what goes wrong with the files is `told`: a fault in making an artifact is another matter.
    """
    placed: dict[str, Placed] = {}
    files: dict[str, Entry] = {}
    for artifact in artifacts:
        path = artifact.path
        if path in placed or not is_inside(path):
            raise ValueError(f"an artifact's path is taken or leads elsewhere: {path!r}")
        with told():
            if obstacle := obstacle_to(stage, path, old):
                placed |= {path: "left out", obstacle: "in the way"}
                continue
            placed[path] = put(stage / path, artifact.data, old.get(path))
        if placed[path] != "foreign":
            files[path] = entry_of(artifact.data)
    return placed, files


def obstacle_to(stage: Path, path: str, old: Mapping[str, Entry]) -> str:
    """Return what stands where a folder is needed and is not ours; what is ours and as we wrote it makes way."""
    obstacle = blocker(stage, path)
    target = stage / obstacle
    if obstacle in old and not target.is_symlink() and is_as_written(target, old[obstacle]):
        target.unlink()
        return ""
    return obstacle


def is_as_written(target: Path, own: Entry) -> bool:
    """Return whether a file that is ours was left as it was."""
    return stat.S_ISREG(target.lstat().st_mode) and entry_of(target.read_bytes()) == own


def put(target: Path, data: bytes, own: Entry | None) -> Placed:
    """Make `target` hold `data` where it is ours, `own` being what we wrote there last."""
    try:
        if not stat.S_ISREG(target.lstat().st_mode):
            return "foreign"
        standing = target.read_bytes()
    except FileNotFoundError:
        write_new(target, data)
        return "written"
    if standing == data:
        return "kept"
    if own is None:
        return "foreign"
    target.unlink()
    write_new(target, data)
    return "written" if entry_of(standing) == own else "edited"


def write_new(target: Path, data: bytes) -> None:
    """Write a file that is not there yet, and so is no link to one that is."""
    try:
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
        with target.open("xb") as file:
            file.write(data)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise


def remove_stale(stage: Path, old: Mapping[str, Entry], files: Mapping[str, Entry]) -> dict[str, str]:
    """Remove what is ours and no part of the site any more, and the folders that this empties."""
    done: dict[str, str] = {}
    for path in sorted(old.keys() - files.keys()):
        target = stage / path
        if blocker(stage, path) or target.is_dir():
            continue  # What is there now is another's, or a folder of the new site.
        with contextlib.suppress(FileNotFoundError):
            if is_as_written(target, old[path]):
                target.unlink()
                done[path] = "removed"
                remove_empty(target.parent, stage)
            else:
                done[path] = "stale"
    return done


def remove_empty(folder: Path, top: Path) -> None:
    """Remove `folder` and those around it, up to `top`, as far as they are empty."""
    with contextlib.suppress(OSError):
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def move(stage: Path, out: Path, old: Mapping[str, Entry]) -> None:
    """Let the copy take the place of the output."""
    if not out.exists():
        stage.rename(out)
    elif not exchanged(stage, out):
        try:
            replace_one_by_one(stage, out, old)
        except OSError as error:
            reason = f"{error.strerror}; only a part of {out} is new, so mend this and build again"
            raise OutputError(f"{error.filename or out}: {reason}") from error


def exchanged(stage: Path, out: Path) -> bool:
    """Exchange the two folders; return whether they could be moved."""
    if stage.is_relative_to(out):
        return False
    try:
        exchange(stage, out)
    except OSError as error:
        if error.errno not in CANNOT_MOVE:
            raise
        return False
    return True


def replace_one_by_one(stage: Path, out: Path, old: Mapping[str, Entry]) -> None:
    """Bring each file that differs from the copy to the output, the manifest first and last."""
    new = read_manifest(stage)
    ours = out / f"{NAME}.part"
    ours.write_bytes(encode_manifest({**old, **new}))
    ours.replace(out / NAME)
    for path in new:
        if not is_same(stage / path, out / path):
            bring(stage / path, out / path)
    for path in old.keys() - new.keys():
        if not blocker(out, path) and not os.path.lexists(stage / path):
            (out / path).unlink(missing_ok=True)
            remove_empty((out / path).parent, out)
    bring(stage / NAME, out / NAME)


def bring(source: Path, target: Path) -> None:
    """Put a file where another may be, in one step, from another disk too."""
    part = target.with_name(f".{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    link_file(source, part)
    part.replace(target)
