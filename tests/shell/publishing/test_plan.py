"""What to put in which order, from lists of files alone."""

import time
from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.shell.manifest import Entry
from readout_site.shell.publishing.ledger import Ledger, decode_ledger, encode_ledger, unfinished
from readout_site.shell.publishing.plan import Plan, altered, make_plan, others, outdated, pages_gone, unsure
from readout_site.shell.publishing.target import Found
from readout_site.shell.publishing.verify import compare

PATHS = (
    "index.html", "404.html", "feed.xml", "static/site.css", "topics/trade.html", "archive/index.html",
    "readouts/2023/11/17-a.html", "readouts/2023/11/17-a.txt", "readouts/2023/11/17-b.html",
)  # fmt: skip
OLD, NEW, OTHER = Entry(3, "a" * 64), Entry(3, "b" * 64), Entry(4, "c" * 64)
FILES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([OLD, NEW, OTHER]))


def plan(
    wanted: Mapping[str, Entry], own: Mapping[str, Entry], unsettled: Collection[str] = (), same: Collection[str] = ()
) -> Plan:
    """Return the plan for a place that holds our own files and nothing else."""
    there = found({path: entry.size for path, entry in own.items()})
    ledger = Ledger(dict(own), tuple(unsettled))
    return make_plan(wanted, ledger, there, same, outdated(wanted, ledger, there))


def found(sizes: Mapping[str, int], doubtful: Collection[str] = ()) -> dict[str, Found]:
    """Return files of these sizes as a place tells of them."""
    return {path: Found(size, path in doubtful) for path, size in sizes.items()}


def test_new_files_come_first_then_changed_ones_lists_after_briefings_home_last_then_deletions() -> None:
    own = dict.fromkeys(("index.html", "static/site.css", "topics/trade.html", "readouts/2023/11/17-a.html"), OLD)
    wanted = dict.fromkeys((*own, "readouts/2023/11/17-b.html", "readouts/2023/11/17-b.txt", "feed.xml"), NEW)
    made = plan(wanted, own | {"gone.html": OLD})
    assert made.new == (("readouts/2023/11/17-b.txt",), ("readouts/2023/11/17-b.html",), ("feed.xml",))
    assert made.changed == (
        ("static/site.css",), ("readouts/2023/11/17-a.html",), ("topics/trade.html",), ("index.html",)
    )  # fmt: skip
    assert (made.deleted, made.kept, made.bytes) == (("gone.html",), 0, 21)


def test_on_an_empty_place_the_home_page_is_the_last_of_all() -> None:
    assert plan(dict.fromkeys(PATHS, NEW), {}).puts()[-1] == "index.html"


@given(FILES, FILES)
def test_all_that_differs_is_put_once_and_all_else_is_kept(wanted: dict[str, Entry], own: dict[str, Entry]) -> None:
    made = plan(wanted, own)
    assert sorted(made.puts()) == sorted(path for path in wanted if own.get(path) != wanted[path])
    assert set(made.deleted) == own.keys() - wanted.keys()
    assert made.kept == len(wanted) - len(made.puts())


@given(FILES, FILES)
def test_no_changed_file_comes_before_a_new_one_but_the_home_page(
    wanted: dict[str, Entry], own: dict[str, Entry]
) -> None:
    puts = [path for path in plan(wanted, own).puts() if path != "index.html"]
    known = [path in own for path in puts]
    assert known == sorted(known)


@given(FILES, FILES, st.data())
def test_after_a_cut_anywhere_the_rest_alone_is_done(
    wanted: dict[str, Entry], own: dict[str, Entry], data: st.DataObject
) -> None:
    first = plan(wanted, own)
    done = data.draw(st.integers(0, len(first.touched())))
    live = dict(own)
    for path in first.touched()[:done]:
        live.pop(path) if path in first.deleted else live.update({path: wanted[path]})
    ledger = unfinished(wanted, Ledger(own), first.touched())
    there = found({path: entry.size for path, entry in live.items()})
    same = {path for path in unsure(wanted, ledger, there) if live[path] == wanted[path]}
    rest = make_plan(wanted, ledger, there, same, outdated(wanted, ledger, there))
    assert set(rest.touched()) == set(first.touched()[done:])
    assert others(wanted, ledger, there, same) == []


def test_what_only_a_look_can_tell_is_unsettled_or_not_ours_and_of_the_right_size() -> None:
    wanted = dict.fromkeys(("ours", "unsettled", "foreign", "longer", "missing"), NEW)
    ledger = Ledger({"ours": NEW, "unsettled": NEW}, ("unsettled",))
    there = found({"ours": 3, "unsettled": 3, "foreign": 3, "longer": 4})
    assert unsure(wanted, ledger, there) == ["unsettled", "foreign"]
    assert make_plan(wanted, ledger, there, ["foreign"], []).puts() == ("missing", "longer", "unsettled")


def test_a_file_that_may_have_been_altered_is_looked_at_and_put_again_where_it_was() -> None:
    wanted = dict.fromkeys(("altered", "touched", "whole", "cut"), NEW)
    ledger = Ledger(dict(wanted), ("cut",))
    there = found(dict.fromkeys(wanted, 3), ("altered", "touched"))
    assert unsure(wanted, ledger, there) == ["altered", "touched", "cut"]
    made = make_plan(wanted, ledger, there, ["touched"], [])
    assert made.puts() == ("altered", "cut")
    assert altered(made, wanted, ledger) == ("altered",)


def test_of_what_is_outdated_only_what_is_as_published_is_deleted() -> None:
    ledger = Ledger(dict.fromkeys(("b", "a", "gone", "wanted"), OLD))
    there = found({"b": 3, "a": 9, "wanted": 3, "theirs": 3})
    assert outdated({"wanted": OLD}, ledger, there) == ["a", "b"]
    assert make_plan({"wanted": OLD}, ledger, there, (), ["b"]).deleted == ("b",)


def test_a_file_where_a_folder_below_another_is_wanted_is_in_the_way() -> None:
    there = found({"a/b": 3, "ab": 3, "b": 3, "a/b/d": 3})
    assert others({"a/b/c.html": NEW}, Ledger({}), there, ()) == ["a/b"]
    assert others({"a/b/c.html": NEW}, Ledger({"a/b": OLD}), there, ()) == []


def test_a_file_of_another_size_there_is_put_again() -> None:
    made = make_plan({"a.html": NEW}, Ledger({"a.html": NEW}), found({"a.html": 2}), (), ())
    assert made.puts() == ("a.html",)


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ({"a/b.html": 3}, ["a/b.html"]),
        ({"a": 3}, ["a"]),
        ({"a/b.html/c": 3}, []),
        ({"CNAME": 3, "a/c.html": 3}, []),
    ],
)
def test_files_of_others_in_the_way_are_named(there: dict[str, int], named: list[str]) -> None:
    assert others({"a/b.html": NEW}, Ledger({}), found(there), ()) == named
    assert others({"a/b.html": NEW}, Ledger({}), found(there), {"a/b.html"}) == [path for path in named if path == "a"]


def test_only_pages_are_counted_as_gone() -> None:
    own = Ledger(dict.fromkeys(("a.html", "b.html", "c.txt"), OLD))
    assert pages_gone({"a.html": NEW}, own) == (1, 2)


@given(FILES, st.lists(st.sampled_from(PATHS), unique=True))
def test_a_ledger_comes_back_as_it_was_written(files: dict[str, Entry], unsettled: list[str]) -> None:
    ledger = Ledger(files, tuple(sorted(unsettled)))
    assert decode_ledger(encode_ledger(ledger), "there") == ledger
    turned = Ledger(dict(reversed(files.items())), tuple(reversed(ledger.unsettled)))
    assert encode_ledger(turned) == encode_ledger(ledger)


def test_a_place_full_of_others_files_is_looked_through_in_time() -> None:
    there = found({f"theirs/{number}.txt": 3 for number in range(20_000)} | {"readouts": 3})
    wanted = {f"readouts/{number}.html": NEW for number in range(20_000)}
    began = time.process_time()
    assert others(wanted, Ledger({}), there, ()) == ["readouts"]
    assert not compare(wanted, frozenset(), wanted.keys()).changed
    assert time.process_time() - began < 2
