"""Budgets: how long planning may take on a hard text, and how heavy pages may be."""

import gzip
import time
from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from readout_site.reading import Rules, anchor_notes, read
from readout_site.records import Briefing, Capture, Instrument, Mention, Section
from readout_site.rendering import Edition, Page, parse_glossary
from readout_site.rendering.links import briefing_path
from readout_site.rendering.templates import Theme, render
from readout_site.rendering.values import lay_out

Make = Callable[..., Briefing]
Build = Callable[..., Mapping[str, str]]
Plan = Callable[..., list[Page]]
Seconds = Callable[[Briefing], float]
SEED = "2023-11-17-biden-lopez-obrador"
BRIEFING, LIST = 200_000, 500_000
"""The most bytes of a page."""
FIRST_VISIT = 14_336
"""The most bytes of a briefing and its style, compressed: what a server sends before it waits for an answer."""
LONG = "Readout of the meeting of President Vell with the heads of government of the northern harbours and islands"


@pytest.fixture
def seconds_to_plan(pages: Plan, edition: Callable[..., Edition]) -> Seconds:
    """Return what tells the processor time that the pages of one briefing take."""

    def measure(briefing: Briefing) -> float:
        started = time.process_time()
        for page in pages([briefing]):
            lay_out(page, edition([briefing]))
        return time.process_time() - started

    return measure


def test_a_paragraph_of_very_many_mentions_is_planned_in_time(make: Make, seconds_to_plan: Seconds) -> None:
    words, count = "Iceland saw. ", 20_000
    places = [(0, at * len(words), at * len(words) + 7) for at in range(count)]
    mentions = tuple(Mention("country", "IS", *place) for place in places)
    named = tuple(Instrument("Iceland", *place) for place in places[::2])
    briefing = make(texts=(words * count,), mentions=mentions, instruments=named, notes=(), figures=())
    assert seconds_to_plan(briefing) < 12  # seconds; 40,000 took 81 while every pair was compared


def test_very_many_paragraphs_are_planned_in_time(make: Make, seconds_to_plan: Seconds) -> None:
    count = 10_000
    texts = tuple(f"They spoke of port {number}." for number in range(count))
    section = Section("overview", "Overview", tuple(range(count)))
    one = make(texts=("They spoke.",), notes=(), instruments=(), mentions=(), figures=())
    cut = make(texts=texts, notes=make().notes, instruments=(), mentions=(), figures=(), sections=(section,))
    assert seconds_to_plan(one) < 1
    assert seconds_to_plan(cut) < 8  # seconds; it took 17 while every paragraph looked at all later ones


@pytest.fixture(scope="session")
def large(make: Make) -> list[Briefing]:
    """Return 1,500 briefings, 500 a year, one of them long."""
    texts = tuple(
        f"The leaders discussed the Harbour Accord and the port of {number}. They agreed to meet in Iceland. " * 3
        for number in range(3)
    )
    whole = make(texts=tuple(text.strip() for text in texts), title=LONG, notes=())
    long = make(id="long", texts=tuple(f"{number}. {text}".strip() for number in range(20) for text in texts), notes=())
    return [long] + [
        replace(whole, id=f"{day}-{number}", date=day, title=f"{LONG} {number}")
        for number in range(1499)
        if (day := f"{2029 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}")
    ]


def test_no_page_of_a_large_site_is_heavy(large: list[Briefing], build: Build) -> None:
    for path, page in build(*large).items():
        assert len(page.encode()) <= (BRIEFING if path.startswith("readouts/") else LIST), path


def test_a_first_visit_fits_into_what_a_server_sends_at_once(
    seed: Mapping[str, str], rules: Rules, theme: Theme, pages: Plan, edition: Callable[..., Edition]
) -> None:
    briefing = read(Capture(f"{SEED}.txt", seed["captures"].encode()), rules)
    briefing = anchor_notes(briefing, seed["notes"], "notes")
    terms, _ = parse_glossary({name: text for name, text in seed.items() if name.startswith("glossary/")})
    [own] = [page for page in pages([briefing], terms) if page.path == briefing_path(SEED)]
    page = render(own, edition([briefing]), theme).data
    sizes = [len(gzip.compress(data, 9)) for data in (page, seed["style"].encode())]
    assert sum(sizes) <= FIRST_VISIT, sizes
