"""Text → countries and bodies named in it: names, adjectives, peoples and capitals, whole words, longest first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import ahocorasick

from readout_site.records import RuleDoc

FORMS = ("name", "adjective", "people", "capital")
"""What the parts of an entry hold, in order."""
WINDOW = 70
"""How many characters before a word are searched for a title."""


class CountryHit(NamedTuple):
    """A country or body in a text."""

    code: str  #: ISO 3166-1 alpha-2, or the acronym of a body.
    start: int  #: First code point in the text.
    end: int  #: End, exclusive.
    form: str  #: `name`, `adjective`, `people`, `capital` or `body`.


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The words that stand for countries and bodies, compiled."""

    automaton: Any  #: Finds phrases; each carries its length, its code (empty for none) and its form.
    surname: re.Pattern[str]  #: Matches a word that is a first name here, with what follows.
    surnames: frozenset[str]  #: Names of countries and capitals that are surnames too.
    namesakes: Mapping[str, re.Pattern[str]]  #: By a country's name, what stands beside a place at home of that name.
    titles: re.Pattern[str]  #: Matches titles, and a given name after them, at the end of what stands before a name.
    common: frozenset[str]  #: Surnames that are common words too.
    docs: tuple[RuleDoc, ...]  #: The rules as the method page lists them.


@lru_cache(maxsize=128)  # Several steps ask for the same paragraph, and for the same office again and again.
def find_countries(text: str, gazetteer: Gazetteer) -> tuple[CountryHit, ...]:
    """Return the countries and bodies named in `text`, left to right, never overlapping; offsets are code points."""
    hits: list[CountryHit] = []
    end = 0
    for hit in longest_first(whole_words(text, gazetteer)):
        if hit.start >= end:
            end = hit.end
            if hit.code and not (is_surname(hit, text, gazetteer) or is_namesake(hit, text, gazetteer)):
                hits.append(hit)
    return tuple(hits)


def is_surname(hit: CountryHit, text: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a word stands for a person: a first name before a surname, or a surname after a title."""
    if gazetteer.surname.match(text, hit.start):
        return True
    titled = text[hit.start : hit.end] in gazetteer.surnames
    return titled and gazetteer.titles.search(text, max(0, hit.start - WINDOW), hit.start) is not None


def is_namesake(hit: CountryHit, text: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a word stands for a place at home: `Georgia` beside `Atlanta`."""
    beside = gazetteer.namesakes.get(text[hit.start : hit.end])
    return beside is not None and beside.search(text) is not None


def whole_words(text: str, gazetteer: Gazetteer) -> Iterator[CountryHit]:
    """Yield every phrase that begins and ends where a word does."""
    for last, (length, code, form) in gazetteer.automaton.iter(text):
        start = last + 1 - length
        if not (text[start - 1 : start].isalnum() or (text[last].isalnum() and text[last + 1 : last + 2].isalnum())):
            yield CountryHit(code, start, last + 1, form)


def longest_first(hits: Iterable[CountryHit]) -> list[CountryHit]:
    """Return hits from left to right, the longest before others that begin with it."""
    return sorted(hits, key=lambda hit: (hit.start, -hit.end))


def country_of(phrase: str, gazetteer: Gazetteer) -> str | None:
    """Return the code of the first country or body named in `phrase`, or None."""
    return next((hit.code for hit in find_countries(phrase, gazetteer)), None)


def parse_gazetteer(data: Any) -> Gazetteer:  # noqa: ANN401 - YAML
    """Compile the rule file `gazetteer`."""
    entries = dict(phrases(data))
    automaton = ahocorasick.Automaton()
    for phrase, (code, form) in entries.items():
        automaton.add_word(phrase, (len(phrase), code, form))
    automaton.make_automaton()
    titles = "|".join(sorted(map(re.escape, terms(data["titles"])), reverse=True))
    return Gazetteer(
        automaton,
        surname=surname_pattern(terms(data["given_names"]), terms(data["not_surnames"])),
        surnames=frozenset(terms(data["surnames"])),
        namesakes={
            name: re.compile(rf"\b(?:{'|'.join(terms(places))})\b") for name, places in data["namesakes"].items()
        },
        titles=re.compile(rf"(?<!of the )(?<!to the )\b(?:(?:{titles}) )*({titles}) (?:[A-Z][\w’-]+ (?:[A-Z]\. )?)?$"),
        common=frozenset(terms(data["common_words"])),
        docs=tuple(documents(data)),
    )


def phrases(data: Any) -> Iterator[tuple[str, tuple[str, str]]]:  # noqa: ANN401 - YAML
    """Yield each phrase in each spelling with its code and form."""
    for code, line in data["countries"].items():
        for form, part in zip(FORMS, line.split(";"), strict=False):
            yield from spelt(part, code, form)
    for code, line in data["bodies"].items():
        yield from spelt(line, code, "body")
    for rule in data["not_countries"]:
        yield from spelt(rule["terms"], "", rule["name"])


def spelt(part: str, code: str, form: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the phrases of `part` in every spelling that readouts use."""
    for term in terms(part):
        for spelling in spellings(term):
            yield spelling, (code, form)


def terms(line: str) -> list[str]:
    """Return the phrases between bars."""
    return [term for part in line.split("|") if (term := part.strip())]


def spellings(term: str) -> set[str]:
    """Return `term` with saints long and short, with curly and straight apostrophes, with and without accents."""
    forms = {term}
    if term.startswith("St. "):
        forms |= {"Saint " + term[4:], "St " + term[4:]}
    forms |= {form.replace("’", "'") for form in forms}
    if not term.isascii() and len(term) > len("Malé"):
        forms |= {unaccented(form) for form in forms}
    if len(term) > len("Lima"):
        forms |= {form.upper() for form in forms}
    return forms


def unaccented(text: str) -> str:
    """Return `text` without its accents."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))


def surname_pattern(names: list[str], others: list[str]) -> re.Pattern[str]:
    """Return what matches a first name before a surname."""
    return re.compile(rf"(?:{'|'.join(names)}) (?!(?:{'|'.join(others)})\b)[A-Z][a-z]+")


def documents(data: Any) -> Iterator[RuleDoc]:  # noqa: ANN401 - YAML
    """Yield what the rules do."""
    yield RuleDoc("gazetteer", "countries", "A country is told by its names, adjective, people and capital.")
    yield RuleDoc("gazetteer", "bodies", "A body such as the European Union is told by its name or acronym.")
    yield RuleDoc("gazetteer", "given-names", "A word that is also a first name is no country before a surname.")
    yield RuleDoc("gazetteer", "surnames", "A word that is also a surname is no country after a title.")
    yield RuleDoc("gazetteer", "namesakes", "A state at home with a country's name is told by its neighbours.")
    for rule in data["not_countries"]:
        yield RuleDoc("gazetteer", rule["name"], rule["says"])
