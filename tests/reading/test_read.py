"""Reading never fails: any bytes and any patchwork of awkward pieces become a record that can be published."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_site.reading import Rules, read
from readout_site.records import Capture

PIECES = (
    "Readout of President Ada Lorn’s Call with Prime Minister Bo Chen of Fiji\n\n",
    "President Lorn spoke today with Prime Minister Chen. ",
    "The leaders agreed to plant 2 million trees by 2035. ",
    "1 in 0 households",
    "9" * 5000 + "st",
    "APRİL 5, 2023",
    "aprıl 5, 2023",
    "31 February 2023",
    "$",
    "€1.5bn",
    "the U.S. and",
    "\ud800",
    "\x00",
    "\u202e",
    "NATO (North Atlantic Treaty Organization)",
    "For Immediate Release ",
    "https://example.org/2023/02/31/x",
    "---\n",
    "title: [",
    '<script type="application/ld+json">{"headline": "\\ud800", "datePublished": "2023-02-31"}</script>',
    "<p>",
    "</p>",
    "<h1>",
    "&amp;",
    "* ",
    "###",
    "\n",
    "\n\n",
    " ",
)
SUFFIXES = ("txt", "md", "html")


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_patchwork_of_pieces_is_read(rules: Rules, suffix: str, pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    assert msgspec.json.encode(read(Capture(f"2023-05-04-x.{suffix}", data), rules))


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.binary(max_size=300))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read(rules: Rules, suffix: str, data: bytes) -> None:
    assert msgspec.json.encode(read(Capture(f"x.{suffix}", data), rules))


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_piece_within_a_readout_is_read(rules: Rules, suffix: str, piece: str) -> None:
    text = f"{PIECES[0]}{PIECES[1]}{piece} {PIECES[2]}\n"
    briefing = read(Capture(f"2023-05-04-x.{suffix}", text.encode("utf-8", "surrogatepass")), rules)
    assert msgspec.json.encode(briefing)
    assert briefing.source.file == f"2023-05-04-x.{suffix}"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (bytes(range(256)) * 8, False),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), False),
        ("Readout of a Call".encode("utf-16-le"), False),
        ("Readout of a Call".encode("utf-16"), True),
        (b"Readout of a Call\n\nPresident Example spoke with Prime Minister Sample\x00 of wool and cork.", True),
        (b"caf\xe9 in Windows-1252, and a slip of the keys \x01", True),
    ],
)
def test_what_is_no_text_is_set_apart_under_the_name_of_its_file(rules: Rules, data: bytes, *, text: bool) -> None:
    briefing = read(Capture("2024-05-14-harbour_chart.txt", data), rules)
    assert bool(briefing.paragraphs or briefing.removed) == text
    if not text:
        assert (briefing.title, briefing.language) == ("2024-05-14-harbour_chart.txt", "und")
        assert ["is no text" in problem.message for problem in briefing.problems] == [True]
