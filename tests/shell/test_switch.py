"""The output changes in one step, own files are told from others', and nothing breaks it half-way."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_site.shell import switch as module
from readout_site.shell import tree
from readout_site.shell.laying import Wanted
from readout_site.shell.manifest import NAME, ManifestError, encode_manifest, entry_of, read_manifest
from readout_site.shell.output import OutputError
from readout_site.shell.switch import Switched, copied
from readout_site.shell.switch import switch as switch_to
from readout_site.shell.track import silently


def artifacts(**files: str) -> list[Wanted]:
    """Return files by name: `a__b` stands for `a/b.html`."""
    return [wanted(name.replace("__", "/") + ".html", text.encode()) for name, text in files.items()]


def wanted(path: str, data: bytes, act: Callable[[], object] = bool) -> Wanted:
    """Return a file; `act` is called when it is made."""
    return Wanted(path, data, lambda: (act(), data)[1])


def switch(out: Path, files: list[Wanted]) -> Switched:
    """Make `out` the site of these files, from nothing."""
    with copied(out) as copy:
        return switch_to(out, copy, files, {}, silently)


def contents(folder: Path) -> dict[str, str]:
    """Return what a folder holds, the manifest aside."""
    return {path: (folder / path).read_text() for path in sorted(tree.files_below(folder)) if path != NAME}


def beside(out: Path) -> list[str]:
    """Return what builds left behind beside the output."""
    return sorted(path.name for path in out.parent.glob(".build*") if path != out)


@pytest.fixture(params=["exchange", "two renames", "one by one"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an output folder, switched in each of the ways that there are."""
    if request.param == "two renames":
        monkeypatch.setattr(module, "exchange", tree.exchange_in_two)
    elif request.param == "one by one":
        monkeypatch.setattr(Path, "is_mount", lambda path: path.name == "build")
        (tmp_path / "site" / "build").mkdir(parents=True)
    return tmp_path / "site" / "build"


def test_a_site_is_written_and_kept_and_stale_pages_go(out: Path) -> None:
    first = switch(out, artifacts(index="1", old__a="a", old__b="b"))
    assert (first.written, first.kept, first.removed, first.problems) == (3, 0, 0, ())
    second = switch(out, artifacts(index="2", old__a="a", new__c="c"))
    assert (second.written, second.kept, second.removed, second.problems) == (2, 1, 1, ())
    assert contents(out) == {"index.html": "2", "old/a.html": "a", "new/c.html": "c"}
    third = switch(out, artifacts(index="2"))
    assert contents(out) == {"index.html": "2"}
    assert third.removed == 2
    assert sorted(path.name for path in out.iterdir()) == [NAME, "index.html"]
    assert beside(out) == []


def test_equal_files_are_not_written_again(out: Path) -> None:
    switch(out, artifacts(index="1", a="a"))
    before = (out / "a.html").stat()
    switch(out, artifacts(index="2", a="a"))
    after = (out / "a.html").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_live_file_is_never_written_through(out: Path) -> None:
    switch(out, artifacts(index="1"))
    os.link(out / "index.html", out.parent / "witness")
    switch(out, artifacts(index="2"))
    assert (out.parent / "witness").read_text() == "1"
    assert (out / "index.html").read_text() == "2"


def test_files_of_others_are_kept_as_they_are(out: Path) -> None:
    (out / "deep" / "empty").mkdir(parents=True)
    (out / ".gitignore").write_text("*\n")
    (out / "CNAME").write_text("example.org")
    (out / "deep" / "mine.html").write_text("mine")
    (out / "link").symlink_to("CNAME")
    (out / "dangling").symlink_to("nowhere")
    (out / "folder-link").symlink_to("deep")
    os.mkfifo(out / "pipe")
    os.utime(out / "CNAME", ns=(1, 1))
    inode = (out / "CNAME").stat().st_ino
    for text in ("1", "2"):
        switch(out, artifacts(index=text, deep__ours=text))
    switch(out, artifacts(index="3"))
    assert (out / "CNAME").stat().st_mtime_ns == 1
    assert (out / "CNAME").stat().st_ino == inode
    assert (out / "link").readlink() == Path("CNAME")
    assert (out / "dangling").is_symlink()
    assert (out / "folder-link").readlink() == Path("deep")
    assert (out / "pipe").is_fifo()
    assert (out / "deep" / "empty").is_dir()
    assert sorted(path.name for path in (out / "deep").iterdir()) == ["empty", "mine.html"]
    assert (out / "deep" / "mine.html").read_text() == "mine"


def test_a_foreign_file_in_the_place_of_a_page_is_kept_and_reported(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text("mine")
    done = switch(out, artifacts(index="ours", a="a"))
    assert contents(out) == {"index.html": "mine", "a.html": "a"}
    (problem,) = done.problems
    assert problem.path == str(out / "index.html")
    assert problem.message.startswith("is not of this tool's making, so it is kept")
    switch(out, artifacts(a="a"))
    assert contents(out) == {"index.html": "mine", "a.html": "a"}


def test_a_foreign_file_of_the_same_bytes_becomes_ours(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text("same")
    assert switch(out, artifacts(index="same")).problems == ()
    assert switch(out, artifacts(index="new")).problems == ()
    assert contents(out) == {"index.html": "new"}


def test_a_page_edited_by_hand_is_reported_before_it_is_overwritten(out: Path) -> None:
    switch(out, artifacts(index="1", a="a", gone="g"))
    (out / "index.html").write_text("edited")
    (out / "gone.html").write_text("edited too")
    done = switch(out, artifacts(index="2", a="a"))
    messages = {Path(problem.path).name: problem.message for problem in done.problems}
    assert messages["index.html"].startswith("was edited by hand, and the edit is overwritten")
    assert messages["gone.html"].startswith("is no page of the site any more, but was edited by hand, so it is kept")
    assert contents(out) == {"index.html": "2", "a.html": "a", "gone.html": "edited too"}
    assert switch(out, artifacts(index="3", a="a")).problems == ()


def test_the_manifest_lists_what_was_written_and_nothing_of_the_day(out: Path, tmp_path: Path) -> None:
    switch(out, artifacts(b="b", a="a"))
    switch(tmp_path / "elsewhere", artifacts(a="a", b="b"))
    data = (out / NAME).read_bytes()
    assert data == (tmp_path / "elsewhere" / NAME).read_bytes()
    assert list(json.loads(data)["files"]) == ["a.html", "b.html"]
    assert read_manifest(out)["a.html"].size == 1


def test_a_damaged_manifest_stops_the_build(out: Path) -> None:
    switch(out, artifacts(index="1"))
    (out / NAME).write_text('{"files": [')
    with pytest.raises(ManifestError, match=r"cannot be read, .*; empty the folder .* and build again"):
        switch(out, artifacts(index="2"))
    assert contents(out) == {"index.html": "1"}


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/../b", "./a", "", NAME])
def test_a_path_that_leads_elsewhere_is_a_bug(out: Path, path: str) -> None:
    with pytest.raises(ValueError, match="path is taken or leads elsewhere"):
        switch(out, [wanted(path, b"")])
    assert beside(out) == []


def test_two_artifacts_of_one_path_are_a_bug(out: Path) -> None:
    with pytest.raises(ValueError, match="path is taken"):
        switch(out, [wanted("a", b"1"), wanted("a", b"2")])


@pytest.mark.parametrize("fault", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_a_failure_while_rendering_leaves_the_old_site(out: Path, fault: BaseException) -> None:
    def fail() -> None:
        raise fault

    switch(out, artifacts(index="1"))
    with pytest.raises(type(fault)):
        switch(out, [*artifacts(index="2"), wanted("z", b"", fail)])
    assert contents(out) == {"index.html": "1"}
    assert beside(out) == []


def test_a_full_disk_leaves_the_old_site(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(out, artifacts(index="1"))
    opened = Path.open

    def full(path: Path, mode: str = "r", **options: str) -> object:
        if path.name == "b.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OutputError) as caught:
        switch(out, artifacts(index="2", a="2", b="2"))
    reason = "No space left on device; mend this and build again"
    assert str(caught.value) == f"{out}/b.html: {reason}: the site in {out} is as it was"
    monkeypatch.undo()
    assert contents(out) == {"index.html": "1"}
    assert beside(out) == []


def test_files_that_come_while_a_build_runs_are_carried_over(out: Path) -> None:
    def intrude() -> None:
        (out / "late").mkdir()
        (out / "late" / "comer.txt").write_text("mine")
        (out / "note.tmp").write_text("edited")
        (out / "note.tmp").replace(out / "note.txt")

    switch(out, artifacts(index="1"))
    (out / "note.txt").write_text("mine")
    switch(out, [wanted("index.html", b"2", intrude)])
    assert contents(out) == {"index.html": "2", "late/comer.txt": "mine", "note.txt": "edited"}


def test_what_cannot_be_linked_is_copied(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(out, artifacts(index="1", a="a"))
    (out / "CNAME").write_text("example.org")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    switch(out, artifacts(index="2", a="a"))
    assert contents(out) == {"index.html": "2", "a.html": "a", "CNAME": "example.org"}
    assert beside(out) == []


def test_an_output_whose_surroundings_cannot_be_written_is_changed_from_within(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site" / "build"
    switch(out, artifacts(index="1", old="o"))
    made = Path.mkdir

    def refuse(path: Path, mode: int = 0o777, *, parents: bool = False, exist_ok: bool = False) -> None:
        if path.name.startswith(".build.new-"):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        made(path, mode, parents, exist_ok)

    monkeypatch.setattr(Path, "mkdir", refuse)
    switch(out, artifacts(index="2", new__n="n"))
    assert contents(out) == {"index.html": "2", "new/n.html": "n"}


@pytest.mark.parametrize("path", ["../victim", "/{tmp}/victim", "a/../../victim", "", NAME])
def test_a_manifest_that_lists_files_elsewhere_stops_the_build(out: Path, path: str) -> None:
    victim = out.parent / "victim"
    switch(out, artifacts(index="1"))
    victim.write_text("mine")
    listed = encode_manifest({path.replace("/{tmp}", str(out.parent)): entry_of(b"mine")})
    (out / NAME).write_bytes(listed)
    with pytest.raises(ManifestError, match=r"which is no file of the output, .*; empty the folder .* and build again"):
        switch(out, artifacts(index="2"))
    assert victim.read_text() == "mine"
    assert contents(out) == {"index.html": "1"}
    assert beside(out) == []


@pytest.mark.parametrize("obstacle", ["file", "link", "link to nowhere"])
def test_what_stands_where_a_folder_is_needed_is_kept_and_reported(out: Path, obstacle: str) -> None:
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir(parents=True)
    (elsewhere / "a.html").write_text("a")
    switch(out, artifacts(index="1", readouts__a="a"))
    (out / "readouts" / "a.html").unlink()
    (out / "readouts").rmdir()
    if obstacle == "file":
        (out / "readouts").write_text("mine")
    else:
        (out / "readouts").symlink_to(elsewhere if obstacle == "link" else "nowhere")
    for pages in ({"readouts__a": "new", "readouts__b": "b"}, {}):
        done = switch(out, artifacts(index="2", **pages))
        told = [str(problem).replace(str(out), "OUT") for problem in done.problems]
        assert len(told) == bool(pages)
        assert all(line.startswith("OUT/readouts: is not of this tool's making, so it is kept") for line in told)
        assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"a.html": "a"}
        assert (out / "readouts").is_symlink() == (obstacle != "file")
        assert set(read_manifest(out)) == {"index.html"}


def test_a_stale_page_makes_way_for_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "build"
    switch(out, [wanted("static/a", b"1")])
    assert switch(out, [wanted("static/a/b.css", b"2")]).problems == ()
    assert contents(out) == {"static/a/b.css": "2"}


def test_a_fault_in_making_pages_is_not_told_as_one_of_the_disk(out: Path) -> None:
    def fail() -> None:
        raise FileNotFoundError(errno.ENOENT, "a bug", "/rendering")

    switch(out, artifacts(index="1"))
    with pytest.raises(FileNotFoundError, match="a bug"):
        switch(out, [*artifacts(index="2"), wanted("z", b"", fail)])
    assert contents(out) == {"index.html": "1"}
    assert beside(out) == []
