"""Readouts in other languages than English are cleaned, dated and shown in full, without English annotations."""

from pathlib import Path

import pytest

from readout_site.reading import Rules, read
from readout_site.records import Capture

TEXT = (Path(__file__).parent / "languages" / "readouts.txt").read_text(encoding="utf-8")
"""Invented readouts: after `###` the language and the day, then headline, dateline and paragraphs."""
CASES = [block.partition("\n") for block in TEXT.split("### ")[1:]]


@pytest.mark.parametrize(("told", "capture"), [(head, text) for head, _, text in CASES], ids=lambda part: part[:2])
def test_it_is_shown_whole_with_a_problem_and_without_annotations(told: str, capture: str, rules: Rules) -> None:
    title, _, *paragraphs = [" ".join(part.split()) for part in capture.strip().split("\n\n")]
    briefing = read(Capture("x.txt", capture.encode()), rules)
    assert f"{briefing.language} {briefing.published}" == told
    assert briefing.date == briefing.published
    assert briefing.title == title
    assert [part.text for part in briefing.paragraphs] == paragraphs
    assert (briefing.participants, briefing.kind, briefing.place, briefing.figures) == ((), "other", None, ())
    assert (briefing.countries, briefing.instruments, briefing.mentions) == ((), (), ())
    assert any("without annotations" in problem.message for problem in briefing.problems)


def test_there_are_many_languages() -> None:
    assert len({head.split()[0] for head, _, _ in CASES}) >= 15
