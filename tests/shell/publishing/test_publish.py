"""The story of a publication, at a place in memory: what is asked before, what is told, what is compared."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from readout_site.shell.manifest import NAME, encode_manifest, entry_of
from readout_site.shell.publishing.ledger import LEDGER, Ledger, PublishError, decode_ledger, encode_ledger
from readout_site.shell.publishing.publish import Survey, Terms, publish
from readout_site.shell.publishing.target import Found
from readout_site.shell.publishing.verify import UNSERVED, Comparison, verify, verify_web
from readout_site.shell.publishing.web import Web
from readout_site.shell.track import silently

READOUT = "readouts/2031/a.html"
SITE = {READOUT: b"page", "index.html": b"home", "b.html": b"b", "c.html": b"c", "site.css": b"a{}"}


class Memory:
    """A place that forgets when the test ends, and notes what was done there."""

    name = "memory"

    def __init__(self, source: Path, *, marked: bool = False) -> None:
        self.source = source
        self.marked = marked
        self.files: dict[str, bytes] = {}
        self.done: list[str] = []
        self.breaks_at = ""

    def survey(self) -> dict[str, Found]:
        return {path: Found(len(data), doubtful=False) for path, data in self.files.items()}

    def read(self, path: str) -> bytes:
        return self.files[path]

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        return (path for path in paths if self.files[path] == (self.source / path).read_bytes())

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        return ((path, entry_of(self.files[path]).sha256) for path in paths)

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            if path == self.breaks_at:
                return
            self.files[path] = (self.source / path).read_bytes()
            self.done.append(f"put {path}")
            yield path

    def write(self, path: str, data: bytes) -> None:
        self.files[path] = data
        self.done.append(f"write {path}")

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            del self.files[path]
            self.done.append(f"delete {path}")
            yield path

    def finish(self, summary: str) -> None:
        self.done.append(summary)


Bring = Callable[..., Survey]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the output folder of a site."""
    build(tmp_path / "out", SITE)
    return tmp_path / "out"


def build(out: Path, files: dict[str, bytes]) -> None:
    """Write files as a build does."""
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    (out / NAME).write_bytes(encode_manifest({path: entry_of(data) for path, data in files.items()}))


@pytest.fixture
def place(out: Path) -> Memory:
    return Memory(out)


@pytest.fixture
def bring(out: Path, place: Memory) -> Bring:
    """Return a function that publishes to the place."""

    def brought(**terms: bool) -> Survey:
        return publish(out.parent, out, place, Terms(**terms), silently)

    return brought


def test_the_list_of_our_files_is_written_before_and_after_all_else(bring: Bring, place: Memory) -> None:
    bring()
    puts = [f"put {path}" for path in ("site.css", READOUT, "b.html", "c.html", "index.html")]
    assert place.done == [f"write {LEDGER}", *puts, f"write {LEDGER}", "Publish the site: 5 new, 0 changed, 0 deleted"]
    assert decode_ledger(place.files[LEDGER], "").unsettled == ()
    assert {path: data for path, data in place.files.items() if path != LEDGER} == SITE


def test_the_second_time_nothing_is_done(bring: Bring, place: Memory) -> None:
    bring()
    place.done.clear()
    survey = bring()
    assert (place.done, survey.plan.kept) == ([], len(SITE))


def test_a_dry_run_does_nothing_and_tells_the_same(bring: Bring, place: Memory) -> None:
    dry = bring(dry_run=True)
    assert place.done == []
    assert dry == bring()


def test_files_that_are_there_already_become_ours(bring: Bring, place: Memory) -> None:
    place.files |= SITE
    bring()
    assert place.done == [f"write {LEDGER}", "Publish the site: 0 new, 0 changed, 0 deleted"]
    assert decode_ledger(place.files[LEDGER], "").files.keys() == SITE.keys()


def test_what_was_cut_is_told_in_the_list_and_mended(bring: Bring, place: Memory) -> None:
    place.breaks_at = "b.html"
    with pytest.raises(PublishError, match=r"^b\.html: was not published; publish again$"):
        bring()
    assert set(decode_ledger(place.files[LEDGER], "").unsettled) == SITE.keys()
    place.breaks_at = ""
    place.done.clear()
    bring()
    assert [done for done in place.done if done.startswith("put")] == ["put b.html", "put c.html", "put index.html"]


def test_a_place_that_does_more_than_it_was_asked_is_a_bug(bring: Bring, place: Memory) -> None:
    place.put = lambda paths: iter([*paths, "more.html"])  # type: ignore[method-assign]
    with pytest.raises(KeyError):
        bring()


@pytest.mark.parametrize("marked", [True, False])
def test_a_place_without_a_list_may_be_a_disk_that_is_away(out: Path, *, marked: bool) -> None:
    place = Memory(out, marked=marked)
    if marked:
        with pytest.raises(PublishError, match=r"^memory: holds no site that was published there; .*--first$"):
            publish(out.parent, out, place, Terms(), silently)
        assert place.files == {}
    publish(out.parent, out, place, Terms(first=marked), silently)
    publish(out.parent, out, place, Terms(), silently)
    assert len(place.files) == len(SITE) + 1


@pytest.mark.parametrize(
    ("foreign", "named"),
    [
        (["index.html"], ": index.html; move"),
        (sorted(SITE), ": b.html, c.html, index.html, readouts/2031/a.html, site.css; move"),
        ([*SITE, "readouts"], ": b.html, c.html, index.html, readouts, readouts/2031/a.html and 1 more; move"),
    ],
)
def test_files_of_others_in_the_way_are_named(bring: Bring, place: Memory, foreign: list[str], named: str) -> None:
    place.files = dict.fromkeys(foreign, b"mine")
    with pytest.raises(PublishError) as refused:
        bring()
    assert f"holds files that were not published from here{named} them away" in str(refused.value)
    assert place.done == []
    bring(adopt=True)
    assert {path: place.files[path] for path in SITE} == SITE


@pytest.mark.parametrize(
    ("gone", "refused"),
    [(1, ""), (2, "2 of 6 pages there would go away"), (16, "16 of 20 pages there would go away")],
)
def test_more_than_a_quarter_of_the_pages_go_only_where_that_is_agreed_to(
    bring: Bring, place: Memory, gone: int, refused: str
) -> None:
    more = {f"gone{number}.html": b"x" for number in range(gone)} | {"gone.txt": b"x"}
    place.files = {**SITE, **more}
    listed = {path: entry_of(data) for path, data in place.files.items()}
    place.files[LEDGER] = encode_ledger(Ledger(listed))
    if refused:
        with pytest.raises(PublishError, match=f"^memory: {refused}; .* agree with --allow-deletes"):
            bring()
        assert place.done == []
    survey = bring(deletes=bool(refused))
    assert survey.plan.deleted == tuple(sorted(more))
    assert place.files.keys() == SITE.keys() | {LEDGER}


def test_just_a_quarter_of_the_pages_may_go(bring: Bring, place: Memory, out: Path) -> None:
    build(out, {**SITE, "d.html": b"d", "e.html": b"e", "f.html": b"f", "g.html": b"g"})
    bring()
    build(
        out,
        {path: data for path, data in SITE.items() if path != "b.html"}
        | {"d.html": b"d", "e.html": b"e", "f.html": b"f"},
    )
    assert bring().plan.deleted == ("b.html", "g.html")
    assert len(place.files) == len(SITE) + 3


@pytest.mark.parametrize("left", [{"index.html": b"home"}, {"index.html": b"home", "readouts/a.txt": b"x"}])
def test_a_site_without_a_briefing_is_empty(bring: Bring, out: Path, left: dict[str, bytes]) -> None:
    build(out, left)
    with pytest.raises(PublishError, match=r"^memory: the site is empty, and is not published"):
        bring()
    assert bring(deletes=True).plan.puts()


def test_what_is_live_is_compared_with_what_was_built(bring: Bring, place: Memory, out: Path) -> None:
    build(out, {**SITE, "gone.html": b"x"})
    bring()
    build(out, SITE)
    as_it_was = verify(out.parent, out, place, silently)
    assert as_it_was == Comparison(len(SITE), (), (), ("gone.html",), ())
    place.files |= {"c.html": b"C", "b.html": b"longer", "theirs.html": b"x", "CNAME": b"example.org"}
    del place.files["index.html"]
    found = verify(out.parent, out, place, silently)
    assert found == Comparison(len(SITE), ("b.html", "c.html"), ("index.html",), ("gone.html",), ("theirs.html",))
    del place.files[LEDGER]
    assert verify(out.parent, out, place, silently).foreign == ("gone.html", "theirs.html")


class Served(Web):
    """An address that serves what a place in memory holds."""

    def __init__(self, place: Memory) -> None:
        super().__init__("https://example.org/")
        self.place = place

    def digest(self, path: str) -> str:
        data = self.place.files.get(path)
        return "" if data is None else entry_of(data).sha256


def test_what_is_served_is_compared_with_what_was_built(bring: Bring, place: Memory, out: Path) -> None:
    build(out, SITE | dict.fromkeys(("_headers", "_redirects", "CNAME", ".nojekyll"), b"for the host"))
    assert len(UNSERVED) == 4
    bring()
    for path in UNSERVED:
        del place.files[path]
    assert verify_web(out.parent, out, Served(place), silently) == Comparison(len(SITE), (), (), (), ())
    place.files["c.html"] = b"C"
    del place.files["index.html"]
    found = verify_web(out.parent, out, Served(place), silently)
    assert found == Comparison(len(SITE), ("c.html",), ("index.html",), (), ())


def test_how_far_it_has_come_is_told(place: Memory, out: Path) -> None:
    told: list[tuple[str, int]] = []

    def track(items: Iterable[Any], what: str, total: int) -> Iterable[Any]:
        told.append((what, total))
        return items

    publish(out.parent, out, place, Terms(), track)
    verify(out.parent, out, place, track)
    verify_web(out.parent, out, Served(place), track)
    assert told == [("Comparing", 0), ("Publishing", len(SITE)), ("Comparing", len(SITE)), ("Comparing", len(SITE))]
