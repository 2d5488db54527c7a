"""A small site on disk and Chromium; skipped where there is none."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from readout_site.reading import unread
from readout_site.records import (
    Briefing,
    Capture,
    Figure,
    Instrument,
    Issuer,
    Mention,
    Note,
    Paragraph,
    Participant,
    Removal,
    RuleDoc,
    Section,
    Sentence,
    Source,
)
from readout_site.rendering import (
    TermNames,
    arrange,
    make_edition,
    parse_glossary,
    plan,
    summarise,
)
from readout_site.rendering.templates import load_theme, render
from readout_site.settings import Settings

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
GLOSSARY = {
    "glossary/harbour.md": (
        "---\nname: Harbour Accord\nkind: agreement\nurl: https://example.org/accord\n---\nSigned by *two* ports."
    ),
}
TEXTS = (
    "President Ada Vell met today with Prime Minister Ivo Marn of Iceland in Port Ada.",
    "They praised the Harbour Accord. Trade reached nearly $40 million in 2031, as both sides had hoped it would.",
    "The leaders agreed to open the northern port to both fleets. They will meet again in the spring.",
)


def paragraph(index: int, text: str) -> Paragraph:
    """Cut a text after its first full stop."""
    middle = text.find(". ") + 1 or len(text)
    name = f"p{index:06x}"
    start = text.find("agreed")
    first = Sentence(f"{name}.1", 0, middle, ("trade",) if index else ("overview",), "state", None)
    if start >= 0:
        first = Sentence(f"{name}.1", 0, middle, ("security",), "agree", (start, middle - 1))
    rest = [Sentence(f"{name}.2", middle + 1, len(text), ("climate",), "discuss", None)] if middle < len(text) else []
    return Paragraph(name, text, ((index * 200, index * 200 + len(text)),), (first, *rest))


def whole() -> Briefing:
    """Return a briefing with everything that a page can show."""
    paragraphs = tuple(paragraph(index, text) for index, text in enumerate(TEXTS))
    money = TEXTS[1].index("nearly")
    accord = TEXTS[1].index("Harbour")
    land = TEXTS[0].index("Iceland")
    return Briefing(
        id="2031-05-02-vell-marn",
        title="Readout of President Vell’s Meeting with Prime Minister Marn of Iceland",
        date="2031-05-02",
        date_source="text",
        published="2031-05-03",
        kind="meeting",
        place="Port Ada",
        language="en",
        issuer=Issuer("the Harbour Office", "FR"),
        participants=(Participant("Ada Vell", "President", "FR"), Participant("Ivo Marn", "Prime Minister", "IS")),
        countries=("IS",),
        instruments=(Instrument("Harbour Accord", 1, accord, accord + 14),),
        paragraphs=paragraphs,
        sections=(
            Section("overview", "Overview", (0,)),
            Section("trade", "Trade", (1,)),
            Section("security", "Security", (2,)),
        ),
        figures=(
            Figure(
                paragraph=1,
                start=money,
                end=money + 18,
                quote="nearly $40 million",
                value=40_000_000,
                value_to=None,
                unit="USD",
                qualifier="nearly",
                kind="money",
                measures="Trade",
                period="in 2031",
                key=True,
            ),
        ),
        source=Source("https://example.org/readout", None, "2031-05-02-vell-marn.txt", "0" * 64, "2031-05-04"),
        mentions=(Mention("country", "IS", 0, land, land + 7),),
        removed=(Removal(0, 4, "90 F", "weather", 1),),
        problems=(),
        notes=(Note(2, 12, 40, "A *good* harbour.", "An editor", "2031-06-01", ("https://example.org/source",)),),
    )


def short() -> Briefing:
    """Return a briefing of one sentence in Arabic, with nothing marked."""
    text = "التقى الرئيسان اليوم في الميناء."
    sentence = Sentence("pa.1", 0, len(text), ("overview",), "state", None)
    return Briefing(
        id="undated-arabic",
        title="بيان",
        date=None,
        date_source=None,
        published=None,
        kind="call",
        place=None,
        language="ar",
        issuer=None,
        participants=(),
        countries=(),
        instruments=(),
        paragraphs=(Paragraph("pa", text, ((0, len(text)),), (sentence,)),),
        sections=(Section("overview", "Overview", (0,)),),
        figures=(),
        source=Source(None, None, "undated-arabic.txt", "1" * 64, None),
        mentions=(),
        removed=(),
        problems=(),
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a small site; return its address."""
    folder = tmp_path_factory.mktemp("site")
    theme = load_theme({path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")})
    terms, _ = parse_glossary(GLOSSARY)
    docs = (RuleDoc("boilerplate", "weather", "Cuts a temperature that stands alone."),)
    settings = Settings(description="Invented readouts, for tests.")
    broken = unread(Capture("2031-05-09-broken.txt", b"x"), "would take more than 2 s to read; shorten it")
    briefings, names = {each.id: each for each in (whole(), short(), broken)}, TermNames(terms)
    edition = make_edition(settings, docs, briefings.__getitem__)
    for page in plan(arrange([summarise(each, b"", names) for each in briefings.values()], names)):
        file = folder / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(render(page, edition, theme).data)
    shutil.copytree(TEMPLATES / "static", folder / "static")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""
