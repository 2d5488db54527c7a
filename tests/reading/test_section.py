"""CleanText → Readout: ids, dates, problems, and that no text stops it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_site.reading import read as whole
from readout_site.reading.rules import Rules
from readout_site.reading.section import make_id, section
from readout_site.records import Capture, CleanText, Evidence, Issuer, Meta, Passage, Readout, Told

SENTENCE = "President Ann Doe met today with President Jo Roe of Chile, in Lima, Peru."


def read(paragraphs: list[str], told: Told, rules: Rules, issuer: Issuer | None = None) -> Readout:
    passages = tuple(Passage(text, ((0, len(text)),)) for text in paragraphs)
    capture = Capture("folder/2023-05-06-doe-roe.txt", b"bytes", Meta(captured="2024-01-01"))
    return section(capture, CleanText("\n".join(paragraphs), passages, (), told), rules, issuer)


def test_a_readout_is_told_whole(rules: Rules) -> None:
    told = Told(
        title="Meeting with President Roe",
        url="https://www.whitehouse.gov/x",
        via="https://example.org/",
        dates=(Evidence("source-url", "2023-05-06"), Evidence("file-name", "2023-05-07")),
    )
    readout = read([SENTENCE, "They agreed. They parted."], told, rules)
    assert (readout.id, readout.title) == ("2023-05-06-doe-roe", "Meeting with President Roe")
    assert (readout.date, readout.date_source, readout.published) == ("2023-05-06", "source-url", "2023-05-06")
    assert (readout.kind, readout.place, readout.language) == ("meeting", "Lima, Peru", "en")
    assert readout.issuer == Issuer("the White House", "US")
    assert [one.name for one in readout.participants] == ["Ann Doe", "Jo Roe"]
    assert [part.sentences for part in readout.paragraphs] == [((0, len(SENTENCE)),), ((0, 12), (13, 25))]
    assert (readout.source.file, readout.source.captured) == ("folder/2023-05-06-doe-roe.txt", "2024-01-01")
    assert readout.problems == ()


def test_paragraph_ids_depend_on_the_text_alone(rules: Rules) -> None:
    one = read(["Same.", "Other.", "Same."], Told(), rules).paragraphs
    two = read(["First.", "Same."], Told(), rules).paragraphs
    assert one[0].id == two[1].id
    assert one[2].id == f"{one[0].id}-2"
    assert one[0].id.startswith("p")
    assert len(one[0].id) == 7


def test_a_paragraph_tells_the_line_that_it_begins_on(rules: Rules) -> None:
    raw = "A title\n\nFirst words\ngo on.\n\n\nSecond words."
    passages = (Passage("First words go on.", ((9, 20), (21, 27))), Passage("Second words.", ((30, 43),)))
    readout = section(Capture("a.txt", raw.encode()), CleanText(raw, passages, (), Told()), rules, None)
    assert [part.line for part in readout.paragraphs] == [3, 7]


def test_the_site_s_issuer_stands_in_where_none_is_told(rules: Rules) -> None:
    issuer = Issuer("the Presidency of Chile", "CL")
    readout = read(["President Jo Roe met with President Ann Doe of Peru."], Told(title="A meeting"), rules, issuer)
    assert readout.issuer == issuer
    assert [one.country for one in readout.participants] == ["CL", "PE"]


def test_a_text_without_a_title_is_named_by_its_first_words(rules: Rules) -> None:
    long = "President Ann Doe met today with President Jo Roe of Chile and spoke with him about the harbours of Lima."
    named = read([long, "They agreed."], Told(), rules).title
    assert named == "President Ann Doe met today with President Jo Roe of Chile and spoke with him about the …"
    assert read(["x" * 200], Told(), rules).title == "x" * 90 + " …"
    assert read([], Told(), rules).title == "2023-05-06-doe-roe.txt"


def test_what_is_missing_is_null_and_a_problem(rules: Rules) -> None:
    readout = read(["Le président a parlé avec les ministres de la région."], Told(), rules)
    assert readout.title == "Le président a parlé avec les ministres de la région."
    assert (readout.date, readout.date_source, readout.published) == (None, None, None)
    assert (readout.place, readout.issuer, readout.participants, readout.language) == (None, None, (), "fr")
    assert [problem.message.split(",")[0] for problem in readout.problems] == [
        "no title found",
        "no day of publication found; give `date` in 2023-05-06-doe-roe.meta.yaml",
        "is in the language `fr` and is shown without annotations; add an English copy",
    ]
    assert {problem.path for problem in readout.problems} == {"captures/folder/2023-05-06-doe-roe.txt"}


def test_a_dateline_tells_the_place_of_a_meeting_but_not_of_a_call(rules: Rules) -> None:
    told = Told(title="Talks", place="The Palace, Oslo")
    assert read(["The King met with Ann Roe."], told, rules).place == "The Palace, Oslo"
    assert read(["The King spoke by phone with Ann Roe."], told, rules).place is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2023-11-17-biden-lopez", "2023-11-17-biden-lopez"),
        ("Šimonytė & Łoś", "simonyte-los"),
        ("a_b.c", "a-b-c"),
        ("About", "about"),
    ],
)
def test_an_id_is_a_slug(name: str, expected: str) -> None:
    assert make_id(name) == expected


@pytest.mark.parametrize(
    "name", ["con", "AUX", "nul", "com1", "", "...", "Встреча", "会谈", "Встреча 2024", "x" * 300, "é" * 200]
)
def test_an_id_is_safe_on_every_file_system(name: str) -> None:
    made = make_id(name)
    assert made.isascii()
    assert 0 < len(made) <= 90
    assert made not in {"con", "aux", "nul", "com1"}
    assert made == made.lower().strip("-")
    assert made != make_id(name + "1")


WORDS = [
    "President",
    "Ann",
    "Doe",
    "met",
    "with",
    "of",
    "the",
    "Chile",
    ",",
    ".",
    "’s",
    "on",
    "May 3",
    "(04)",
    "and",
    "to",
    ":",
]
LINE = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


@settings(deadline=None)
@given(
    title=st.one_of(st.none(), LINE), paragraphs=st.lists(LINE, max_size=4), day=st.sampled_from(["2024-02-29", None])
)
def test_no_text_stops_it(title: str | None, paragraphs: list[str], day: str | None, rules: Rules) -> None:
    dates = (Evidence("given", day),) if day else ()
    readout = read(paragraphs, Told(title=title, dates=dates), rules)
    assert [part.text for part in readout.paragraphs] == paragraphs


def test_very_long_lines_take_no_long_time(rules: Rules) -> None:
    for unit in ("National Security Council of the ", "Bank ", "met on May ", "call . held ", "“", "Ann Doe, "):
        read([unit * (100_000 // len(unit))], Told(title=unit * 2_000), rules)


@pytest.mark.corpus
def test_the_corpus_is_read_without_a_crash(shared: Path, rules: Rules) -> None:
    for path in sorted((shared / "gold" / "captures").iterdir())[::20]:
        data = path.read_bytes()
        passages = tuple(Passage(line, ((0, 0),)) for line in data.decode().splitlines() if line.strip())
        readout = section(Capture(path.name, data), CleanText(data.decode(), passages, (), Told()), rules, None)
        assert len(readout.paragraphs) == len(passages)


def test_a_list_with_hard_line_breaks_is_read_line_by_line(rules: Rules) -> None:
    items = "Ann Doe, Convener, Round Table  \nBo Roe, Chair, Power Rising  \nCy Poe, President,\nLand Group"
    text = f"# Meeting with leaders\n\nThe Minister met leaders today.\n\nParticipants included:\n\n{items}\n"
    briefing = whole(Capture("a.md", text.encode()), rules)
    assert [one.name for one in briefing.participants] == ["Ann Doe", "Bo Roe", "Cy Poe"]
