"""Passages, removals and white space tile every capture, whatever its bytes."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.tiling import faults

from readout_site.reading.cleaning.boilerplate import Boilerplate
from readout_site.records import Capture, CleanText, Passage, Told

Tidy = Callable[[Capture], CleanText]
SUFFIXES = ("txt", "md", "html")
PIECES = (
    "Prime Minister Ada Lind spoke today with President Bo Chen about trade, and they agreed to meet again soon.",
    "Readout of Prime Minister Ada Lind’s Call with President Bo Chen",
    "Readout of Prime Minister Ada Lind’s…",
    "HomeNewsReadout of Prime Minister Ada Lind’s...",
    "90.5 F",
    "###",
    "\\###",
    "latest articles",
    "Also Read",
    "Page 2 of 3",
    "The leaders met today, and spoke of the infor-\nmation that both of their governments share,\nand of long-\nterm",
    "May 3, 2023",
    "31 February 2023",
    "Published: May 3, 2023",
    "The White House",
    "For Immediate Release",
    "https://gov.example/2023/05/03/x/",
    "Source: https://gov.example/2023/05/03/x/",
    "The Old Palace, Northport",
    "---\n",
    "title: A \\_ b",
    "a: [",
    "...",
    "- item",
    "1. item",
    "> quote",
    "| a | b |",
    "# Heading #",
    "*em*",
    "**b**",
    "_u_",
    "[a](b)",
    "![a](b)",
    "[a",
    "](b",
    "\\*",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<div>",
    "<h1>",
    "</h1>",
    "<a href='x'>",
    '<a "',
    "<script>",
    "</script>",
    "<br>",
    "<td>",
    "<li>",
    "<nav>",
    "</nav>",
    "<article>",
    "<title>x</title>",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\x0b",
    "\x1c",
    "\x85",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\xa0",
    "\0",
    " ",
    "\t",
    "x",
    "é",
    "中",
    "🙂",
    "Home • News",
    "Twitter Instagram Facebook Home",
    "A title | Site",
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_tile(tidy: Tidy, suffix: str, data: bytes) -> None:
    tidy(Capture(f"capture.{suffix}", data))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), glue=st.sampled_from(("", " ", "\n", "\n\n")))
def test_any_page_tiles(tidy: Tidy, suffix: str, pieces: list[str], glue: str) -> None:
    cleaned = tidy(Capture(f"2023-05-03-capture.{suffix}", glue.join(pieces).encode()))
    assert cleaned.passages or cleaned.problems


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_rule_that_cuts_is_described(
    tidy: Tidy, boilerplate: Boilerplate, suffix: str, pieces: list[str]
) -> None:
    described = {rule.name for rule in boilerplate.docs}
    cleaned = tidy(Capture(f"capture.{suffix}", "\n".join(pieces).encode()))
    assert {removal.rule for removal in cleaned.removed} <= described


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 10_000,
        "<a " * 7_000,
        '<a "' * 10_000,
        "](a " * 8_000,
        "<!--" * 10_000,
        "*a " * 20_000,
        "&#" * 20_000,
        "<div>" * 100_000 + "words" + "</div>" * 100_000,
        "<p><b>words " * 15_000,
        " " * 200_000 + "x",
        "#" * 100_000,
        "> " * 20_000,
        "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">words</p>",
        "<script>" * 20_000,
        "[a](" + " " * 50_000 + "b",
        "---\na: " + "[" * 20_000 + "\n---\n",
        "word " * 100_000,
        ("The leaders met today and agreed on inter-\n") * 10_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_hostile_text_is_read_in_two_seconds(tidy: Tidy, suffix: str, text: str) -> None:
    start = time.process_time()
    tidy(Capture(f"capture.{suffix}", text.encode()))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_capture_of_a_megabyte_is_read_in_seconds(tidy: Tidy, suffix: str) -> None:
    paragraph = (
        "<p>"
        + "The leaders discussed many things, with care and in detail, over the course of a day. " * 8
        + "</p>\n\n"
    )
    cleaned = tidy(Capture(f"capture.{suffix}", (paragraph * (1_000_000 // len(paragraph))).encode()))
    start = time.process_time()
    tidy(Capture(f"capture.{suffix}", cleaned.text.encode()))
    assert time.process_time() - start < 2


@pytest.mark.corpus
def test_every_capture_of_the_corpus_tiles(tidy: Tidy, shared: Path) -> None:
    paths = [path for path in shared.glob("corpus/**/*") if path.suffix in {".txt", ".md", ".html"}]
    paths += [path for path in (shared / "gold" / "captures").iterdir() if path.suffix in {".txt", ".md", ".html"}]
    assert len(paths) > 906
    for path in sorted(paths):
        cleaned = tidy(Capture(path.name, path.read_bytes()))
        assert cleaned.passages, path
        assert cleaned.told.title, path
        assert cleaned.told.dates or re.match(r"[a-z]+\.txt", path.name), path


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("AT&amp;T", "AT&T", []),
        ("AT&amp;T", "AT&amp;T", []),
        ("&lt;&amp", "<&amp", []),
        ("AT&amp;T", "ATT", ["not the text of its ranges: 'ATT'"]),
        ("AT T", "AT  T", ["white space not folded: 'AT  T'"]),
    ],
)
def test_faults_are_found(text: str, words: str, told: list[str]) -> None:
    assert faults(CleanText(text, (Passage(words, ((0, len(text)),)),), (), Told())) == told


def test_what_is_lost_or_doubled_is_a_fault() -> None:
    assert faults(CleanText("One two", (Passage("One", ((0, 3),)),), (), Told())) == ["lost 3 characters, from 4"]
    twice = (Passage("One", ((0, 3),)), Passage("One", ((0, 3),)))
    assert faults(CleanText("One", twice, (), Told())) == ["twice or nowhere: 0, 3"]
