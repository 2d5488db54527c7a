"""Scraped text → lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.reading.cleaning.lines import Line, Piece, join_paragraphs, make_line, text_lines

WIDE = "The leaders of the two countries met in the old town and spoke about the"


def furniture(text: str) -> bool:
    return text.startswith("Page ")


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("one\r\n\r\ntwo\rthree\u2028four\x85\xa0five\xa0\xa0six ", ["one", "two", "three", "four", "five six"]),
        (
            f"{WIDE}\nharbours.\n\n{WIDE}\ncanals of the north, and of the rivers that feed them in the spring.",
            [f"{WIDE} harbours.", f"{WIDE} canals of the north, and of the rivers that feed them in the spring."],
        ),
        (
            f"{WIDE} infor-\nmation.\n\n{WIDE} information\nnetworks.\n",
            [f"{WIDE} information.", f"{WIDE} information networks."],
        ),
        (
            f"{WIDE} long-\nterm plan.\n\n{WIDE} spring and\nsummer.\n",
            [f"{WIDE} long-term plan.", f"{WIDE} spring and summer."],
        ),
        (
            f"{WIDE} five-\nyear plan.\n\n{WIDE} high-\nlighted ten-\nsions.\n",
            [f"{WIDE} five-year plan.", f"{WIDE} highlighted tensions."],
        ),
        (
            f"{WIDE} re-\nopening.\n\n{WIDE} re-\nports in a free-\nport or port.\n",
            [f"{WIDE} re-opening.", f"{WIDE} reports in a freeport or port."],
        ),
        (
            f"{WIDE} Lind-\nChen accord.\n\n{WIDE} spring and\nsummer.\n",
            [f"{WIDE} Lind- Chen accord.", f"{WIDE} spring and summer."],
        ),
        (
            f"{WIDE}\nPage 2 of 3\n\nharbours.\n\n{WIDE}.\nPage 3 of 3\n{WIDE}.",
            [f"{WIDE} harbours.", "Page 2 of 3", f"{WIDE}.", "Page 3 of 3", f"{WIDE}."],
        ),
        (
            f"{WIDE} a.\n{WIDE} {WIDE} b.\n{WIDE} c.\n{WIDE} d.",
            [f"{WIDE} a.", f"{WIDE} {WIDE} b.", f"{WIDE} c.", f"{WIDE} d."],
        ),
        (
            f"{WIDE} a\nvice-\npresident.\n\n{WIDE} spring and\nsummer.",
            [f"{WIDE} a vice-president.", f"{WIDE} spring and summer."],
        ),
        (
            f"{WIDE} 12-\nkm line, 12-\nkm.\n\n{WIDE} of co-\nleaders, who co-\noperate and co-\nopen re-\nports.",
            [f"{WIDE} 12-km line, 12-km.", f"{WIDE} of co-leaders, who cooperate and co-open reports."],
        ),
        (
            f"{WIDE} sea-\nport and the sea, a port and a sea-\ning.\n\n{WIDE} spring and\nsummer.",
            [f"{WIDE} sea-port and the sea, a port and a seaing.", f"{WIDE} spring and summer."],
        ),
        (
            f"{WIDE} gold-\nrush, as a gold-rush.\n\n{WIDE} high-\nway and highway.\n",
            [f"{WIDE} gold-rush, as a gold-rush.", f"{WIDE} highway and highway."],
        ),
        (
            f"From: {WIDE}\nTo: {WIDE}\n\n{WIDE}\nharbours.\n\n{WIDE}\ncanals.\n",
            [f"From: {WIDE}", f"To: {WIDE}", f"{WIDE} harbours.", f"{WIDE} canals."],
        ),
        (
            f"{WIDE}\nharbours.\n\n{WIDE}\ncanals.\n\n{WIDE}\nOld Street 8\nNorthport\n",
            [f"{WIDE} harbours.", f"{WIDE} canals.", WIDE, "Old Street 8", "Northport"],
        ),
        (f"{WIDE}\n\nHarbours.\n\n{WIDE}\n\nCanals.\n", [WIDE, "Harbours.", WIDE, "Canals."]),
        ("They met.  And spoke.  # # #", ["They met. And spoke.", "# # #"]),
        ("They met. \u2028They spoke. -30-\nThe END", ["They met.", "They spoke.", "-30-", "The END"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_lines_are_what_a_reader_sees(source: str, lines: list[str]) -> None:
    assert [line.text for line in text_lines(source, furniture)] == lines


def test_a_wrapping_hyphen_is_in_no_range() -> None:
    source = f"{WIDE} infor-\nmation.\n\n{WIDE}\nharbours.\n"
    line = text_lines(source, furniture)[0]
    assert [source[start:end] for start, end in line.source] == [f"{WIDE} infor", "mation."]


ENDINGS = """\
year month week day hour minute term range scale level point party based led backed brokered funded financed owned run
made driven related oriented making building sharing saving keeping finding standing lasting reaching looking ranking
growing speaking quality income profile speed tech sector border fire person sided wide depth free neutral being
defense defence determination sufficiency proliferation friendly timed trained equipped and to of the kilometre
kilometer mile"""
PARTS = """\
all anti co cross high low long short mid multi non post half self semi well one two three four five six seven eight
nine ten twelve fifteen twenty thirty forty fifty sixty first second third fact cease decision peace vice far hard
large full closed open face"""
COMPOUNDS = [*(f"new-{word}" for word in ENDINGS.split()), *(f"{word}-plan" for word in PARTS.split())]


@pytest.mark.parametrize("compound", COMPOUNDS)
def test_a_compound_over_the_end_of_a_line_keeps_its_hyphen(compound: str) -> None:
    left, _, right = compound.partition("-")
    source = f"{WIDE} {left}-\n{right} first.\n\n{WIDE} spring and\nsummer.\n"
    assert text_lines(source, furniture)[0].text == f"{WIDE} {compound} first."


def of_width(*widths: int, end: str = "x") -> str:
    """Return a paragraph whose lines have these widths, in words of one letter."""
    return "\n".join(("a " * width)[: width - 1] + end for width in widths)


@pytest.mark.parametrize(
    ("source", "joined"),
    [
        (of_width(60, 60, 60, 60), True),
        (of_width(60, 60, 60), False),  # Three lines tell no width,
        (of_width(40, 40, 40, 40), False),  # nor narrow ones,
        (of_width(60, 41, 41, 41), False),  # nor such as are mostly short.
        (of_width(60, 60, 41, 41), True),
        (of_width(60, 60, 60, 121), False),
        (of_width(60, 60, 60, 120), False),  # Half of a wrapped text's lines are nearly as wide as the widest.
        (of_width(120, 120, 120, 120), True),
        (of_width(121, 121, 121, 121), False),
        (of_width(60, 60, end=".") + "\n" + of_width(60, 60), True),
        (of_width(60, 60, 60, 60, 60, end=".") + "\n" + of_width(60), False),  # Sentences end at the ends of lines.
    ],
)
def test_wrapped_text_is_told_by_the_width_of_its_lines(source: str, *, joined: bool) -> None:
    capitals = "\n".join(line[:1].upper() + line[1:] for line in source.splitlines())
    assert (len(text_lines(capitals, furniture)) < len(source.splitlines())) == joined


def test_ranges_are_those_of_the_words() -> None:
    source = " They met.\tAnd  spoke. ### \n"
    assert [[source[start:end] for start, end in line.source] for line in text_lines(source, furniture)] == [
        ["They met.\tAnd  spoke."], ["###"]
    ]  # fmt: skip


@given(st.lists(st.tuples(st.text("ab \n", max_size=4), st.sampled_from(("kept", "markup", "entity")))))
def test_a_line_of_pieces_has_the_ranges_of_its_words(parts: list[tuple[str, str]]) -> None:
    text, pieces = "", list[Piece]()
    for words, what in parts:
        start = len(text)
        text += {"kept": words, "markup": "<b>", "entity": "&amp;"}[what]
        if what != "markup" and len(text) > start:
            pieces.append((start, len(text), words if what == "kept" else "&"))
    line = make_line(pieces, "item", "title")
    words = " ".join("".join(words for _, _, words in pieces).split())
    if line is None:
        assert words == ""
        return
    assert line == Line(words, line.source, "item", "title")
    ranges = [text[start:end] for start, end in line.source]
    assert " ".join("".join(ranges).replace("&amp;", "&").split()) == words
    assert ranges[0] == ranges[0].lstrip()
    assert ranges[-1] == ranges[-1].rstrip()
    assert all(first[1] < second[0] for first, second in zip(line.source, line.source[1:], strict=False))


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("A b.\n\nC d.\n\nE f.\nG h.", ["A b.", "C d.", "E f. G h."]),
        ("A b.\nC d.\n\nE f.\nG h.", ["A b.", "C d.", "E f.", "G h."]),
        ("A b.\n\nC d.\nE f.", ["A b.", "C d.", "E f."]),
        ("A b.\nx\n\nC d.\n\nE f.\nG h.\nx", ["A b.", "x", "C d.", "E f.", "G h.", "x"]),
        ("A b.\n\nC d.\n\nE.\n\nF.\nG h.\nI-\nx", ["A b.", "C d.", "E.", "F. G h. I-", "x"]),
    ],
)
def test_paragraphs_that_touch_are_joined_where_most_are_parted(source: str, kept: list[str]) -> None:
    lines = text_lines(source, furniture)
    joined = join_paragraphs(source, lines, lambda text: text[0].isupper())
    assert [line.text for line in joined] == kept
