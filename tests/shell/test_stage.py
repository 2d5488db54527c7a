"""A build may die at any moment: what it leaves is told from others' files and cleared away."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_site.shell import stage as module
from readout_site.shell import switch as switching
from readout_site.shell import tree
from readout_site.shell.laying import Wanted
from readout_site.shell.lock import LockedError
from readout_site.shell.manifest import NAME, read_manifest
from readout_site.shell.switch import Switched, copied
from readout_site.shell.switch import switch as switch_to
from readout_site.shell.track import silently


def artifacts(**files: str) -> list[Wanted]:
    """Return files by name."""
    return [wanted(f"{name}.html", text.encode()) for name, text in files.items()]


def wanted(path: str, data: bytes, act: Callable[[], object] = bool) -> Wanted:
    """Return a file; `act` is called when it is made."""
    return Wanted(path, data, lambda: (act(), data)[1])


def switch(out: Path, files: list[Wanted], spare: Path | None = None) -> Switched:
    """Make `out` the site of these files, from nothing."""
    with copied(out, spare) as copy:
        return switch_to(out, copy, files, {}, silently)


def contents(folder: Path) -> dict[str, str]:
    """Return what a folder holds, the manifest aside."""
    return {path: (folder / path).read_text() for path in sorted(tree.files_below(folder)) if path != NAME}


def beside(out: Path) -> list[str]:
    """Return what builds left behind beside the output."""
    return sorted(path.name for path in out.parent.glob(".build*") if path != out)


class KilledError(BaseException):
    """The end of a process, at a chosen moment."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an output folder with a page and a file of the owner's."""
    switch(tmp_path / "build", artifacts(index="1"))
    (tmp_path / "build" / "CNAME").write_text("first")
    return tmp_path / "build"


def die(out: Path, monkeypatch: pytest.MonkeyPatch, where: object, name: str, *, after: bool = False) -> None:
    """Build until the function `name` is called, or has been called, and leave everything as a killed build would."""
    called = getattr(where, name)

    def end(*arguments: object) -> None:
        if after:
            called(*arguments)
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(where, name, end)
        patch.setattr(module, "clear", lambda *_, **__: None)
        with pytest.raises(KilledError):
            switch(out, artifacts(index="2"))
    assert beside(out)


@pytest.mark.parametrize(
    ("name", "after"),
    [("mirror_tree", False), ("mirror_tree", True), ("make_way", True), ("write_new", True), ("exchange", False)],
)
def test_a_copy_of_the_output_brings_nothing_back(
    out: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool
) -> None:
    (out / "gone.txt").write_text("mine")
    die(out, monkeypatch, switching, name, after=after)
    (out / "CNAME").unlink()
    (out / "CNAME").write_text("second")
    (out / "gone.txt").unlink()
    switch(out, artifacts(index="3"))
    assert contents(out) == {"index.html": "3", "CNAME": "second"}
    assert beside(out) == []


def test_an_old_output_gives_what_came_late_and_overwrites_nothing(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    die(out, monkeypatch, switching, "exchange", after=True)
    assert contents(out) == {"index.html": "2", "CNAME": "first"}
    (place,) = out.parent.glob(".build.new-*")
    (place / "tree" / "late.txt").write_text("late")
    (out / "CNAME").unlink()
    (out / "CNAME").write_text("second")
    switch(out, artifacts(index="3"))
    assert contents(out) == {"index.html": "3", "CNAME": "second", "late.txt": "late"}
    assert beside(out) == []


def test_a_clearing_that_is_cut_short_brings_nothing_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "remove_tree", stop)
        with pytest.raises(KeyboardInterrupt):
            switch(out, artifacts(index="2"))
    (out / "CNAME").unlink()
    switch(out, artifacts(index="3"))
    assert contents(out) == {"index.html": "3"}
    assert beside(out) == []


def test_what_came_late_survives_a_build_that_is_stopped(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def intrude() -> None:
        (out / "late.txt").write_text("mine")

    def stop(*_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "is_same", stop)
        with pytest.raises(KeyboardInterrupt):
            switch(out, [wanted("index.html", b"2", intrude)])
    switch(out, artifacts(index="3"))
    assert contents(out) == {"index.html": "3", "CNAME": "first", "late.txt": "mine"}
    assert beside(out) == []


def test_the_old_output_is_kept_to_begin_the_next_copy_with(out: Path, tmp_path: Path) -> None:
    spare = tmp_path / "spare"
    for text in "234":
        switch(out, artifacts(index=text), spare)
        assert contents(spare) == {"index.html": str(int(text) - 1), "CNAME": "first"}
    assert contents(out) == {"index.html": "4", "CNAME": "first"}
    assert beside(out) == []


def test_a_kept_copy_that_a_killed_build_began_with_brings_nothing_back(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise KilledError

    spare = tmp_path / "spare"
    switch(out, artifacts(index="2"), spare)
    with monkeypatch.context() as patch:
        patch.setattr(switching, "mirror_tree", end)
        patch.setattr(module, "clear", lambda *_, **__: None)
        with pytest.raises(KilledError):
            switch(out, artifacts(index="3"), spare)
    (out / "CNAME").unlink()
    switch(out, artifacts(index="4"))
    assert contents(out) == {"index.html": "4"}
    assert beside(out) == []


@pytest.mark.parametrize("renames", [1, 2])
def test_an_exchange_in_steps_that_was_cut_short_is_mended(
    out: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    def exchange(one: Path, other: Path) -> None:
        other.rename(tree.aside_of(one))
        if renames > 1:
            one.rename(other)

    monkeypatch.setattr(switching, "exchange", exchange)
    die(out, monkeypatch, switching, "exchange", after=True)
    assert out.exists() == (renames > 1)
    monkeypatch.undo()
    switch(out, artifacts(index="3"))
    assert contents(out) == {"index.html": "3", "CNAME": "first"}
    assert beside(out) == []


@pytest.mark.parametrize("name", [".build.old", ".build.new-anything", ".build.new-7", ".build.new-aside"])
@pytest.mark.parametrize("there", [True, False])
def test_folders_of_others_with_like_names_are_left_alone(tmp_path: Path, name: str, *, there: bool) -> None:
    out = tmp_path / "build"
    if there:
        switch(out, artifacts(index="1"))
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.txt").write_text("mine")
    switch(out, artifacts(index="2"))
    assert contents(out) == {"index.html": "2"}
    assert contents(tmp_path / name) == {"mine.txt": "mine"}
    assert beside(out) == [name]


def test_a_name_that_is_taken_is_not_built_in(out: Path) -> None:
    taken = out.with_name(f".build.new-{os.getpid()}")
    taken.mkdir()
    switch(out, artifacts(index="2"))
    assert beside(out) == [taken.name]


def test_two_builds_into_one_folder_do_not_meet(out: Path) -> None:
    def meet() -> None:
        with pytest.raises(LockedError, match=rf"build: locked by PID {os.getpid()}, another build into this folder"):
            switch(out, artifacts(index="other"))

    switch(out, [wanted("index.html", b"2", meet)])
    assert contents(out) == {"index.html": "2", "CNAME": "first"}
    assert beside(out) == []


PROGRAM = """
import sys
from functools import partial
from pathlib import Path
from readout_site.shell.laying import Wanted
from readout_site.shell.switch import copied, switch
from readout_site.shell.track import silently
out, text = Path(sys.argv[1]), sys.argv[2]
files = [Wanted(f"{n % 7}/{n}.html", text.encode(), partial(bytes, text.encode() * 500)) for n in range(300)]
with copied(out) as copy:
    switch(out, copy, files, {}, silently)
"""


def test_killed_at_any_moment_the_site_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "build"

    def start(text: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", PROGRAM, str(out), text])

    began = time.perf_counter()
    assert start("0").wait() == 0
    whole = time.perf_counter() - began
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    outcomes = []
    for round_ in range(1, 15):
        before = {path: data for path, data in contents(out).items() if path != "CNAME"}
        (out / "CNAME.part").write_text(f"mine {round_}")
        (out / "CNAME.part").replace(out / "CNAME")
        with start(str(round_ % 10)) as process:
            time.sleep(chance.uniform(whole * 0.3, whole * 1.1))
            process.send_signal(signal.SIGKILL)
        after = contents(out)
        assert after.pop("CNAME") == f"mine {round_}"
        new = dict.fromkeys(before, str(round_ % 10) * 500)
        outcomes.append(after == new)
        assert after in (before, new)
        assert {path: entry.size for path, entry in read_manifest(out).items()} == dict.fromkeys(after, 500)
    (out / "CNAME").unlink()
    assert start("x").wait() == 0
    assert set(contents(out).values()) == {"x" * 500}
    assert [name for name in beside(out) if any((tmp_path / name).iterdir())] == []
    assert not all(outcomes), "no kill came before the switch"
