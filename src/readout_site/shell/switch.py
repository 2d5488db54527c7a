"""Artifacts → the output folder, in one step: a reader of the site sees the old one or the new one, whole.

The output is copied by hard links to a folder beside it; in the copy, only what differs is replaced, always by a new
file, never by writing through a link; then the two folders change places. A manifest tells the tool's own files: all
others are linked across and never changed or removed. A build that is killed leaves the old site and a folder that
the next build clears away. Where the output cannot be moved, since it is a mount point or the folder around it cannot
be written to, its files are replaced one by one instead.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from readout_site.records import Artifact, Problem
from readout_site.shell.manifest import NAME, Entry, ManifestError, encode_manifest, entry_of, read_manifest
from readout_site.shell.output import OutputError
from readout_site.shell.tree import exchange, files_below, held, is_held, link_file, link_tree, put_back, remove_tree

INSIDE = ".readout-site"
CANNOT_MOVE = frozenset({errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM})

Placed = Literal["kept", "written", "edited", "foreign"]

MESSAGES: Mapping[str, str] = {
    "edited": "was edited by hand, and the edit is overwritten; edit templates/ or content/ instead",
    "foreign": "is not of this tool's making, so it is kept and the page that belongs here is missing; move it away",
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
    try:
        clear_leftovers(out)
        old = read_manifest(out)
        with stage_for(out) as stage:
            if out.exists():
                link_tree(out, stage)
                (stage / NAME).unlink(missing_ok=True)
            placed, files = lay(stage, artifacts, old)
            stale = remove_stale(stage, old, files)
            write_new(stage / NAME, encode_manifest(files))
            move(stage, out, old)
    except OSError as error:
        place = error.filename or out
        reason = f"{error.strerror}; mend this and build again: the site in {out} is as it was"
        raise OutputError(f"{place}: {reason}") from error
    ours = [
        Problem(str(out / path), None, MESSAGES[how]) for path, how in {**placed, **stale}.items() if how in MESSAGES
    ]
    written = sum(how in {"written", "edited"} for how in placed.values())
    removed = sum(how == "removed" for how in stale.values())
    return Switched(written, len(files) - written, removed, tuple(ours))


def clear_leftovers(out: Path) -> None:
    """Clear away what killed builds left behind; others' files that are only there come back to `out`."""
    put_back(out)
    for folder in leftovers(out):
        if is_held(folder):
            continue
        own: dict[str, Entry] = {}
        with contextlib.suppress(ManifestError):  # A manifest is written last, so that tree is only half a copy.
            own = read_manifest(folder)
        discard(folder, out, own) if own and out.exists() and folder.parent != out else remove_tree(folder)


def leftovers(out: Path) -> list[Path]:
    """Return the folders that builds into `out` work in."""
    beside = out.parent.glob("*.new-*") if out.parent.is_dir() else ()
    inside = out.glob("*.new-*") if out.is_dir() else ()
    found = [path for path in beside if path.name.startswith(f".{out.name}.new-")]
    found += [path for path in inside if path.name.startswith(f"{INSIDE}.new-")]
    return sorted(path for path in found if path.is_dir() and not path.is_symlink())


@contextlib.contextmanager
def stage_for(out: Path) -> Iterator[Path]:
    """Make a folder to build in, and remove it where that fails."""
    stage = make_stage(out)
    with held(stage):
        try:
            yield stage
        except BaseException:
            remove_tree(stage)
            raise


def make_stage(out: Path) -> Path:
    """Return a new folder beside `out`, or inside it where `out` cannot be moved."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.new-{os.getpid()}")
    inside = out / f"{INSIDE}.new-{os.getpid()}"
    stage = inside if out.is_mount() else beside
    try:
        stage.mkdir()
    except OSError as error:
        if error.errno not in CANNOT_MOVE or not out.is_dir():
            raise
        stage = inside
        stage.mkdir()
    return stage


def lay(
    stage: Path, artifacts: Iterable[Artifact], old: Mapping[str, Entry]
) -> tuple[dict[str, Placed], dict[str, Entry]]:
    """Put each artifact into the copy; return what was done with each, and the entries of those that are ours."""
    placed: dict[str, Placed] = {}
    files: dict[str, Entry] = {}
    for artifact in artifacts:
        path = artifact.path
        if path in placed or path == NAME or any(part in {"", ".", ".."} for part in path.split("/")):
            raise ValueError(f"an artifact's path is taken or leads elsewhere: {path!r}")
        placed[path] = put(stage / path, artifact.data, old.get(path))
        if placed[path] != "foreign":
            files[path] = entry_of(artifact.data)
    return placed, files


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
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_ISREG(target.lstat().st_mode) and entry_of(target.read_bytes()) == old[path]:
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
    elif exchanged(stage, out):
        discard(stage, out, old)
    else:
        try:
            replace_one_by_one(stage, out, old)
        except OSError as error:
            reason = f"{error.strerror}; only a part of {out} is new, so mend this and build again"
            raise OutputError(f"{error.filename or out}: {reason}") from error
        remove_tree(stage)


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
        if not (stage / path).exists():
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


def discard(tree: Path, out: Path, own: Mapping[str, Entry]) -> None:
    """Remove a tree whose place is taken, once others' files that came to it meanwhile are carried over."""
    try:
        for path in list(files_below(tree)):
            if path not in own and path != NAME and not is_same(tree / path, out / path):
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (tree / path).replace(out / path)
    except OSError:
        return  # The next build tries again.
    remove_tree(tree)


def is_same(one: Path, other: Path) -> bool:
    """Return whether two paths are names of one file."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except OSError:
        return False
