import pytest

from readout_site.labels import Topic
from readout_site.reading.annotating.runs import find_sections
from readout_site.records import Paragraph, Sentence


def paragraph(*told: tuple[Topic, int]) -> Paragraph:
    sentences: list[Sentence] = []
    end = 0
    for topic, length in told:
        sentences.append(Sentence("p.1", end, end + length, (topic,), "state", None))
        end += length
    return Paragraph("p", "x" * end, ((0, end),), tuple(sentences))


def of(*topics: Topic) -> list[Paragraph]:
    return [paragraph((topic, 10)) for topic in topics]


@pytest.mark.parametrize(
    ("topics", "sections"),
    [
        ([], []),
        (["overview"], [("overview", "Overview", (0,))]),
        (
            ["overview", "trade", "trade", "overview"],
            [("overview", "Overview", (0,)), ("trade", "Trade", (1, 2)), ("overview-2", "Closing", (3,))],
        ),
        (
            ["trade", "security", "trade"],
            [("trade", "Trade", (0,)), ("security", "Security", (1,)), ("trade-2", "Trade", (2,))],
        ),
        (["trade", "overview"], [("trade", "Trade", (0,)), ("overview", "Closing", (1,))]),
        (
            ["overview", "health", "overview", "health"],
            [
                ("overview", "Overview", (0,)),
                ("health", "Health", (1,)),
                ("overview-2", "Overview", (2,)),
                ("health-2", "Health", (3,)),
            ],
        ),
    ],
)
def test_sections_are_runs_of_paragraphs_on_one_topic(
    topics: list[Topic], sections: list[tuple[str, str, tuple[int, ...]]]
) -> None:
    assert [(s.id, s.title, s.paragraphs) for s in find_sections(of(*topics))] == sections


@pytest.mark.parametrize(
    ("told", "topic"),
    [
        ([("trade", 10), ("health", 20), ("trade", 11)], "trade"),
        ([("overview", 90), ("health", 5)], "health"),
        ([("health", 10), ("trade", 10)], "health"),
        ([], "overview"),
    ],
)
def test_a_paragraph_is_about_what_most_of_its_characters_are_about(told: list[tuple[Topic, int]], topic: str) -> None:
    (section,) = find_sections([paragraph(*told)])
    assert section.id == topic
