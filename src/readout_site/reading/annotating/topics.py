"""Sentences → topics: weighted terms, found in one pass, and one scoring function."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from readout_site.reading.annotating.terms import compile_terms, find_terms, lowered
from readout_site.records import Prose, Readout, RuleDoc, Topic

Scores = dict[Topic, float]


@dataclass(frozen=True)
class TopicRules:
    """Weighted terms, compiled, and the bounds of the score."""

    docs: tuple[RuleDoc, ...]  #: Every rule, for the method page.
    terms: Any  #: The automaton; a term's value is its topic and weight.
    least: float  #: The least score of a topic.
    near: float  #: Topics with this share of the highest score count as equals, in order of mention.
    share: float  #: The least share of the first topic's score that a further one needs.
    most: int  #: The most topics of a sentence.


def parse_topics(data: Any) -> TopicRules:  # noqa: ANN401 - the shape is the file's own
    """Compile `rules/topics.yaml`."""
    bounds = {item["name"]: float(item["value"]) for item in data["bounds"]}
    rules = [*data["bounds"], *data["groups"]]
    return TopicRules(
        docs=tuple(RuleDoc("topics", rule["name"], rule["says"]) for rule in rules),
        terms=compile_terms((term, (g["topic"], float(g["weight"]))) for g in data["groups"] for term in g["terms"]),
        least=bounds["least"],
        near=bounds["near"] / 100,
        share=bounds["share"] / 100,
        most=int(bounds["most"]),
    )


def find_topics(readout: Readout, rules: TopicRules) -> tuple[tuple[tuple[Topic, ...], ...], ...]:
    """Return the topics of every sentence, most important first, for each paragraph in order."""
    return tuple(topics_in(prose, rules) for prose in readout.paragraphs)


def topics_in(prose: Prose, rules: TopicRules) -> tuple[tuple[Topic, ...], ...]:
    """Return the topics of each sentence; one that tells nothing of its own goes on with its forerunner's."""
    hits = find_terms(rules.terms, lowered(prose.text))
    found: list[tuple[Topic, ...]] = []
    for start, end in prose.sentences:
        told = weigh([hit for hit in hits if start <= hit[0] < end])
        topics = ranked(told, rules)
        goes_on = found and topics == ("overview",) and "overview" not in told
        found.append(found[-1][:1] if goes_on else topics)
    return tuple(found)


def weigh(hits: Sequence[tuple[int, int, tuple[Topic, float]]]) -> Scores:
    """Return the weight of each topic, in order of first mention: the sum of its terms' weights."""
    total: Scores = {}
    for _, _, (topic, weight) in hits:
        if weight:
            total[topic] = total.get(topic, 0) + weight
    return total


def ranked(scores: Scores, rules: TopicRules) -> tuple[Topic, ...]:
    """Return the topics that the scores bear out: near equals as mentioned, then the others by weight."""
    general = scores.get("overview", 0)
    told = {t: s for t, s in scores.items() if t != "overview" and s >= rules.least and s > general}
    best = max(told.values(), default=0)
    near = [topic for topic, weight in told.items() if weight >= rules.near * best]
    others = [topic for topic, weight in told.items() if rules.near * best > weight >= rules.share * best]
    return tuple([*near, *sorted(others, key=lambda topic: -told[topic])][: rules.most]) or ("overview",)
