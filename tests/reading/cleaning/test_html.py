"""Saved web pages → body, frame and what the page says of itself."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.reading.cleaning.html import deepest, parse, simple_page, telling_parts
from readout_site.reading.cleaning.pagefacts import page_facts
from readout_site.reading.cleaning.tags import tokens
from readout_site.records import Capture, CleanText, Evidence

Tidy = Callable[[Capture], CleanText]
TITLE = "Readout of Prime Minister Ada Lind&#8217;s Call with President Bo Chen"
HEAD = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} | Government of Norland</title>
<meta property="og:site_name" content="Office of the Prime Minister">
<link rel="canonical" href="https://www.gov.example/news/2023/05/03/readout-lind-chen/">
<script type="application/ld+json">
{{"@graph": [{{"@type": "NewsArticle", "datePublished": "2023-05-03T10:00:00Z"}}]}}
</script>
<style>p {{ color: red }}</style></head>
"""
FRAME = """<body><a href="#main">Skip to main content</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve our site.</p><button>Accept</button></div>
"""
BODY = """<p>Prime Minister Ada Lind spoke today with President Bo Chen about trade &amp; security.
They agreed to work <em>to</em>gether on their shared goals for the coming year.</p>
<h2>Trade</h2>
<p>The leaders welcomed a <b>new</b> agreement worth $5&nbsp;billion over three years,
and the 50<sup>th</sup> year of the pact.</p>
<ul><li>Lower duties on fish</li><li>A joint <a href="/office">office</a> for small firms</li></ul>
<table><tr><th>Exports</th><td>$3 billion</td></tr><tr><th>Imports</th><td>$2 billion</td></tr></table>
<p>The Prime Minister thanked the President for his help.<br>They agreed to remain in touch.<!-- end --></p>
"""
FOOT = """<aside><h3>Related</h3><ul><li><a href="/a">Minister opens a bridge in the north</a></li></ul></aside>
<footer><p>&copy; 2023 Government of Norland</p><a href="/privacy">Privacy</a></footer></body></html>
"""
PARAGRAPHS = [
    (
        "Prime Minister Ada Lind spoke today with President Bo Chen about trade & security."
        " They agreed to work together on their shared goals for the coming year."
    ),
    "Trade",
    "The leaders welcomed a new agreement worth $5 billion over three years, and the 50th year of the pact.",
    "Lower duties on fish",
    "A joint office for small firms",
    "Exports $3 billion",
    "Imports $2 billion",
    "The Prime Minister thanked the President for his help. They agreed to remain in touch.",
]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<main><h1>{TITLE}</h1><p class='date'>May 3, 2023</p><article>", "</article></main>"),
        (f"<article><header><h1>{TITLE}</h1></header><div class='entry-content'>", "</div></article>"),
        (f"<div id='content'><h1>{TITLE}</h1><div class='field-item'>", "</div></div>"),
        (f"<table><tr><td><h1>{TITLE}</h1>", "</td></tr></table>"),
    ],
    ids=["main", "article", "div", "table"],
)
def test_the_body_is_found_and_whole(tidy: Tidy, before: str, after: str) -> None:
    cleaned = tidy(Capture("page.html", (HEAD + FRAME + before + BODY + after + FOOT).encode()))
    assert [passage.text for passage in cleaned.passages] == PARAGRAPHS
    assert {removal.rule for removal in cleaned.removed} == {"page-frame", "title", "html"}
    assert cleaned.problems == ()
    for cut, following in pairwise(cleaned.removed):
        if "page-frame" in {cut.rule, following.rule}:  # What stands between two words that are kept is one cut.
            between = cleaned.text[cut.end : following.start].strip()
            assert between or "title" in {cut.rule, following.rule}


def test_what_the_page_says_of_itself(tidy: Tidy) -> None:
    told = tidy(Capture("page.html", f"{HEAD}{FRAME}<main><h1>{TITLE}</h1>{BODY}</main>{FOOT}".encode())).told
    assert told.title == "Readout of Prime Minister Ada Lind’s Call with President Bo Chen"
    assert told.url == "https://www.gov.example/news/2023/05/03/readout-lind-chen/"
    assert (told.issuer, told.language, told.via) == ("Office of the Prime Minister", "en-GB", None)
    assert told.dates == (Evidence("page-metadata", "2023-05-03"), Evidence("source-url", "2023-05-03"))


def test_a_mirror_is_told_from_its_original(tidy: Tidy) -> None:
    source = "<p>Official news published at https://gov.example/2023/05/01/x/</p>"
    told = tidy(Capture("page.html", f"{HEAD}<body><article><h1>{TITLE}</h1>{BODY}{source}</article>".encode())).told
    assert (told.url, told.via) == (
        "https://gov.example/2023/05/01/x/",
        "https://www.gov.example/news/2023/05/03/readout-lind-chen/",
    )
    assert told.dates == (Evidence("source-url", "2023-05-01"), Evidence("page-metadata", "2023-05-03"))


def test_furniture_within_the_body_is_cut_by_its_rule(tidy: Tidy) -> None:
    body = BODY.replace("<h2>", "<p>Story continues below this ad</p><h2>")
    cleaned = tidy(Capture("page.html", f"{HEAD}{FRAME}<article><h1>{TITLE}</h1>{body}</article>{FOOT}".encode()))
    assert [passage.text for passage in cleaned.passages] == PARAGRAPHS
    assert "advertising" in {removal.rule for removal in cleaned.removed}


LINES = "<ul><li>Rice will be freed from duties.</li></ul><p>Both agreed to meet.</p>"


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (LINES, ["Rice will be freed from duties.", "Both agreed to meet."]),
        (f"<div class='node-related'>{LINES}</div>", []),
        (f"</div><div>{LINES}", []),
        ("<p><a href='/x'>The Minister opens a bridge in the north.</a></p>", []),
    ],
)
def test_the_text_goes_on_to_the_end_of_its_box(tidy: Tidy, after: str, kept: list[str]) -> None:
    table = "<table><tr><th>Year</th><th>Trade</th></tr><tr><td>2028</td><td>$3</td></tr></table>"
    text = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:1])
    page = f"{HEAD}{FRAME}<h1>{TITLE}</h1><div class='node'><div class='field'>{text}{table}{after}</div></div>{FOOT}"
    found = [passage.text for passage in tidy(Capture("a.html", page.encode())).passages]
    assert found == [PARAGRAPHS[0], "Year Trade", "2028 $3", *kept]


@pytest.mark.parametrize(
    ("title", "heading", "told"),
    [
        ("Cabinet of Norland - News", "<h1>Meeting of Lind with Chen</h1>", "Meeting of Lind with Chen"),
        ("Lind meets Chen in May - Cabinet", "<h2>Lind meets Chen in May</h2>", "Lind meets Chen in May"),
        ("Lind meets Chen in May • Cabinet", "<h1>Cabinet</h1>", "Lind meets Chen in May"),
        ("", "<h1>News</h1><h1>Meeting of Lind with Chen</h1>", "Meeting of Lind with Chen"),
    ],
)
def test_the_headline_is_the_heading_above_the_text(tidy: Tidy, title: str, heading: str, told: str) -> None:
    page = f"<html><title>{title}</title><body>{FRAME}{heading}<div>{BODY}</div>{FOOT}"
    cleaned = tidy(Capture("a.html", page.encode()))
    assert cleaned.told.title == told
    assert [passage.text for passage in cleaned.passages] == PARAGRAPHS


def test_a_page_that_is_one_form_is_no_frame(tidy: Tidy) -> None:
    page = f"{HEAD}<body><form><input type='hidden'><div><h1>{TITLE}</h1><div>{BODY}</div></div></form>{FOOT}"
    assert [passage.text for passage in tidy(Capture("a.html", page.encode())).passages] == PARAGRAPHS


def test_a_page_too_deep_for_the_libraries_is_read_by_its_structure(tidy: Tidy) -> None:
    deep = "<div>" * 500 + BODY + "</div>" * 500
    cleaned = tidy(Capture("page.html", f"{HEAD}{FRAME}<article><h1>{TITLE}</h1>{deep}</article>{FOOT}".encode()))
    assert [passage.text for passage in cleaned.passages] == PARAGRAPHS
    assert [problem.line for problem in cleaned.problems] == [1]


@pytest.mark.parametrize(
    "source",
    [
        "<![ words of a readout",
        "<!-- words of a readout",
        "<plaintext>words of a readout",
        "<noscript>words of a readout</noscript>",
        "<p>words <of a readout",
    ],
)
def test_text_after_broken_markup_is_not_lost(tidy: Tidy, source: str) -> None:
    assert "of a readout" in " ".join(passage.text for passage in tidy(Capture("page.html", source.encode())).passages)


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ("<h2>Prime Minister meets the President</h2>", "Prime Minister meets the President"),
        ("<h1>Bureau</h1><h2>Prime Minister meets the President</h2>", "Press Release: Bureau"),
        ("<h2>Latest news</h2>", "Press Release: Bureau"),
    ],
)
def test_a_lone_heading_of_the_second_rank_is_the_headline(tidy: Tidy, headings: str, title: str) -> None:
    text = "<p>The leaders met today in the capital and agreed that ships must be free to pass through the strait.</p>"
    source = f"<html><title>Press Release: Bureau</title><body><main>{headings}{text * 2}</main></html>"
    assert tidy(Capture("page.html", source.encode())).told.title == title


def test_the_fields_of_a_page_are_cut_within_its_text_and_at_its_foot(tidy: Tidy) -> None:
    body = (
        "The Prime Minister spoke to the President of Vesta about ships this morning.",
        "The leaders discussed the northern strait and agreed that ships must be free to pass through it.",
        "They looked forward to the summit in the capital, where both will speak on the first day.",
    )
    source = (
        f"<html><body><main><h1>Call with the President of Vesta</h1><p>{body[0]}</p>"
        "<dl><dt>From:</dt><dd><a href='/'>Prime Minister's Office</a></dd><dt>Published</dt><dd>12 March 2031</dd>"
        f"<div><p>{body[1]}</p><p>{body[2]}</p><p>DS/ST</p><span>(Release ID: 1927182)</span> "
        "<span>Visitor Counter : 432</span><div>Read this release in: <a>Urdu</a></div></div></main></html>"
    )
    text = tidy(Capture("page.html", source.encode()))
    assert tuple(passage.text for passage in text.passages) == body
    assert {"field", "typists", "release-number", "translations"} <= {cut.rule for cut in text.removed}
    assert [told.date for told in text.told.dates] == ["2031-03-12"]


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("<title> A  b </title>", {"title": "A b"}),
        ("<meta property='og:title' content='T'><title>T | S</title>", {"title": "T"}),
        ("<meta name='DC.date.issued' content='2023-05-03'>", {"date": "2023-05-03"}),
        ("<meta name=date content=2023-05-01><time datetime=2023-05-03>", {"date": "2023-05-01"}),
        ("<time datetime='2023-05-03T10:00'>", {"date": "2023-05-03T10:00"}),
        ("<meta property=og:url content='javascript:x'>", {}),
        ("<link rel='shortcut canonical' href='https://a.example/'>", {"url": "https://a.example/"}),
        ("<html lang=fr><meta property=og:locale content=en_GB>", {"language": "fr"}),
        (
            '<script type=x>{"@type": ["Report"], "headline": "H", "publisher": {"name": "P"}, "url": 3}</script>',
            {"title": "H", "issuer": "P"},
        ),
        ('<script type=x>[[[</script><script>{"@graph": 3}</script><script>"x"</script>', {}),
        ("", {}),
    ],
)
def test_facts(head: str, facts: dict[str, str]) -> None:
    assert page_facts(parse(head)) == facts


@given(
    st.lists(
        st.sampled_from(
            ("<", ">", "<!--", "-->", "<a b='", "'", '"', "<script>", "</script>", "</", "x", "<p>", "&amp;", "<!")
        )
    )
)
def test_tokens_tile_their_source(parts: list[str]) -> None:
    source = "".join(parts)
    found = list(tokens(source))
    assert "".join(source[start:end] for _, _, start, end in found) == source
    assert all(start < end for _, _, start, end in found)


@pytest.mark.parametrize(
    ("page", "depth"),
    [
        ("words", 0),
        ("<div><section><p>a</p></section></div><p>b</p>", 3),
        ("<div>a</div>" * 9, 1),
        ("</div></div></div><div><b>a", 2),
        ("<br><img><hr><input>", 0),
        ("<b>" * 9, 9),
        ("<li>a<b>b</b><li>c", 2),
        *(
            (f"<{name}>a<{name}><{name}>b", 1)
            for name in ["p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot"]
        ),
    ],
)
def test_elements_that_end_where_the_next_begins_nest_no_deeper(page: str, depth: int) -> None:
    assert deepest(list(tokens(page))) == depth


@pytest.mark.parametrize(("length", "whole"), [(1_999, True), (2_000, False)])
def test_tags_of_extreme_length_are_given_to_no_library(length: int, *, whole: bool) -> None:
    for start in ("<p a='", "<meta a='"):
        tag = start + "x" * (length - len(start) - 2) + "'>"
        page = f"<i>words</i>{tag}more"
        assert (tag in simple_page(page, list(tokens(page)))) == whole
        assert (tag in telling_parts(page, list(tokens(page)))) == (whole and start == "<meta a='")


def test_what_turns_links_elsewhere_or_is_no_word_is_given_to_no_library() -> None:
    page = "<base href='//x'><p>1 < 2\0</p><script>words()</script><o:p>b</o:p>"
    assert simple_page(page, list(tokens(page))) == "<!doctype html><p>1 &lt; 2</p><script></script>b"


def test_a_headline_of_four_words_is_one(tidy: Tidy) -> None:
    page = "<title>News</title><body><h1>Call with President Chen</h1>" + BODY
    assert tidy(Capture("page.html", page.encode())).told.title == "Call with President Chen"
