"""Invented briefings and the shipped theme."""

import hashlib
import linecache
import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import msgspec
import pytest

from readout_site.labels import Topic
from readout_site.records import (
    Briefing,
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
    Corpus,
    Edition,
    Page,
    Term,
    TermNames,
    arrange,
    make_edition,
    parse_glossary,
    plan,
    summarise,
)
from readout_site.rendering.accuracy import Quality
from readout_site.rendering.templates import Theme, load_theme, render
from readout_site.settings import Settings

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
MEETING = (
    "President Ada Vell met today with Prime Minister Ivo Marn of Iceland. They spoke of old ties.",
    "The leaders discussed the Harbour Accord. Trade reached nearly $40 million in 2031, and 300 sailors came home.",
    "They agreed to open the northern port to both fleets. They will meet again.",
)
GLOSSARY = {
    "glossary/harbour.md": (
        "---\nname: Harbour Accord\naliases: [HA]\nkind: agreement\nurl: https://example.org/accord\n---\n"
        "Signed by *two* ports.\n\nA second paragraph."
    ),
}
RULE_DOCS = (
    RuleDoc("boilerplate", "weather", "Cuts a temperature that stands alone."),
    RuleDoc("units", "currency", "Reads a sign before a number as money."),
)

Make = Callable[..., Briefing]
Site = Mapping[str, str]


def paragraph(text: str, topics: tuple[Topic, ...], twins: int) -> Paragraph:
    """Cut a text into sentences after full stops; `twins` paragraphs before it have the same words."""
    name = "p" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    name = f"{name}-{twins + 1}" if twins else name
    bounds = [0, *(match.end() for match in re.finditer(r"\. (?=\S)", text)), len(text)]
    spans = [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]
    sentences = []
    for number, (start, end) in enumerate(spans, start=1):
        clause = re.search(r"agreed to [^.]+", text[start:end])
        agreed = (start + clause.start(), start + clause.end()) if clause else None
        stop = start + len(text[start:end].rstrip())
        sentences.append(Sentence(f"{name}.{number}", start, stop, topics, "agree" if agreed else "state", agreed))
    return Paragraph(name, text, ((0, len(text)),), tuple(sentences))


def briefing(**changes: Any) -> Briefing:
    """Return a briefing of an invented meeting, with some of its fields changed."""
    texts = changes.pop("texts", MEETING)
    topics: tuple[Topic, ...] = ("overview", "trade", "security")
    paragraphs = tuple(
        paragraph(text, (topics[index % 3],), texts[:index].count(text)) for index, text in enumerate(texts)
    )
    whole = Briefing(
        id="2031-05-02-vell-marn",
        title="Readout of President Vell’s Meeting with Prime Minister Marn",
        date="2031-05-02",
        date_source="text",
        published="2031-05-02",
        kind="meeting",
        place="Port Ada",
        language="en",
        issuer=Issuer("the Harbour Office", "FR"),
        participants=(Participant("Ada Vell", "President", "FR"), Participant("Ivo Marn", "Prime Minister", "IS")),
        countries=("IS",),
        instruments=tuple(Instrument("Harbour Accord", *at) for at in places("Harbour Accord", paragraphs)),
        paragraphs=paragraphs,
        sections=tuple(
            Section(topics[index % 3] + (f"-{index}" if index > 2 else ""), topics[index % 3].capitalize(), (index,))
            for index in range(len(paragraphs))
        ),
        figures=tuple(figures(paragraphs)),
        source=Source("https://example.org/readout", None, "2031-05-02-vell-marn.txt", "0" * 64, "2031-05-03"),
        mentions=tuple(Mention("country", "IS", *at) for at in places("Iceland", paragraphs)),
        removed=(Removal(0, 4, "90 F", "weather", 1), Removal(900, 905, "share", "unlisted", 12)),
        problems=(),
        notes=(Note(2, 0, 14, "A *good* harbour.", "An editor", "2031-06-01", ("https://example.org/source",)),),
    )
    return msgspec.structs.replace(whole, **changes)


def places(words: str, paragraphs: tuple[Paragraph, ...]) -> list[tuple[int, int, int]]:
    """Return where `words` stand: a paragraph's index and a range."""
    starts = ((index, each.text.find(words)) for index, each in enumerate(paragraphs))
    return [(index, start, start + len(words)) for index, start in starts if start >= 0]


def figures(paragraphs: tuple[Paragraph, ...]) -> list[Figure]:
    """Return the two figures of the invented meeting."""
    money, sailors = "nearly $40 million", "300 sailors"
    return [
        *(
            Figure(*at, money, 40_000_000, None, "USD", "nearly", "money", "Trade", "in 2031", True)  # noqa: FBT003 - a record's fields in order
            for at in places(money, paragraphs)
        ),
        *(
            Figure(*at, sailors, 300, None, "sailors", "", "count", None, None, True)  # noqa: FBT003 - a record's fields in order
            for at in places(sailors, paragraphs)
        ),
    ]


def corpus_of(briefings: Iterable[Briefing], terms: Iterable[Term] = ()) -> Corpus:
    """Return the corpus of whole briefings."""
    names = TermNames(tuple(terms))
    return arrange([summarise(each, msgspec.json.encode(each), names) for each in briefings], names)


def edition_of(
    briefings: Iterable[Briefing],
    settings: Settings | None = None,
    docs: tuple[RuleDoc, ...] = (),
    quality: Quality | None = None,
) -> Edition:
    """Return an edition that has these briefings."""
    known = {each.id: each for each in briefings}
    return make_edition(settings or Settings(), docs, known.__getitem__, quality)


def pages_of(briefings: Iterable[Briefing], terms: Iterable[Term] = ()) -> list[Page]:
    """Return the pages of whole briefings."""
    return list(plan(corpus_of(briefings, terms)))


@pytest.fixture(scope="session")
def corpus() -> Callable[..., Corpus]:
    """Return what makes a corpus of whole briefings."""
    return corpus_of


@pytest.fixture(scope="session")
def edition() -> Callable[..., Edition]:
    """Return what makes an edition of whole briefings."""
    return edition_of


@pytest.fixture(scope="session")
def pages() -> Callable[..., list[Page]]:
    """Return what plans the pages of whole briefings."""
    return pages_of


@pytest.fixture(scope="session", autouse=True)
def sources() -> None:
    """Load what libraries load late: html5lib its tree builder, hypothesis the tests' own source."""
    html5lib.HTMLParser().parse("")
    for path in Path(__file__).parent.glob("*.py"):
        linecache.getlines(str(path))


@pytest.fixture(scope="session")
def make() -> Make:
    """Return the maker of invented briefings."""
    return briefing


@pytest.fixture(scope="session")
def theme() -> Theme:
    """Return the shipped theme."""
    return load_theme({path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")})


@pytest.fixture(scope="session")
def build(theme: Theme) -> Callable[..., Site]:
    """Return what turns briefings into the pages of a site, by path."""

    def build(*briefings: Briefing, settings: Settings | None = None) -> Site:
        terms, problems = parse_glossary(GLOSSARY)
        assert not problems
        edition = edition_of(briefings, settings or Settings(), RULE_DOCS)
        artifacts = [render(page, edition, theme) for page in plan(corpus_of(briefings, terms))]
        assert len({artifact.path for artifact in artifacts}) == len(artifacts)
        return {artifact.path: artifact.data.decode() for artifact in artifacts}

    return build


@pytest.fixture(scope="session")
def several(make: Make) -> tuple[Briefing, ...]:
    """Return briefings of many shapes."""
    return (
        make(),
        make(
            id="2031-05-01-short", title="Call with Ivo Marn", texts=("They spoke.",), date=None, notes=(), countries=()
        ),
        make(id="undated", date=None, published=None, participants=(), issuer=None, place=None, removed=()),
        make(id="2030-01-31-arabic", language="ar", title="بيان عن لقاء", texts=("التقى الرئيسان اليوم.",), notes=()),
        make(id="2030-01-30-nothing", texts=(), notes=()),
        make(id="2030-01-29-twins", texts=("Both said so.", "Both said so."), notes=()),
    )


@pytest.fixture(scope="session")
def seed() -> Mapping[str, str]:
    """Return the real readout that the project comes with, its notes, its glossary, and the style of its page."""
    content, name = TEMPLATES.parent / "content", "2023-11-17-biden-lopez-obrador"
    glossary = {f"glossary/{path.name}": path.read_text(encoding="utf-8") for path in content.glob("glossary/*.md")}
    return glossary | {
        "captures": (content / "captures" / f"{name}.txt").read_text(encoding="utf-8"),
        "notes": (content / "notes" / f"{name}.yaml").read_text(encoding="utf-8"),
        "style": (TEMPLATES / "static" / "site.css").read_text(encoding="utf-8"),
    }
