"""Addresses: stable, flat, told apart; and which may lead outward."""

import re

import pytest

from readout_site.reading.section import make_id
from readout_site.rendering import links


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("2023-11-17-biden-lopez-obrador", "readouts/2023/11/17-biden-lopez-obrador.html"),
        ("statement", "readouts/statement.html"),
        ("2023-11-17", "readouts/2023-11-17.html"),
    ],
)
def test_a_briefing_lies_where_its_id_says(name: str, path: str) -> None:
    assert links.briefing_path(name) == path


def test_a_capture_is_always_text_and_lies_beside_its_page() -> None:
    assert links.beside("readouts/2031/05/02-vell.html", links.CAPTURE_SUFFIX) == "readouts/2031/05/02-vell.txt"
    assert links.beside("readouts/2031/05/02-vell.html", links.RECORD_SUFFIX) == "readouts/2031/05/02-vell.json"


def test_ids_that_differ_never_share_an_address() -> None:
    names = ["a-b", "a_b", "A-B", "a--b", "../a-b", "العربية", "中文", "", "."]
    assert len({links.briefing_path(name) for name in names}) == len(names)
    assert all(".." not in links.briefing_path(name) for name in names)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "con",
            "CON",
            "aux.",
            "nul",
            "COM1",
            "lpt9.txt",
            "..",
            ".",
            "",
            "/etc/x",
            "a/b",
            "a\\b",
            "?",
            "a:b",
            "~",
            "-",
        ),
        *(
            "x" * 300,
            "字" * 200,
            "é" * 300,
            "A\u0301",
            "\u202e",
            "a\0b",
            "con ",
            " prn",
            "a. ",
            "العربية",
            "<b>",
            "%2e%2e",
        ),
    ],
)
def test_a_name_is_safe_on_every_file_system(name: str) -> None:
    device = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$")
    for path in (links.briefing_path(make_id(name)), links.instrument_path(links.slug(name)), links.country_path(name)):
        folder, _, file = path.rpartition("/")
        assert folder in {"readouts", "instruments", "countries"}
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.html", file), file
        assert len(file) <= 80 + len("-12345678.html")
        assert not device.match(file.removesuffix(".html"))


def test_long_names_that_begin_alike_are_told_apart() -> None:
    assert links.slug("x" * 300) != links.slug("x" * 301)
    assert links.slug("字" * 200) != links.slug("字" * 201)


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("index.html", "topics/trade.html", "topics/trade.html"),
        ("topics/trade.html", "index.html", "../index.html"),
        ("readouts/2031/05/02-a.html", "readouts/2030/12/24-b.html", "../../2030/12/24-b.html"),
        ("readouts/2031/05/02-a.html", "readouts/2031/05/02-a.txt", "02-a.txt"),
        ("topics/index.html", "method.html#rule-a", "../method.html#rule-a"),
    ],
)
def test_links_are_relative(source: str, target: str, link: str) -> None:
    assert links.relative(source, target) == link


@pytest.mark.parametrize("url", ["https://example.org/a?b=1#c", "http://example.org", "mailto:a@example.org"])
def test_web_and_mail_addresses_lead_outward(url: str) -> None:
    assert links.outward(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "example.org",
        "https:",
        "https://[",
        "https://example.org/\u202e",
        'https://example.org/"onmouseover="x',
        "mailto:",
    ],
)
def test_nothing_else_leads_outward(url: str | None) -> None:
    assert links.outward(url) is None


def test_a_part_of_a_list_never_takes_the_address_of_another_list() -> None:
    assert links.part_path("topics/trade.html", "2031") == "topics/trade-2031.html"
    assert links.part_path(links.instrument_path("pact"), "2031") != links.instrument_path(links.slug("Pact 2031"))
