"""Captures are compared with the list of their digests, and the list is written whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from readout_site.shell.disk import UnreadableError
from readout_site.shell.fixity import (
    CHANGED,
    GONE,
    MANIFEST,
    RENAMED,
    UNLISTED,
    FixityError,
    check_fixity,
    digests,
    escape,
    fixity_problems,
    read_list,
    record,
    unescape,
)  # fmt: skip

ONE = hashlib.sha256(b"one").hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a site with a capture, an earlier version of it, and a file that is neither."""
    content = tmp_path / "site" / "content"
    for name in ("captures/a.txt", "versions/a/1.txt", "captures/a.meta.yaml"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(b"one")
    return tmp_path / "site"


def write(place: Path, text: str) -> None:
    (place / "content" / MANIFEST).write_text(text, encoding="utf-8")


def test_captures_and_versions_have_digests_and_nothing_else(place: Path) -> None:
    assert digests(place) == {"captures/a.txt": ONE, "versions/a/1.txt": ONE}


def test_what_is_recorded_is_as_listed(place: Path) -> None:
    fixity = check_fixity(place)
    assert (fixity.files, fixity.faults, set(fixity.unlisted)) == (0, (), {"captures/a.txt", "versions/a/1.txt"})
    assert [(p.path, p.line, p.message) for p in fixity.remarks] == [
        ("captures/a.txt", None, UNLISTED),
        ("versions/a/1.txt", None, UNLISTED),
    ]
    record(place, fixity.unlisted)
    text = (place / "content" / MANIFEST).read_text(encoding="utf-8")
    assert text == f"{ONE}  captures/a.txt\n{ONE}  versions/a/1.txt\n"
    assert check_fixity(place).files == 2
    assert not list((place / "content").glob(".*"))


def test_what_changed_and_what_is_gone_is_told(place: Path) -> None:
    record(place, digests(place) | {"captures/b.txt": ONE})
    (place / "content" / "captures" / "a.txt").write_bytes(b"two")
    told = [(fault.path, fault.line, fault.message) for fault in check_fixity(place).faults]
    assert told == [
        ("captures/a.txt", None, CHANGED.format(path="content/captures/a.txt")),
        ("captures/b.txt", None, GONE.format(manifest=MANIFEST)),
    ]
    assert [fault.path for fault in fixity_problems(place, digests(place))] == ["captures/a.txt", "captures/b.txt"]
    assert check_fixity(place).files == 1


def test_what_is_renamed_is_told_once_and_listed_under_its_new_name(place: Path) -> None:
    record(place, digests(place) | {"captures/twin.txt": ONE})
    (place / "content" / "captures" / "a.txt").rename(place / "content" / "captures" / "b.txt")
    fixity = check_fixity(place)
    new = RENAMED.format(path="content/captures/b.txt")
    assert [(p.path, p.message) for p in fixity.remarks] == [("captures/a.txt", new)]
    assert [(p.path, p.message) for p in fixity.faults] == [("captures/twin.txt", GONE.format(manifest=MANIFEST))]
    assert [(p.path, p.notice) for p in fixity_problems(place, digests(place))] == [
        ("captures/a.txt", True),
        ("captures/twin.txt", False),
    ]
    record(place, fixity.unlisted, fixity.renamed)
    assert read_list(place) == dict.fromkeys(("captures/b.txt", "captures/twin.txt", "versions/a/1.txt"), ONE)


def test_what_is_gone_is_taken_out_and_the_rest_stays(place: Path) -> None:
    record(place, {"captures/b.txt": "0" * 64, "captures/a.txt": ONE})
    record(place, {"captures/c.txt": "1" * 64}, frozenset({"captures/a.txt"}))
    assert read_list(place) == {"captures/b.txt": "0" * 64, "captures/c.txt": "1" * 64}


def test_lists_of_other_tools_are_read(place: Path) -> None:
    assert read_list(place) == {}
    write(place, f"{ONE.upper()} *captures/a.txt\n{ONE}  captures/b%0Ac%0d%25.txt\n")
    assert read_list(place) == {"captures/a.txt": ONE, "captures/b\nc\r%.txt": ONE}


@pytest.mark.parametrize("line", ["", "captures/a.txt", f"{ONE[1:]}  captures/a.txt", f"{ONE}  ", f"{ONE}captures/a"])
def test_a_line_that_is_none_is_told_with_its_number(place: Path, line: str) -> None:
    write(place, f"{ONE}  captures/a.txt\n{line}\n")
    with pytest.raises(FixityError) as caught:
        read_list(place)
    said = "is no SHA-256 and path; mend or remove the line"
    assert str(caught.value) == f"{place / 'content' / MANIFEST}:2: {said}"
    assert [str(problem) for problem in fixity_problems(place, {})] == [f"{MANIFEST}: {said}"]


@pytest.mark.parametrize("path", ["a", "a%b", "a\nb", "a\rb", "%0A", "%250A\n"])
def test_a_path_stands_on_one_line_and_comes_back(path: str) -> None:
    assert len(escape(path).splitlines()) == 1
    assert unescape(escape(path)) == path


def test_a_list_that_cannot_be_written_is_told_and_leaves_nothing(place: Path) -> None:
    (place / "content" / MANIFEST).mkdir()
    with pytest.raises((FixityError, UnreadableError)):
        record(place, {"captures/a.txt": ONE})
    assert not list((place / "content").glob(".*"))
