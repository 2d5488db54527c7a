"""Readout → figures: every number with meaning, quoted with its qualifier and unit."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from readout_site.labels import FigureKind
from readout_site.reading.annotating.measures import measured, period_of
from readout_site.reading.annotating.nouns import is_plural, last_plural, noun_words
from readout_site.reading.annotating.numbers import LETTERS, OTHER_SCALE, SCALE, Number, find_numbers
from readout_site.reading.annotating.terms import in_place
from readout_site.reading.annotating.units import UnitRules
from readout_site.records import Figure, Prose, Readout

MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
DATE_BEFORE = re.compile(rf"\b{MONTH}\.?(?: the)? (?:\d+(?:, | and | or | to |\s?[-\u2013]\s?))*$")
DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:(?:,| and| to|\s?[-\u2013]) ?\d\d?)?(?: of)? {MONTH}\b")
CLOCK_AFTER = re.compile(r":\d|/\d|\s?(?:[ap]\.m\.|[ap]m\b|o['\u2019]clock|hrs\b|GMT\b)|\+\d")
LAST_WORD = re.compile(r"(\w+\.?)\s$")
HALF_AFTER = re.compile(r"\ban? (hour|day|week|month|year|decade|century) and (?:a )?$", re.IGNORECASE)
BARE_BEFORE = re.compile(r"\b(?:by|of which|of whom|i\.e\.|or|nearly|almost|about) $", re.IGNORECASE)
"""What stands before a part whose whole is not told."""
BARE_AFTER = re.compile(
    r"(?=[,.;)]|$| (?:of (?:it|them)|for|in|over|since|from|to|last|this|was|were|is|are|has|have)\b)"
)
OUT_OF = re.compile(r" (?:out )?of(?: (?:the|its|their|our|all))* \d[\d,]*(?= )")
"""What stands between a number and the noun where the whole is told too."""
SCALED = re.compile(rf"\d(?:[\d,. ]*\d)?(?:[ -]?(?:{SCALE}|{OTHER_SCALE}|{LETTERS})|[mbk])\b|\d+,\d")
"""A number that is an amount even after a letter or two, as a label has none."""
SHORT = 2
"""So few letters before a number may be those of money or a label, as in `SR 71`."""
PART_OF_TIME = re.compile(r"\b(?:first|second|latter|other|better|the) $", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:\A|[.!?:;]|[\"\u201c\u2018(\u2022])\s?$")
ANAPHOR = re.compile(r"\b(?:the|these|those|our|their|both|its|other) $", re.IGNORECASE)
ANNIVERSARY = re.compile(r" (?:[a-z]+ )?(anniversary|birthday|jubilee)\b", re.IGNORECASE)
WHOLE = re.compile(r" (?:of )?(?:the|its|their|our|all|these|those)(?= )")
"""What stands between a half and its whole."""
TOLD_WHOLE = re.compile(r" of (?:it|them|this|that|these|(?:the )?\d)")
"""What stands after a part of what is told elsewhere."""
OF = re.compile(r" of(?: (?:the|its|their|our|all|these|those|whom|them))*(?= )")
PAIR = re.compile(r" and (?:(?!the\b)[a-z-]+ )?((?!tens|dozens|hundreds|thousands|[mb]illions)[a-z]+s|others)\b")
GROUPED = re.compile(r"[, ]")
YEARS = range(1800, 2101)
SMALL_GROUP = 50
MARK_AHEAD = 40
SIGN_AHEAD = 6
REACH = 200
LARGE = 1000
LARGE_WITH_QUALIFIER = 100
ENDS_HERE = re.compile(r"(?![\w-])")
AGES = {"year", "years", "month", "months"}


class Unit(Struct, frozen=True):
    """What a number counts."""

    kind: FigureKind  #: What sort of figure it makes.
    name: str  #: A noun as written, a currency code or `percent`.
    end: int  #: Where the quote ends.


class Place(Struct, frozen=True):
    """A number in its paragraph, with the words before it that tell its meaning."""

    text: str  #: The paragraph's text.
    small: str  #: The same in lower case.
    number: Number  #: The number.
    start: int  #: Where the quote begins: at the qualifier, the sign of money or the number.
    sign: str  #: The sign of money before it; may be empty.
    qualifier: str  #: The words before it that bend it; may be empty.


def find_figures(readout: Readout, rules: UnitRules) -> tuple[Figure, ...]:
    """Return the figures in text order; money without a country of its own is read as the issuer's."""
    country = readout.issuer.country if readout.issuer else None
    return tuple(
        figure for index, prose in enumerate(readout.paragraphs) for figure in figures_in(index, prose, rules, country)
    )


def figures_in(index: int, prose: Prose, rules: UnitRules, country: str | None) -> Iterator[Figure]:
    """Yield the figures of one paragraph."""
    end = 0
    small = in_place(prose.text)
    for number in find_numbers(prose.text):
        place = place_of(prose.text, small, number, rules)
        if number.start < end or is_date(place) or is_name(place, rules, country):
            continue
        unit = unit_of(place, rules, country)
        if unit and counts(place, unit, rules):
            end = unit.end
            yield build(index, prose, (place, unit), rules)


def place_of(text: str, small: str, number: Number, rules: UnitRules) -> Place:
    """Return the number with its sign and qualifier; `an hour and a half` begins at its article."""
    near = max(0, number.start - MARK_AHEAD)
    signed = text[max(0, number.start - 2) : number.start].rstrip().endswith(rules.sign_ends)
    sign = rules.sign.search(text, max(near, number.start - SIGN_AHEAD), number.start) if signed else None
    whole = HALF_AFTER.search(text, near, number.start) if number.form == "share" else None
    if whole:
        number = replace(number, value=1.5)
    lead = sign or whole
    start = lead.start() if lead else number.start
    qualifier = rules.qualifier.search(small, near, start)
    return Place(
        text=text,
        small=small,
        number=number,
        start=qualifier.start() if qualifier else start,
        sign=sign["sign"] if sign else "",
        qualifier=text[qualifier.start() : start].strip() if qualifier else "",
    )


def is_date(place: Place) -> bool:
    """Tell whether the number is a day, a year or a time of day."""
    text, number = place.text, place.number
    if place.sign or number.form != "numeral":
        return False
    if CLOCK_AFTER.match(text, number.end) or DATE_BEFORE.search(text, max(0, number.start - 30), number.start):
        return True
    if DATE_AFTER.match(text, number.end):
        return True
    digits = text[number.start : number.start + 4]
    return number.value in YEARS and digits.isdigit() and not place.qualifier


def is_name(place: Place, rules: UnitRules, country: str | None) -> bool:
    """Tell whether the number is part of a name, such as `Article 5`, `SR 71`, `Group of Seven` or `Five Eyes`."""
    text, start = place.text, place.number.start
    if place.sign:
        return not is_amount(place, rules, country)
    if text[start - 1 : start].isalpha():
        return True
    if (
        place.number.form == "spelled"
        and text[start].isupper()
        and not SENTENCE_START.search(text, max(0, start - 3), start)
    ):
        return True
    before = max(0, start - MARK_AHEAD, text.rfind(" ", 0, start - 1))
    word = LAST_WORD.search(text, before, start)
    if word and word[1][0].isupper() and word[1].lower() in rules.names:
        return True
    return text.endswith("Group of ", 0, start)


def is_amount(place: Place, rules: UnitRules, country: str | None) -> bool:
    """Tell whether letters before a number are those of money.

    One letter is before a grouped number or one with a scale; two are too before a decimal or large one, and where the
    money is that of the issuer's country, whose code that of its money begins with (ISO 4217).
    """
    letters = place.sign.rstrip(".")
    if not letters.isalpha() or len(letters) > SHORT or SCALED.match(place.small, place.number.start):
        return True
    value = place.number.value or 0
    own = rules.currencies[place.sign.lower()].unit(country, place.sign)[:2] == country
    return len(letters) == SHORT and (own or value >= LARGE or value % 1 > 0)


def unit_of(place: Place, rules: UnitRules, country: str | None) -> Unit | None:
    """Return what the number counts; None where it counts nothing."""
    text, number = place.text, place.number
    if number.form == "ordinal":
        anniversary = ANNIVERSARY.match(text, number.end)
        return Unit("other", anniversary[1], anniversary.end()) if anniversary else None
    match = rules.unit.match(place.small, number.end)
    if place.sign:
        end = match.end() if match and match["money"] else number.end
        return Unit("money", rules.currencies[place.sign.lower()].unit(country, place.sign), end)
    if match:
        return written_unit(match, text, rules, country)
    if number.form == "share":
        return share_unit(place, rules)
    return counted_noun(place, rules)


def written_unit(match: re.Match[str], text: str, rules: UnitRules, country: str | None) -> Unit:
    """Return the unit that stands just after a number, as `text` writes what was found in it in lower case."""
    group = match.lastgroup if match.lastgroup != "age" else "duration"
    word = text[slice(*match.span(group or 0))]
    if match["percent"]:
        return Unit("percent", "percent", match.end())
    if match["money"]:
        return Unit("money", rules.currencies[match["money"]].unit(country, word), match.end())
    if match["duration"]:
        return Unit("other" if match["age"] else "duration", word, match.end())
    return Unit("other", word, match.end())


def share_unit(place: Place, rules: UnitRules) -> Unit | None:
    """Return what a part is a part of; None for words such as `a third country` or `the second half`."""
    text, number = place.text, place.number
    whole = HALF_AFTER.search(text, place.start, number.start)
    if whole:
        return Unit("duration", whole[1], number.end)
    if PART_OF_TIME.search(text, max(0, number.start - 8), number.start):
        return None
    of = OF.match(text, number.end) or WHOLE.match(text, number.end)
    nouns = noun_words(text, of.end(), rules) if of else []
    if nouns:
        first, last = nouns[0], next((w for w, n in pairwise(nouns) if text[slice(*n)] in ("and", "or")), nouns[-1])
        return Unit("other", text[first[0] : last[1]], last[1])
    words = text[number.start : number.end].lower()
    told = " in " in words or " of " in words or words.startswith(("two", "three", "four")) or place.qualifier
    before = BARE_BEFORE.search(text, max(0, number.start - 12), number.start)
    bare = before and BARE_AFTER.match(text, number.end)
    return Unit("other", "", number.end) if told or bare or TOLD_WHOLE.match(text, number.end) else None


def counted_noun(place: Place, rules: UnitRules) -> Unit | None:
    """Return the plural noun that the number counts: `refugees`, `good-paying jobs`, `homes and businesses`."""
    text, number = place.text, place.number
    of = OUT_OF.match(text, number.end) or OF.match(text, number.end)
    words = noun_words(text, of.end() if of else number.end, rules)
    plurals = [i for i, (start, end) in enumerate(words) if is_plural(text[start:end], rules)]
    if plurals:
        end = words[last_plural(plurals)][1]
        pair = PAIR.match(text, end)
        end = pair.end() if pair and is_plural(pair[1], rules) else end
        return Unit("count", text[words[0][0] : end], end)
    bare = number.form == "vague" or place.qualifier or GROUPED.search(text, number.start, number.end)
    large = number.value is None or number.value >= (LARGE_WITH_QUALIFIER if place.qualifier else LARGE)
    return Unit("count", "", number.end) if bare and large and not of and ENDS_HERE.match(text, number.end) else None


def counts(place: Place, unit: Unit, rules: UnitRules) -> bool:
    """Tell whether the figure has meaning of its own: not `one`, `two`, nor `the three leaders`."""
    number = place.number
    if unit.kind in ("money", "percent") or number.form in ("vague", "share"):
        return True
    if number.value in (0, 1, 2) and (unit.kind != "other" or number.form == "spelled"):
        return False
    if number.form == "spelled" and not unit.name:
        return False
    anaphor = number.form == "spelled" and ANAPHOR.search(place.text, max(0, place.start - 8), place.start)
    return not (anaphor and unit.name.lower() in rules.parties)


def build(index: int, prose: Prose, found: tuple[Place, Unit], rules: UnitRules) -> Figure:
    """Return the finished figure of a number and its unit."""
    place, unit = found
    quote = (place.start, unit.end)
    around = next((span for span in prose.sentences if span[0] <= place.start < span[1]), (0, len(prose.text)))
    sentence = (max(around[0], quote[0] - REACH), min(around[1], quote[1] + REACH))
    period = None if unit.kind == "duration" else period_of(place.small, sentence, quote)
    limit = period[0] if period and period[0] >= quote[1] else sentence[1]
    what = measured(prose.text, (sentence[0], limit), quote, (unit.kind, unit.name))
    return Figure(
        paragraph=index,
        start=place.start,
        end=unit.end,
        quote=prose.text[place.start : unit.end],
        value=place.number.value,
        value_to=place.number.value_to,
        unit=unit.name,
        qualifier=place.qualifier,
        kind=unit.kind,
        measures=what or None,
        period=prose.text[slice(*period)] if period else None,
        key=is_key(place, unit, rules),
    )


def is_key(place: Place, unit: Unit, rules: UnitRules) -> bool:
    """Tell whether a reader wants the figure in the sidebar: amounts, shares and large counts, not the incidental."""
    if unit.kind in ("money", "percent"):
        return True
    if unit.kind == "duration" or place.number.form == "ordinal":
        return False
    head = unit.name.rpartition(" ")[2].lower()
    few = place.number.value is not None and place.number.value < SMALL_GROUP and not place.qualifier
    return not (few and any(word in rules.parties for word in unit.name.lower().split())) and head not in AGES
