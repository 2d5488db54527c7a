"""Text → numbers: the grammar of numbers as prose writes them, in digits, in words, vague, and as shares."""

import math
import re
from collections.abc import Iterator

from msgspec import Struct

from readout_site.reading.annotating.terms import compile_terms, find_terms, in_place, lowered

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12, "k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "tn": 10**12, "trn": 10**12, "lakhs": 10**5, "crores": 10**7, "cr": 10**7,
}  # fmt: skip
OTHER_SCALES = {
    "mil": 1000, "mila": 1000, "tausend": 1000, "millions": 10**6, "milhão": 10**6, "milhões": 10**6, "millón": 10**6,
    "millones": 10**6, "millionen": 10**6, "milione": 10**6, "milioni": 10**6, "milliard": 10**9, "milliards": 10**9,
    "bilhão": 10**9, "bilhões": 10**9, "milliarde": 10**9, "milliarden": 10**9, "miliardo": 10**9, "miliardi": 10**9,
    "trilhão": 10**12, "trilhões": 10**12, "billones": 10**12, "billionen": 10**12,
}  # fmt: skip
"""Words of other languages that stand after digits in English texts too, as in `R$ 2,3 bilhões`."""
SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20, "twenty-fifth": 25, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "seventy-fifth": 75, "eightieth": 80,
    "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
WORDS = SMALL | TENS | {"a": 1, "an": 1, "half": 0.5}

SCALE = "hundred|thousand|million|billion|trillion|lakhs?|crores?|dozen"
OTHER_SCALE = "|".join(OTHER_SCALES)
LETTERS = "bn|mn|tn|mln|bln|trn|cr"
DECIMAL = rf"\d+,\d{{1,2}}(?=\s?(?:%|per ?cent|(?:m|b|tr)illion|bn\b|mn\b|mln\b|(?:{OTHER_SCALE})\b))"
DIGITS = (
    rf"{DECIMAL}|\d{{1,3}}(?:\.\d{{3}}){{2,5}}(?!\d)|\d{{1,3}}(?:,\d{{2,3}}){{1,6}}(?:\.\d{{1,9}})?"
    r"|\d{1,3}(?: \d{3}){1,6}(?!\d)|\d{1,18}(?:\.\d{1,9})?(?!,?\d)"
)
NUMERAL = rf"(?:{DIGITS})(?:(?:[ -]?(?:{SCALE}|{OTHER_SCALE})\b){{1,3}}|[ -]?(?:{LETTERS})\b|[mbk]\b)?(?:\+(?!\w))?"
UNDER_100 = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(list(SMALL)[:9])})\b)?|(?:{'|'.join(reversed(SMALL))}))\b"
SPELLED = (
    rf"(?:{UNDER_100}|\ban?(?= (?:{SCALE})\b))(?:[ -]and[ -]a[ -]half\b)?"
    rf"(?:[ -](?:{SCALE})\b(?:(?: and)? {UNDER_100}(?!-))?){{0,6}}"
)
VAGUE_WORDS = ("tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions")
VAGUE = (
    rf"(?:{'|'.join(VAGUE_WORDS)})\b(?: of (?:thousands|millions|billions)\b)?"
    rf"|(?:several|a few|many) (?:{SCALE})\b(?: (?:{SCALE})\b){{0,3}}"
)
CHANCE = rf"(?:{'|'.join(list(SMALL)[:10])}|\d{{1,2}}|100|1,?000)\b"
PART = "|".join(rf"{part}s?" for part in PARTS)
SHARE = (
    rf"half an? (?:{SCALE})\b|half an?(?= hour)|{CHANCE} (?:in|out of)(?: every)? {CHANCE}"
    rf"|(?:one|two|three|four)[ -](?:{PART})\b|half\b|an? (?:{PART})\b"
)
ORDINAL = rf"\d{{1,9}}(?:st|nd|rd|th)\b|(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b"
NUMBER = re.compile(
    rf"(?:(?<![\w+/:=\u2011-])|(?<=[^\W\d_])(?=\d))(?<!\d[.,])(?:(?P<share>{SHARE})|(?P<vague>{VAGUE})|(?P<ordinal>{ORDINAL})"
    rf"|(?P<low>{NUMERAL}|{SPELLED})"
    rf"(?:(?P<to>\s?[-\u2013\u2014]\s?| to | and )(?:[$\u20ac\u00a3]\s?)?(?P<high>{NUMERAL}|{SPELLED}))?)"
)
BETWEEN = re.compile(r"\bbetween\s\S{0,4}$")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
DOTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
LARGEST = 2**63
"""Integers from here on do not fit into the usual 64 bits, and are kept as fractions."""
AND_A_HALF = re.compile("[ -]and[ -]a[ -]half")
TOKEN = re.compile(r"\d[\d,. ]*\d|\d|[^\W\d_]+")
FIRST = [*SMALL, *TENS, *ORDINALS, *VAGUE_WORDS, *SCALES, *PARTS, "several", "few", "many"]
SIGNS = (
    "r|n|p|sh|ksh|rm|rs|eur|usd|us|gbp|chf|sek|nok|dkk|pln|huf|czk|cad|aud|nzd|sgd|zar|jpy|cny|rmb|inr|lkr|pkr|npr|bdt"
    "|sar|aed|qar|ghs|ngn|kes|php|idr|myr|uah|rub|try|ils|kzt"
)
"""Letters of money that may touch the digits after them."""
STARTS = compile_terms(
    [
        *((word, 0) for first in FIRST for word in (first, f"a {first}")),
        *((f"{sign}{digit}*", len(sign)) for sign in ("", *SIGNS.split("|")) for digit in range(10)),
    ]
)


class Number(Struct, frozen=True):
    """A number as it stands in a text."""

    start: int  #: First code point.
    end: int  #: End, exclusive.
    value: int | float | None  #: None for a vague one, such as `millions`.
    value_to: int | float | None  #: The upper end of a range.
    form: str  #: `numeral`, `spelled`, `vague`, `share` or `ordinal`.


def find_numbers(text: str) -> Iterator[Number]:
    """Yield every number in `text` from left to right, whatever it may mean."""
    end = 0
    small = in_place(text)
    for start, _, letters in find_terms(STARTS, lowered(text)):
        if start >= end and (match := NUMBER.match(small, start + letters)):
            number = read_number(match)
            yield number
            end = number.end


def read_number(match: re.Match[str]) -> Number:
    """Return the number that `match` found."""
    start, end = match.span()
    if match["vague"]:
        return Number(start, end, None, None, "vague")
    if match["ordinal"]:
        return Number(start, end, ordinal(match["ordinal"]), None, "ordinal")
    if match["share"]:
        part = share(match["share"])
        return Number(start, end, part, None, "share" if part < 1 else "numeral")
    form = "numeral" if match["low"][0].isdigit() else "spelled"
    low = amount(match["low"])
    if not match["high"] or (match["to"] == " and " and not BETWEEN.search(match.string, 0, start)):
        return Number(start, match.end("low"), low, None, form)
    high = amount(match["high"])
    return Number(start, end, lifted(low, match["low"], match["high"]), high, form)


def amount(words: str) -> int | float:
    """Return the value of a number in lower case: `863.4 billion`, `two and a half million`, `1,00,000`."""
    total: int | float = 0
    current: int | float = 0
    for token in TOKEN.findall(AND_A_HALF.sub(" half", words) if "half" in words else words):
        if token[0].isdigit():
            current += digits(token)
        elif token in WORDS:
            current += WORDS[token]
        elif token in ("hundred", "dozen"):
            current = (current or 1) * SCALES[token]
        elif scale := SCALES.get(token) or OTHER_SCALES.get(token):
            total = total * scale if total and not current else total + (current or 1) * scale
            current = 0
    return whole(total + current)


def digits(token: str) -> int | float:
    """Return the value of digits: commas, spaces and several points group; one comma before one or two does not."""
    plain = token.replace(" ", "")
    if DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(",", "."))
    plain = plain.replace(".", "") if DOTS.fullmatch(plain) else plain.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def lifted(low: float, words: str, high: str) -> int | float:
    """Return the lower end of a range such as `5 to 10 million`, where only the upper end carries the scale."""
    scales = [SCALES[token] for token in TOKEN.findall(high) if token in SCALES]
    if not scales or any(token in SCALES for token in TOKEN.findall(words)):
        return whole(low)
    return whole(low * math.prod(scales))


def share(words: str) -> int | float:
    """Return the value of a part of a whole: `two thirds`, `one in five`, `half a million`."""
    tokens = words.replace("-", " ").split()
    if "in" in tokens or "of" in tokens:
        parts = amount(tokens[-1])
        return round(amount(tokens[0]) / parts, 3) if parts else 0
    if tokens[0] == "half":
        return whole(0.5 * math.prod(SCALES.get(token, 1) for token in tokens))
    return round(amount(tokens[0]) / PARTS.get(tokens[1], PARTS.get(tokens[1].removesuffix("s"), 1)), 3)


def ordinal(words: str) -> int:
    """Return the value of `40th` or `fortieth`."""
    return ORDINALS[words] if words in ORDINALS else int(words[:-2])


def whole(value: float) -> int | float:
    """Return `value` as an integer where it is one that fits 64 bits, rid of the noise of binary fractions."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) and rounded < LARGEST else float(rounded)
