"""Hostile words in captures, notes, glossary and settings stand as words in every kind of file of a built site."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup, Tag

from readout_site.shell.build import build
from readout_site.shell.track import silently

ATTACK = "\"><img src=x onerror=alert(1)> ]]> </script><!-- {{7*7}} '--"
TITLE = f"Readout of President Ada Vell’s Call with {ATTACK} \u202eof Iceland"
WORDS = (
    f"President Ada Vell spoke today by phone with {ATTACK} of Iceland about \x01 wool worth $3 billion. "
    'They agreed to {% include "/etc/passwd" %} and to [meet](javascript:alert(1)) under the =1+1 Harbour Agreement. '
    '--8<-- "/etc/passwd" !include /etc/passwd [TOC] *stars* '
    "Е-mail is spelt with a Cyrillic letter, and Bi\u200bden with one that no one sees."
)
LINES = (
    "# no heading",
    "1986. A year, no list",
    "* no item",
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@x",
    "\tx",
    "<script>alert(1)</script>",
)
PAGE = f"""<base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example/">
<style>@import url(//evil.example/x.css)</style><link rel="stylesheet" href="//evil.example/x.css">
<h1 id="main" class="x" onclick="alert(1)">{TITLE.replace("<", "&lt;")}</h1>
<form action="//evil.example/"><input name="x"></form><img src="https://evil.example/p.gif" alt="A picture">
<p style="position:fixed" name="x" id="title">{WORDS.replace("<", "&lt;")}
<a href="java&#10;script:alert(1)">a link</a> <a href="&#106;avascript:alert(1)">a second</a>
<a href="\x01javascript:alert(1)">a third</a> <a href="data:text/html,x">a fourth</a>
<a href="vbscript:x">a fifth</a> <a href="//evil.example/x">a sixth</a> <a href="file:///etc/passwd">a seventh</a></p>
<iframe src="https://evil.example/"></iframe>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site that is hostile throughout."""
    site = tmp_path_factory.mktemp("sinks")
    content = site / "content"
    for folder in ("captures", "notes", "glossary"):
        (content / folder).mkdir(parents=True)
    text = "\n\n".join((TITLE, WORDS, *LINES))
    (content / "captures" / "2031-05-02-text.txt").write_text(text, encoding="utf-8")
    (content / "captures" / "2031-05-03-mark.md").write_text(
        f"---\ntitle: {json.dumps(TITLE)}\n---\n{WORDS}\n", encoding="utf-8"
    )
    (content / "captures" / "2031-05-04-page.html").write_text(PAGE, encoding="utf-8")
    (content / "captures" / "2031-05-05-\u202ecod.=1+1.txt").write_text(text, encoding="utf-8")
    note = {"exact": "agreed to", "body": f"{ATTACK} [x](javascript:alert(1)) {{{{7*7}}}}", "author": ATTACK}
    lines = "\n    ".join(f"{key}: {json.dumps(value)}" for key, value in note.items())
    (content / "notes" / "2031-05-02-text.yaml").write_text(f"notes:\n  - {lines}\n", encoding="utf-8")
    entry = f"---\nname: Harbour Agreement\naliases: [{json.dumps(ATTACK)}]\n---\n{ATTACK}\n"
    (content / "glossary" / "harbour.md").write_text(entry, encoding="utf-8")
    (site / "site.yaml").write_text(
        f"title: {json.dumps(ATTACK)}\ndescription: {json.dumps(ATTACK)}\n", encoding="utf-8"
    )
    report = build(site, site / "build", silently)
    assert report.readouts == 4
    return site / "build"


def files(built: Path, *suffixes: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of these kinds."""
    for path in sorted(built.rglob("*")):
        if path.is_file() and path.suffix in suffixes:
            yield path.relative_to(built).as_posix(), path.read_bytes()


def pages(built: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield the pages, parsed."""
    for path, data in files(built, ".html"):
        yield path, BeautifulSoup(data, "html.parser")


def test_no_page_has_an_element_or_attribute_that_acts(built: Path) -> None:
    acting = {"iframe", "object", "embed", "base", "form", "style", "math", "template", "frame", "applet"}
    for path, page in pages(built):
        for node in page.select("*"):
            assert isinstance(node, Tag)
            assert node.name not in acting, path
            assert not [name for name in node.attrs if name.startswith("on") or name in {"style", "srcdoc", "ping"}], (
                path
            )
            assert node.name != "script" or node.get("type") == "application/ld+json" or node.get("src"), path
        assert not page.select("meta[http-equiv=refresh]"), path


def test_no_page_leads_or_asks_elsewhere_than_it_may(built: Path) -> None:
    for path, page in pages(built):
        for node in page.select("*"):
            assert isinstance(node, Tag)
            for name in ("href", "src", "action", "data", "poster"):
                where = str(node.get(name, ""))
                assert not where.startswith("//"), path
                assert re.match(r"(?:https?://|mailto:|[\w./#?=%-]*$)", where), (path, where)
                assert node.name == "a" or "://" not in where, (path, where)
                assert "evil.example" not in where, path


def test_a_hostile_title_stands_as_words_wherever_it_stands(built: Path) -> None:
    shown = TITLE.replace("\u202e", "⟨U+202E⟩")
    for name in ("02-text", "03-mark", "04-page"):
        page = BeautifulSoup((built / "readouts" / "2031" / "05" / f"{name}.html").read_bytes(), "html.parser")
        assert page.h1 is not None
        assert page.title is not None
        og = page.select_one("meta[property='og:title']")
        assert page.h1.get_text() == shown
        assert page.title.get_text().startswith(shown)
        assert og is not None
        assert og["content"] == shown


def test_hostile_words_stand_as_they_are_in_the_text(built: Path) -> None:
    page = BeautifulSoup((built / "readouts" / "2031" / "05" / "02-text.html").read_bytes(), "html.parser")
    words = " ".join(paragraph.get_text() for paragraph in page.select(".para p"))
    for part in (
        ATTACK,
        '{% include "/etc/passwd" %}',
        "[meet](javascript:alert(1))",
        '--8<-- "/etc/passwd" !include',
        "*stars*",
        "␁",
    ):
        assert part in words
    assert not page.select(".para :is(h1, h2, h3, li, em, img)")
    marks = [mark["data-c"] for mark in page.select(".para bdi.ctl")]
    assert marks == ["U+200B"]


def test_every_json_says_what_the_capture_says(built: Path) -> None:
    records = [json.loads(data) for _, data in files(built, ".json")]
    titles = [record["title"] for record in records if "title" in record]
    assert titles.count(TITLE) == 4
    for _, page in pages(built):
        for script in page.select("script[type='application/ld+json']"):
            assert "<" not in script.get_text()
            json.loads(script.get_text())


def test_every_xml_is_well_formed_and_has_no_script(built: Path) -> None:
    for path, data in files(built, ".xml", ".svg", ".atom", ".rss"):
        tree = ET.fromstring(data)  # noqa: S314 - our own output
        names = {node.tag.rpartition("}")[2] for node in tree.iter()}
        assert not names & {"script", "foreignObject"}, path


def test_no_cell_of_a_table_is_a_formula(built: Path) -> None:
    for path, data in files(built, ".csv"):
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], path


def test_no_file_but_the_raw_capture_has_a_control_character(built: Path) -> None:
    for path, data in files(built, ".html", ".json", ".jsonl", ".xml", ".csv", ".css", ".svg", ".js"):
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data), path
    assert b"\x01" in (built / "readouts" / "2031" / "05" / "02-text.txt").read_bytes()


def test_every_file_has_a_safe_name(built: Path) -> None:
    for path in built.rglob("*"):
        assert re.fullmatch(r"[a-z0-9_.-]+", path.name), path
        assert not path.name.endswith((".", " "))
