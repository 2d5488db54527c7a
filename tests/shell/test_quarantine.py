"""A capture that cannot be read is set apart within bounds, has a page that says so, and stops or slows no other."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from readout_site.reading import read
from readout_site.records import Briefing, Capture
from readout_site.shell import workers
from readout_site.shell.bounds import LARGEST, Bounds, TooLargeError, read_bounded
from readout_site.shell.build import build
from readout_site.shell.standing import Report
from readout_site.shell.track import silently

Write = Callable[[int], list[Path]]

WORDS = "President Ada Vell met today with Prime Minister Ivo Marn of Iceland. They agreed to open a harbour. "
HOSTILE = {
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "links": "<a " * 7_000,
    "quotes": '<a "' * 10_000,
    "comments": "<!--" * 10_000,
    "stars": "*a " * 20_000,
    "entities": "&#" * 20_000,
    "deep": "<div>" * 100_000 + WORDS + "</div>" * 100_000,
    "unclosed": "<p><b>words " * 15_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + f">{WORDS}</p>",
    "scripts": "<script>" * 20_000,
    "tables": "<table><tr><td>" * 20_000 + WORDS,
    "lists": "<ul><li>" * 30_000 + WORDS,
    "forms": "<form><select><option>" * 10_000 + WORDS,
    "spaces": " " * 200_000 + "x",
    "one-line": WORDS * 5_000,
    "one-word": "x" * 1_000_000,
    "digits": "1," * 200_000,
    "capitals": "Ada Vell And " * 30_000,
    "quotes-in-text": "“" * 100_000,
    "zalgo": "a" + "\u0301" * 100_000,
    "turning": "\u202e" * 100_000,
    "yaml": "---\na: " + "[" * 20_000 + "\n---\n" + WORDS,
    "yaml-deep": "---\n" + "".join(f"{' ' * n}a:\n" for n in range(1_000)) + "---\n" + WORDS,
    "yaml-bomb": "---\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1_000)) + "---\n" + WORDS,
    "json-ld": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + WORDS,
    "titles": f"<title>{WORDS * 2_000}</title><h1>{WORDS * 2_000}</h1><p>{WORDS}",
    "megabytes": f"<p>{WORDS}</p>\n" * (LARGEST // (len(WORDS) + 8)),
}
"""Texts that stall or break parsers, each read as every format."""
SUFFIXES = ("txt", "md", "html")


def make(site: Path) -> Report:
    return build(site, site / "build", silently)


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let readers hang, take memory or die, as the words of a capture say."""

    def obey(capture: Capture, *others: Any) -> Briefing:
        if b"HANG" in capture.data:
            while True:
                pass
        if b"EAT" in capture.data:
            eaten = [bytearray(1024 * 1024) for _ in range(10_000)]
            raise AssertionError(len(eaten))
        if b"DIE" in capture.data:
            os.abort()
        return read(capture, *others)

    monkeypatch.setattr(workers, "read", obey)
    bounds = Bounds(wait=20.0, work=0.4, memory=100 * 1024 * 1024)
    monkeypatch.setattr(workers, "READING", bounds)
    monkeypatch.setattr("readout_site.shell.library.READING", bounds)


def page_of(site: Path, name: str) -> Any:
    return BeautifulSoup((site / "build" / name).read_bytes(), "html.parser")


@pytest.mark.usefixtures("breaking")
def test_poisoned_captures_stop_none_of_the_others(site: Path, write_captures: Write) -> None:
    write_captures(98)  # With the example, 99 good ones.
    folder = site / "content" / "captures"
    for name in ("hang", "eat", "die"):
        (folder / f"2031-04-02-{name}.txt").write_text(f"Readout of a call\n\n{name.upper()} of Iceland.\n")
    report = make(site)
    assert report.readouts == 99
    told = {problem.path: problem.message.partition(";")[0] for problem in report.problems}
    assert told == {
        "captures/2031-04-02-hang.txt": "would take more than 0.4 s to read",
        "captures/2031-04-02-eat.txt": "would take more than 100 MB of memory to read",
        "captures/2031-04-02-die.txt": "broke its reader (exit -6)",
    }
    for name in ("hang", "eat", "die"):
        page = page_of(site, f"readouts/2031/04/02-{name}.html")
        assert page.h1.string == f"2031-04-02-{name}.txt"
        assert page.select_one(".unread p").string == f"It {told[f'captures/2031-04-02-{name}.txt']}."
        assert not page.select(".para, .s, mark, .note")
        raw = site / "build" / "readouts" / "2031" / "04" / f"02-{name}.txt"
        assert raw.read_bytes() == (folder / f"2031-04-02-{name}.txt").read_bytes()
        record = json.loads(raw.with_suffix(".json").read_bytes())
        assert (record["paragraphs"], len(record["problems"])) == ([], 1)


@pytest.mark.usefixtures("breaking")
def test_what_could_not_be_read_is_listed_apart(site: Path) -> None:
    (site / "content" / "captures" / "2099-01-01-die.txt").write_text("DIE")
    make(site)
    listed = page_of(site, "archive/unread.html")
    assert [link.get("href") for link in listed.select(".entry h3 a")] == ["../readouts/2099/01/01-die.html"]
    assert page_of(site, "archive/index.html").select("a[href='unread.html']")
    for name in ("index.html", "archive/2024.html", "topics/index.html", "topics/trade.html"):
        assert not page_of(site, name).select("a[href*='die']")


@pytest.mark.usefixtures("breaking")
def test_what_is_known_to_break_is_not_tried_again(site: Path) -> None:
    place = site / "content" / "captures" / "2031-04-02-hang.txt"
    place.write_text("HANG")
    assert make(site).read == 2
    (site / "content" / "captures" / "2031-04-03-new.txt").write_text(WORDS)
    began = time.process_time()
    assert make(site).read == 1
    assert time.process_time() - began < 5
    place.write_text(WORDS)
    report = make(site)
    assert (report.readouts, report.read) == (3, 1)
    assert not (site / "build" / "archive" / "unread.html").exists()


def test_a_file_that_is_too_large_is_refused_at_once(site: Path) -> None:
    place = site / "content" / "captures" / "2031-04-02-large.html"
    with place.open("wb") as file:
        file.write(b"<p>" + WORDS.encode())
        file.truncate(100 * 1024 * 1024)
    make(site)  # Compiles the rules for the first time.
    place.touch()
    began = time.process_time()
    report = make(site)
    assert time.process_time() - began < 1
    assert [str(problem) for problem in report.problems] == [
        "captures/2031-04-02-large.html: is larger than 4 MB, and no readout; cut out what is none"
    ]
    page = page_of(site, "readouts/2031/04/02-large.html")
    assert "too large to stand here" in page.get_text()
    assert not (site / "build" / "readouts" / "2031" / "04" / "02-large.txt").exists()


def test_no_more_of_a_large_file_is_read_than_may_be(tmp_path: Path) -> None:
    place = tmp_path / "line.txt"
    place.write_bytes(b"x" * LARGEST)
    assert len(read_bounded(place)) == LARGEST
    with place.open("ab") as file:
        file.truncate(50 * 1024 * 1024 * 1024)
    with pytest.raises(TooLargeError, match="is larger than 4 MB"):
        read_bounded(place)


MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code)
"""
"""What runs a command and measures it. A process counts as its own the memory of the one that it was forked from, so
this one is small."""


def cost_of(path: Path) -> tuple[float, float, int]:
    """Return seconds of computing, megabytes at the most, and the exit code of reading a capture as users do."""
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "readout_site", "read", "--json", str(path)]
    told, measured = subprocess.run(command, capture_output=True, check=True).stdout.decode().splitlines()
    record = json.loads(told)
    assert record["paragraphs"] or record["problems"]
    seconds, megabytes, code = measured.split()
    return float(seconds), float(megabytes), int(code)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return the seconds of computing that the command takes for a page of a few words."""
    path = tmp_path_factory.mktemp("plain") / "plain.html"
    path.write_text(f"<p>{WORDS}")
    return min(cost_of(path)[0] for _ in range(2))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "name", [name if name in ("deep", "yaml-bomb") else pytest.param(name, marks=pytest.mark.long) for name in HOSTILE]
)
def test_a_hostile_document_takes_two_seconds_and_300_megabytes(
    start: float, tmp_path: Path, name: str, suffix: str
) -> None:
    path = tmp_path / f"{name}.{suffix}"
    path.write_text(HOSTILE[name], encoding="utf-8")
    seconds, megabytes, code = cost_of(path)
    print(f"\n{name}.{suffix}: {seconds - start:.2f} s, {megabytes:.0f} MB")  # noqa: T201 - the figures are the point
    assert (seconds - start < 2, megabytes < 300, code) == (True, True, 0)
