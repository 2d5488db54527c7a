"""The output folder → a folder of ours beside it to build in, which is cleared away whenever its build ends or dies.

The folder carries a mark. In it stands a tree, which is a copy of the output until it changes places with it and holds
the old output from then on; the mark lists the trees, by inode, that hold nothing of others' that is not elsewhere.
"""

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

from readout_site.shell.lock import LockedError
from readout_site.shell.manifest import NAME, ManifestError, read_manifest
from readout_site.shell.output import telling
from readout_site.shell.tree import aside_of, blocker, files_below, held, is_held, is_same, remove_tree

INSIDE = ".readout-site"
MARK = ".readout-site-stage"
TREE = "tree"
CANNOT_MOVE = frozenset({errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM})


@contextlib.contextmanager
def stage_for(out: Path, spare: Path | None = None) -> Iterator[Path]:
    """Make a folder to fill and exchange with `out`, and clear it away; raise `LockedError` where another builds.

    It begins as what an earlier build left as `spare`, and ends there, where both lie on one disk; empty, where `out`
    is not there, of which it is to be a copy.
    """
    with telling(out):
        place = make_place(out)
    with held(place):  # Before it is marked, so that no marked folder of a living build is free.
        try:
            with telling(out):
                take_up(spare if out.exists() else None, place)
                refuse_rivals(out, place)
            yield place / TREE
        finally:
            clear(place, out, late=True, spare=spare)


def take_up(spare: Path | None, place: Path) -> None:
    """Make the tree of a place: of what was kept as `spare`, where that is a folder on the same disk."""
    tree = place / TREE
    if spare and spare.is_dir() and not spare.is_symlink():
        mark_spare(place, spare)  # Before it comes, so that a build that is killed leaves no folder without a mark.
        with contextlib.suppress(OSError):
            spare.rename(tree)
            return
    (place / MARK).touch()
    tree.mkdir()
    mark_spare(place, tree)


def put_by(tree: Path, spare: Path | None) -> None:
    """Keep a tree as `spare`, or remove it where that cannot be."""
    if spare:
        with contextlib.suppress(OSError):
            if not spare.exists():
                tree.rename(spare)
                return
    remove_tree(tree)


def make_place(out: Path) -> Path:
    """Return a new folder beside `out`, or inside it where `out` cannot be moved."""
    out.parent.mkdir(parents=True, exist_ok=True)
    if not out.is_mount():
        try:
            return make_numbered(out.with_name(f".{out.name}.new"))
        except OSError as error:
            if error.errno not in CANNOT_MOVE or not out.is_dir():
                raise
    return make_numbered(out / f"{INSIDE}.new")


def make_numbered(stem: Path) -> Path:
    """Make a folder with the number of this process, or the next that is free, after its name."""
    number = os.getpid()
    while True:
        place = stem.with_name(f"{stem.name}-{number}")
        with contextlib.suppress(FileExistsError):
            place.mkdir()
            return place
        number += 1


def mark_spare(place: Path, tree: Path) -> None:
    """Note that a tree may go: all that it holds of others' is in the output too."""
    with (place / MARK).open("a", encoding="ascii") as file:
        file.write(f"{tree.stat().st_ino}\n")


def is_spare(place: Path, tree: Path) -> bool:
    """Return whether a tree may go; in doubt it may not."""
    try:
        return str(tree.stat().st_ino) in (place / MARK).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return False


def clear_leftovers(out: Path) -> None:
    """Clear away what killed builds left behind; raise `LockedError` where one lives."""
    refuse_rivals(out, out)
    for place in places_for(out):
        clear(place, out, late=False)


def refuse_rivals(out: Path, own: Path) -> None:
    """Raise `LockedError` where another living build works in a folder for `out`."""
    for place in places_for(out):
        if place != own and is_held(place):
            owner = place.name.rpartition("-")[2]
            raise LockedError(f"{out}: locked by PID {owner}, another build into this folder; wait for it to end")


def places_for(out: Path) -> list[Path]:
    """Return the folders that builds into `out` work in: they are named as ours are, and carry our mark."""
    found: list[Path] = []
    for folder, name in ((out.parent, f".{out.name}"), (out, INSIDE)):
        ours = re.compile(re.escape(name) + r"\.new-[0-9]+")
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            found += [folder / entry for entry in os.listdir(folder) if ours.fullmatch(entry)]  # noqa: PTH208 - names
    return sorted(path for path in found if not path.is_symlink() and (path / MARK).is_file())


def clear(place: Path, out: Path, *, late: bool, spare: Path | None = None) -> None:
    """Remove a folder of ours, its tree kept as `spare`; what others put into an exchanged output is carried over.

    `late` tells that this happens at once: what others changed while the build ran then replaces our copy of it.
    """
    trees = (aside_of(place / TREE), place / TREE)
    with contextlib.suppress(OSError):
        if trees[0].is_dir() and not out.exists():  # An exchange in steps was cut short.
            trees[0].rename(out)
    for tree in filter(Path.is_dir, trees):
        if not is_spare(place, tree) and out.exists():
            if not carry_over(tree, out, late=late):
                return  # The next build tries again.
            with contextlib.suppress(OSError):  # A full disk: what is removed now needs no mark.
                mark_spare(place, tree)
        put_by(tree, spare)
    with contextlib.suppress(OSError):
        if not any(tree.exists() for tree in trees):
            (place / NAME).unlink(missing_ok=True)
            (place / MARK).unlink(missing_ok=True)  # Last, or what is left could not be told to be ours.
            place.rmdir()


def carry_over(tree: Path, out: Path, *, late: bool) -> bool:
    """Move others' files that `out` lacks out of an old output; return whether none is left there."""
    try:
        own = read_manifest(tree)
        for path in [path for path in files_below(tree) if path not in own and path != NAME]:
            target = out / path
            if blocker(out, path):
                return False
            if not os.path.lexists(target) or (late and not is_same(tree / path, target)):
                target.parent.mkdir(parents=True, exist_ok=True)
                (tree / path).replace(target)
    except (OSError, ManifestError):
        return False
    return True
