"""Labelled sentences → the weights in rules/weights.yaml, and figures by cross-validation and with one issuer left out.

Needs the extra `train` (numpy, scikit-learn) and the shared corpus. It learns from gold/train.jsonl, from
training/labels.jsonl, which holds labels of sentences of the corpus by the hash of their text, and from
training/invented.jsonl, invented readouts in the manner of many governments; training/held_out.jsonl holds more of
those, labelled before they were first read, and only measures. The 50 documents of gold/dev.jsonl are left out by their
SHA-256. Run `python scripts/train_labels.py [SHARED] [--write] [--brief]`.
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from readout_site.labels import ACTS, TOPICS
from readout_site.reading.annotating.acts import BINDING, ActRules, find_doings, parse_acts
from readout_site.reading.annotating.acts import decide_all as decide_acts
from readout_site.reading.annotating.topics import TopicRules, find_subjects, parse_topics
from readout_site.reading.annotating.topics import decide_all as decide_topics
from readout_site.reading.annotating.weights import UNIT, Evidence, Model, marks_of
from readout_site.reading.clean import clean
from readout_site.reading.rules import Rules, parse_rules
from readout_site.reading.section import section
from readout_site.records import Capture, Prose, Readout, Source
from readout_site.strictyaml import load_yaml

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "readout_site" / "rules"
LABELS = ROOT / "training" / "labels.jsonl"
INVENTED = ROOT / "training" / "invented.jsonl"
HELD_OUT = ROOT / "training" / "held_out.jsonl"
WEIGHTS = RULES / "weights.yaml"
GOLD = ("wh", "kremlin", "ukraine", "lk")
"""Who published the readouts of gold/train.jsonl."""
FOLDS = 5
STRENGTH = 0.3
"""Inverse strength of the L2 penalty."""
FIRST_SHARE = 0.6
"""How much of a sentence of several topics counts for its first."""
EVENED = {"topics": 0.2, "acts": 0.2}
"""Rare classes count for more: other governments speak more of what is rare in these readouts."""
HEED = {"topics": {"more": 0.5, "invented": 2.0}, "acts": {"invented": 2.0}}
"""How much a sentence of a source counts, where not for 1: domestic events for less, other governments for more."""
LEAST_DOCUMENTS = 3
"""A word or pair of words that fewer readouts hold is not learned from."""
KEPT = {"topics": 5500, "acts": 4500}
"""So many words and pairs of words are kept: those with the most say."""
NEAR, SHARE = 30, 15
"""Bounds of further topics, in hundredths of the likeliest one's chance."""
CAPITALISED = 0.85
"""A word is taken for a proper name where this share of its mentions within sentences is capitalised."""
SMALL_WORDS = """
the a an of to and in on for with that as at by from is are was were be been it its this their his her he she they them
we our us s
"""
SAYS = {
    "topics": "Words, pairs of words, what the rules of topics tell and the place in the readout each have a learned "
    "weight for every topic; the topic with the most is the sentence's.",
    "acts": "Words, pairs of words and what the rules of acts tell each have a learned weight for every act; the act "
    "with the most is the sentence's.",
}


@dataclass(frozen=True)
class Label:
    """What careful people say of a sentence."""

    topics: tuple[str, ...]
    first: tuple[str, ...]
    also: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A sentence with its label and all that a model needs to judge it."""

    document: int
    issuer: str
    label: Label
    text: str
    evidence: Mapping[str, Evidence]
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Labelled:
    """A readout with labels by the folded text of its sentences."""

    issuer: str
    readout: Readout
    labels: Mapping[str, Label]


Fitted = dict[str, Model]


def main() -> None:
    """Print the figures; write the weights if asked."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--write", action="store_true")
    cli.add_argument("--brief", action="store_true", help="print the figures of the held-out readouts alone")
    given = cli.parse_args()
    topics = parse_topics(load_yaml((RULES / "topics.yaml").read_text(encoding="utf-8")))
    acts = parse_acts(load_yaml((RULES / "acts.yaml").read_text(encoding="utf-8")))
    labelled = [*gold(given.shared), *extra(given.shared), *invented(INVENTED)]
    examples = list(examples_of(labelled, topics, acts))
    print(f"{len(labelled)} readouts, {len(examples)} sentences")
    judge = Judge(topics, examples)
    if not given.brief:
        judge.cross_validated()
        judge.left_out()
    models = fit(examples)
    judge.held_out(models, list(examples_of(list(invented(HELD_OUT)), topics, acts)))
    if given.write:
        WEIGHTS.write_text(yaml_of(models), encoding="utf-8")
        print(f"wrote {WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")


# --- what is learned from ---------------------------------------------------------------------------


def gold(shared: Path) -> Iterator[Labelled]:
    """Yield the readouts of gold/train.jsonl, none of which is in gold/dev.jsonl."""
    held_out = dev_hashes(shared)
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item.get("paragraphs") and item["sha256"] not in held_out:
            labels = {
                key(s["text"]): Label(*(tuple(s[field]) for field in ("topics", "primary", "also", "acts")))
                for paragraph in item["paragraphs"]
                for s in paragraph
            }
            paragraphs = tuple(prose([s["text"] for s in paragraph]) for paragraph in item["paragraphs"])
            yield Labelled(issuer_of(item["source"]), readout(item["title"], paragraphs), labels)


def extra(shared: Path) -> Iterator[Labelled]:
    """Yield the readouts of training/labels.jsonl, read by this program."""
    held_out = dev_hashes(shared)
    wanted = {item["sha256"]: item for item in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())}
    rules = parse_rules({path.stem: path.read_text(encoding="utf-8") for path in RULES.glob("*.yaml")})
    for path in sorted((shared / "corpus").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        sha256 = hashlib.sha256(data).hexdigest()
        item = wanted.pop(sha256, None)
        if item and sha256 not in held_out:
            labels = {k: Label(tuple(t), tuple(t[:1]), (), (act,)) for k, t, act in item["sentences"]}
            yield Labelled("more", read(path.name, data, rules), labels)


def invented(path: Path) -> Iterator[Labelled]:
    """Yield invented readouts: paragraphs of sentences, each with its topics and its act."""
    for item in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        labels = {
            key(text): Label(tuple(topics), tuple(topics[:1]), (), (act,))
            for paragraph in item["paragraphs"]
            for text, topics, act in paragraph
        }
        paragraphs = tuple(prose([text for text, _, _ in paragraph]) for paragraph in item["paragraphs"])
        yield Labelled("invented", readout(item["title"], paragraphs), labels)


def dev_hashes(shared: Path) -> set[str]:
    """Return the SHA-256 of the captures that only measure."""
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line).get("sha256", "") for line in lines}


def key(text: str) -> str:
    """Return the hash by which a sentence is found: of its words alone."""
    return hashlib.sha256(" ".join(re.findall(r"\w+", text.casefold())).encode()).hexdigest()[:8]


def issuer_of(source: str) -> str:
    """Return a short name of who published a readout of gold/train.jsonl."""
    folder, name = source.split("/", 1)
    if folder == "zelenskyy-putin":
        return "kremlin" if name.startswith("putin") else "ukraine"
    return "lk" if folder.startswith("lk") else "wh"


def prose(sentences: Sequence[str]) -> Prose:
    """Return a paragraph of given sentences."""
    ends = np.cumsum([len(sentence) + 1 for sentence in sentences]).tolist()
    spans = tuple((end - 1 - len(sentence), end - 1) for end, sentence in zip(ends, sentences, strict=True))
    text = " ".join(sentences)
    return Prose("p000000", text, ((0, len(text)),), spans)


def readout(title: str, paragraphs: tuple[Prose, ...]) -> Readout:
    """Return a readout of which only the title and the text matter."""
    source = Source(None, None, "x.txt", "", None)
    return Readout("x", title, None, None, None, "other", None, "en", None, (), paragraphs, source, (), ())


def read(name: str, data: bytes, rules: Rules) -> Readout:
    """Return a capture of the corpus as the program reads it."""
    capture = Capture(name, data)
    return section(capture, clean(capture, rules.boilerplate), rules, None)


def examples_of(labelled: Sequence[Labelled], topics: TopicRules, acts: ActRules) -> Iterator[Example]:
    """Yield every labelled sentence."""
    for number, item in enumerate(labelled):
        subjects, doings = find_subjects(item.readout, topics), find_doings(item.readout, acts)
        rows = zip(item.readout.paragraphs, subjects, doings, strict=True)
        for paragraph, about, done in rows:
            for (start, end), subject, doing in zip(paragraph.sentences, about, done, strict=True):
                label = item.labels.get(key(paragraph.text[start:end]))
                if label:
                    evidence = {"topics": subject.evidence, "acts": doing.evidence}
                    shown = {"topics": subject, "acts": doing}
                    yield Example(number, item.issuer, label, paragraph.text[start:end], evidence, shown)


# --- learning ---------------------------------------------------------------------------------------


def fit(examples: Sequence[Example]) -> Fitted:
    """Return both models, learned from the examples."""
    known = vocabulary(examples)
    return {name: fit_one(name, examples, known[name]) for name in ("topics", "acts")}


def vocabulary(examples: Sequence[Example]) -> dict[str, set[str]]:
    """Return the terms worth learning from: not too rare, no proper names, and of topics not of small words alone."""
    seen: Counter[str] = Counter()
    for _, term in {(e.document, term) for e in examples for term in e.evidence["acts"].terms}:
        seen[term] += 1
    names, small = proper_names(examples), set(SMALL_WORDS.split())
    acts = {t for t, count in seen.items() if count >= LEAST_DOCUMENTS and not names & set(t.split())}
    return {"acts": acts, "topics": {t for t in acts if not set(t.split()) <= small}}


def proper_names(examples: Sequence[Example]) -> set[str]:
    """Return the words that stand mostly capitalised within sentences, in lower case."""
    mentions = Counter(word for e in examples for word in re.findall(r"[^\W\d_]+", e.text)[1:])
    upper = Counter[str]()
    for word, count in mentions.items():
        if word[0].isupper():
            upper[word.lower()] += count
    return {word for word, count in upper.items() if count >= CAPITALISED * (count + mentions[word])}


def fit_one(name: str, examples: Sequence[Example], known: set[str]) -> Model:
    """Return one model: a multinomial logistic regression, its tables cut to what has the most say."""
    rows, targets, amounts = samples(name, examples)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([features(e.evidence[name], known) for e in examples])
    regression = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    regression.fit(table[rows], targets, sample_weight=amounts)
    classes = [c for c in (TOPICS if name == "topics" else ACTS) if c in set(regression.classes_)]
    order = [list(regression.classes_).index(c) for c in classes]
    weights = np.rint(regression.coef_[order].T * UNIT).astype(int)
    say = np.abs(weights).max(axis=1) * np.sqrt(np.asarray(table.sum(axis=0)).ravel())
    names = vectorizer.get_feature_names_out()
    ranking = sorted(range(len(names)), key=lambda i: (-say[i], names[i]))
    terms = [i for i in ranking if names[i].startswith("=") and weights[i].any()][: KEPT[name]]
    marks = [i for i in ranking if names[i].startswith("@") and weights[i].any()]
    tables = [
        {names[i][1:]: tuple(weights[i].tolist()) for i in sorted(part, key=names.item)} for part in (terms, marks)
    ]
    start = tuple(np.rint(regression.intercept_[order] * UNIT).astype(int).tolist())
    return Model(tuple(classes), start, tables[0], tables[1], NEAR / 100, SHARE / 100)


def samples(name: str, examples: Sequence[Example]) -> tuple[list[int], list[str], list[float]]:
    """Return which example counts for which class, and how much."""
    found = [
        (row, target, amount)
        for row, example in enumerate(examples)
        for target, amount in (wanted(example.label.topics) if name == "topics" else [(example.label.acts[0], 1.0)])
    ]
    often = Counter(target for _, target, _ in found)
    amounts = [
        amount * (often[target] / len(found)) ** -EVENED[name] * HEED[name].get(examples[row].issuer, 1.0)
        for row, target, amount in found
    ]
    return [row for row, _, _ in found], [target for _, target, _ in found], amounts


def wanted(topics: Sequence[str]) -> list[tuple[str, float]]:
    """Return the topics of a sentence with the share of each."""
    if len(topics) == 1:
        return [(topics[0], 1.0)]
    return [(topics[0], FIRST_SHARE), *((topic, (1 - FIRST_SHARE) / (len(topics) - 1)) for topic in topics[1:])]


def features(evidence: Evidence, known: set[str]) -> dict[str, float]:
    """Return the terms and marks of a sentence as the columns of a table."""
    return {f"={term}": 1.0 for term in evidence.terms if term in known} | {
        f"@{mark}": amount
        for mark, amount in marks_of(evidence).items()
        if not mark.startswith("begins ") or mark.removeprefix("begins ") in known
    }


def yaml_of(models: Fitted) -> str:
    """Return the file of the weights."""
    lines = [
        "# Learned weights, written by scripts/train_labels.py and never tuned by hand: for each word, pair of words",
        "# or mark its weight for each class in hundredths. `near` and `share` bound the further topics of a sentence.",
        "",
        "models:",
    ]
    for name, model in models.items():
        lines += [f"  - name: {name}", f"    says: {SAYS[name]}", f"    classes: [{', '.join(model.classes)}]"]
        lines += [f"    start: [{', '.join(map(str, model.start))}]", f"    near: {NEAR}", f"    share: {SHARE}"]
        lines += ["    marks: |", *table_lines(model.marks), "    terms: |", *table_lines(model.terms)]
    return "\n".join(lines) + "\n"


def table_lines(table: Mapping[str, tuple[int, ...]]) -> list[str]:
    """Return a table as JSON, an entry a line."""
    entries = [f"{json.dumps(name)}:[{','.join(map(str, row))}]" for name, row in table.items()]
    return ["      {" + ",\n      ".join(entries) + "}"]


# --- measuring --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judge:
    """Measures models on examples that they have not learned from."""

    rules: TopicRules
    examples: Sequence[Example]

    def cross_validated(self) -> None:
        """Print the figures by documents in folds, for each issuer."""
        judged: list[tuple[Example, Any, Any]] = []
        for fold in range(FOLDS):
            judged += self.judged({e.document for e in self.examples if e.document * 7919 % 10007 % FOLDS == fold})
        print(f"cross-validated in {FOLDS} folds by readout, models cut and rounded as shipped:")
        for issuer in (*GOLD, "more", "invented"):
            report(issuer, [row for row in judged if row[0].issuer == issuer])
        report("gold", [row for row in judged if row[0].issuer in GOLD])

    def left_out(self) -> None:
        """Print the figures of each issuer when nothing was learned from it."""
        print("with the issuer left out:")
        for out in (("wh", "more"), ("kremlin",), ("ukraine",), ("kremlin", "ukraine"), ("lk",)):
            judged = self.judged({e.document for e in self.examples if e.issuer in out})
            report("+".join(out), [row for row in judged if row[0].issuer in GOLD])

    def held_out(self, models: Fitted, examples: Sequence[Example]) -> None:
        """Print the figures of examples that nothing was ever learned from."""
        print("invented readouts held out:")
        report("held out", self.given(models, examples))

    def judged(self, held_out: set[int]) -> list[tuple[Example, Any, Any]]:
        """Return the held-out examples with the topics and the act that a model of the others gives them."""
        models = fit([e for e in self.examples if e.document not in held_out])
        return self.given(models, [e for e in self.examples if e.document in held_out])

    def given(self, models: Fitted, rest: Sequence[Example]) -> list[tuple[Example, Any, Any]]:
        """Return examples with the topics and the act that the models give them."""
        topics = [told[0] for told in decide_topics([[e.shown["topics"]] for e in rest], self.rules, models["topics"])]
        acts = [deeds[0].act for deeds in decide_acts([[e.shown["acts"]] for e in rest], models["acts"])]
        return list(zip(rest, topics, acts, strict=True))


def report(name: str, rows: Sequence[tuple[Example, Any, Any]]) -> None:
    """Print the shares and F1 of one group of examples, as tools/score.py counts them."""
    first = np.mean([topics[0] in e.label.first for e, topics, _ in rows])
    shared = sum(len({*e.label.topics} & {*topics}) for e, topics, _ in rows)
    asked = sum(len(e.label.topics) + len({*topics} - {*e.label.also}) for e, topics, _ in rows)
    act = np.mean([act in e.label.acts for e, _, act in rows])
    sides = [({a in BINDING for a in e.label.acts}, act in BINDING) for e, _, act in rows]
    decided = [(side.pop(), given) for side, given in sides if len(side) == 1]
    both = sum(a and b for a, b in decided)
    binds = 2 * both / max(1, sum(a + b for a, b in decided))
    print(f"{name:16}{len(rows):6} topic {first:.3f} topics {2 * shared / asked:.3f} act {act:.3f} binds {binds:.3f}")


if __name__ == "__main__":
    main()
