"""Words and marks of a sentence → a score for each class, by weights that were learned: a log-linear model as data.

Two numbers of ten digits are added in one step where their digits are not carried: so a row of weights is added in one
step as one large whole number, with 64 bits for each class.
"""

import math
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec
from msgspec import Struct

from readout_site.records import RuleDoc

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
"""The same for a lowered text of ASCII, in a third of the time."""
UNIT = 100
"""Weights are whole hundredths, so that the file is short and sums are exact."""

TELLING = 20
"""The least weight of a word that is told as a reason."""
SMALL = 3
"""Words of so few letters are told as no reason: they are articles and the like."""
FINE = 1 << 32
"""Amounts of marks are whole parts of this size, so that all sums are of whole numbers."""
HALF = 1 << 63
"""Half of what the 64 bits of a class hold: added to a weight, it makes it a number above nought."""

Row = tuple[int, ...]
"""A weight for each class."""


class Evidence(Struct, frozen=True):
    """What a sentence shows to a model."""

    terms: tuple[str, ...]  #: Its words and pairs of words, in lower case, in order of first mention.
    marks: Mapping[str, float]  #: What the rules and the place in the readout tell, each with its amount.
    around: Mapping[str, float] = {}  #: What its paragraph tells, the same for every sentence of it.
    whole: Mapping[str, float] = {}  #: What the readout tells, the same for every sentence of it.


class Model(Struct, frozen=True, eq=False):
    """Learned weights: they add up, and the class with the most is the likeliest."""

    classes: tuple[str, ...]  #: What is told apart.
    start: Row  #: What each class has before anything is read.
    terms: Mapping[str, Row]  #: Weights of words and pairs of words.
    marks: Mapping[str, Row]  #: Weights of marks, for an amount of 1.
    near: float  #: Classes with this share of the likeliest one's chance count as equals.
    share: float  #: The least share of the likeliest one's chance that a further class needs.


class Packed(Struct, frozen=True):
    """The rows of a model as whole numbers."""

    start: int  #: What each class has before anything is read, above nought whatever is added.
    terms: Mapping[str, int]  #: Rows of words and pairs of words.
    marks: Mapping[str, int]  #: Rows of marks.
    lanes: struct.Struct  #: Takes a row apart.


class Weights(Struct, frozen=True):
    """The models, and what the reader of the site is told of them."""

    docs: tuple[RuleDoc, ...]  #: One for each model.
    topics: Model  #: What a sentence is about.
    acts: Model  #: What is done in it.


def parse_weights(data: Any) -> Weights:  # noqa: ANN401 - the shape is the file's own
    """Compile `rules/weights.yaml`, which `scripts/train_labels.py` writes."""
    docs = tuple(RuleDoc("weights", item["name"], item["says"]) for item in data["models"])
    models = {item["name"]: read_model(item) for item in data["models"]}
    for model in models.values():
        packed(model)  # Before readers are forked, which then share it.
    return Weights(docs, models["topics"], models["acts"])


@lru_cache(maxsize=256)  # Both models ask for the same sentences.
def terms_in(lowered: str) -> tuple[str, ...]:
    """Return the words of a lowered text and its pairs of neighbouring words, each once, words first."""
    words = words_in(lowered)
    return tuple(dict.fromkeys([*words, *map(" ".join, pairwise(words))]))


def words_in(lowered: str) -> list[str]:
    """Return the words of a lowered text in order."""
    return (ASCII_WORD if lowered.isascii() else WORD).findall(lowered)


def chances(model: Model, evidence: Evidence) -> list[float]:
    """Return the chance of each class, in the order of `model.classes`; they add up to 1."""
    ((told,),) = scores(model, [[evidence]])
    highest = max(told)
    powers = [math.exp((score - highest) / (UNIT * FINE)) for score in told]
    whole = sum(powers)
    return [power / whole for power in powers]


def scores(model: Model, paragraphs: Iterable[Sequence[Evidence]]) -> Iterator[list[Row]]:
    """Yield what speaks for each class in each sentence of a readout, by paragraph; see `lead` for what scores mean."""
    rows = packed(model)
    whole: int | None = None
    for told in paragraphs:
        if whole is None and told:
            whole = rows.start + weigh(told[0].whole, rows)
        around = (whole or 0) + weigh(told[0].around, rows) if told else 0
        yield [rows.lanes.unpack((around + own(one, rows)).to_bytes(rows.lanes.size, "little")) for one in told]


def lead(share: float) -> float:
    """Return by how much a score may be below the highest for a class with so large a share of its chance."""
    return -math.log(share) * UNIT * FINE


def own(evidence: Evidence, rows: Packed) -> int:
    """Return what a sentence by itself adds for each class."""
    return sum(filter(None, map(rows.terms.get, evidence.terms))) * FINE + weigh(evidence.marks, rows)


def weigh(marks: Mapping[str, float], rows: Packed) -> int:
    """Return what marks add for each class."""
    known = rows.marks.get
    return sum([round(amount * FINE) * row for mark, amount in marks.items() if (row := known(mark))])


def marks_of(evidence: Evidence) -> dict[str, float]:
    """Return all marks of a sentence: its own, those of its paragraph and of the readout."""
    return {**evidence.whole, **evidence.around, **evidence.marks}


def heaviest_word(model: Model, sentence: str, chosen: str) -> str | None:
    """Return the word of a lowered sentence that weighs most for the class `chosen`; None where none weighs much.

    Rows of a model that was learned with a penalty on large weights add up to nought, so that a weight tells by how
    much a word speaks for one class more than for all.
    """
    place = model.classes.index(chosen)
    told = [(-row[place], word) for word in words_in(sentence) if len(word) > SMALL and (row := model.terms.get(word))]
    weight, word = min(told, default=(0, ""))
    return word if -weight >= TELLING else None


def read_model(item: Any) -> Model:  # noqa: ANN401 - the shape is the file's own
    """Read one model; its tables are JSON, which is read in a tenth of the time of YAML."""
    return Model(
        classes=tuple(item["classes"]),
        start=tuple(int(weight) for weight in item["start"]),
        terms=msgspec.json.decode(item["terms"], type=dict[str, Row]),
        marks=msgspec.json.decode(item["marks"], type=dict[str, Row]),
        near=int(item["near"]) / 100,
        share=int(item["share"]) / 100,
    )


@lru_cache(maxsize=8)
def packed(model: Model) -> Packed:
    """Return the rows of a model as whole numbers."""
    classes = len(model.classes)
    signed, unsigned = struct.Struct(f"<{classes}q"), struct.Struct(f"<{classes}Q")
    above = int.from_bytes(unsigned.pack(*(HALF for _ in model.classes)), "little")

    def number(row: Row) -> int:
        return (int.from_bytes(signed.pack(*row), "little") ^ above) - above

    return Packed(
        start=number(model.start) * FINE + above,
        terms={term: number(row) for term, row in model.terms.items()},
        marks={mark: number(row) for mark, row in model.marks.items()},
        lanes=unsigned,
    )
