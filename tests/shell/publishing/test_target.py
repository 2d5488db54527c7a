"""What every place can do, whatever it is: the promises of `Target`, over a few small files."""

import http.client
import os
import urllib.error
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from readout_site.shell.manifest import entry_of
from readout_site.shell.publishing import branch, bucket, folder, rsync, web
from readout_site.shell.publishing.command import FailedError
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.target import NO_FILE, Target, patiently

FILES = {"index.html": b"home", "readouts/2031/a.html": b"page", "readouts/2031/b.txt": b"", "static/x y.css": b"a{}"}
"""Small files with names that programs might read otherwise, one of them empty."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an output folder with a few files."""
    return write(tmp_path / "out", FILES)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Return a folder that holds these files."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_what_is_put_is_there_to_be_listed_and_read(place: Any, out: Path) -> None:
    target = place.open(out=out)
    assert target.survey() == {}
    assert list(target.digests([])) == []
    assert list(target.put(list(FILES))) == list(FILES) or place.kind == "bucket"
    target.write("list.json", b"{}")
    target.finish("Publish")
    again = place.open(out=out)
    sizes = {path: found.size for path, found in again.survey().items() if path != ".nojekyll"}
    assert sizes == {**{path: len(data) for path, data in FILES.items()}, "list.json": 2}
    assert [again.read(path) for path in (*FILES, "list.json")] == [*FILES.values(), b"{}"]
    assert dict(again.digests(list(FILES))) == {path: entry_of(data).sha256 for path, data in FILES.items()}


def test_each_file_that_is_done_is_told(place: Any, out: Path) -> None:
    target = place.open(out=out)
    target.survey()
    assert sorted(target.put(list(FILES))) == sorted(FILES)
    target.finish("Publish")
    assert sorted(target.delete(["index.html", "static/x y.css"])) == ["index.html", "static/x y.css"]


def test_what_is_deleted_is_gone_and_nothing_else(place: Any, out: Path) -> None:
    fill(place.open(out=out))
    target = place.open(out=out)
    target.survey()
    assert list(target.delete([])) == []
    for _ in target.delete(["readouts/2031/a.html", "static/x y.css"]):
        pass
    target.finish("Publish")
    assert {path for path in place.live() if path != ".nojekyll"} == {"index.html", "readouts/2031/b.txt"}


def test_the_same_are_those_of_the_same_bytes(place: Any, out: Path) -> None:
    fill(place.open(out=out))
    (out / "index.html").write_bytes(b"hole")  # Of the same size.
    target = place.open(out=out)
    target.survey()
    assert sorted(target.same(list(FILES))) == sorted(FILES.keys() - {"index.html"})
    assert list(target.same([])) == []


def test_a_file_that_is_put_again_holds_what_it_holds_here(place: Any, out: Path) -> None:
    fill(place.open(out=out))
    (out / "index.html").write_bytes(b"hole")
    os.utime(out / "index.html", ns=(0, 0))
    fill(place.open(out=out), ["index.html"])
    assert {path: data for path, data in place.live().items() if path != ".nojekyll"} == {
        **FILES,
        "index.html": b"hole",
    }


def fill(target: Target, paths: list[str] | None = None) -> None:
    """Bring files to a place."""
    target.survey()
    for _ in target.put(paths or list(FILES)):
        pass
    target.finish("Publish")


def test_only_a_folder_may_be_a_disk_that_is_away(place: Any, out: Path) -> None:
    assert place.open(out=out).marked == (place.kind in {"folder", "rsync"})


def test_nothing_is_written_to_or_deleted_from_another_folder_than_was_looked_at(make_place: Any, out: Path) -> None:
    place = make_place("folder")
    target = place.open(out=out)
    fill(target)
    place.folder.rename(place.folder.with_name("away"))
    write(place.folder, FILES)
    for act in (lambda: target.write("list.json", b"{}"), lambda: list(target.delete(["index.html"]))):
        with pytest.raises(PublishError, match="is another folder than a moment ago; mount its disk"):
            act()
    assert place.live() == FILES
    with pytest.raises(PublishError) as failed:
        target.read("gone.html")
    assert str(failed.value) == f"{place.folder}/gone.html: No such file or directory; mend this and publish again"


@pytest.mark.parametrize("kind", ["folder", "rsync"])
def test_files_are_for_all_to_read(make_place: Any, out: Path, kind: str) -> None:
    (out / "index.html").chmod(0o600)
    place = make_place(kind)
    target = place.open(out=out)
    fill(target)
    target.write("list.json", b"{}")
    assert {path.stat().st_mode & 0o777 for path in place.folder.rglob("*") if path.is_file()} == {0o644}


@pytest.mark.parametrize("kind", ["folder", "rsync"])
def test_a_link_at_the_place_is_no_file_of_ours(make_place: Any, out: Path, kind: str) -> None:
    place = make_place(kind)
    (place.folder / "link.html").symlink_to("nowhere -> here")
    (place.folder / "folder").symlink_to(out)
    place.add("a -> b.html", b"123")
    found = place.open(out=out).survey()
    assert (found["link.html"].size, found["folder"].size) == (NO_FILE, NO_FILE)
    assert found.keys() >= {"link.html", "folder", "a -> b.html"}


def test_a_folder_keeps_no_part_of_a_file_and_no_folder_that_it_emptied(
    make_place: Any, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place("folder")
    target = place.open(out=out)
    fill(target)
    list(target.delete(list(FILES)))
    assert list(place.folder.iterdir()) == []

    def fail(path: Path, _: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PublishError, match="No space left on device; mend this and publish again"):
        target.write("list.json", b"{}")
    assert list(place.folder.iterdir()) == []


def test_a_folder_s_files_are_not_written_or_deleted_through_what_others_put_there(make_place: Any, out: Path) -> None:
    place = make_place("folder")
    target = place.open(out=out)
    fill(target)
    elsewhere = write(place.folder.with_name("elsewhere"), {"a.html": b"theirs"})
    (place.folder / "static" / "x y.css").unlink()
    (place.folder / "static").rmdir()
    (place.folder / "static").symlink_to(elsewhere)
    with pytest.raises(PublishError, match=r"static: is no folder, and one is needed here; move it away"):
        target.write("static/a.html", b"ours")
    assert list(target.delete(["static/a.html"])) == ["static/a.html"]
    assert (elsewhere / "a.html").read_bytes() == b"theirs"


def test_a_share_without_modes_is_written_to(make_place: Any, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    place = make_place("folder")
    fill(place.open(out=out))
    assert place.live() == FILES


PASSING: list[tuple[Callable[[Exception], bool], Callable[[Any], Exception], list[object], list[object]]] = [
    (folder.is_passing, lambda code: OSError(code, "x"), [11, 16, 4, 116, 110, 104], [2, 13, 28]),
    (
        branch.is_passing,
        lambda words: FailedError("there", 128, words),
        [
            *("Could not resolve host: x", "Connection timed out", "fatal: early EOF", "the remote end hung up"),
            *("Connection reset by peer", "Connection refused", "The requested URL returned error: 503"),
        ],
        ["fatal: Authentication failed", "The requested URL returned error: 403"],
    ),
    (
        rsync.is_passing,
        lambda code: FailedError("there", code, "said"),
        [10, 12, 30, 35, 255],
        [1, 11, 23, 24, 127],
    ),
    (web.is_passing, lambda code: urllib.error.HTTPError("", code, "", Message(), None), [500, 503], [403, 404, 499]),
    (
        bucket.is_passing,
        lambda code: ClientError({"ResponseMetadata": {"HTTPStatusCode": code}}, "Put"),
        [429],
        [403, 500],  # The library tries a broken service again by itself.
    ),
]


@pytest.mark.parametrize(
    ("is_passing", "error", "yes", "no"), PASSING, ids=["folder", "branch", "rsync", "web", "bucket"]
)
def test_what_may_be_gone_a_moment_later(
    is_passing: Callable[[Exception], bool], error: Callable[[Any], Exception], yes: list[object], no: list[object]
) -> None:
    assert [is_passing(error(each)) for each in yes] == [True] * len(yes)
    assert [is_passing(error(each)) for each in no] == [False] * len(no)
    assert not is_passing(ValueError("a bug"))


def test_a_connection_that_breaks_is_no_bug() -> None:
    assert web.is_passing(TimeoutError())
    assert web.is_passing(http.client.IncompleteRead(b""))


@pytest.mark.parametrize("times", [0, 2, 3])
def test_what_passes_is_tried_again_so_many_times_and_no_more(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    waits: list[float] = []
    left = [OSError(n) for n in range(times)]
    monkeypatch.setattr("readout_site.shell.publishing.target.WAITS", (0.5, 1.0))
    monkeypatch.setattr("time.sleep", waits.append)

    def act() -> str:
        if left:
            raise left.pop()
        return "done"

    if times == 3:
        with pytest.raises(OSError, match="0"):
            patiently(act, lambda error: isinstance(error, OSError))
    else:
        assert patiently(act, lambda error: isinstance(error, OSError)) == "done"
    assert waits == [0.5, 1.0][:times]
    left.append(OSError(7))
    with pytest.raises(OSError, match="7"):
        patiently(act, lambda _: False)
