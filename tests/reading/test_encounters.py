"""Invented readouts in the manner of fifty governments, most without an address: who published, who met, when, where.

A case of `encounters/*.txt` is a name after `###`, the capture, and what is to be read of it: after `=` the issuer's
country, form, day, place and day of publication, after `+` who took part. `-` stands for none, `*` for whatever it is.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from readout_site.reading import Rules, read
from readout_site.records import Capture

FOLDER = Path(__file__).parent / "encounters"


class Case(NamedTuple):
    """A capture and what is to be read of it."""

    name: str
    capture: str
    told: tuple[str, ...]
    people: str


def cases() -> list[Case]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    return [parse(block) for text in texts for block in text.split("### ")[1:]]


def parse(block: str) -> Case:
    name, _, rest = block.partition("\n")
    capture, _, expected = rest.partition("\n= ")
    told, _, people = expected.partition("\n+ ")
    return Case(name, capture + "\n", tuple(part.strip() for part in told.split("|")), people.strip())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_who_met_when_and_where(case: Case, rules: Rules) -> None:
    briefing = read(Capture(f"{case.name}.txt", case.capture.encode()), rules)
    issuer = briefing.issuer.country if briefing.issuer else None
    read_as = [value or "-" for value in (issuer, briefing.kind, briefing.date, briefing.place, briefing.published)]
    open_as = ["*" if asked == "*" else value for asked, value in zip(case.told, read_as, strict=True)]
    people = {f"{one.name}, {one.country or '?'}" for one in briefing.participants}
    assert (open_as, people) == (list(case.told), set(case.people.split("; ")))


def test_there_are_cases() -> None:
    assert len(cases()) >= 90
