"""A readout that was changed at its source: both texts are kept, and the page shows what differs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from readout_site.shell.bounds import LARGEST

Run = Callable[..., Result]
NAME = "2024-05-14-example-sample"
PAGE = "build/readouts/2024/05/14-example-sample"


@pytest.fixture
def capture(site: Path) -> Path:
    """Return the capture of the example."""
    return site / "content" / "captures" / f"{NAME}.txt"


@pytest.fixture
def newer(capture: Path, tmp_path: Path) -> Path:
    """Return a newer capture of the same readout."""
    text = capture.read_text(encoding="utf-8")
    changed = text.replace("lighthouses save lives", "lanterns save lives").replace(
        "as is every word", "and every word"
    )
    (tmp_path / "again.txt").write_text(changed, encoding="utf-8")
    return tmp_path / "again.txt"


def test_both_texts_are_kept_listed_published_and_compared(run: Run, site: Path, capture: Path, newer: Path) -> None:
    first = capture.read_bytes()
    run("build", "--site", site)
    done = run("add", "--site", site, "--update", capture, newer)
    assert (done.exit_code, f"content/versions/{NAME}/1.txt" in done.stdout) == (0, True)
    assert capture.read_bytes() == newer.read_bytes()
    assert (site / "content" / "versions" / NAME / "1.txt").read_bytes() == first
    run("build", "--site", site)
    assert "2 captures as listed: 0 faults" in run("check", "--site", site).stdout
    assert (site / f"{PAGE}.v1.txt").read_bytes() == first
    assert (site / f"{PAGE}.txt").read_bytes() == newer.read_bytes()
    page = (site / f"{PAGE}.html").read_text(encoding="utf-8")
    assert "<del>lighthouses</del> <ins>lanterns</ins>" in page
    (version,) = json.loads((site / f"{PAGE}.json").read_bytes())["versions"]
    assert "lighthouses save lives" in version["paragraphs"][1]
    assert version["file"] == f"{NAME}/1.txt"


def test_a_note_moves_with_its_words_and_says_that_the_text_around_changed(
    run: Run, site: Path, capture: Path, newer: Path
) -> None:
    run("build", "--site", site)
    run("add", "--site", site, "--update", capture, newer)
    done = run("build", "--site", site)
    assert f"notes/{NAME}.yaml:4: the paragraph of its quote has changed since" in done.stderr
    assert "the text has changed since" in (site / f"{PAGE}.html").read_text(encoding="utf-8")


def test_a_note_whose_words_stand_elsewhere_by_now_is_not_shown(run: Run, site: Path, capture: Path) -> None:
    text = capture.read_text(encoding="utf-8")
    capture.write_text(text.replace("as is every word of this readout", "as they say"), encoding="utf-8")
    again = site.parent / "again.txt"
    moved = text.replace("as is every word of this readout", "as they say")
    again.write_text(moved.replace("for his visit", "for every word of this readout"), encoding="utf-8")
    capture.write_text(text, encoding="utf-8")
    run("add", "--site", site, "--update", capture, again)
    done = run("build", "--site", site)
    assert "were changed or taken out of the text since, so the note is not shown" in done.stderr
    assert "made up" not in (site / f"{PAGE}.html").read_text(encoding="utf-8")
    notes = site / "content" / "notes" / f"{NAME}.yaml"
    notes.write_text(
        notes.read_text(encoding="utf-8").replace("date: 2024-05-20", "date: 2024-06-02"), encoding="utf-8"
    )
    (site / "content" / "captures" / f"{NAME}.meta.yaml").write_text("captured: 2024-06-01\n", encoding="utf-8")
    assert "0 problems" in run("build", "--site", site).stdout


def test_a_capture_changed_by_hand_is_told_and_both_texts_are_kept_from_the_built_site(
    run: Run, site: Path, capture: Path, newer: Path
) -> None:
    first = capture.read_bytes()
    run("build", "--site", site)
    capture.write_bytes(newer.read_bytes())
    done = run("build", "--site", site)
    assert f"captures/{NAME}.txt: is not what was taken in" in done.stderr
    refused = run("add", "--site", site, "--update", capture, "-", data=b"A third text.\n")
    assert (refused.exit_code, "would be lost" in refused.stderr) == (1, True)
    assert run("add", "--site", site, "--update", capture, capture).exit_code == 0
    assert (site / "content" / "versions" / NAME / "1.txt").read_bytes() == first
    assert "is not what was taken in" not in run("build", "--site", site).stderr


def test_what_a_person_said_of_the_capture_goes_on_but_for_the_day_of_the_scrape(
    run: Run, site: Path, capture: Path, newer: Path
) -> None:
    meta = capture.with_suffix(".meta.yaml")
    meta.write_text("url: https://example.org/a\ncaptured: 2024-05-15\n", encoding="utf-8")
    run("add", "--site", site, "--update", capture, newer, "--captured", "2024-06-01")
    assert meta.read_text(encoding="utf-8") == "url: https://example.org/a\ncaptured: '2024-06-01'\n"
    assert "2024-05-15" in (site / "content" / "versions" / NAME / "1.meta.yaml").read_text(encoding="utf-8")
    run("build", "--site", site)
    assert "captured 15 May 2024" in (site / f"{PAGE}.html").read_text(encoding="utf-8")


def test_corrections_go_on_and_an_editor_s_title_is_no_change_of_the_text(
    run: Run, site: Path, capture: Path, newer: Path
) -> None:
    meta = capture.with_suffix(".meta.yaml")
    meta.write_text("corrections:\n  title: On lighthouses\n  place:\n", encoding="utf-8")
    run("add", "--site", site, "--update", capture, newer, "--captured", "2024-06-01")
    said = "captured: '2024-06-01'\ncorrections:\n  title: On lighthouses\n  place: null\n"
    assert meta.read_text(encoding="utf-8") == said
    meta.write_text("corrections:\n  title: On lanterns\n", encoding="utf-8")
    run("build", "--site", site)
    page = (site / f"{PAGE}.html").read_text(encoding="utf-8")
    assert '<h1 dir="auto">On lanterns' in page
    assert ">Title</span>" not in page
    assert "On lighthouses" not in page


def test_a_newer_capture_may_be_of_another_format(run: Run, site: Path, capture: Path, tmp_path: Path) -> None:
    (site / "content" / "notes" / f"{NAME}.yaml").unlink()
    (tmp_path / "page.html").write_text("<title>T</title><main><h1>T</h1><p>They met.</p></main>", encoding="utf-8")
    run("add", "--site", site, "--update", capture, tmp_path / "page.html")
    assert not capture.exists()
    assert capture.with_suffix(".html").exists()
    run("build", "--site", site)
    assert "2 captures as listed: 0 faults" in run("check", "--site", site).stdout


@pytest.mark.parametrize(
    ("place", "file", "says"),
    [
        ("{capture}", "{capture}", "holds these very bytes; nothing was changed"),
        ("{site}/site.yaml", "{newer}", "is no capture of this site"),
        ("{site}/content/captures/gone.txt", "{newer}", "is no capture of this site"),
        ("{newer}", "{newer}", "is no capture of this site"),
    ],
)
def test_what_would_keep_nothing_is_refused(run: Run, newer: Path, place: str, file: str, says: str) -> None:
    site = newer.with_name("site")
    names = {"site": site, "capture": site / "content" / "captures" / f"{NAME}.txt", "newer": newer}
    run("build", "--site", site)
    done = run("add", "--site", site, "--update", place.format(**names), file.format(**names))
    assert (done.exit_code, says in done.stderr) == (1, True)
    assert not (site / "content" / "versions").exists()


def test_two_files_cannot_take_one_place(run: Run, site: Path, capture: Path, newer: Path) -> None:
    assert run("add", "--site", site, "--update", capture, newer, newer).exit_code == 2


def test_strays_among_the_earlier_texts_are_told(run: Run, site: Path) -> None:
    past = site / "content" / "versions"
    for name in ("gone/1.txt", f"{NAME}/first.txt", "1.txt"):
        (past / name).parent.mkdir(parents=True, exist_ok=True)
        (past / name).write_text("x", encoding="utf-8")
    told = run("build", "--site", site).stderr
    assert "versions/gone: holds earlier texts of no capture that is here" in told
    assert f"versions/{NAME}/first.txt: is no earlier text" in told
    assert "versions/1.txt: is no earlier text" in told


def test_the_day_of_the_earlier_scrape_is_not_told_of_the_newer_one(
    run: Run, site: Path, capture: Path, newer: Path
) -> None:
    capture.with_suffix(".meta.yaml").write_text("captured: 2024-05-15\n", encoding="utf-8")
    run("add", "--site", site, "--update", capture, newer)
    assert not capture.with_suffix(".meta.yaml").exists()
    assert "2024-05-15" in (site / "content" / "versions" / NAME / "1.meta.yaml").read_text(encoding="utf-8")


def test_a_capture_named_twice_in_two_ways_is_known_as_one(
    run: Run, site: Path, capture: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture.with_suffix(".meta.yaml").write_text("captured: 2024-05-15\n", encoding="utf-8")
    run("build", "--site", site)
    capture.write_bytes(newer.read_bytes())
    monkeypatch.chdir(site)
    assert run("add", "--update", capture, capture.relative_to(site)).exit_code == 0
    assert not capture.with_suffix(".meta.yaml").exists()


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("1.meta.yaml", b"url: x\ncapturd: 2024-05-15\n"), "1.meta.yaml:2: unknown key `capturd`"),
        (("1.txt", b"x" * (LARGEST + 1)), "1.txt: is larger than 4 MB"),
    ],
)
def test_an_earlier_text_that_cannot_be_read_costs_none_of_the_later_one(
    run: Run, site: Path, newer: Path, edit: tuple[str, bytes], says: str
) -> None:
    run("add", "--site", site, "--update", site / "content" / "captures" / f"{NAME}.txt", newer)
    name, data = edit
    (site / "content" / "versions" / NAME / name).write_bytes(data)
    assert f"versions/{NAME}/{says}" in run("build", "--site", site).stderr
    page = (site / f"{PAGE}.html").read_text(encoding="utf-8")
    assert "lanterns save lives" in page
    assert ('<details class="redline">' in page) == name.endswith(".meta.yaml")  # A mistake there takes nothing away.
