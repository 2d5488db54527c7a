"""Pinned floors: what each set is to reach at least, for which labels; they may only rise."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.quality.labelled import Labelled

FLOORS = Path(__file__).resolve().parent / "floors.json"


class Floor(NamedTuple):
    """What one set is to reach."""

    digest: str  #: SHA-256 of the labels.
    least: Mapping[str, float]  #: The least score, by measure.


def read_floors() -> dict[str, Floor]:
    """Return the floors by set."""
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    return {name: Floor(floor["digest"], floor["least"]) for name, floor in pinned.items()}


def write_floors(floors: Mapping[str, Floor]) -> None:
    """Write the floors of all sets."""
    FLOORS.write_text(json.dumps({name: floor._asdict() for name, floor in floors.items()}, indent=1) + "\n")


def faults(labelled: Labelled, floor: Floor | None, scores: Mapping[str, float]) -> Iterator[str]:
    """Yield in a sentence each what keeps a set from standing on its floor."""
    name = labelled.name
    if floor is None:
        yield f"{name}: has no floors; pin them: make quality ARGS=--update"
        return
    if floor.digest != labelled.digest:
        yield f"{name}: other labels than the floors were pinned for; see that they are right, then: {RELABELLED}"
        return
    for measure in sorted(scores.keys() | floor.least.keys()):
        least, got = floor.least.get(measure), scores.get(measure)
        if least is None or got is None:
            yield f"{name}: {measure}: measured {got}, pinned {least}; pin what is measured: {RELABELLED}"
        elif got < least:
            shown = f"make quality ARGS=\"{name} --misses --measure '{measure}'\""
            yield f"{name}: {measure}: floor {least:.3f}, got {got:.4f}; see the misses: {shown}"


RELABELLED = "make quality ARGS='--update --relabelled'"
"""What pins floors for other labels."""


def raised(labelled: Labelled, floor: Floor | None, scores: Mapping[str, float]) -> Floor:
    """Return the floor raised to the scores, rounded down to three decimals; for other labels it begins anew."""
    least = floor.least if floor and floor.digest == labelled.digest else {}
    measured = {measure: math.floor(score * 1000 + 1e-9) / 1000 for measure, score in scores.items()}
    return Floor(labelled.digest, {measure: max(low, least.get(measure, 0.0)) for measure, low in measured.items()})
