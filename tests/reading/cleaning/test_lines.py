"""Scraped text → lines."""

import pytest

from readout_site.reading.cleaning.lines import text_lines

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
