"""Sentences → topics: weighted terms, found in one pass, weighed anew with words and place by a learned model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgspec import Struct

from readout_site.labels import Topic
from readout_site.reading.annotating.terms import compile_terms, find_terms, lowered
from readout_site.reading.annotating.weights import Evidence, Model, lead, scores, terms_in
from readout_site.records import Prose, Readout, RuleDoc

Scores = dict[Topic, float]
Marks = dict[str, float]
ENOUGH = 12
"""A weight above this tells no more."""
STEP = 4
"""The weight that counts as an amount of 1."""
UNTOLD = 0.4
"""The least share of the likeliest topic's chance that a further topic needs where no term tells it."""
LEADS = 2
"""The least weight of a term whose place tells which topic is mentioned first."""


class Subject(Struct, frozen=True):
    """What a sentence shows of its topics."""

    mentioned: tuple[Topic, ...]  #: The topics that the rules find, in order of first mention.
    evidence: Evidence  #: What the model weighs.


@dataclass(frozen=True, eq=False)
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


def find_topics(readout: Readout, rules: TopicRules, model: Model) -> tuple[tuple[tuple[Topic, ...], ...], ...]:
    """Return the topics of every sentence, most important first, for each paragraph in order."""
    return tuple(decide_all(find_subjects(readout, rules), rules, model))


def find_subjects(readout: Readout, rules: TopicRules) -> tuple[tuple[Subject, ...], ...]:
    """Return what every sentence shows of its topics, for each paragraph in order."""
    told = [told_in(prose, rules) for prose in readout.paragraphs]
    title = weigh(find_terms(rules.terms, lowered(readout.title)))
    whole = shares("readout", added([scores for row in told for scores in row]))
    whole |= {f"title {topic}": min(weight, ENOUGH) / STEP for topic, weight in title.items()}
    marks = [marks_in(row, rules) for row in told]
    for place, edge in (("opens", 0), ("closes", -1)):
        if marks and marks[edge]:
            marks[edge][edge][place] = 1.0
    return tuple(
        tuple(subjects_in(prose, row, own, whole))
        for prose, row, own in zip(readout.paragraphs, told, marks, strict=True)
    )


def decide_all(
    paragraphs: Sequence[Sequence[Subject]], rules: TopicRules, model: Model
) -> Iterator[tuple[tuple[Topic, ...], ...]]:
    """Yield the topics of each sentence, by paragraph."""
    bounds = lead(model.share), lead(UNTOLD), lead(model.near)
    told = scores(model, [[subject.evidence for subject in subjects] for subjects in paragraphs])
    for subjects, rows in zip(paragraphs, told, strict=True):
        pairs = zip(subjects, rows, strict=True)
        yield tuple(decide(s, dict(zip(model.classes, row, strict=True)), bounds)[: rules.most] for s, row in pairs)


def decide(subject: Subject, score: dict[Any, int], bounds: tuple[float, float, float]) -> tuple[Topic, ...]:
    """Return the topics of a sentence: the likeliest and those near it as mentioned, then the less likely.

    `bounds` are by how much a score may be below the highest for a further topic that a term tells, for one that no
    term tells, and for one that is near.
    """
    first: Any = max(score, key=score.__getitem__)
    if first == "overview":
        return (first,)
    least, untold, near = (score[first] - bound for bound in bounds)
    likely = [topic for topic in score if score[topic] >= (least if topic in subject.mentioned else untold)]
    likely = [topic for topic in likely if topic != "overview"]
    if len(likely) == 1:
        return (first,)
    likely.sort(key=score.__getitem__, reverse=True)
    equals = [topic for topic in likely if score[topic] >= near]
    order = {topic: place for place, topic in enumerate(subject.mentioned)}
    equals.sort(key=lambda topic: order.get(topic, len(order)))
    return (*equals, *likely[len(equals) :])


def told_in(prose: Prose, rules: TopicRules) -> list[Scores]:
    """Return the weight of each topic by the rules, for each sentence of a paragraph."""
    hits = find_terms(rules.terms, lowered(prose.text))
    return [weigh([hit for hit in hits if start <= hit[0] < end]) for start, end in prose.sentences]


def weigh(hits: Sequence[tuple[int, int, tuple[Topic, float]]]) -> Scores:
    """Return the weight of each topic, in order of first mention: the sum of its terms' weights."""
    total: Scores = {}
    for _, _, (topic, weight) in hits:
        if weight:
            total[topic] = total.get(topic, 0) + weight
    return total


def added(scores: Sequence[Scores]) -> Scores:
    """Return the sum of several scores."""
    total: Scores = {}
    for one in scores:
        for topic, weight in one.items():
            total[topic] = total.get(topic, 0) + weight
    return total


def shares(where: str, scores: Mapping[Topic, float]) -> Marks:
    """Return each topic's share of all that is told in a place, as marks named for the place."""
    whole = sum(scores.values())
    return {f"{where} {topic}": weight / whole for topic, weight in scores.items()}


def marks_in(told: Sequence[Scores], rules: TopicRules) -> list[Marks]:
    """Return the marks of each sentence of a paragraph: what it tells by itself, and its neighbours."""
    rows = [dict(own_marks(tuple(scores.items()), rules)) for scores in told]
    for before, after, number in zip(told, told[1:], range(len(told)), strict=False):
        rows[number] |= shares("after", after)
        rows[number + 1] |= shares("before", before)
    for row in rows[:1]:
        row["leads"] = 1.0
    return rows


@lru_cache(maxsize=1024)  # Sentences tell the same few topics again and again.
def own_marks(told: tuple[tuple[Topic, float], ...], rules: TopicRules) -> Marks:
    """Return what the rules tell of a sentence by itself: `told` are the topics of its terms with their weights."""
    scores = dict(told)
    marks = {f"told {topic}": min(weight, ENOUGH) / STEP for topic, weight in scores.items()}
    first, *further = ranked(scores, rules)
    marks[f"first {first}"] = 1.0
    marks |= {f"also {topic}": 1.0 for topic in further}
    mentioned = [topic for topic, weight in scores.items() if topic != "overview" and weight >= LEADS]
    marks |= {f"mention {place} {topic}": 1.0 for place, topic in enumerate(mentioned[:3], 1)}
    if not scores:
        marks["nothing told"] = 1.0
    return marks


def ranked(scores: Scores, rules: TopicRules) -> tuple[Topic, ...]:
    """Return the topics that the scores bear out: near equals as mentioned, then the others by weight."""
    general = scores.get("overview", 0)
    told = {t: s for t, s in scores.items() if t != "overview" and s >= rules.least and s > general}
    best = max(told.values(), default=0)
    near = [topic for topic, weight in told.items() if weight >= rules.near * best]
    others = [topic for topic, weight in told.items() if rules.near * best > weight >= rules.share * best]
    return tuple([*near, *sorted(others, key=lambda topic: -told[topic])][: rules.most]) or ("overview",)


def subjects_in(prose: Prose, told: Sequence[Scores], rows: Sequence[Marks], whole: Marks) -> Iterator[Subject]:
    """Yield what each sentence of a paragraph shows; `whole` is what the readout tells."""
    text = lowered(prose.text)
    around = shares("paragraph", added(told))
    for (start, end), own, marks in zip(prose.sentences, told, rows, strict=True):
        mentioned = tuple(topic for topic in own if topic != "overview")
        yield Subject(mentioned, Evidence(terms_in(text[start:end]), marks, around, whole))
