"""Figures of the package + the version that a site is made with → the table of the method page."""

from collections.abc import Iterator

from msgspec import Struct

VERSION = 12
"""The digits of a version that are shown."""


class Measure(Struct, frozen=True):
    """How well one field was read."""

    name: str  #: What was measured, in the words of the method page.
    score: float  #: Share that is right, or F1 where more or less can be found than is there; 1 is all.


class Sample(Struct, frozen=True):
    """A set of labelled readouts, and how well it was read."""

    name: str  #: A word for it.
    says: str  #: What it consists of.
    documents: int  #: How many readouts it holds.
    measures: tuple[Measure, ...]  #: In the order in which they are shown.


class Measurement(Struct, frozen=True):
    """What `make quality` measured."""

    version: str  #: The version of rules and reading that was measured, in hexadecimal.
    samples: tuple[Sample, ...]  #: What it was measured on.


class Quality(Struct, frozen=True):
    """How well a site's reading is known to read."""

    measurement: Measurement  #: The figures in the package.
    version: str  #: The version of rules and reading that this site is made with.
    own_rules: bool  #: True where the site adds rules to it.


class ScoreRow(Struct, frozen=True):
    """A row of the table of figures on the method page."""

    name: str
    scores: tuple[str, ...]  #: One a sample; empty where it was not measured.


class AccuracyView(Struct, frozen=True):
    """How well the reading reads."""

    samples: tuple[Sample, ...]
    rows: tuple[ScoreRow, ...]
    version: str  #: The version that was measured, short.
    remarks: tuple[str, ...]  #: Where this site's reading is another.


def accuracy_of(quality: Quality) -> AccuracyView:
    """Return the table of figures, and what keeps them from being those of this site."""
    measured = quality.measurement
    names = dict.fromkeys(measure.name for sample in measured.samples for measure in sample.measures)
    scores = [{measure.name: f"{measure.score:.3f}" for measure in sample.measures} for sample in measured.samples]
    rows = tuple(ScoreRow(name, tuple(of.get(name, "") for of in scores)) for name in names)
    return AccuracyView(measured.samples, rows, measured.version[:VERSION], tuple(remarks(quality)))


def remarks(quality: Quality) -> Iterator[str]:
    """Yield what a reader must know before taking the figures for those of this site."""
    if quality.version != quality.measurement.version:
        version = quality.version[:VERSION]
        yield f"This site was made with another version, {version}, which was not measured; its figures may differ."
    if quality.own_rules:
        yield "This site adds rules of its own, and the figures were measured without them."
