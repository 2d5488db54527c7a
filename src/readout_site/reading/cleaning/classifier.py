"""Lines of a capture → how likely each is to be text: a linear model over the shape of a line and of its neighbours.

Features after boilerpipe (https://doi.org/10.1145/1718487.1718542) and jusText (https://nlp.fi.muni.cz/projects/justext):
length, stop words, marks at the end, capitals, figures, doubled lines, neighbours and place; the weights are data,
learned by `scripts/train_furniture.py`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log
from operator import mul
from typing import Any

from msgspec import Struct

from readout_site.records import RuleDoc

SHAPES = (
    *("length", "few-words", "long", "ended", "cut", "stop-words", "no-stop-words", "capitals", "shouting", "digits"),
    *("sign", "reader", "encounter", "prose", "label", "named", "ending"),
)
"""What is measured of a line and of both its neighbours."""
PLACES = (
    "doubled",
    "kin",
    "headline",
    "year",
    "item",
    "small",
    "above",
    "below",
    "nothing-above",
    "after-end",
    "edge",
    "listed",
    "quotes-headline",
)
"""What is measured of a line in its capture."""
SEEN = 180
"""So many code points of a line are looked at."""
PARAGRAPH = 60
"""A line at least this long that ends a sentence counts as running text."""
LONG = 160
PROSE = 8
"""Running text has at least this many words."""
LABEL = 6
"""A label has at most this many words."""
MANY = 4
HEADLINES = range(20, 250)
"""How long a headline is, in code points."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
DIGIT = re.compile(r"\d")
ENDED = re.compile(r"(?<!\.\.)[.!?;。！？]['\"”’»)\]]*$")
SIGN = re.compile(r"[›»→←↑↓|•·©®@«#►▶▾▸★☰♥✓\\]|https?:|www\.|\.\.\.|…")
ITEM = re.compile(r"(?:[-–—•*▪◦·►]|\d{1,3}[.)]) ?\S")
LEAD_IN = re.compile(
    r"(?i:.{0,60}\b(?:participants|attendees|those present|also present|present (?:for|at) the \w+|in attendance"
    r"|members of the delegation|(?:on|from|for) the \w+ side))\W*$"
)
"""What a list follows."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NONE = (0.0,) * len(SHAPES)

Row = tuple[float, ...]


class Sight(Struct, frozen=True):
    """A line as the classifier sees it."""

    text: str  #: Its words.
    group: str | None  #: The group of the rule that names it (`lines`, `ends`, `asides`), or None.


@dataclass(frozen=True)
class Classifier:
    """Vocabularies and weights, compiled."""

    stops: frozenset[str]
    reader: frozenset[str]
    encounter: frozenset[str]
    bias: float
    weights: tuple[float, ...]
    docs: tuple[RuleDoc, ...]

    def scores(self, lines: Sequence[Sight], titles: re.Pattern[str]) -> list[float]:
        """Return for each line the logarithm of the odds that it is text; more than 0 where that is likelier."""
        return [sum(map(mul, self.weights, row)) + self.bias for row in measure(self, lines, titles)]


def parse_classifier(data: Any) -> Classifier:  # noqa: ANN401 - YAML's own shape
    """Compile vocabularies and weights; a feature without a weight weighs nothing."""
    words = {item["name"]: frozenset(item["words"].split()) for item in data["vocabularies"]}
    weights: Mapping[str, str] = data["weights"]
    docs = tuple(RuleDoc("furniture", item["name"], item["says"]) for item in data["vocabularies"])
    return Classifier(
        stops=words["stop-words"],
        reader=words["reader"],
        encounter=words["encounter"],
        bias=float(weights.get("bias", "0")),
        weights=tuple(float(weights.get(name, "0")) for name in feature_names()),
        docs=(*docs, RuleDoc("furniture", "classifier", data["says"])),
    )


def feature_names() -> Iterator[str]:
    """Yield the names of the features, in the order of a row."""
    yield from PLACES
    for where in ("", "before-", "after-"):
        yield from (where + name for name in SHAPES)


def measure(words: Classifier, lines: Sequence[Sight], titles: re.Pattern[str]) -> Iterator[Row]:
    """Yield the features of each line."""
    tokens = [WORD.findall(line.text[:SEEN]) for line in lines]
    names = [[token for token in found if token[0].isupper()] for found in tokens]
    shapes = [shape(words, *known) for known in zip(lines, tokens, map(len, names), strict=True)]
    placed = list(places(lines, names, titles))
    for number, own in enumerate(shapes):
        before = shapes[number - 1] if number else NONE
        after = shapes[number + 1] if number + 1 < len(shapes) else NONE
        yield placed[number] + own + before + after


def shape(words: Classifier, line: Sight, found: Sequence[str], capitals: int) -> Row:
    """Return what is measured of a line alone, whose words are `found`, so many of them with a capital."""
    text = line.text
    seen = text[:SEEN]
    tokens = " ".join(found).casefold().split()
    count = len(tokens) or 1
    stops = sum(map(words.stops.__contains__, tokens)) / count
    ended = ENDED.search(text, max(0, len(text) - 9)) is not None
    return (
        log(1 + min(len(text), 600)) / 6,
        float(count < MANY),
        float(len(text) >= LONG),
        float(ended),
        float(text.endswith(("...", "…", "[…]", "[...]"))),
        stops,
        float(not stops),
        min(capitals / count, 1.0),
        float(seen.isupper()),
        len(DIGIT.findall(seen)) / len(seen) if DIGIT.search(seen) else 0.0,
        float(SIGN.search(seen) is not None),
        min(sum(map(words.reader.__contains__, tokens)), MANY) / MANY,
        min(sum(map(words.encounter.__contains__, tokens)), MANY) / MANY,
        float(ended and count >= PROSE and stops > 0.2),  # noqa: PLR2004 - one word in five of any prose is a stop word
        float(count <= LABEL and not ended and stops < 0.2),  # noqa: PLR2004 - as above
        float(line.group == "lines"),
        float(line.group in {"ends", "asides"}),
    )


def places(lines: Sequence[Sight], capitals: Sequence[Sequence[str]], titles: re.Pattern[str]) -> Iterator[Row]:
    """Yield what is measured of each line in its capture; `capitals` are the words of each that have one."""
    copies = Counter(line.text for line in lines)
    names = [{word for word in words if len(word) >= MANY} for words in capitals]
    known = Counter(name for found in names for name in found)
    sizes = [len(line.text) if line.group is None and is_running(line.text) else 0 for line in lines]
    total = sum(sizes) or 1
    above = list(accumulate(sizes, initial=0))
    ends = list(accumulate((line.group == "ends" for line in lines), initial=0))
    heads = {text for line in lines if len(text := line.text) in HEADLINES and is_headline(text, titles)}
    listed = False
    for number, line in enumerate(lines):
        text = line.text
        listed = line.group is None and (listed or (number > 0 and is_lead_in(lines[number - 1].text)))
        share = above[number] / total
        yield (
            float(copies[text] > 1),
            sum(known[name] > 1 for name in names[number]) / (len(names[number]) or 1),
            float(text in heads),
            float(len(text) < LONG and YEAR.search(text) is not None),
            float(ITEM.match(text) is not None),
            float(text[0].islower()),
            share,
            1 - above[number + 1] / total,
            float(not share),
            float(ends[number] > 0 and share > 0.5),  # noqa: PLR2004 - past the middle of the text
            float(number == 0 or number == len(lines) - 1),
            float(listed),
            float(any(head in text for head in heads if len(head) < len(text))),
        )
        listed = listed and not ENDED.search(text, max(0, len(text) - 9))


def is_lead_in(text: str) -> bool:
    """Tell whether a list follows after a line."""
    return text[-1] == ":" or (len(text) < LONG and LEAD_IN.match(text) is not None)


def is_headline(text: str, titles: re.Pattern[str]) -> bool:
    """Tell whether a line looks like the headline of a readout."""
    return not ENDED.search(text, max(0, len(text) - 9)) and fits(titles, text)


@lru_cache(maxsize=1024)  # One line is asked for by several steps, and the expression is slow.
def fits(titles: re.Pattern[str], text: str) -> bool:
    """Tell whether a text has the form of a headline."""
    return titles.fullmatch(text) is not None


def is_running(text: str) -> bool:
    """Tell whether a line looks like running text."""
    return len(text) >= PARAGRAPH and ENDED.search(text, len(text) - 9) is not None
