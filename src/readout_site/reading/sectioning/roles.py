"""YAML and text → tokens with their part in naming people: office, name, particle, honorific, country and so on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from readout_site.reading.gazetteer import CountryHit
from readout_site.records import RuleDoc, Span

# Parts, one letter each, so that the parts of a text make a string that a pattern is matched against:
# R office  r office in small letters  I its subject  C country  N name  A acronym  P particle  H honorific  G general
# K long word in capitals  J suffix  o of  t the  p to, for, on, at, in  w with, between, including  & and
# ' possessive  , ; ( ) " - marks  . stop  x all else
TOKEN = re.compile(
    r"(?P<word>[^\W\d_](?:[\w.]|[-‑’'ʻ`](?=[^\W\d_])(?!s\b))*)"
    r"|(?P<possessive>[’'](?:s\b)?)|(?P<number>\d(?:[\d.,]*\d)?)|(?P<mark>[^\w\s])"
)
MARKS = {
    ",": ",",
    ";": ";",
    "(": "(",
    ")": ")",
    "“": '"',
    "”": '"',
    '"': '"',
    "–": "-",
    "—": "-",
    "-": "-",
    "/": "-",
    "&": "&",
}
SMALL = {
    "of": "o",
    "the": "t",
    "and": "&",
    "to": "p",
    "for": "p",
    "on": "p",
    "at": "p",
    "in": "p",
    "with": "w",
    "between": "w",
    "including": "w",
}
ACRONYM = re.compile(r"[A-Z][A-Z&\d]{1,3}\Z")
AWAITED = frozenset(["elect", "designate", "nominate"])
"""What is added to an office that has not been taken up yet."""
SHORT_SURNAMES = frozenset(["He", "To", "An", "May"])
"""Surnames that are small words too, but not right after an office: “Vice Premier He”."""
REREAD = re.compile(r"\s(?:He|To|An|May|from)\s")
"""Words that may be read in two ways."""
INITIAL = re.compile(r"[A-ZÀ-Þ]\.\Z")
GROUPS = (
    ("no-name", "x"),
    ("name-particle", "P"),
    ("name-suffix", "J"),
    ("office-subject", "I"),
    ("honorific", "H"),
    ("office", "R"),
    ("general", "G"),
)
"""Rules and the part that their words have, the weakest first."""


class Tokens(NamedTuple):
    """The words and marks of a text, with their parts."""

    spans: list[Span]  #: Where they stand in the text.
    parts: str  #: One letter for each.


@dataclass(frozen=True)
class RoleRules:
    """The words by which people are told, compiled."""

    parts: Mapping[str, str]  #: The part of each listed word.
    domestic: frozenset[str]  #: Offices of a country's own public life.
    abroad: re.Pattern[str]  #: Offices of state, which a guest holds in another country.
    spokesperson: re.Pattern[str]  #: Offices that only give out a readout.
    cues: tuple[str, ...]  #: Letters of which every such sentence holds some.
    after: re.Pattern[str]  #: Words after which those who took part are listed.
    before: re.Pattern[str]  #: Words before which they are listed.
    met: re.Pattern[str]  #: Words after which a visit's further encounters are told.
    besides: re.Pattern[str]  #: Words after which those are told who were met besides.
    narrating: re.Pattern[str]  #: A name before a verb of taking part.
    acting: re.Pattern[str]  #: A name before a verb of what a party to talks does.
    elsewhen: re.Pattern[str]  #: Words of another time or place than the encounter's.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


def read_tokens(text: str, countries: Sequence[CountryHit], rules: RoleRules) -> Tokens:
    """Return the words and marks of a text with their parts; `countries` are those found in it."""
    taken = {point for hit in countries for point in range(hit.start, hit.end)}
    parts = rules.parts
    matches = list(TOKEN.finditer(text))
    spans = [match.span() for match in matches]
    letters = [word_part(match[0], parts) if match.lastgroup == "word" else mark_part(match) for match in matches]
    if taken:
        letters = ["C" if span[0] in taken else letter for span, letter in zip(spans, letters, strict=True)]
    return Tokens(spans, "".join(respelt(letters, matches) if REREAD.search(text) else letters))


def respelt(letters: list[str], matches: list[re.Match[str]]) -> Iterator[str]:
    """Yield the parts, with surnames that are small words too and “counterpart from” read by what stands before."""
    before = ""
    for letter, match in zip(letters, matches, strict=True):
        word = match[0]
        before = (
            "N" if word in SHORT_SURNAMES and before in "RG" else "o" if word == "from" and before == "r" else letter
        )
        yield before


def mark_part(match: re.Match[str]) -> str:
    """Return the part of what is no word."""
    if match.lastgroup == "possessive":
        return "'"
    return "x" if match.lastgroup == "number" else MARKS.get(match[0], ".")


def word_part(word: str, parts: Mapping[str, str]) -> str:
    """Return the part of a word by its listing, else by its shape."""
    known = parts.get(word)
    if known:
        return known
    if word.islower() and word.isalpha():
        return "r" if parts.get(word.capitalize()) == "R" else "x"
    bare = word.rstrip(".")
    if bare != word and not INITIAL.match(word) and bare in parts:
        return parts[bare]
    if word[0].islower():
        return "r" if parts.get(bare.capitalize()) == "R" else "N" if shaped_like_name(word) else "x"
    first, _, last = bare.partition("-")
    if parts.get(first) == "R" and (last.casefold() in AWAITED or parts.get(last) == "R"):
        return "R"
    return "A" if ACRONYM.match(bare) else "K" if bare.isupper() and len(bare) > 1 else "N"


def shaped_like_name(word: str) -> bool:
    """Tell whether a word in small letters holds a name, as in “al-Sabah”."""
    return any(part[:1].isupper() for part in re.split(r"[-’']", word)[1:])


def parse_roles(data: Any) -> RoleRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `roles.yaml`."""
    rules = {rule["name"]: rule for rule in data}
    parts = {word: part for name, part in GROUPS for word in listed(rules[name]["words"])} | SMALL
    attendance = rules["attendance"]
    return RoleRules(
        parts=parts,
        domestic=frozenset(listed(rules["domestic-office"]["words"])),
        abroad=re.compile(
            rf"(?:(?:Deputy|Vice|First|Federal)\s)*(?:{either(rules['foreign-office']['words'])})\b(?:\s(?:of|for)\s.*)?"
        ),
        spokesperson=re.compile(either(rules["spokesperson"]["words"])),
        cues=tuple(listed(attendance["cues"])),
        after=re.compile("|".join(attendance["after"])),
        before=re.compile("|".join(attendance["before"])),
        met=re.compile("|".join(attendance["met"])),
        besides=re.compile("|".join(attendance["besides"])),
        narrating=named_before(rules["narrated"]["words"]),
        acting=named_before(rules["acting"]["words"]),
        elsewhen=re.compile("|".join(rules["narrated"]["elsewhen"])),
        docs=tuple(RuleDoc("roles", rule["name"], rule["says"]) for rule in data),
    )


def named_before(verbs: str) -> re.Pattern[str]:
    """Return a pattern for a name before one of the verbs between commas."""
    name = r"(?P<name>[A-ZÀ-Þ][\w’'-]+)(?:\s(?:Jr|Sr)\.)?"
    return re.compile(rf"{name},?\s(?:and\sthe\s[A-Z]\w+\s)?(?:(?:also|then|[a-z]+ly)\s)?(?:{either(verbs)})\b")


def either(words: str) -> str:
    """Return a pattern for one of the phrases between commas."""
    return "|".join(map(re.escape, listed(words)))


def listed(words: str) -> list[str]:
    """Return the phrases between commas."""
    return [word.strip() for word in words.split(",")]
