"""Paragraphs with sentence topics → sections: runs of paragraphs on one topic, in text order."""

from collections.abc import Sequence
from itertools import groupby

from readout_site.labels import Topic
from readout_site.records import Paragraph, Section

CLOSING = "Closing"


def find_sections(paragraphs: Sequence[Paragraph]) -> tuple[Section, ...]:
    """Return the sections: every paragraph stands in one; a last run of overview that is not the first closes."""
    topics = [paragraph_topic(paragraph) for paragraph in paragraphs]
    sections: list[Section] = []
    seen: dict[Topic, int] = {}
    for topic, run in groupby(range(len(topics)), key=topics.__getitem__):
        members = tuple(run)
        seen[topic] = seen.get(topic, 0) + 1
        name = topic if seen[topic] == 1 else f"{topic}-{seen[topic]}"
        closes = topic == "overview" and sections and members[-1] == len(topics) - 1
        sections.append(Section(name, CLOSING if closes else topic.capitalize(), members))
    return tuple(sections)


def paragraph_topic(paragraph: Paragraph) -> Topic:
    """Return the first topic with the most characters of the paragraph's sentences, overview only where alone."""
    lengths: dict[Topic, int] = {}
    for sentence in paragraph.sentences:
        topic = sentence.topics[0]
        lengths[topic] = lengths.get(topic, 0) + sentence.end - sentence.start
    told = [topic for topic in lengths if topic != "overview"]
    return max(told, key=lambda topic: lengths[topic], default="overview")
