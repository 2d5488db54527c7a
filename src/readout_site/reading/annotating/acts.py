"""Sentences → acts: the strongest thing that a party does, by verbs and learned weights, and the clause that binds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from readout_site.labels import ACTS, Act
from readout_site.reading.annotating.terms import compile_terms, find_terms, lowered
from readout_site.reading.annotating.weights import Evidence, Model, scores, terms_in, words_in
from readout_site.records import Prose, Readout, RuleDoc, Span

WINDOW = 100
BEGINNING = 40
QUOTES = ('"', "\u201c")
BINDING = ("commit", "agree")
JOINED = re.compile(
    r"[,;]? (?:and|while|but|as well as)(?: (?:also|then|further|both|the|they|he|she|it|two|(?:vice )?president|prime"
    r"|minister|leaders|sides|parties))?(?: [a-z.]+)? $"
)
STOP = re.compile(r"; (?!(?:and )?to )|[\"\u201d](?: (?:he|she|the|said)\b|$)")
LOOSE = " .,;:!?\"\u201c\u201d'"
STRENGTH: dict[str, int] = {act: rank for rank, act in enumerate(ACTS)}


Hit = tuple[int, int, tuple["ActRule", ...]]
"""Where a verb stands, and the rules that it belongs to."""


class ActRule(Struct, frozen=True):
    """Verbs that tell an act, and what may stand around them."""

    act: Act  #: What they tell.
    before: re.Pattern[str] | None  #: Must match just before the verb.
    after: re.Pattern[str] | None  #: Must match just after it.
    unless_before: re.Pattern[str] | None  #: Must not match just before it.
    unless_after: re.Pattern[str] | None  #: Must not match just after it.
    opening: bool  #: True counts only where no act stands earlier in the sentence.


class Deed(Struct, frozen=True):
    """What is done in a sentence."""

    act: Act  #: The strongest thing that a party does.
    agreed: Span | None  #: The clause that commits or agrees, in the paragraph.


class Doing(Struct, frozen=True):
    """What a sentence shows of its act."""

    text: str  #: The lowered paragraph.
    span: Span  #: Where the sentence stands in it.
    told: tuple[tuple[int, Act], ...]  #: Where acts are told by the rules, and which, in order.
    evidence: Evidence  #: What the model weighs.


NOTHING = Deed("state", None)


@dataclass(frozen=True)
class ActRules:
    """Verbs and their rules, compiled."""

    docs: tuple[RuleDoc, ...]  #: Every rule, for the method page.
    verbs: Any  #: The automaton; a verb's value is the rules that it belongs to.


def parse_acts(data: Any) -> ActRules:  # noqa: ANN401 - the shape is the file's own
    """Compile `rules/acts.yaml`."""
    rules = [read_rule(item) for item in data["rules"]]
    verbs: dict[str, list[ActRule]] = {}
    for item, rule in zip(data["rules"], rules, strict=True):
        for verb in item["verbs"]:
            verbs.setdefault(lowered(verb), []).append(rule)
    docs = tuple(RuleDoc("acts", item["name"], item["says"]) for item in data["rules"])
    return ActRules(docs, compile_terms((verb, tuple(found)) for verb, found in verbs.items()))


def find_acts(readout: Readout, rules: ActRules, model: Model) -> tuple[tuple[Deed, ...], ...]:
    """Return what is done in every sentence, for each paragraph in order."""
    return tuple(decide_all(find_doings(readout, rules), model))


def find_doings(readout: Readout, rules: ActRules) -> tuple[tuple[Doing, ...], ...]:
    """Return what every sentence shows of its act, for each paragraph in order."""
    return tuple(tuple(doings_in(prose, rules, opens=not number)) for number, prose in enumerate(readout.paragraphs))


def decide_all(paragraphs: Sequence[Sequence[Doing]], model: Model) -> Iterator[tuple[Deed, ...]]:
    """Yield what is done in each sentence, by paragraph."""
    told = scores(model, [[doing.evidence for doing in doings] for doings in paragraphs])
    for doings, rows in zip(paragraphs, told, strict=True):
        pairs = zip(doings, rows, strict=True)
        yield tuple(decide(doing, dict(zip(model.classes, row, strict=True))) for doing, row in pairs)


def decide(doing: Doing, score: Mapping[Any, int]) -> Deed:
    """Return the likeliest act of a sentence; one that binds needs a verb that the clause can begin with."""
    starts = {act: start for start, act in reversed(doing.told)}
    binding = [start for act, start in starts.items() if act in BINDING]
    act: Any = max(score if starts else (act for act in score if act not in BINDING), key=score.__getitem__)
    if act not in BINDING:
        return Deed(act, None)
    start = starts.get(act, min(binding or starts.values()))
    return Deed(act, clause(start, doing.told, doing.span, doing.text))


def doings_in(prose: Prose, rules: ActRules, *, opens: bool) -> Iterator[Doing]:
    """Yield what each sentence of a paragraph shows of its act; `opens` tells the readout's first paragraph."""
    text = lowered(prose.text)
    hits: list[Hit] = find_terms(rules.verbs, text)
    for start, end in prose.sentences:
        own = [hit for hit in hits if start <= hit[0] < end]
        told = tuple(acts_told(own, (start, end), text))
        marks = marks_of(told, own, text[start:end])
        if opens and start == prose.sentences[0][0]:
            marks["opens"] = 1.0
        yield Doing(text, (start, end), told, Evidence(terms_in(text[start:end]), marks))


def marks_of(told: Sequence[tuple[int, Act]], hits: Sequence[Hit], sentence: str) -> dict[str, float]:
    """Return what the rules and the form of a sentence tell."""
    acts = [act for _, act in told]
    strongest = min(acts, key=STRENGTH.__getitem__, default="state")
    marks = {f"told {act}": 1.0 for act in acts}
    marks[f"strongest {strongest}"] = 2.0
    marks[f"first {acts[0] if acts else 'state'}"] = 1.0
    marks |= {f"ruled out {rule.act}": 1.0 for _, _, rules in hits for rule in rules if rule.act not in acts}
    marks |= {f"begins {word}": 1.0 for word in words_in(sentence[:BEGINNING])[:3]}
    if sentence.startswith(QUOTES):
        marks["quotes"] = 1.0
    if sentence.endswith(":"):
        marks["leads in"] = 1.0
    return marks


def acts_told(hits: Sequence[Hit], sentence: Span, text: str) -> list[tuple[int, Act]]:
    """Return where acts are told in a sentence, and which; of the rules of one verb the strongest that fits."""
    told: list[tuple[int, Act]] = []
    for start, end, rules in hits:
        fitting = [r for r in rules if not (r.opening and told) and fits(r, (start, end), sentence, text)]
        if fitting:
            told.append((start, min((rule.act for rule in fitting), key=STRENGTH.__getitem__)))
    return told


def fits(rule: ActRule, verb: Span, sentence: Span, text: str) -> bool:
    """Tell whether a verb stands where its rule wants it."""
    start, end = verb
    near = max(0, sentence[0] - 2, start - WINDOW)  # With the stop before it, so that `. ` stands for its beginning.
    return not (
        (rule.before and not rule.before.search(text, near, start))
        or (rule.unless_before and rule.unless_before.search(text, near, start))
        or (rule.after and not rule.after.match(text, end, sentence[1]))
        or (rule.unless_after and rule.unless_after.match(text, end, sentence[1]))
    )


def read_rule(item: Any) -> ActRule:  # noqa: ANN401 - the shape is the file's own
    """Compile one rule."""
    before, after, unless_before, unless_after = (
        re.compile(item[key]) if item.get(key) else None for key in ("before", "after", "unless_before", "unless_after")
    )
    return ActRule(item["act"], before, after, unless_before, unless_after, item.get("opening") == "yes")


def clause(start: int, told: Sequence[tuple[int, Act]], sentence: Span, text: str) -> Span:
    """Return the clause that begins at `start`: it ends where another act is joined to it, or with the sentence."""
    end = sentence[1]
    for other, act in told:
        joined = (
            JOINED.search(text, max(start, other - WINDOW), other) if other > start and act not in BINDING else None
        )
        if joined:
            end = joined.start()
            break
    stop = STOP.search(text, start, end)
    return start, len(text[: stop.start() if stop else end].rstrip(LOOSE))
