"""Words and marks of a sentence → a score for each class, by weights that were learned: a log-linear model as data."""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise, repeat
from operator import mul
from typing import Any

import msgspec
from msgspec import Struct

from readout_site.records import RuleDoc

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
UNIT = 100
"""Weights are whole hundredths, so that the file is short and sums are exact."""

Row = tuple[int, ...]
"""A weight for each class."""


class Evidence(Struct, frozen=True):
    """What a sentence shows to a model."""

    terms: tuple[str, ...]  #: Its words and pairs of words, in lower case, in order of first mention.
    marks: Mapping[str, float]  #: What the rules and the place in the readout tell, each with its amount.


class Model(Struct, frozen=True):
    """Learned weights: they add up, and the class with the most is the likeliest."""

    classes: tuple[str, ...]  #: What is told apart.
    start: Row  #: What each class has before anything is read.
    terms: Mapping[str, Row]  #: Weights of words and pairs of words.
    marks: Mapping[str, Row]  #: Weights of marks, for an amount of 1.
    near: float  #: Classes with this share of the likeliest one's chance count as equals.
    share: float  #: The least share of the likeliest one's chance that a further class needs.


class Weights(Struct, frozen=True):
    """The models, and what the reader of the site is told of them."""

    docs: tuple[RuleDoc, ...]  #: One for each model.
    topics: Model  #: What a sentence is about.
    acts: Model  #: What is done in it.


def parse_weights(data: Any) -> Weights:  # noqa: ANN401 - the shape is the file's own
    """Compile `rules/weights.yaml`, which `scripts/train_labels.py` writes."""
    docs = tuple(RuleDoc("weights", item["name"], item["says"]) for item in data["models"])
    models = {item["name"]: read_model(item) for item in data["models"]}
    return Weights(docs, models["topics"], models["acts"])


@lru_cache(maxsize=256)  # Both models ask for the same sentences.
def terms_in(lowered: str) -> tuple[str, ...]:
    """Return the words of a lowered text and its pairs of neighbouring words, each once, words first."""
    words = WORD.findall(lowered)
    return tuple(dict.fromkeys([*words, *map(" ".join, pairwise(words))]))


def chances(model: Model, evidence: Evidence) -> list[float]:
    """Return the chance of each class, in the order of `model.classes`; they add up to 1."""
    rows = [model.start, *filter(None, map(model.terms.get, evidence.terms))]
    marked = [(amount, row) for mark, amount in evidence.marks.items() if (row := model.marks.get(mark))]
    amounts = [amount for amount, _ in marked]
    told = zip(*(row for _, row in marked), strict=True) if marked else repeat(())
    sums = [
        sum(column) + sum(map(mul, amounts, more)) for column, more in zip(zip(*rows, strict=True), told, strict=False)
    ]
    highest = max(sums)
    powers = [math.exp((total - highest) / UNIT) for total in sums]
    whole = sum(powers)
    return [power / whole for power in powers]


def deciding_terms(model: Model, evidence: Evidence, chosen: str, most: int = 5) -> tuple[tuple[str, float], ...]:
    """Return the words and marks that spoke most for the class `chosen`, each with its weight, the heaviest first.

    A weight is told against the mean of all classes, so what speaks for every class alike decides nothing.
    """
    place = model.classes.index(chosen)
    given = [(term, 1.0, model.terms.get(term)) for term in evidence.terms]
    given += [(mark, amount, model.marks.get(mark)) for mark, amount in evidence.marks.items()]
    spoken = weighed(given, place)
    return tuple(sorted(spoken, key=lambda item: (-item[1], item[0]))[:most])


def weighed(given: Iterable[tuple[str, float, Row | None]], place: int) -> list[tuple[str, float]]:
    """Return what speaks for the class at `place`, and how much."""
    told = ((name, amount * (row[place] - sum(row) / len(row)) / UNIT) for name, amount, row in given if row)
    return [(name, round(weight, 3)) for name, weight in told if weight > 0]


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
