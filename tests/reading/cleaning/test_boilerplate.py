"""The rules about furniture: whole, named, and telling where they are wrong."""

import re
from pathlib import Path

import pytest

from readout_site.reading.cleaning.boilerplate import BUILT_IN, ROUGHLY, Boilerplate, parse_boilerplate
from readout_site.reading.cleaning.datelines import IN_TEXT, MONTHS
from readout_site.strictyaml import YamlError, load_yaml

FURNITURE = """
says: s
vocabularies:
  - {name: stop-words, says: s, words: a}
  - {name: reader, says: s, words: a}
  - {name: encounter, says: s, words: a}
weights: {}
"""
EMPTY = "lines:\nends:\nasides:\ntells:\nopenings:\ntitles:\nnavigation:\n"
SOURCES = Path(__file__).resolve().parents[3] / "src" / "readout_site" / "reading"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("90.5 F", "weather"),
        ("-3 °C", "weather"),
        ("SHARE THIS ARTICLE", "share-buttons"),
        ("Here’s how you know", "official-banner"),
        ("- Part of BRIGHT -digital marketing", "advertising"),
        ("Latest articles:", "other-stories"),
        ("# # #", "end-mark"),
        ("-30-", "end-mark"),
        ("3 min read", "reading-time"),
        ("The leaders met.", None),
        ("Trade", None),
        ("Telephone conversation with President Bo Chen", None),
        ("Contact group meets in Geneva", None),
        ("1. Mayor Ola Berg, Northport", None),
        ("part of the plan", None),
        ("x" * 1000, None),
        ("© 2031 The Daily Example. All rights reserved.", "copyright"),
        ("“All rights reserved to the finders end today,” the Premier told his counterpart.", None),
        ("We use cookies to improve your experience on our site.", "cookie-notice"),
        ("We agreed, said the Premier and the Minister, that cookies and bread be freed from duties.", None),
        ("Photo: President Chen met Minister Lind at the old palace on Monday, said the leaders.", "photo-credit"),
        ("Photos by both leaders were exchanged, and the President thanked the Minister.", None),
    ],
)
def test_lines_and_their_rules(boilerplate: Boilerplate, text: str, name: str | None) -> None:
    rule = boilerplate.furniture_of(text)
    assert (rule.name if rule else None) == name


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("Official news published at https://gov.example/x", "source-line", {"url": "https://gov.example/x"}),
        ("Source: https://gov.example/x", "source-link", {"url": "https://gov.example/x"}),
        ("For Immediate Release May 3, 2023", "release-line", {"date": "May 3, 2023"}),
        ("GENEVA, Switzerland, May 3, 2023", "release-line", {"place": "GENEVA, Switzerland", "date": "May 3, 2023"}),
        ("Press release 87 | Cabinet | 5 March 2030", "posting-line", {"date": "5 March 2030"}),
        ("January 27, 2031 · 11:20 · News", "posting-line", {"date": "January 27, 2031"}),
        ("04.05.2028 Geneva", "release-line", {"date": "04.05.2028"}),
        ("Updated: 2021-08-09 16:10 IST", "posting-line", {"date": "2021-08-09"}),
        ("By Mia Stone", "byline", {}),
        ("- March 17, 2021", "dateline", {"date": "March 17, 2021"}),
        ("The White House", "letterhead", {"issuer": "The White House"}),
        ("Ministry of Foreign Affairs of Norland", "letterhead", {"issuer": "Ministry of Foreign Affairs of Norland"}),
        ("Office of the Prime Minister", "letterhead", {"issuer": "Office of the Prime Minister"}),
    ],
)
def test_lines_that_tell(boilerplate: Boilerplate, text: str, name: str, parts: dict[str, str]) -> None:
    told = boilerplate.told_by(text, within=False)
    assert told is not None
    rule, match = told
    assert (rule.name, {key: words for key, words in match.groupdict().items() if words}) == (name, parts)


def test_among_the_paragraphs_only_rules_for_anywhere_hold(boilerplate: Boilerplate) -> None:
    assert boilerplate.told_by("Ministry of Finance", within=True) is None
    assert boilerplate.told_by("Official news published at https://gov.example/x", within=True) is not None


def test_every_rule_is_described_once(boilerplate: Boilerplate) -> None:
    docs = boilerplate.docs
    names = [doc.name for doc in docs]
    assert len(names) == len(set(names))
    cutting = {rule.name for rule in boilerplate.furniture} | {rule.name for rule in boilerplate.tells}
    classified = {doc.name for doc in docs if doc.group == "furniture"}
    assert "classifier" in classified
    assert cutting | {name for name, _ in BUILT_IN} | classified == set(names)
    assert {doc.group for doc in docs} == {"boilerplate", "furniture"}
    assert [doc.name for doc in docs if not re.fullmatch(r"[A-Z0-9].{15,}\.", doc.says)] == []


def test_the_rules_that_code_names_are_described(boilerplate: Boilerplate, code: str) -> None:
    described = {doc.name for doc in boilerplate.docs}
    named = set(
        re.findall(
            r'(?:rule=|labels\[number\] = labels\[number\] or |labels\[number\] = |return )"([a-z]+(?:-[a-z]+)*)"', code
        )
    )
    assert {"title", "breadcrumb", "navigation", "separator", "front-matter", "page-frame", "after-body"} <= named
    assert named - described - {"heading", "item", "text"} == set()


@pytest.fixture(scope="module")
def code() -> str:
    files = (
        "clean",
        "cleaning/onebody",
        "cleaning/readouts",
        "cleaning/furniture",
        "cleaning/headlines",
        "cleaning/html",
        "cleaning/oneline",
    )
    return "\n".join((SOURCES / f"{name}.py").read_text(encoding="utf-8") for name in files)


def test_a_site_may_have_no_rules() -> None:
    rules = parse_boilerplate(load_yaml(EMPTY), load_yaml(FURNITURE))
    assert rules.furniture_of("90.5 F") is None
    assert rules.told_by("May 3, 2023", within=False) is None
    assert {doc.name for doc in rules.docs if doc.group == "boilerplate"} == {name for name, _ in BUILT_IN}


@pytest.mark.parametrize("group", ["lines", "tells"])
def test_a_pattern_that_is_none_is_an_error_with_its_line(group: str) -> None:
    item = "\n  - name: odd\n    says: Something odd.\n    trust: posting\n    patterns:\n      - '(x'\n"
    with pytest.raises(YamlError, match=r"rule `odd`: .*; mend the pattern") as error:
        parse_boilerplate(load_yaml(EMPTY.replace(f"{group}:\n", f"{group}:{item}")), load_yaml(FURNITURE))
    assert error.value.line > 4


def test_whatever_is_a_day_is_one_roughly() -> None:
    words = [f"Wednesday, the {month} 17th, 2023" for month in MONTHS]
    words += [f"Monday 1º. de {month}., de 2023" for month in MONTHS]
    words += ["2023-11-17", "2023/11/17", "17.11.2023", "2023年 11月 17日", "Friday 17th of May 1999"]
    days = [match[0] for text in words if (match := IN_TEXT.search(text))]
    assert len(days) == len(words)
    assert [day for day in days if not re.fullmatch(ROUGHLY, day, re.IGNORECASE)] == []
