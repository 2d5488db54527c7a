"""The list of published files is doubted wherever it may not be ours."""

import json

import pytest

from readout_site.shell.manifest import NAME, Entry
from readout_site.shell.publishing.ledger import LEDGER, PublishError, decode_ledger, encode_ledger, is_page, unfinished
from readout_site.shell.publishing.ledger import Ledger as Listed

REMEDY = f"so own files cannot be told from others'; remove {LEDGER} there and publish with --first --adopt"


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b'{"files": {"a": 1}}'])
def test_a_list_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(PublishError) as caught:
        decode_ledger(data, "there")
    assert str(caught.value) == f"there: its list of published files cannot be read, {REMEDY}"


@pytest.mark.parametrize("path", ["../x", "a//b", "", "/x", LEDGER, NAME])
def test_a_list_that_names_what_is_not_ours_is_refused(path: str) -> None:
    files = {each: {"size": 0, "sha256": "0" * 64} for each in ("a.html", path)}
    with pytest.raises(PublishError) as caught:
        decode_ledger(json.dumps({"files": files}).encode(), "there")
    assert str(caught.value) == f"there: its list of published files names {path!a}, {REMEDY}"


def test_a_list_is_sorted_indented_and_ends_with_a_line() -> None:
    lines = encode_ledger(Listed({}, ("b", "a"))).decode().split("\n")
    assert lines[0] == "{"
    assert [line.strip() for line in lines if line.startswith("  ")] == ['"a",', '"b"']
    assert lines[-2:] == ["}", ""]


def test_what_is_touched_stays_unsettled_until_all_is_done() -> None:
    ledger = unfinished({}, Listed({}, ("a",)), ("b",))
    assert (ledger.files, set(ledger.unsettled)) == ({}, {"a", "b"})


def test_while_a_change_is_under_way_a_file_may_be_there_as_it_was_or_as_it_is_to_be() -> None:
    old, new, newest, other = (Entry(3, letter * 64) for letter in "abcd")
    first = unfinished({"a": new, "b": other}, Listed({"a": old, "b": other, "gone": old}), ("a", "gone"))
    assert [first.versions(path) for path in ("a", "b", "gone", "no")] == [(old, new), (other,), (old,), ()]
    second = decode_ledger(encode_ledger(unfinished({"a": newest}, first, ("a",))), "there")
    assert second.versions("a") == (old, new, newest)
    assert unfinished({"a": old}, second, ("a",)).versions("a") == (new, newest, old)


def test_pages_are_what_ends_as_pages_do() -> None:
    assert [is_page(path) for path in ("a.html", "a.txt", "html", "a.html.br")] == [True, False, False, False]
