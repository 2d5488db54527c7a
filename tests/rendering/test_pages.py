"""The pages of a site: where they lie, that their links lead somewhere, and that they are sound HTML."""

import html
import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import urldefrag

import html5lib
import pytest
from msgspec.structs import replace

from readout_site.records import Briefing, Figure, Instrument, Issuer, Mention, Note, Participant, Removal, Source
from readout_site.rendering.entries import LONGEST
from readout_site.rendering.links import CAPTURE_SUFFIX, RECORD_SUFFIX, beside, briefing_path
from readout_site.rendering.registers import MANY
from readout_site.settings import NavigationItem, Settings

Make = Callable[..., Briefing]
Build = Callable[..., Mapping[str, str]]
HREF = re.compile(r'(?:href|src)="([^"]*)"')
ID = re.compile(r' id="([^"]*)"')
HOSTILE = (
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "a\x00b\x1b\x85\ufffe",
    "</p></article><script>alert(1)</script>",
    "]]><!--",
)


def pages_of(site: Mapping[str, str]) -> dict[str, str]:
    """Return the HTML pages alone."""
    return {path: text for path, text in site.items() if path.endswith(".html")}


def test_every_link_and_fragment_leads_somewhere(build: Build, several: tuple[Briefing, ...]) -> None:
    site = build(*several)
    others = {beside(briefing_path(item.id), suffix) for item in several for suffix in (CAPTURE_SUFFIX, RECORD_SUFFIX)}
    known = {*site, *others, "static/site.css", "static/lists.css", "static/icon.svg"}
    for path, text in pages_of(site).items():
        for link in map(html.unescape, HREF.findall(text)):
            if link.startswith(("http", "mailto:")):
                continue
            target, fragment = urldefrag(link)
            base = "" if path == "404.html" else posixpath.dirname(path)
            place = posixpath.normpath(posixpath.join(base, target.removeprefix("/"))) if target else path
            assert place in known, (path, link)
            assert not fragment or fragment in ID.findall(site[place]), (path, link)


def test_every_page_is_sound_html_with_one_heading_and_ids_of_its_own(
    build: Build, several: tuple[Briefing, ...]
) -> None:
    for path, text in pages_of(build(*several)).items():
        html5lib.HTMLParser(strict=True).parse(text)
        ids = ID.findall(text)
        assert len(ids) == len(set(ids)), path
        assert text.count("<h1") == 1, path
        assert "Content-Security-Policy" in text
        assert "<script" not in text
        assert " style=" not in text


def test_an_address_depends_on_the_id_alone(make: Make, build: Build) -> None:
    before, after = make(), make(title="Other", date="2032-01-01", kind="call", texts=("New words.",), notes=())
    assert briefing_path(before.id) in build(before)
    assert briefing_path(after.id) in build(after)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_any_field_stay_words(make: Make, build: Build, words: str) -> None:
    text = f"They met. {words} was said."
    start, end = 10, 10 + len(words)
    briefing = make(
        title=words,
        place=words,
        language="en",
        issuer=Issuer(words, words),
        participants=(Participant(words, words, words),),
        countries=(words,),
        texts=(text,),
        instruments=(Instrument(words, 0, start, end),),
        mentions=(Mention("country", words, 0, start, end),),
        figures=(Figure(0, start, end, words, None, None, words, words, "other", words, words, key=True),),
        source=Source(words, words, words, words, words),
        removed=(Removal(0, 3, words, words, 1),),
        notes=(Note(0, start, end, words, words, words, (words,)),),
    )
    settings = Settings(title=words, description=words, navigation=(NavigationItem(words, "https://example.org"),))
    for path, page in pages_of(build(briefing, settings=settings)).items():
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
        assert not [node for name in ("img", "script") for node in tree.iter(name)], path
        links = [node.get("href", "") for node in tree.iter("a")]
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))], path
        assert not [node for node in tree.iter() for name in node.attrib if name.startswith("on")], path
        assert "{{7*7}}" in page or "7*7" not in words


def test_the_words_of_a_paragraph_are_the_text_exactly(make: Make, build: Build) -> None:
    briefing = make()
    page = build(briefing)[briefing_path(briefing.id)]
    for paragraph in briefing.paragraphs:
        match = re.search(rf'<p id="{paragraph.id}"[^>]*>(.*?)</p>', page, re.DOTALL)
        assert match
        assert html.unescape(re.sub(r"<[^>]*>", "", match[1])) == paragraph.text


def test_a_briefing_shows_what_is_marked_in_it(make: Make, build: Build) -> None:
    briefing = make()
    page = build(briefing)[briefing_path(briefing.id)]
    second = briefing.paragraphs[1].id
    assert f'<a href="#{second}.2"><small>nearly</small> <b>$40 million</b>' in page
    assert '<a class="term" href="../../../instruments/harbour-accord.html">' in page
    assert '<a class="place" href="../../../countries/is.html">Iceland</a>' in page
    assert '<mark class="fig">300 sailors</mark>' in page
    assert "<b>agreed</b> to open the northern port" in page
    assert "A <em>good</em> harbour." in page
    assert "Signed by <em>two</em> ports." in page
    assert '<a href="../../../method.html#rule-boilerplate-weather">weather</a>' in page
    assert "cut: unlisted" in page
    assert '<a href="02-vell-marn.txt">' in page


def test_nothing_stands_over_nothing(make: Make, build: Build) -> None:
    bare = make(texts=("They spoke.",), participants=(), countries=(), notes=(), removed=(), instruments=())
    page = build(bare)[briefing_path(bare.id)]
    for heading in ("Key figures", "Agreed or committed", "Countries</h2>", "In this readout", 'class="parties"'):
        assert heading not in page


def test_text_of_another_language_says_so(build: Build, several: tuple[Briefing, ...]) -> None:
    page = build(*several)["readouts/2030/01/31-arabic.html"]
    assert re.search(r'<p id="p\w+" lang="ar" dir="rtl">', page)


def test_the_sites_own_address_is_told_only_where_it_is_known(make: Make, build: Build) -> None:
    assert "canonical" not in build(make())["index.html"]
    site = build(make(), settings=Settings(base_url="https://example.org/readouts/"))
    assert '<link rel="canonical" href="https://example.org/readouts/">' in site["index.html"]
    assert (
        '<meta property="og:url" content="https://example.org/readouts/topics/trade.html">' in site["topics/trade.html"]
    )
    assert 'href="/readouts/static/site.css"' in site["404.html"]
    assert 'href="/readouts/topics/index.html"' in site["404.html"]


def test_the_owners_links_follow_the_sites_own(make: Make, build: Build) -> None:
    items = (NavigationItem("Desk", "https://example.org/desk"), NavigationItem("Ports", "topics/trade.html"))
    page = build(make(), settings=Settings(navigation=items))["topics/security.html"]
    assert '<a href="https://example.org/desk">Desk</a>' in page
    assert '<a href="../topics/trade.html">Ports</a>' in page


def test_a_site_without_readouts_has_its_pages(build: Build) -> None:
    site = build()
    assert "There is no readout here yet" in site["index.html"]
    assert {"archive/index.html", "topics/index.html", "method.html", "404.html"} <= set(site)


def test_a_long_list_is_split_by_year_then_by_month(make: Make, build: Build) -> None:
    few = [make(id=f"o{number}", date="2030-03-01", texts=("Trade.", "Trade.")) for number in range(5)]
    many = [
        make(id=f"n{number}", date=f"2031-{1 + number % 12:02}-01", texts=("Trade.", "Trade."))
        for number in range(LONGEST + 1)
    ]
    site = build(*few, *many)
    assert "topics/trade-2030.html" in site
    assert "topics/trade-2031-12.html" in site
    assert "topics/trade-2031.html" not in site
    assert {"archive/2031.html", "archive/2031-01.html", "archive/2030.html"} <= set(site)
    assert site["archive/2030.html"].count('class="entry"') == 5
    assert max(len(text) for text in site.values()) < 500_000


def test_even_a_month_is_split_where_it_is_long(make: Make, build: Build) -> None:
    crowd = [make(id=f"n{number:04}", date="2031-05-01", texts=("They spoke.",)) for number in range(2 * LONGEST + 1)]
    lost = [
        make(id=f"u{number:04}", date=None, published=None, texts=("They spoke.",)) for number in range(LONGEST + 1)
    ]
    site = build(*crowd, *lost)
    months = [f"archive/2031-05-{number}.html" for number in (1, 2, 3)]
    assert [site[path].count('class="entry"') for path in months] == [LONGEST, LONGEST, 1]
    assert "May 2031, part 2" in site["topics/overview-2031-05-2.html"]
    assert site["archive/undated-2.html"].count('class="entry"') == 1
    assert '<a href="2031-05-3.html">May, part 3</a>' in site["archive/index.html"]


def test_a_new_readout_changes_of_a_long_list_only_its_first_page_and_one_part(make: Make, build: Build) -> None:
    old = [
        make(id=f"o{number}", date=f"20{10 + number % 20}-03-01", texts=("They spoke.",))
        for number in range(LONGEST + 1)
    ]
    before, after = build(*old), build(*old, make(id="new", date="2015-03-02", texts=("They spoke.",)))
    assert len([path for path in before if path.startswith("topics/overview")]) == 21
    assert {path for path in after if path.startswith("topics/overview") and after[path] != before.get(path)} == {
        "topics/overview.html",
        "topics/overview-2015.html",
    }
    assert ">2015 <small>21</small></a>" in after["topics/overview.html"]
    assert '<a href="overview-2015.html">2015</a>' in after["topics/overview-2016.html"]


def test_a_new_readout_changes_few_pages(make: Make, build: Build) -> None:
    old = [
        make(id=f"2030-{month:02}-01-a", date=f"2030-{month:02}-01", texts=("They spoke.",)) for month in range(1, 13)
    ]
    new = make(id="2031-05-01-new", date="2031-05-01", texts=("They spoke.",))
    before, after = build(*old), build(*old, new)
    changed = {path for path in before if before[path] != after[path] and path.startswith("readouts/")}
    assert changed == {"readouts/2030/12/01-a.html"}
    assert before["archive/2030.html"] == after["archive/2030.html"]


def test_many_instruments_have_a_page_for_each_letter(make: Make, build: Build) -> None:
    names = [f"{letter}ct {number}" for letter in ("A", "Pa", "É") for number in range(MANY // 3 + 1)]
    named = tuple(Instrument(name, 0, 0, 4) for name in names)
    site = build(make(instruments=named, texts=("They spoke.",), notes=()))
    assert {f"instruments/index--{letter}.html" for letter in "ape"} <= set(site)
    assert site["instruments/index--p.html"].count("<li>") == MANY // 3 + 1


@pytest.mark.parametrize("number", [1, MANY])
def test_each_letter_has_one_place_wherever_its_names_are_sorted(make: Make, build: Build, number: int) -> None:
    names = ["“Apt” Pact", "Bay Pact", "Ápt Pact", "‘Bay’ Fund", "1 Pact", *(f"C{n}x Pact" for n in range(number))]
    site = build(make(instruments=tuple(Instrument(name, 0, 0, 4) for name in names), texts=("They spoke.",), notes=()))
    page = site["instruments/index.html"]
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    letters = re.findall(r'<a href="(?:#letter-|index--)(\w+)', page)
    assert letters == sorted(set(letters))


def test_one_item_of_the_navigation_is_current_whatever_its_owner_calls_others(make: Make, build: Build) -> None:
    own = (NavigationItem("Latest", "https://example.org/"), NavigationItem("Topics", "about.html"))
    site = build(make(), settings=Settings(navigation=own))
    for path in ("index.html", "topics/trade.html"):
        assert site[path].count("aria-current") == 1
    assert '<a href="index.html" aria-current="page">Latest</a>' in site["index.html"]


def test_no_readout_is_said_to_be_before_or_after_one_without_a_day(make: Make, build: Build) -> None:
    site = build(make(), make(id="undated", date=None, published=None))
    assert 'class="beside"' not in site["readouts/undated.html"]
    assert 'class="beside"' not in site[briefing_path(make().id)]


def test_a_note_can_lead_to_another_page_of_the_site(make: Make, build: Build) -> None:
    note = Note(2, 0, 14, "See [trade](topics/trade.html).", None, None, ())
    page = build(make(notes=(note,)))[briefing_path(make().id)]
    assert 'See <a href="../../../topics/trade.html">trade</a>.' in page


def test_a_kept_paragraph_shows_its_first_and_last_words(make: Make, build: Build) -> None:
    page = build(make())[briefing_path(make().id)]
    assert "President Ada Vell met today with … They spoke of old ties.</td>" in page
    assert "The leaders discussed the Harbour … and 300 sailors came home." in page


def test_a_kept_paragraph_shows_the_line_of_the_capture_that_it_begins_on(make: Make, build: Build) -> None:
    first, *others = make().paragraphs
    page = build(make(paragraphs=(replace(first, line=12), *others)))[briefing_path(make().id)]
    assert '<tr class="kept"><td>12</td><td dir="auto">President Ada Vell' in page


def test_the_digest_breaks_in_its_middle(make: Make, build: Build) -> None:
    page = build(make())[briefing_path(make().id)]
    assert f"<code>{'0' * 32}<wbr>{'0' * 32}</code>" in page


def test_a_text_in_another_language_says_so_and_has_no_topic(make: Make, build: Build) -> None:
    site = build(make(language="pt", kind="other", sections=()))
    page = next(text for path, text in site.items() if path.startswith("readouts/") and path.endswith(".html"))
    assert "In Portuguese, not annotated" in page
    assert "In Portuguese, not annotated" in site["index.html"]
    assert not [path for path in site if path.startswith("topics/") and path != "topics/index.html"]


def test_the_citation_gives_the_address_of_the_page_where_that_is_known(make: Make, build: Build) -> None:
    path = briefing_path(make().id)
    told = build(make(), settings=Settings(base_url="https://example.org/site/"))[path]
    assert f"annotated at https://example.org/site/{path}</dd>" in told
    assert "annotated at" not in build(make())[path]
