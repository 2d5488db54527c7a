"""Markdown by hand: only the allowed elements and links come through."""

import time

import pytest

from readout_site.rendering.prose import first_block, to_html


@pytest.mark.parametrize(
    ("source", "html"),
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
def test_only_what_is_allowed_comes_through(source: str, html: str) -> None:
    assert to_html(source, "../") == html


@pytest.mark.parametrize(
    "source", ["<script>alert(1)</script>", "<style>*{}</style>", "<iframe src=//x>", "<svg onload=x>"]
)
def test_no_active_content_comes_through(source: str) -> None:
    assert "<script" not in to_html(source, "../")
    assert "onload" not in to_html(source, "../")
    assert "<iframe" not in to_html(source, "../")
    assert "<style" not in to_html(source, "../")


def test_a_text_that_would_stall_the_parser_is_shown_plain() -> None:
    start = time.process_time()
    assert to_html("[" * 20_000, "").startswith("<p>[[[")
    assert time.process_time() - start < 5  # seconds; the parser alone takes over 20


def test_the_first_block_stands_alone() -> None:
    assert first_block(to_html("One.\n\nTwo.", "")) == "<p>One.</p>"
    assert first_block(to_html("- a\n- b", "")) == to_html("- a\n- b", "")
