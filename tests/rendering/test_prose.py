"""Markdown by hand: only the allowed elements and links come through."""

import html
import time

import pytest

from readout_site.rendering import prose
from readout_site.rendering.prose import first_block, lost_links, to_html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("[x](https://example.org)", '<p><a href="https://example.org">x</a></p>'),
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ("[x](topics/trade.html#m2031-05)", '<p><a href="../topics/trade.html#m2031-05">x</a></p>'),
        ("[x](../other.html)", "<p><a>x</a></p>"),
        ("[x](a/%2e%2e/../../b.html)", "<p><a>x</a></p>"),
        ("[x](/other.html)", "<p><a>x</a></p>"),
        ("[x](//example.org)", "<p><a>x</a></p>"),
        ("[x](#p1)", "<p><a>x</a></p>"),
        ("[x](data:text/html,x)", "<p><a>x</a></p>"),
        ('<img src=x onerror="alert(1)">hm', "<p>hm</p>"),
        ("<b onclick=x>bold</b>", "<p>bold</p>"),
        ("# Heading", "Heading"),
    ],
)
def test_only_what_is_allowed_comes_through(source: str, shown: str) -> None:
    assert to_html(source, "../") == shown


@pytest.mark.parametrize(
    "source", ["<script>alert(1)</script>", "<style>*{}</style>", "<iframe src=//x>", "<svg onload=x>"]
)
def test_no_active_content_comes_through(source: str) -> None:
    assert "<script" not in to_html(source, "../")
    assert "onload" not in to_html(source, "../")
    assert "<iframe" not in to_html(source, "../")
    assert "<style" not in to_html(source, "../")


STALLING = {
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "tags": "<a " * 6_600,
    "unclosed": "<div>" * 4_000,
    "comments": "<!--" * 5_000,
    "links": "[a](" * 5_000,
    "stars": "**a*" * 5_000,
    "lines": "_a " * 6_600,
    "ticks": "`a" * 10_000,
    "quotes": "> " * 10_000,
    "numbers": "1. " * 6_600,
    "lists": "".join(" " * (4 * (n % 60)) + "* a\n" for n in range(600)),
    "spaces": " " * 19_990 + "x",
    "entities": "&#" * 10_000,
    "megabyte": "a *b* " * 200_000,
}


@pytest.mark.parametrize("name", STALLING)
def test_a_text_that_would_stall_the_parser_is_shown_in_time(name: str) -> None:
    start = time.process_time()
    assert to_html(STALLING[name], "")
    assert time.process_time() - start < 2  # seconds; the parser alone takes over 20 for some


@pytest.mark.parametrize("name", ["brackets", "tags", "numbers", "megabyte"])
def test_what_the_parser_cannot_take_is_shown_as_it_is(name: str) -> None:
    assert to_html(STALLING[name], "") == f"<p>{html.escape(STALLING[name])}</p>"


def test_the_first_block_stands_alone() -> None:
    assert first_block(to_html("One.\n\nTwo.", "")) == "<p>One.</p>"
    assert first_block(to_html("- a\n- b", "")) == to_html("- a\n- b", "")


@pytest.mark.parametrize(
    ("address", "lost"),
    [
        ("topics/trade.html", False),
        ("https://example.org/x", False),
        ("mailto:a@example.org", False),
        ("../topics/trade.html", True),
        ("/topics/trade.html", True),
        ("#key-figures", True),
        ("javascript:alert(1)", True),
    ],
)
def test_a_link_that_is_taken_out_is_told_with_its_line(address: str, *, lost: bool) -> None:
    body = f"See [there]({address})."
    problems = list(lost_links(body, f"notes:\n- exact: x\n  body: {body}\n", "notes/x.yaml"))
    assert [(problem.path, problem.line, problem.notice) for problem in problems] == [("notes/x.yaml", 3, False)] * lost
    assert ("href" in to_html(body, "")) is not lost


def test_a_text_without_a_link_is_not_parsed_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(prose, "parsed")
    assert not list(lost_links("A *plain* text & no more.", "", "glossary/x.md"))
    with pytest.raises(NameError):
        list(lost_links("See [there](x).", "", "glossary/x.md"))
