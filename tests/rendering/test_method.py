"""The method page prints the figures of the version that was measured, and says where the site's is another."""

from collections.abc import Callable, Iterable

import pytest

from readout_site.records import Briefing
from readout_site.rendering import Edition, Page
from readout_site.rendering.accuracy import Measure, Measurement, Quality, Sample, accuracy_of
from readout_site.rendering.templates import Theme, render

Plan = Callable[..., list[Page]]
MEASUREMENT = Measurement(
    "aaaabbbbccccdddd",
    (
        Sample("ours", "invented readouts", 40, (Measure("day", 0.9), Measure("figures", 1.0))),
        Sample("scraped", "scraped readouts", 60, (Measure("day", 0.1234),)),
    ),
)


@pytest.mark.parametrize(
    ("version", "own", "words"),
    [
        ("aaaabbbbccccdddd", False, []),
        ("eeeeffff00001111", False, ["another version, eeeeffff0000,"]),
        ("aaaabbbbccccdddd", True, ["rules of its own"]),
        ("eeeeffff00001111", True, ["another version", "rules of its own"]),
    ],
)
def test_the_page_says_where_the_figures_are_not_those_of_the_site(
    version: str, words: list[str], *, own: bool
) -> None:
    remarks = accuracy_of(Quality(MEASUREMENT, version, own)).remarks
    assert len(remarks) == len(words)
    assert all(word in remark for word, remark in zip(words, remarks, strict=True))


def test_a_field_that_a_sample_was_not_measured_for_stays_empty() -> None:
    accuracy = accuracy_of(Quality(MEASUREMENT, "", own_rules=False))
    assert [(row.name, row.scores) for row in accuracy.rows] == [
        ("day", ("0.900", "0.123")),
        ("figures", ("1.000", "")),
    ]


def method(pages: Iterable[Page]) -> Page:
    """Return the method page."""
    return next(page for page in pages if page.path == "method.html")


def test_the_table_stands_on_the_method_page(
    make: Callable[..., Briefing], pages: Plan, edition: Callable[..., Edition], theme: Theme
) -> None:
    quality = Quality(MEASUREMENT, "aaaabbbbccccdddd", own_rules=True)
    page = render(method(pages([make()])), edition([make()], quality=quality), theme).data.decode()
    assert '<a href="#accuracy">Accuracy</a>' in page
    assert "<code>aaaabbbbcccc</code>" in page
    assert '<tr><th scope="row">figures</th><td>1.000</td><td>–</td></tr>' in page
    assert "<dt>ours</dt><dd>40 invented readouts.</dd>" in page
    assert "This site adds rules of its own" in page


def test_without_figures_there_is_no_table(
    make: Callable[..., Briefing], pages: Plan, edition: Callable[..., Edition], theme: Theme
) -> None:
    page = render(method(pages([make()])), edition([make()]), theme).data.decode()
    assert "accuracy" not in page
