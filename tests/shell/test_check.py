"""What must be mended before a site is published: dead links, orphaned notes, captures that are not as taken in."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import Result

from readout_site.shell.check import lines_of
from readout_site.shell.crosslinks import find_faults, resolve
from readout_site.shell.fixity import read_list, record
from readout_site.shell.track import silently

Run = Callable[..., Result]
CAPTURE = "captures/2024-05-14-example-sample.txt"
PAGE = "<!doctype html><html lang=en><title>P</title>{}</html>"


def faults(folder: Path, base_url: str = "", **pages: str) -> list[tuple[str, str]]:
    """Lay out a folder of pages; return the faults, each as its page and link or id."""
    for name, body in pages.items():
        (folder / f"{name}.html").write_text(PAGE.format(body), encoding="utf-8")
    return [(fault.path, fault.what) for fault in find_faults(folder, base_url, silently)[2]]


@pytest.mark.parametrize(
    "link",
    ["b.html", "./b.html", "b.html#here", "#own", "#", "#top", "b.html#top", "a%20b.txt", "?page=2", "B.html#:~:text=x",
     "https://example.org/nowhere", "mailto:a@example.org", "//example.org/x", "/static/", "static/", "b.html#h%C3%A9"],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_fault(tmp_path: Path, link: str) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text(PAGE.format(""), encoding="utf-8")
    (tmp_path / "a b.txt").write_text("x", encoding="utf-8")
    page = f'<p id=own><a href="{link}">x</a><a name=old></a>'
    pages = {"a": page, "b": "<p id=here><p id=hé>", "B": "<p>"}
    assert faults(tmp_path, **pages) == []


@pytest.mark.parametrize(
    "markup",
    ['<a href="c.html">', '<a href="b.html#gone">', '<a href="#gone">', '<img src="x.png">', '<a href="static">',
     '<link href="x.css">', '<script src="x.js">', '<a href="A.html">', '<form action="x">', '<q cite="x.txt">',
     '<object data="x.svg">', '<video poster="x.png">', '<a href="https://example.org/site/c.html">',
     '<a href="/site/c.html">', '<a href="../c.html">'],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path, markup: str) -> None:
    (tmp_path / "static").mkdir()
    (found,) = faults(tmp_path, "https://example.org/site/", a=markup, b="<p>")
    assert found[0] == "a.html"


def test_faults_come_page_by_page_wherever_the_links_lead(tmp_path: Path) -> None:
    body = '<a href="{}.html#gone"><a href="#gone"><a href="{}.html#here"><p id=here>'
    found = faults(tmp_path, a=body.format("b", "b"), b=body.format("a", "c"), c="<p id=here>")
    assert sorted(found) == [
        ("a.html", "#gone"), ("a.html", "b.html#gone"), ("b.html", "#gone"), ("b.html", "a.html#gone")
    ]  # fmt: skip
    assert [path for path, _ in found] == ["a.html", "a.html", "b.html", "b.html"]


def test_of_many_pages_one_is_held_in_memory(tmp_path: Path) -> None:
    for number in range(120):
        body = "".join(f'<p id=p{number}-{each}><a href="#p{number}-{each}">x</a>' for each in range(400))
        (tmp_path / f"{number}.html").write_text(PAGE.format(body), encoding="utf-8")
    tracemalloc.start()
    assert find_faults(tmp_path, "", silently) == (120, 48_000, [])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_500_000  # Held all together, the links and ids of these pages take several times that.


def test_links_of_style_sheets_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("p{background:url('gone.svg')}q{background:url(here.svg)}", encoding="utf-8")
    (tmp_path / "here.svg").write_text("<svg/>", encoding="utf-8")
    assert faults(tmp_path) == [("a.css", "gone.svg")]


def test_an_id_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, a="<p id=x><p id=y><p id=x>") == [("a.html", "x")]


@pytest.mark.parametrize(
    ("page", "link", "target"),
    [
        ("a/b.html", "../c.html#d", ("c.html", "d")),
        ("404.html", "/site/c.html", ("c.html", "")),
        ("404.html", "/elsewhere/c.html", None),
        ("a/b.html", "https://example.org/site/", ("", "")),
        ("a/b.html", "https://example.org/sites/", None),
        ("a.html", "http://[broken", None),
        ("a/b.html", "../../c.html", ("../", "")),
        ("a/b.html", "../../site/c.html", ("../", "")),
        ("a/b.html", "c/../../d.html", ("d.html", "")),
    ],
)
def test_a_link_is_resolved_as_a_browser_does(page: str, link: str, target: tuple[str, str] | None) -> None:
    assert resolve(page, link, "https://example.org/site/") == target


def test_a_sound_site_passes(run: Run, site: Path) -> None:
    run("build", "--site", site)
    done = run("check", "--site", site)
    assert (done.exit_code, done.stdout.splitlines()[-1].endswith("1 capture as listed: 0 faults")) == (0, True)


def test_a_site_that_is_not_built_or_not_built_anew_is_a_fault(run: Run, site: Path) -> None:
    done = run("check", "--site", site)
    assert (done.exit_code, "site/build: holds no site; run `readout-site build`" in done.stderr) == (1, True)
    run("build", "--site", site)
    (site / "site.yaml").write_text("title: Another\n", encoding="utf-8")
    done = run("check", "--site", site)
    assert (done.exit_code, "site/build: is not what the site gives now" in done.stderr) == (1, True)


def test_a_dead_link_by_hand_is_told_with_its_file_and_line(run: Run, site: Path) -> None:
    (entry,) = (site / "content" / "glossary").iterdir()
    text = entry.read_text(encoding="utf-8")
    entry.write_text(f"{text}\nSee [there](nowhere/at-all.html).\n", encoding="utf-8")
    run("build", "--site", site)
    done = run("check", "--site", site)
    line = len(text.splitlines()) + 2
    assert done.exit_code == 1
    assert f"site/content/glossary/{entry.name}:{line}: `nowhere/at-all.html`" in done.stderr.replace("../", "")


def test_what_is_written_by_hand_is_read_once_for_all_faults(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("captures/a.txt", "captures/b.txt"):
        (site / "content" / name).write_bytes(
            (site / "content" / "captures" / "2024-05-14-example-sample.txt").read_bytes()
        )
    (site / "site.yaml").write_text("navigation:\n- label: Gone\n  url: gone.html\n", encoding="utf-8")
    run("build", "--site", site)
    asked: list[Path] = []

    def ask(path: Path) -> Iterator[tuple[int, str]]:
        asked.append(path)
        return lines_of(path)

    monkeypatch.setattr("readout_site.shell.check.lines_of", ask)
    told = run("check", "--site", site, "--verbose").stderr
    assert told.count("site.yaml:3: ") > 2
    assert len(asked) == len(set(asked))


def test_a_note_without_its_words_is_a_fault(run: Run, site: Path) -> None:
    (notes,) = (site / "content" / "notes").iterdir()
    notes.write_text("notes:\n  - exact: words that nobody said\n    body: B\n", encoding="utf-8")
    run("build", "--site", site)
    done = run("check", "--site", site)
    assert (done.exit_code, f"notes/{notes.name}:2: the quote is not in the text" in done.stderr) == (1, True)


def test_a_capture_is_held_against_the_manifest(run: Run, site: Path) -> None:
    run("build", "--site", site)
    capture = site / "content" / CAPTURE
    kept = capture.read_bytes()
    capture.write_bytes(kept + b"More.\n")
    run("build", "--site", site)
    done = run("check", "--site", site, "--json")
    (fault,) = json.loads(done.stdout)["faults"]
    assert (done.exit_code, fault["path"]) == (1, CAPTURE)
    assert fault["message"].startswith("is not what was taken in")
    capture.unlink()
    assert "is listed in the manifest, but is not there" in run("check", "--site", site).stderr
    capture.write_bytes(kept)
    run("build", "--site", site)
    assert run("check", "--site", site).exit_code == 0


def test_a_capture_put_there_by_hand_is_listed_when_asked(run: Run, site: Path) -> None:
    name = "2024-05-15-a%b.txt"
    (site / "content" / "captures" / name).write_text("Readout of a Call\n\nThey spoke of wool.\n", encoding="utf-8")
    run("build", "--site", site)
    done = run("check", "--site", site)
    assert (done.exit_code, f"{name}: is not in the manifest yet" in done.stderr) == (0, True)
    assert "2 captures as listed: 0 faults" in run("check", "--site", site, "--record").stdout
    lines = (site / "content" / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    assert [line[66:] for line in lines] == [CAPTURE, "captures/2024-05-15-a%25b.txt"]
    assert "2 captures as listed: 0 faults" in run("check", "--site", site).stdout


def test_what_is_added_is_listed(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Readout of a Call\n\nThey spoke of cork.\n", encoding="utf-8")
    run("add", "--site", site, tmp_path / "one.txt")
    run("build", "--site", site)
    assert "2 captures as listed: 0 faults" in run("check", "--site", site).stdout


def test_a_manifest_that_is_none_is_told_with_its_line(run: Run, site: Path) -> None:
    (site / "content" / "manifest-sha256.txt").write_text("# captures\n", encoding="utf-8")
    run("build", "--site", site)
    done = run("check", "--site", site)
    assert (done.exit_code, "manifest-sha256.txt:1: is no SHA-256 and path" in done.stderr) == (1, True)


def test_a_name_with_an_odd_sign_is_listed_and_found_again(site: Path) -> None:
    names = [f"captures/a{sign}b%.txt" for sign in ("\u2028", "\x0b", "\x85", " ")]
    record(site, dict.fromkeys(names, "0" * 64))
    assert set(names) <= read_list(site).keys()
    listed = site / "content" / "manifest-sha256.txt"
    listed.write_bytes(listed.read_bytes().replace(b"\n", b"\r\n"))
    assert set(names) <= read_list(site).keys()


def test_a_capture_too_large_to_be_read_is_not_told_as_changed(run: Run, site: Path) -> None:
    large = site / "content" / "captures" / "2024-05-20-large.txt"
    large.write_bytes(b"They spoke of wool. " * 250_000)
    run("check", "--site", site, "--record")
    done = run("build", "--site", site)
    assert "2024-05-20-large.txt" in done.stderr
    assert "is not what was taken in" not in done.stderr


def test_captures_listed_at_once_are_all_listed(site: Path) -> None:
    names = [f"captures/{number}.txt" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: record(site, {name: "0" * 64}), names))
    assert set(names) <= set(read_list(site))
