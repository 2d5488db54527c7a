"""Text → spots: where head nouns, nouns that begin a name, and known names stand, as whole words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

EDITION = re.compile(r"[ -]?(\d{1,2})\b")
"""The number of one of a row of conferences."""


class Rule(NamedTuple):
    """What a head noun or a known name asks for."""

    part: str  #: `heads`, `lower`, `leads`, `known` or `never`.
    needs: str  #: What must stand with it.
    tails: frozenset[str] = frozenset()  #: Words that begin a tail.
    left: frozenset[str] = frozenset()  #: Links that may stand within the name before the noun.
    after: frozenset[str] = frozenset()  #: Names that must stand before it.


class Spot(NamedTuple):
    """A head noun or a known name in a text."""

    start: int
    end: int
    rule: Rule
    key: str  #: The same for two writings of one known name.


@dataclass(frozen=True)
class NameRules:
    """What tells a proper name."""

    spotter: Any  #: An automaton of head nouns and known names; each carries its length, rule and key.
    joint: frozenset[str]  #: Words that make a council one of several parties.
    stops: frozenset[str]  #: Words that no name begins with or goes beyond.
    regions: frozenset[str]  #: First words of parts of the world, which a tail may name after `in`.
    openers: frozenset[str]  #: Words with which `of` belongs to a name before its noun.
    leads: frozenset[str]  #: Nouns that begin a name.
    plain: frozenset[str]  #: Capitalised words that make no name of a noun without a capital.
    noun_before: re.Pattern[str]  #: A noun before quotation marks that tells that they hold a name.
    noun_after: re.Pattern[str]  #: The same after them.


def find_spots(text: str, rules: NameRules) -> Iterator[Spot]:
    """Yield head nouns and known names, whole words, the longest first at each place."""
    hits = ((last + 1 - length, last + 1, rule, key) for last, (length, rule, key) in rules.spotter.iter(text))
    reached = dict.fromkeys(("heads", "lower", "leads", "known", "never"), 0)
    for start, end, rule, key in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        number = EDITION.match(text, end) if rule.needs == "edition" else None
        last, name = (number.end(), key + number[1]) if number else (end, key)
        whole = not (text[start - 1 : start].isalnum() or text[last : last + 1].isalnum())
        if whole and start >= max(reached[rule.part], reached["never"]) and (number or rule.needs != "edition"):
            reached[rule.part] = last
            yield Spot(start, last, rule, name)
