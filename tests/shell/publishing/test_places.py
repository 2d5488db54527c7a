"""Publishing to each kind of place: what is brought, kept, deleted, refused, and what a second time does."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readout_site.shell.build import build
from readout_site.shell.manifest import entry_of
from readout_site.shell.publishing.ledger import LEDGER, Ledger, PublishError, decode_ledger, encode_ledger, unfinished
from readout_site.shell.publishing.publish import Terms
from readout_site.shell.publishing.verify import Comparison, verify
from readout_site.shell.track import silently

NONE = Terms()


def test_what_was_built_is_what_is_live(place: Any, sites: Any) -> None:
    survey = sites.bring(place)
    assert sites.own(place) == sites.shown(sites.before)
    assert len(survey.plan.puts()) == len(sites.shown(sites.before))
    assert verify(sites.site, sites.before, place.open(adopt=True, out=sites.before), silently).files > 20


def test_the_second_time_nothing_is_uploaded(place: Any, sites: Any) -> None:
    sites.bring(place)
    live = place.live()
    times = [path.stat().st_mtime_ns for path in sorted(place.folder.rglob("*"))] if hasattr(place, "folder") else []
    survey = sites.bring(place, terms=NONE)
    assert survey.plan.touched() == ()
    assert place.live() == live
    if place.kind == "branch":
        assert len(place.commits()) == 1
    if times:
        assert [path.stat().st_mtime_ns for path in sorted(place.folder.rglob("*"))] == times


def test_a_days_edits_are_brought_and_nothing_else(place: Any, sites: Any) -> None:
    sites.bring(place)
    survey = sites.bring(place, sites.after, NONE)
    before, after = sites.shown(sites.before), sites.shown(sites.after)
    assert sites.own(place) == after
    assert set(survey.plan.puts()) == {path for path in after if after[path] != before.get(path)}
    assert set(survey.plan.deleted) == before.keys() - after.keys()
    assert survey.plan.kept > 0


def test_files_of_others_are_kept(place: Any, sites: Any) -> None:
    place.add("CNAME", b"example.org\n")
    place.add("readouts.txt", b"mine\n")
    sites.bring(place)
    sites.bring(place, sites.after, NONE)
    live = place.live()
    assert (live["CNAME"], live["readouts.txt"]) == (b"example.org\n", b"mine\n")


def test_files_of_others_are_not_overwritten_without_a_word(place: Any, sites: Any) -> None:
    place.add("index.html", b"mine\n")
    with pytest.raises(PublishError, match=r"holds files that were not published from here: index\.html; .*--adopt"):
        sites.bring(place)
    assert sites.own(place) == {"index.html": b"mine\n"}
    sites.bring(place, terms=Terms(first=True, adopt=True))
    assert sites.own(place) == sites.shown(sites.before)


def test_a_file_where_a_folder_is_needed_stops_it_before_it_begins(place: Any, sites: Any) -> None:
    place.add("readouts", b"mine\n")
    with pytest.raises(PublishError, match="not published from here: readouts"):
        sites.bring(place)
    assert sites.own(place) == {"readouts": b"mine\n"}


def test_what_is_there_already_is_not_uploaded_again(place: Any, sites: Any) -> None:
    place.add("index.html", sites.shown(sites.before)["index.html"])
    survey = sites.bring(place)
    assert "index.html" not in survey.plan.puts()
    assert b"index.html" in place.live()[LEDGER]


def test_a_dry_run_changes_nothing(place: Any, sites: Any) -> None:
    sites.bring(place)
    live = place.live()
    survey = sites.bring(place, sites.after, Terms(dry_run=True))
    assert survey.plan.touched()
    assert place.live() == live


def test_many_pages_gone_need_consent(place: Any, sites: Any) -> None:
    sites.bring(place, sites.after)
    live = place.live()
    many = {f"gone-{number}.html": data for number, data in enumerate(list(live.values())[:20])}
    place.add_all({**many, LEDGER: encode_ledger(Ledger(survey_of(live) | survey_of(many)))})
    adopting = Terms(adopt=True)
    with pytest.raises(PublishError, match=r"20 of \d+ pages there would go away; see --dry-run .*--allow-deletes"):
        sites.bring(place, sites.after, adopting)
    assert many.keys() < place.live().keys()
    sites.bring(place, sites.after, Terms(adopt=True, deletes=True))
    assert sites.own(place) == sites.shown(sites.after)


def survey_of(files: dict[str, bytes]) -> dict[str, Any]:
    return {path: entry_of(data) for path, data in files.items() if path not in {LEDGER, ".nojekyll"}}


def test_verify_names_each_changed_missing_extra_and_foreign_file(place: Any, sites: Any) -> None:
    sites.bring(place)
    old = min(sites.shown(sites.before).keys() - sites.shown(sites.after).keys())
    page = place.live()["method.html"]
    place.add("method.html", page.replace(b"a", b"b", 1))  # Of the same size.
    place.add("404.html", b"another")
    place.add("evil.html", b"not of the site")
    place.add("CNAME", b"example.org\n")
    place.remove("index.html")
    found = verify(sites.site, sites.before, place.open(adopt=True, out=sites.before), silently)
    assert (found.changed, found.missing) == (("404.html", "method.html"), ("index.html",))
    assert (found.extra, found.foreign) == ((), ("evil.html",))
    assert old in verify(sites.site, sites.after, place.open(adopt=True, out=sites.after), silently).extra


def test_what_was_lost_there_is_brought_again(place: Any, sites: Any) -> None:
    sites.bring(place)
    place.remove("index.html")
    survey = sites.bring(place, terms=Terms(adopt=True))
    assert survey.plan.puts() == ("index.html",)
    assert sites.own(place) == sites.shown(sites.before)


def test_what_others_altered_there_at_the_same_size_is_put_again(place: Any, sites: Any) -> None:
    sites.bring(place)
    page = place.live()["method.html"]
    place.add("method.html", page.replace(b"a", b"b", 1))
    survey = sites.bring(place, terms=Terms(adopt=True))
    assert (survey.plan.puts(), survey.altered) == (("method.html",), ("method.html",))
    assert sites.own(place) == sites.shown(sites.before)


def test_what_others_put_in_the_place_of_ours_is_left_and_told(place: Any, sites: Any) -> None:
    sites.bring(place)
    gone = sorted(sites.shown(sites.before).keys() - sites.shown(sites.after).keys())
    longer, alike, *rest = gone
    size = len(place.live()[alike])
    place.add_all({longer: b"mine, and of another size", alike: b"x" * size})
    survey = sites.bring(place, sites.after, Terms(adopt=True))
    assert (survey.left, survey.plan.deleted) == ((longer, alike), tuple(rest))
    assert sites.own(place) == {**sites.shown(sites.after), longer: b"mine, and of another size", alike: b"x" * size}
    again = sites.bring(place, sites.after, Terms(adopt=True))
    assert (again.plan.touched(), again.left) == ((), ())


def test_a_page_that_goes_away_after_a_change_that_was_cut_is_deleted(place: Any, sites: Any) -> None:
    sites.bring(place)
    gone = min(sites.shown(sites.before).keys() - sites.shown(sites.after).keys())
    files = decode_ledger(place.live()[LEDGER], "there").files
    cut = unfinished({**files, gone: entry_of(b"never put")}, Ledger(files), (gone,))
    place.add(LEDGER, encode_ledger(cut))
    assert gone in sites.bring(place, sites.after, Terms(adopt=True)).plan.deleted
    assert sites.own(place) == sites.shown(sites.after)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"files": {"../x": {"size": 1, "sha256": ""}}, "schema": "readout-site/published/1"}']
)
def test_a_ledger_that_cannot_be_trusted_stops_it(place: Any, sites: Any, data: bytes) -> None:
    sites.bring(place)
    place.add(LEDGER, data)
    live = place.live()
    with pytest.raises(PublishError, match=r"list of published files .*--first --adopt"):
        sites.bring(place, terms=Terms(adopt=True))
    assert place.live() == live


@pytest.fixture
def odd(sites: Any, tmp_path: Path) -> Iterator[Path]:
    """Return an output folder with a file whose name is of other letters."""
    own = sites.site / "templates" / "static"
    own.mkdir(parents=True)
    (own / "größe.txt").write_text("x", encoding="utf-8")
    build(sites.site, tmp_path / "odd", silently)
    shutil.rmtree(own.parent)
    yield tmp_path / "odd"
    build(sites.site, sites.after, silently)


def test_a_name_of_any_letters_is_brought_compared_and_deleted(make_place: Any, sites: Any, odd: Path) -> None:
    for place in map(make_place, ("rsync", "branch")):
        sites.bring(place, odd)
        assert sites.own(place) == sites.shown(odd)
        place.remove(LEDGER)
        sites.bring(place, odd, Terms(first=True, adopt=True))
        assert verify(sites.site, odd, place.open(adopt=True, out=odd), silently) == Comparison(
            len(sites.shown(odd)), (), (), (), ()
        )
        assert "static/größe.txt" in sites.bring(place, sites.after, NONE).plan.deleted
        assert sites.own(place) == sites.shown(sites.after)
