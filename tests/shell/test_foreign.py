"""Whatever fails, and whenever: no file that someone else put into the output is lost or changed."""

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_site.errors import SiteError
from readout_site.shell import switch as module
from readout_site.shell import tree
from readout_site.shell.laying import Wanted
from readout_site.shell.manifest import read_manifest
from readout_site.shell.switch import copied, switch
from readout_site.shell.track import silently

PLACES = ("index.html", "a/b.html", "a", "CNAME", ".git", "a/mine.txt", "deep/er/x", "deep")
LATE = "late-"
"""Begins the names of files that come while a build runs; where that is killed, the next that is not brings them."""
PAGES = ("index.html", "a/b.html", "a/c.html", "deep/er/x", "deep", "n/o/p.html")
STEPS = frozenset(
    {"open", "os.link", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.scandir", "os.chmod", "os.utime"}
    | {"os.listdir", "ctypes.dlopen", "ctypes.dlsym"}
)


class KilledError(BaseException):
    """The end of a process: nothing that it still tries has an effect."""


@dataclass
class Fault:
    """What goes wrong with the files below a folder, at which step."""

    folder: str = ""
    kind: str = ""
    countdown: int = 0


fault = Fault()


def strike(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook (PEP 578): fail when the time has come; one who is killed does nothing ever after."""
    if not fault.kind or event not in STEPS:
        return
    if event[:6] != "ctypes" and not str(arguments[0] if arguments else "").startswith(fault.folder):
        return
    fault.countdown -= 1
    if fault.countdown <= 0 and fault.kind == "full" and takes_room(event, arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
    if fault.countdown <= 0 and fault.kind == "unread" and event == "os.scandir":
        fault.kind = ""
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(arguments[0]))
    if fault.countdown == 0 and fault.kind == "stopped":
        raise KeyboardInterrupt
    if fault.countdown <= 0 and fault.kind == "killed":
        raise KilledError


def takes_room(event: str, arguments: tuple[object, ...]) -> bool:
    """Return whether a step asks the disk for more."""
    return event in {"os.link", "os.mkdir"} or (event == "open" and bool(int(str(arguments[2])) & os.O_CREAT))


sys.addaudithook(strike)


@contextlib.contextmanager
def striking(folder: Path, kind: str, step: int) -> Iterator[None]:
    """Let something go wrong at a step."""
    fault.folder, fault.kind, fault.countdown = str(folder), kind, step
    try:
        yield
    finally:
        fault.kind = ""


@dataclass
class Owner:
    """Someone who keeps files of their own in an output folder."""

    out: Path
    files: dict[str, tuple[str, int]] = field(default_factory=dict)  #: What they hold, and when they were written.

    def put(self, path: str, *, link: bool) -> None:
        """Write a file, or a link, where no other stands; one of the owner's is written anew."""
        target = self.out / path
        if os.path.lexists(target) and path not in self.files:
            return
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            text = f"mine {len(self.files)} {path}"
            target.unlink(missing_ok=True)
            target.symlink_to(text) if link else target.write_text(text)
            os.utime(target, ns=(1, 10**9 + len(self.files)), follow_symlinks=False)
            self.files[path] = (text, target.lstat().st_mtime_ns)

    def look(self) -> dict[str, tuple[str, int]]:
        """Return what stands in the places of the owner's files."""
        found = {}
        for path in self.files:
            target = self.out / path
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                text = str(target.readlink()) if target.is_symlink() else target.read_text()
                found[path] = (text, target.lstat().st_mtime_ns)
        return found


@dataclass(frozen=True)
class Day:
    """What happens between two builds, and in the second."""

    puts: list[tuple[str, bool]]
    pages: dict[str, int]
    late: bool  #: Whether a file comes while the build runs.
    kind: str  #: What goes wrong, if anything.
    step: int  #: When.


def make(owner: Owner, path: str, text: str, *, late: bool) -> Callable[[], bytes]:
    """Return what makes a page, while the owner writes a file."""

    def act() -> bytes:
        if late:
            owner.put(f"{LATE}{len(owner.files)}.txt", link=False)
        return f"{path} {text}".encode()

    return act


def run(owner: Owner, day: Day) -> None:
    """Build on a day, whatever comes of it."""
    pages = {path: each for path, each in day.pages.items() if not any(o.startswith(f"{path}/") for o in day.pages)}
    wanted = [Wanted(path, b"", make(owner, path, str(each), late=day.late)) for path, each in pages.items()]
    with (
        contextlib.suppress(SiteError, KeyboardInterrupt, KilledError),
        striking(owner.out.parent, day.kind, day.step),
        copied(owner.out, owner.out.parent / "spare") as copy,
    ):
        switch(owner.out, copy, wanted, {}, silently)


def is_empty(path: Path) -> bool:
    """Return whether a folder holds nothing: a build that is killed before it marks its own leaves such a one."""
    return path.is_dir() and not any(path.iterdir())


days = st.lists(
    st.builds(
        Day,
        st.lists(st.tuples(st.sampled_from(PLACES), st.booleans()), max_size=3),
        st.dictionaries(st.sampled_from(PAGES), st.integers(0, 2), max_size=4),
        st.booleans(),
        st.sampled_from(["", "killed", "killed", "stopped", "full", "unread"]),
        st.integers(1, 90),
    ),
    min_size=1,
    max_size=5,
)


def live(history: list[Day], *, mounted: bool) -> int:
    """Live through a history, and see after each build that all files of the owner's are there; return their number."""
    folder = Path(tempfile.mkdtemp(prefix="foreign-"))
    owner = Owner(folder / "site" / "build")
    owner.out.mkdir(parents=True)
    try:
        with mock.patch.object(Path, "is_mount", lambda path: mounted and path.name == "build"):
            for day in history:
                for path, link in day.puts:
                    owner.put(path, link=link)
                before = {path: each for path, each in owner.files.items() if not path.startswith(LATE)}
                run(owner, day)
                found = owner.look()
                assert {path: found.get(path) for path in before} == before
            run(owner, Day([], {"index.html": 9}, late=False, kind="", step=0))
        assert owner.look() == owner.files
        assert not set(read_manifest(owner.out)) & owner.files.keys()
        assert {path.name for path in owner.out.parent.iterdir() if not is_empty(path)} <= {"build", "spare"}
        assert not [path for path in tree.files_below(owner.out) if ".new-" in path]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return len(owner.files)


def check(runs: int) -> int:
    """Live through so many histories; return how many they were."""
    lives: list[int] = []
    lived = settings(
        max_examples=runs, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
    )(given(days, st.booleans())(lambda history, mounted: lives.append(live(history, mounted=mounted))))
    with mock.patch.object(module, "GRAIN", 0):
        lived()
    return len(lives)


def test_no_file_of_others_is_lost() -> None:
    assert check(40) == 40


@pytest.mark.long
def test_no_file_of_others_is_lost_in_1000_histories() -> None:
    assert check(1000) == 1000
