"""Which files are captures, and what their meta files say."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_site.records import Meta, Problem
from readout_site.shell.captures import CaptureFile, locate, meta_of, parse_meta, understood_meta
from readout_site.shell.captures import find_captures as find
from readout_site.shell.disk import survey
from readout_site.strictyaml import YamlError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the captures of an empty site."""
    path = tmp_path / "content" / "captures"
    path.mkdir(parents=True)
    return path


def find_captures(site: Path) -> tuple[list[CaptureFile], list[Problem]]:
    """Return the captures of a site, and what is wrong with the files beside them."""
    (captures, faults), (notes, others) = (survey(site / "content" / name, site) for name in ("captures", "notes"))
    files, problems = find(site / "content", list(captures), list(notes))
    return files, [*faults, *others, *problems]


def told(site: Path) -> dict[str, str]:
    """Return the problems of a site by path and line."""
    return {f"{p.path}:{p.line or ''}": p.message for p in find_captures(site)[1]}


def test_captures_are_found_in_the_order_of_their_names_whatever_the_folder_says(folder: Path, tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "2023/c.HTML", "2023/10/d.htm", ".hidden.txt", "e.txt~", ".git/f.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    captures, problems = find_captures(tmp_path)
    assert [capture.file for capture in captures] == ["2023/10/d.htm", "2023/c.HTML", "a.md", "b.txt"]
    assert problems == []


def test_what_lies_beside_a_capture_is_found(folder: Path, tmp_path: Path) -> None:
    (folder / "2023").mkdir()
    (folder / "2023" / "a.b.txt").write_text("x")
    (folder / "2023" / "a.b.meta.yaml").write_text("url: https://example.org/\ndate: 2023-11-17\naliases: [old]\n")
    (tmp_path / "content" / "notes" / "2023").mkdir(parents=True)
    (tmp_path / "content" / "notes" / "2023" / "a.b.yaml").write_text("notes:\n")
    (capture,), problems = find_captures(tmp_path)
    assert meta_of(capture) == Meta(url="https://example.org/", date="2023-11-17", aliases=("old",))
    assert capture.notes == str(tmp_path / "content" / "notes" / "2023" / "a.b.yaml")
    assert problems == []
    assert locate(folder / "2023" / "a.b.txt") == capture


def test_what_belongs_to_no_capture_is_reported(folder: Path, tmp_path: Path) -> None:
    (folder / "a.pdf").write_text("x")
    (folder / "b.meta.yaml").write_text("date: 2023-11-17\n")
    (tmp_path / "content" / "notes").mkdir()
    (tmp_path / "content" / "notes" / "c.yaml").write_text("notes:\n")
    assert {place: message.partition(";")[0] for place, message in told(tmp_path).items()} == {
        "captures/a.pdf:": "is no capture: these end in .txt, .md, .html, .htm",
        "captures/b.meta.yaml:": "describes no capture that is here",
        "notes/c.yaml:": "holds notes on no capture that is here",
    }


def test_links_pipes_and_odd_names_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    site = tmp_path
    (folder / "real.txt").write_text("x")
    (folder / "inside.txt").symlink_to("real.txt")
    (folder / "secret.txt").symlink_to("/etc/passwd")
    (folder / "parent").symlink_to("..")
    (folder / "loop").symlink_to("loop")
    (folder / "dangling.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("x")
    captures, problems = find_captures(site)
    assert [capture.file for capture in captures] == ["inside.txt", "real.txt"]
    assert {problem.path: problem.message.partition(";")[0].partition(",")[0] for problem in problems} == {
        "captures/secret.txt": "is a link out of the site",
        "captures/parent": "is a link to no file",
        "captures/loop": "is a link to no file",
        "captures/dangling.txt": "is a link to no file",
        "captures/pipe.txt": "is neither a file nor a folder",
        "captures/\\xff.txt": "its name is not UTF-8",
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("date: 2023-02-30", 1, "`2023-02-30` is no day of the calendar"),
        ("\ndate: 17 November", 2, "`17 November` is not what `date` takes; write a day as YYYY-MM-DD"),
        ("url: javascript:x", 1, "`javascript:x` is not what `url` takes; write an http or https address"),
        ("via: //example.org", 1, "`//example.org` is not what `via` takes"),
        ("draft: yes", 1, "`yes` is not what `draft` takes; write true or false"),
        ("aliases: a", 1, "`aliases` must be a list"),
        ("ulr: x", 1, "unknown key `ulr`; did you mean `url`?"),
        ("- a", 1, "this file must be a mapping with the keys `url`, `via`, `date`"),
        ("url: *x", 1, "anchors and aliases are not read"),
    ],
)
def test_a_mistake_in_a_meta_file_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse_meta(text)
    assert caught.value.line == line
    assert caught.value.message.startswith(message)


def test_every_field_of_a_meta_file_is_read() -> None:
    text = "url: http://a/\nvia: http://b/\ndate: 2023-01-02\ncaptured: 2023-01-03\n"
    text += "draft: false\naliases: [x]\nencounter: e\n"
    meta = Meta("http://a/", "http://b/", "2023-01-02", "2023-01-03", draft=False, aliases=("x",), encounter="e")
    assert parse_meta(text) == meta
    assert parse_meta("# nothing yet") == Meta()


def test_a_file_outside_a_site_stands_for_itself(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    found = locate(tmp_path / "x.txt")
    assert (found.file, meta_of(found), found.notes) == ("x.txt", Meta(), None)


def test_the_order_does_not_hang_on_the_disk(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "cab":
        (folder / f"{name}.txt").write_text("x")
    listed: Callable[..., object] = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(listed(path))))  # type: ignore[call-overload]
    assert [capture.file for capture in find_captures(tmp_path)[0]] == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("titel: x\n", False),
        ("date: 2024-02-30\n", False),
        ("encounter: draft: true\n", False),
        ("# draft: true\ntitel: x\n", False),
        ("draft: false\ntitel: x\n", False),
        ("titel: x\ndraft: true\n", True),
        ("draft: yes\n", True),
        ("- draft: 'true'\n", True),
    ],
)
def test_a_mistake_in_a_meta_file_takes_no_page_away_and_publishes_no_draft(
    folder: Path, text: str, *, draft: bool
) -> None:
    (folder / "a.txt").write_text("x")
    (folder / "a.meta.yaml").write_text(f"url: https://example.org/\n{text}")
    meta, problem = understood_meta(locate(folder / "a.txt"))
    assert meta == Meta(draft=draft)
    assert problem is not None
    assert (problem.path, problem.notice, "stays a draft" in problem.message) == ("captures/a.meta.yaml", False, draft)
