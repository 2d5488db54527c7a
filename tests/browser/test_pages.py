"""Pages in Chromium: accessible, within the screen, quiet, and readable without JavaScript."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (
    "index.html",
    "readouts/2031/05/02-vell-marn.html",
    "readouts/undated-arabic.html",
    "readouts/2031/05/09-broken.html",
    "archive/index.html",
    "archive/unread.html",
    "archive/2031.html",
    "topics/index.html",
    "topics/trade.html",
    "countries/index.html",
    "countries/is.html",
    "instruments/index.html",
    "instruments/harbour-accord.html",
    "method.html",
    "404.html",
)
BRIEFING = PAGES[1]
NARROW = ("index.html", BRIEFING, "archive/2031.html")
"""Pages whose parts change on a narrow screen."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental")
"""All that axe knows: also what is off unless asked for."""

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def tab(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    context = chromium.new_context(color_scheme=request.param, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(tab: Any, site: str, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only where there is a browser to drive

    tab.goto(site + path)
    for width in (1440, 390) if path in NARROW else (1440,):
        tab.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(tab, options={"runOnly": TAGS}).response["violations"]
        assert not [(each["id"], each["nodes"][0]["html"]) for each in violations]


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1250])
def test_no_page_scrolls_sideways(chromium: Any, site: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    for path in PAGES:
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_nothing_is_asked_of_others_and_nothing_is_complained_of(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(site + path)
    page.close()
    assert not said
    assert {url for url in asked if not url.startswith(site)} == set()


def test_all_can_be_read_without_javascript(chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(site + BRIEFING)
    for words in ("agreed to open the northern port", "Signed by two ports.", "A good harbour.", "$40 million"):
        assert page.get_by_text(words).first.is_visible(), words
    context.close()


def test_a_note_stands_in_the_margin_and_folds_on_a_phone(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(site + BRIEFING)
    words, note = page.locator("a.term").bounding_box(), page.locator("#note-1").bounding_box()
    assert note["x"] > words["x"] + words["width"]
    assert abs(note["y"] - words["y"]) < 60
    page.set_viewport_size({"width": 390, "height": 844})
    body = page.get_by_text("Signed by two ports.")
    assert not body.is_visible()
    page.locator("#note-1 summary").click()
    assert body.is_visible()
    page.close()


def test_every_sentence_can_be_linked_by_keyboard(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{site}{BRIEFING}#p000001.2")
    assert page.evaluate("document.querySelector(':target').textContent").startswith("Trade reached")
    page.locator(".n").nth(1).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#p000001.1"
    page.close()


def test_paper_shows_the_notes(chromium: Any, site: str) -> None:
    page = chromium.new_page()
    page.goto(site + BRIEFING)
    page.emulate_media(media="print")
    assert page.get_by_text("Signed by two ports.").is_visible()
    assert not page.locator(".bar").is_visible()
    page.close()


def test_a_phone_shows_the_whole_navigation_and_one_margin(chromium: Any, site: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    lefts = set()
    for path in PAGES:
        page.goto(site + path)
        boxes = [link.bounding_box() for link in page.locator(".bar nav a").all()]
        assert all(box["x"] >= 24 and box["x"] + box["width"] <= 366 for box in boxes), path
        lefts.add(page.locator("h1").first.bounding_box()["x"])
    assert lefts == {24}
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_digest_stands_in_lines_of_one_length(chromium: Any, site: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(site + BRIEFING)
    widths = page.locator(".source dd code").evaluate("code => [...code.getClientRects()].map(line => line.width)")
    widths = [width for width in widths if width]
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) < 1
    page.close()


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a long briefing with long notes."""
    place = tmp_path_factory.mktemp("noted")
    shutil.copytree(ROOT / "content", place / "content")
    command = [sys.executable, "-m", "readout_site", "build", "--site", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    (briefing,) = (place / "build" / "readouts").rglob("*.html")
    return briefing.as_uri()


@pytest.mark.parametrize("width", [1000, 1440])
def test_long_notes_push_no_paragraphs_apart_and_unfold(chromium: Any, noted: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(noted)
    gaps = page.locator(".text > section").evaluate_all(
        """sections => sections.flatMap(section => {
            const boxes = [...section.querySelectorAll(".para p")].map(p => p.getBoundingClientRect());
            const ends = [...boxes.slice(1).map(box => box.top), section.getBoundingClientRect().bottom];
            return boxes.map((box, n) => ends[n] - box.bottom);
        })"""
    )
    assert max(gaps) < 160  # px; 729 while every note stood whole
    notes = page.locator(".note").evaluate_all("notes => notes.map(note => note.getBoundingClientRect().toJSON())")
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(notes))
    note = page.locator(".cut").first
    short = note.bounding_box()["height"]
    note.locator("summary").click()
    assert note.evaluate("note => note.scrollHeight - note.clientHeight") <= 0
    assert note.bounding_box()["height"] > short
    note.locator("summary").click()
    assert note.bounding_box()["height"] == short
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_long_briefing_and_its_notes_print_on_two_pages(chromium: Any, noted: str, paper: str) -> None:
    page = chromium.new_page()
    page.goto(noted)
    printed = page.pdf(format=paper, prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
