"""Lines → how likely they are to be text."""

import re

import pytest

from readout_site.reading.cleaning.boilerplate import Boilerplate
from readout_site.reading.cleaning.classifier import PLACES, SHAPES, Sight, feature_names, measure
from readout_site.reading.cleaning.lines import Line
from readout_site.reading.cleaning.onebody import best_run, label_doubtful
from readout_site.reading.cleaning.sheets import repeated_lines

TEXT = "The leaders discussed the exchange of students with the minister, and they agreed that it should go on."
NO_TITLES = re.compile("(?!)")


def test_a_row_has_a_value_for_every_feature(boilerplate: Boilerplate) -> None:
    names = list(feature_names())
    assert len(names) == len(set(names)) == len(PLACES) + 3 * len(SHAPES)
    rows = list(measure(boilerplate.classifier, [Sight("Home", None), Sight(TEXT, None)], NO_TITLES))
    assert {len(row) for row in rows} == {len(names)}
    values = dict(zip(names, rows[0], strict=True))
    assert (values["label"], values["after-prose"], values["before-prose"]) == (1, 1, 0)


@pytest.mark.parametrize("label", ["Pages in this collection ›", "Tell the editor what you think", "Sort by newest"])
def test_text_scores_more_than_labels(boilerplate: Boilerplate, label: str) -> None:
    lines = [Sight(label, None), Sight(TEXT, None), Sight(f"{TEXT} {TEXT}", None)]
    scores = boilerplate.classifier.scores(lines, NO_TITLES)
    assert scores[0] < 0 < scores[1]


@pytest.mark.parametrize(
    ("scores", "run"),
    [([-1, 2, 3, -1, 2, -1], range(1, 5)), ([-1, -2], range(0)), ([3, -2.5, -2.5, 5], range(3, 4)), ([], range(0))],
)
def test_the_body_is_the_run_with_the_largest_sum(scores: list[float], run: range) -> None:
    assert best_run(scores) == run


@pytest.mark.parametrize(("known", "expected"), [(None, None), ("share-buttons", "classifier")])
def test_one_doubtful_line_stays_on_a_page_without_furniture(
    boilerplate: Boilerplate, known: str | None, expected: str | None
) -> None:
    lines = [Line(TEXT, ((0, 1),)), Line("Envoys", ((2, 3),)), Line("Print", ((4, 5),))]
    labels = [None, None, known]
    label_doubtful(lines, labels, [5, -4, -0.5 if known else 1], range(1), boilerplate)
    assert labels[1] == expected


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Head | 1", "a", "b", "Head | 2"], {0, 3}),
        (["Ad", "a", "b", "Ad", "c", "d", "Ad"], {3, 6}),
        (["Ad", "a", "b", "Ad"], set()),
        (["Article 1", "a", "b", "Article 2"], set()),
        (["Said it.", "a", "b", "Said it.", "c", "d", "Said it."], set()),
    ],
)
def test_heads_of_sheets(lines: list[str], found: set[int]) -> None:
    assert repeated_lines(lines) == found
