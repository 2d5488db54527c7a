"""A text after a number → the words of the noun that it counts."""

import re

from readout_site.reading.annotating.units import UnitRules
from readout_site.records import Span

WORD = re.compile(r"(,?)\s([A-Z][\w\u2019'.-]* \d{1,3}(?= [a-z])|[^\W\d_][\w\u2019'.-]*)")
"""A word, or a name with its number: `Leopard 2`."""
PLURAL = re.compile(r".+(?:[^\W\dsui]s|[^\W\d]men)")
ABBREVIATION = re.compile(r"(?:[A-Za-z]\.){2,}")
LONGEST_NOUN = 7


def noun_words(text: str, position: int, rules: UnitRules) -> list[Span]:
    """Return the words that may belong to the noun after a number; a list of adjectives may stand before the noun."""
    words: list[Span] = []
    listing = True
    while len(words) < LONGEST_NOUN and (match := WORD.match(text, position)):
        word = match[2] if ABBREVIATION.fullmatch(match[2]) else match[2].rstrip(".'\u2019-")
        joins = bool(words) and listing and (match[1] or word.lower() in ("and", "or"))
        if (match[1] and not joins) or (word.lower() in rules.ends and not joins):
            break
        words.append((match.start(2), match.start(2) + len(word)))
        listing = listing and not is_plural(word, rules)
        position = match.end()
        if word != match[2]:
            break
    return words


def is_plural(word: str, rules: UnitRules) -> bool:
    """Tell whether a word may be a plural noun, such as `Israelis`."""
    lower = word.lower()
    people = word[0].isupper() and word.endswith("is")
    return people or lower in rules.plurals or bool(PLURAL.fullmatch(lower))


def last_plural(plurals: list[int]) -> int:
    """Return where the noun ends: at its first plural, or at the one just after it (`women mayors`)."""
    end = plurals[0]
    for index in plurals[1:]:
        if index - end > 1:
            break
        end = index
    return end
