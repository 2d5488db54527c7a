"""Topics and acts → the words of each sentence that told them, for the reader of the site to see."""

from collections.abc import Iterator, Sequence

from readout_site.labels import Act, Topic
from readout_site.reading.annotating.acts import ActRules, Deed
from readout_site.reading.annotating.terms import find_terms, lowered
from readout_site.reading.annotating.topics import TopicRules
from readout_site.reading.annotating.weights import Model, Weights, heaviest_word
from readout_site.records import Prose, Span

MOST = 2
"""So many words are told for a topic."""
Words = tuple[str, ...]
Hit = tuple[int, int]
"""Where a word stands, or several."""


def find_words(
    prose: Prose, about: Sequence[tuple[Topic, ...]], deeds: Sequence[Deed], rules: tuple[TopicRules, ActRules, Weights]
) -> Iterator[Words]:
    """Yield, for each sentence of a paragraph, the words that told its first topic and its act, as written.

    They are the terms of the rules; where no rule names any, it is the word that weighs most in the model, in lower
    case. What is only background, `overview` or `state`, is told by no word.
    """
    topics, acts, weights = rules
    text = lowered(prose.text)
    for span, (topic, *_), deed in zip(prose.sentences, about, deeds, strict=True):
        words: list[str] = []
        if topic != "overview":
            words += told(prose, span, topic_hits(topics, text, span, topic), weights.topics, topic)[:MOST]
        if deed.act != "state":
            words += told(prose, span, act_hits(acts, text, span, deed.act), weights.acts, deed.act)[:1]
        yield tuple(dict.fromkeys(words))


def topic_hits(rules: TopicRules, text: str, span: Span, topic: Topic) -> list[Hit]:
    """Return where terms of a topic stand in a sentence, the weightiest first."""
    hits = [hit for hit in find_terms(rules.terms, text) if span[0] <= hit[0] < span[1] and hit[2][0] == topic]
    return [(start, end) for start, end, _ in sorted(hits, key=lambda hit: (-hit[2][1], hit[0]))]


def act_hits(rules: ActRules, text: str, span: Span, act: Act) -> list[Hit]:
    """Return where verbs of an act stand in a sentence, in order."""
    hits = [hit for hit in find_terms(rules.verbs, text) if span[0] <= hit[0] < span[1]]
    return [(start, end) for start, end, found in hits if any(rule.act == act for rule in found)]


def told(prose: Prose, span: Span, hits: Sequence[Hit], model: Model, chosen: str) -> list[str]:
    """Return the words at `hits`, each once, else the one of the sentence that weighs most for the class `chosen`."""
    if hits:
        return list(dict.fromkeys(whole_words(prose.text, *hit) for hit in hits))
    word = heaviest_word(model, lowered(prose.text)[slice(*span)], chosen)
    return [word] if word else []


def whole_words(text: str, start: int, end: int) -> str:
    """Return the words from `start`, the last of them to its end: a term may be a stem."""
    while text[end : end + 1].isalnum():
        end += 1
    return text[start:end]
