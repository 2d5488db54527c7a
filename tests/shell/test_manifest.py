"""The list of our own files is written the same each time, and doubted wherever it may not be ours."""

import json
from pathlib import Path

import pytest

from readout_site.shell.manifest import NAME, Entry, ManifestError, encode_manifest, entry_of, is_inside, read_manifest

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_manifest_has_a_line_for_each_fact_in_order_of_paths() -> None:
    lines = encode_manifest({"b.html": Entry(2, "f"), "a.html": entry_of(b"")}).decode().split("\n")
    assert lines == [
        "{",
        ' "files": {',
        '  "a.html": {',
        '   "size": 0,',
        f'   "sha256": "{EMPTY}"',
        "  },",
        '  "b.html": {',
        '   "size": 2,',
        '   "sha256": "f"',
        "  }",
        " },",
        ' "schema": "readout-site/manifest/1"',
        "}",
        "",
    ]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    files = {"a/b.html": entry_of(b"x"), "...": entry_of(b""), ".nojekyll": entry_of(b"")}
    (tmp_path / NAME).write_bytes(encode_manifest(files))
    assert read_manifest(tmp_path) == files


def test_where_nothing_was_written_nothing_is_ours(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_manifest(tmp_path) == read_manifest(tmp_path / "none") == read_manifest(tmp_path / "file") == {}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"files": {"a": 1}}', b"\xff"])
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path)
    reason = "cannot be read, so own files cannot be told from others'"
    assert str(caught.value) == f"{tmp_path / NAME}: {reason}; empty the folder {tmp_path} and build again"


@pytest.mark.parametrize(
    "name", ["", "/etc/x", "a//b", "a/", "../x", "a/../b", "a/..", "./a", "a/./b", ".", "..", "a\0b", NAME]
)
def test_a_manifest_that_names_what_is_not_ours_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_inside(name)
    (tmp_path / NAME).write_text(json.dumps({"files": {"a.html": {"size": 0, "sha256": EMPTY}, name: entry(name)}}))
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path)
    reason = f"lists {name!a}, which is no file of the output, so it is not this tool's work"
    assert str(caught.value) == f"{tmp_path / NAME}: {reason}; empty the folder {tmp_path} and build again"


def entry(name: str) -> dict[str, object]:
    """Return an entry of a manifest, as JSON."""
    return {"size": len(name), "sha256": EMPTY}
