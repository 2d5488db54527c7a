"""Files → the output folder, in one step: a reader of the site sees the old one or the new one, whole.

The output is copied by hard links to a folder beside it; in the copy, only what differs is replaced, always by a new
file, never by writing through a link; then the two folders change places. A manifest tells the tool's own files: all
others are linked across and never changed or removed. A build that is killed leaves the old site and a folder that
the next build clears away. Where the output cannot be moved, since it is a mount point or the folder around it cannot
be written to, its files are replaced one by one instead.
"""

import contextlib
import functools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from readout_site.records import Problem
from readout_site.shell.laying import Wanted, is_as_written, lay_all, make_way, refuse_odd, write_new
from readout_site.shell.manifest import NAME, Entry, encode_manifest, read_manifest
from readout_site.shell.output import OutputError, telling
from readout_site.shell.stage import CANNOT_MOVE, clear_leftovers, stage_for
from readout_site.shell.stamps import GRAIN, SECOND, Stamp, is_settled
from readout_site.shell.standing import Output
from readout_site.shell.track import Track
from readout_site.shell.tree import blocker, exchange, is_same, link_file, mirror_tree

MESSAGES: Mapping[str, str] = {
    "edited": "was edited by hand, and the edit is overwritten; edit templates/ or content/ instead",
    "foreign": "is not of this tool's making, so it is kept and the page that belongs here is missing; move it away",
    "in the way": "is not of this tool's making, so it is kept and the pages that belong below it are missing; "
    "move it away",
    "stale": "is no page of the site any more, but was edited by hand, so it is kept; remove it when it is not needed",
}


class Copy(Struct, frozen=True):
    """A copy of an output folder."""

    stage: Path  #: Where it is; what differs is replaced there.
    own: Mapping[str, Entry]  #: What the tool wrote into the folder before, by path.
    stamps: Mapping[str, Stamp]  #: Of each file in the copy.


class Switched(Struct, frozen=True):
    """What a switch changed."""

    written: int  #: Files that are new or differ.
    kept: int  #: Files that were as they should be.
    made: int  #: Files that were made to be compared or written.
    removed: int  #: Files that are no part of the site any more.
    problems: tuple[Problem, ...]  #: What a person should know of.
    outputs: dict[str, Output]  #: Every file of ours that a stamp can tell, by path.
    whole: bool  #: Whether each file of the site is ours, and among the outputs.


@contextlib.contextmanager
def copied(out: Path, spare: Path | None = None) -> Iterator[Copy]:
    """Copy an output folder to build in the copy, which is cleared away in the end.

    The old output is kept as `spare`, if that can be, so that the next copy costs only what differs.
    """
    with telling(out):
        clear_leftovers(out)
    with stage_for(out, spare) as stage:
        with telling(out, stage):
            own = read_manifest(out)
            stamps = mirror_tree(out, stage, {NAME}) if out.exists() else {}
        yield Copy(stage, own, stamps)


def switch(out: Path, copy: Copy, wanted: Sequence[Wanted], before: Mapping[str, Output], track: Track) -> Switched:
    """Make `out` the site of these files; raise `OutputError`, and leave it as it was, where that fails.

    A file that stands as it did `before`, made of the same, is not made again. Those that are go through `track`.
    """
    refuse_odd(wanted)
    stage, old = copy.stage, copy.own
    told = functools.partial(telling, out, stage)
    stood = standing(copy, wanted, before)
    missing = [item for item in wanted if item.path not in stood]
    blocked = make_way(stage, missing, old, told)
    todo = [item for item in missing if item.path not in blocked]
    laid = dict(track(lay_all(stage, todo, old, told), "Rendering pages", len(todo)))
    made = {item.path: laid[item.path] for item in todo if laid[item.path].how != "foreign"}
    files = {path: old[path] for path in stood} | {path: each.entry for path, each in made.items()}
    with told():
        stale = remove_stale(stage, old, files)
        write_new(stage / NAME, encode_manifest(files))
        if todo:
            time.sleep(1.1 * GRAIN / SECOND)  # So that a change after the switch shows in a stamp.
        now = time.time_ns()
        move(stage, out, old)
    keys = {item.path: item.key for item in todo}
    fresh = {path: Output(keys[path], each.stamp) for path, each in made.items() if is_settled(each.stamp, now)}
    how = blocked | {path: each.how for path, each in laid.items()} | stale
    return sum_up(how, len(files), len(todo), stood | fresh, out)


def standing(copy: Copy, wanted: Sequence[Wanted], before: Mapping[str, Output]) -> dict[str, Output]:
    """Return the files that stand in the copy as they did `before`, made of what they are to be made of."""
    own, live = copy.own, copy.stamps
    return {
        item.path: last
        for item in wanted
        if (last := before.get(item.path)) and last.key == item.key
        if item.path in own and live.get(item.path) == last.stamp
    }


def sum_up(how: Mapping[str, str], files: int, made: int, outputs: dict[str, Output], out: Path) -> Switched:
    """Return what a switch changed, from `how` each path was dealt with."""
    told = tuple(Problem(str(out / path), None, MESSAGES[each]) for path, each in how.items() if each in MESSAGES)
    written = sum(each in {"written", "edited"} for each in how.values())
    removed = sum(each == "removed" for each in how.values())
    return Switched(written, files - written, made, removed, told, outputs, len(outputs) == files and not told)


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
    both = stage.with_name(NAME)
    both.write_bytes(encode_manifest({**old, **new}))
    bring(both, out / NAME)
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
    try:
        link_file(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
