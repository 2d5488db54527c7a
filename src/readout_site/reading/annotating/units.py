"""YAML → UnitRules: what a number may count, and the words around it, compiled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from readout_site.records import RuleDoc

NOT_LETTERS = re.compile(r"(\\.|\(\?P<\w+>)|[A-Z]+")
"""What is a sign of a pattern, and else its capital letters."""


@dataclass(frozen=True)
class Currency:
    """What a sign or word of money stands for."""

    code: str | None  #: ISO 4217; None where only the issuer's country can tell.
    countries: Mapping[str, str]  #: The code by the issuer's country, where that tells.

    def unit(self, country: str | None, word: str) -> str:
        """Return the code for an issuer of `country`, or else the word as written."""
        return self.countries.get(country or "") or self.code or word


@dataclass(frozen=True)
class UnitRules:
    """The words around numbers, compiled."""

    docs: tuple[RuleDoc, ...]  #: Every rule, for the method page.
    currencies: Mapping[str, Currency]  #: By sign or word, in lower case.
    sign: re.Pattern[str]  #: A sign of money at the end of a text.
    sign_ends: tuple[str, ...]  #: The last letters of all signs.
    qualifier: re.Pattern[str]  #: Qualifiers at the end of a text in lower case.
    unit: re.Pattern[str]  #: A unit just after a number, likewise: groups `percent`, `money`, `duration`, `quantity`.
    names: frozenset[str]  #: Words that make the number after them a name.
    parties: frozenset[str]  #: Nouns for those who meet.
    plurals: frozenset[str]  #: Plural nouns without an -s.
    ends: frozenset[str]  #: Words that no counted noun goes beyond.


def parse_units(data: Any) -> UnitRules:  # noqa: ANN401 - the shape is the file's own
    """Compile `rules/units.yaml`."""
    lists = {item["name"]: item["words"] for item in data["lists"]}
    money = [(item, Currency(item["name"], {})) for item in data["currencies"]]
    money += [(item, Currency(item["otherwise"], item["countries"])) for item in data["shared"]]
    signs = [sign for item, _ in money for sign in item["before"]]
    words = [word for item, _ in money for word in item["after"]]
    rules = [*data["currencies"], *data["shared"], *data["lists"]]
    return UnitRules(
        docs=tuple(RuleDoc("units", rule["name"], rule["says"]) for rule in rules),
        currencies={word.lower(): currency for item, currency in money for word in [*item["before"], *item["after"]]},
        sign=re.compile(rf"(?P<sign>{any_of(signs)})\s?$"),
        sign_ends=tuple(sorted({sign[-1] for sign in signs})),
        qualifier=re.compile(in_lower_case(rf"\b(?:(?:{any_of(lists['qualifiers'])})\s)+$")),
        unit=unit_pattern(lists, words),
        names=frozenset(lists["names"]),
        parties=frozenset(lists["parties"]),
        plurals=frozenset(lists["plurals"]),
        ends=frozenset(lists["ends"]),
    )


def unit_pattern(lists: Mapping[str, list[str]], money: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of what may stand just after a number."""
    percent, duration, quantity = ("|".join(lists[name]) for name in ("percent", "durations", "quantities"))
    pattern = (
        rf"\s?(?P<percent>{percent})(?!\w)"
        rf"|[ -]?(?:of |de |d['’])?(?P<money>{any_of(money)})\b"
        rf"|[ -]?(?:(?:more|additional|consecutive|full|long|of) )?(?P<duration>{duration})\b(?P<age>(?:[ -]old)?)"
        rf"|[ -]?(?:of )?(?P<quantity>{quantity})(?!\w)"
    )
    return re.compile(in_lower_case(pattern))


def in_lower_case(pattern: str) -> str:
    """Return a pattern for texts in lower case; classes of letters and the names of groups stay."""
    return NOT_LETTERS.sub(lambda match: match[0] if match[1] else match[0].lower(), pattern)


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of literal words, the longest first; those of letters begin a word."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join((r"\b" if word[0].isalpha() else "") + re.escape(word) for word in longest_first)
