"""Invented sentences in the manner of some fifty governments: how well names and figures are read, with floors.

Each block of `names.txt` and `figures.txt` is the issuer's country or body and a sentence, then what was asked for
before it was first read: `c` countries, `i` instruments, `f` figures as quote = value, with `+` where it is key.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from readout_site.reading.annotate import annotate
from readout_site.reading.rules import Rules
from readout_site.records import Briefing, Issuer, Prose, Readout, Source

HERE = Path(__file__).resolve().parent
FIGURE = re.compile(r"(?P<quote>.+) = (?P<value>\S+) (?P<key>[+-])")


class Case(NamedTuple):
    """A sentence and what is asked for."""

    issuer: str
    text: str
    asked: dict[str, str]  #: By field, as written.


def cases(name: str) -> Iterator[Case]:
    for block in (HERE / name).read_text(encoding="utf-8").strip().split("\n\n"):
        first, *rest = block.splitlines()
        issuer, _, text = first.partition(" ")
        yield Case(issuer, text, {line[0]: line[2:] for line in rest})


def briefing(case: Case, rules: Rules) -> Briefing:
    prose = Prose("p000000", case.text, ((0, len(case.text)),), ((0, len(case.text)),))
    source = Source(None, None, "x.txt", "", None)
    issuer = Issuer("the Chancellery", case.issuer)
    return annotate(
        Readout("x", "A title", None, None, None, "call", None, "en", issuer, (), (prose,), source, (), ()), rules
    )


def countries(case: Case, read: Briefing) -> tuple[set[str], set[str]]:
    return set(case.asked.get("c", "").split()), set(read.countries)


def instruments(case: Case, read: Briefing) -> tuple[set[str], set[str]]:
    return set(filter(None, case.asked.get("i", "").split("; "))), {found.name for found in read.instruments}


def figures(case: Case, read: Briefing) -> tuple[set[str], set[str]]:
    told = [match for match in map(FIGURE.fullmatch, case.asked.get("f", "").split("; ")) if match]
    return {asked["quote"] for asked in told}, {nearest(found.quote, told) for found in read.figures}


def values(case: Case, read: Briefing) -> tuple[set[str], set[str]]:
    told = [match for match in map(FIGURE.fullmatch, case.asked.get("f", "").split("; ")) if match]
    asked = {one["quote"]: None if one["value"] == "?" else float(one["value"]) for one in told}
    found = {nearest(one.quote, told): one.value for one in read.figures}
    both = asked.keys() & found.keys()
    return {f"{quote} {asked[quote]}" for quote in both}, {f"{quote} {number(found[quote])}" for quote in both}


def keys(case: Case, read: Briefing) -> tuple[set[str], set[str]]:
    told = [match for match in map(FIGURE.fullmatch, case.asked.get("f", "").split("; ")) if match]
    return {one["quote"] for one in told if one["key"] == "+"}, {nearest(f.quote, told) for f in read.figures if f.key}


def number(value: float | None) -> float | None:
    return None if value is None else float(value)


def nearest(quote: str, told: list[re.Match[str]]) -> str:
    """Return the quote asked for that this one is a part of or holds, else itself."""
    return next((asked["quote"] for asked in told if asked["quote"] in quote or quote in asked["quote"]), quote)


@pytest.mark.parametrize(
    ("name", "field", "floor"),
    [
        ("names.txt", countries, 0.98),
        ("names.txt", instruments, 0.9),
        ("names.txt", figures, 0.98),
        ("names.txt", values, 0.99),
        ("names.txt", keys, 0.98),
        ("figures.txt", figures, 0.97),
        ("figures.txt", values, 0.98),
        ("figures.txt", keys, 0.97),
    ],
)
def test_sentences_of_many_governments_are_read_well(rules: Rules, name: str, field: object, floor: float) -> None:
    assert callable(field)
    pairs = [field(case, briefing(case, rules)) for case in cases(name)]
    hits = sum(len(asked & found) for asked, found in pairs)
    of = sum(len(asked) + len(found) for asked, found in pairs)
    assert 2 * hits / of >= floor
