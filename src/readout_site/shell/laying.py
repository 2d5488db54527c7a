"""Files of the site → a copy of the output folder: each made and put there, unless it stands as it should.

Only what is ours is replaced, always by a new file, never by writing through a link.
"""

import contextlib
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.shell.bounds import Bounds
from readout_site.shell.crew import AHEAD, FORKS, Lost, Work, count_cores, run_apart
from readout_site.shell.manifest import Entry, entry_of, is_inside
from readout_site.shell.stamps import Stamp, output_stamp
from readout_site.shell.tree import blocker

Placed = Literal["kept", "written", "edited", "foreign", "left out", "in the way"]
Told = Callable[[], contextlib.AbstractContextManager[None]]

PORTION = 24
"""So many files a worker makes at once; no fewer are worth one."""
MAKING = Bounds(wait=600.0)
"""What a portion may take."""


class Wanted(Struct, frozen=True):
    """A file of the site: what tells whether it is still the same, and how it is made."""

    path: str  #: Below the output folder, with `/`.
    key: bytes  #: What tells all that it is made of from anything else.
    make: Callable[[], bytes]


class Laid(Struct, frozen=True):
    """What was done with a file."""

    how: Placed
    entry: Entry  #: As the manifest has it.
    stamp: Stamp


class MakingError(SiteError):
    """A file of the site whose making died."""


def refuse_odd(wanted: Iterable[Wanted]) -> None:
    """Raise `ValueError` where a path leads elsewhere or is taken: that is a bug."""
    seen: set[str] = set()
    for item in wanted:
        if item.path in seen or not is_inside(item.path):
            raise ValueError(f"an artifact's path is taken or leads elsewhere: {item.path!r}")
        seen.add(item.path)


def make_way(stage: Path, missing: Iterable[Wanted], old: Mapping[str, Entry], told: Told) -> dict[str, Placed]:
    """Make the folders for files that are to be laid; return what cannot be, and what is in its way."""
    placed: dict[str, Placed] = {}
    folders: set[str] = set()
    with told():
        for item in missing:
            if obstacle := obstacle_to(stage, item.path, old):
                placed |= {item.path: "left out", obstacle: "in the way"}
            elif (folder := item.path.rpartition("/")[0]) not in folders:
                folders.add(folder)
                (stage / folder).mkdir(parents=True, exist_ok=True)
    return placed


def lay_all(stage: Path, todo: Sequence[Wanted], old: Mapping[str, Entry], told: Told) -> Iterator[tuple[str, Laid]]:
    """Make the files and put them into the copy, on all cores where there are many; yield each that is laid."""
    portions = [todo[start : start + PORTION] for start in range(0, len(todo), PORTION)]

    def lay_portion(number: int) -> list[tuple[str, Laid]] | Exception:
        try:
            return [(item.path, lay(stage, item, old, told)) for item in portions[number]]
        except Exception as error:  # noqa: BLE001 - it is raised where the crew is
            return error

    if not FORKS or len(portions) < AHEAD:
        for item in todo:
            yield item.path, lay(stage, item, old, told)
        return
    for outcome in run_apart(Work(lay_portion, len(portions), MAKING), count_cores()):
        if isinstance(outcome, Lost):
            raise MakingError("a process that made pages died or hung, perhaps for want of memory; build again")
        if isinstance(outcome, Exception):
            raise outcome
        yield from outcome


def lay(stage: Path, item: Wanted, old: Mapping[str, Entry], told: Told) -> Laid:
    """Make one file and put it into the copy.

    Only what goes wrong with the files is `told`: a fault in making one is another matter.
    """
    data = item.make()
    target = stage / item.path
    with told():
        how = put(target, data, old.get(item.path))
        return Laid(how, entry_of(data), output_stamp(target.lstat()))


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
        with target.open("xb") as file:
            file.write(data)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise
