"""Readouts and invented furniture → weights in rules/furniture.yaml; figures with one family left out at a time.

Needs the extra `train` (numpy, scikit-learn) and the shared corpus; the 50 documents of gold/dev.jsonl are left out by
their SHA-256. Run `python scripts/train_furniture.py [SHARED] [--write]`.
"""

import argparse
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from readout_site.reading.clean import clean
from readout_site.reading.cleaning.boilerplate import Boilerplate, parse_boilerplate
from readout_site.reading.cleaning.classifier import Classifier, Sight, feature_names, measure
from readout_site.records import Capture
from readout_site.strictyaml import load_yaml

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "readout_site" / "rules"
TRAINING = ROOT / "training" / "furniture"
SEED = 20231117
TRAIN, TEST = 100, 20
"""Captures of each family to learn from, and to measure on with the family left out."""
LONG = 120
"""Headings stand above paragraphs longer than this."""
BODY_WEIGHT = 2.0
"""A body line taken for furniture costs so many times as much as furniture taken for body."""
STRENGTH = 0.3
"""Inverse strength of the L2 penalty."""
SLOT = re.compile(r"\{([\w-]+)\}")
MONTHS = ("January", "March", "May", "June", "September", "November")


@dataclass(frozen=True)
class Body:
    """A readout to wrap."""

    title: str
    paragraphs: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Family:
    """A kind of mirror: what it puts above, within and below a text."""

    name: str
    language: str
    above: tuple[str, ...]
    inside: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A wrapped readout: its lines, each with whether it is body."""

    lines: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """Return the page as a capture's text."""
        return "\n\n".join(line for line, _ in self.lines) + "\n"


class Press:
    """Composes pages of one family from a fixed seed."""

    def __init__(self, family: Family, bodies: Sequence[Body], seed: str) -> None:
        """Load the pools."""
        pools = load_yaml((TRAINING / "pools.yaml").read_text(encoding="utf-8"))
        self.pools: dict[str, list[str]] = {name: words.splitlines() for name, words in pools.items()}
        self.family = family
        self.bodies = [body for body in bodies if body.language == family.language]
        self.chance = random.Random(f"{SEED} {family.name} {seed}")  # noqa: S311 - composition, no secret
        self.body = self.bodies[0]

    def page(self) -> Page:
        """Return the next page."""
        self.body = self.chance.choice(self.bodies)
        above = [(line, False) for item in self.family.above for line in self.draw(item)]
        below = [(line, False) for item in self.family.below for line in self.draw(item)]
        return Page((*above, *self.middle(), *below))

    def middle(self) -> Iterator[tuple[str, bool]]:
        """Yield the body with what stands within it."""
        paragraphs = self.body.paragraphs
        asides = [line for item in self.family.inside for line in self.draw(item)]
        places = {self.chance.randrange(1, len(paragraphs)): line for line in asides} if len(paragraphs) > 1 else {}
        headed = len(paragraphs) > 2 and self.chance.random() < 0.2  # noqa: PLR2004 - one readout in five
        for number, paragraph in enumerate(paragraphs):
            if number in places:
                yield places[number], False
            elif headed and number and len(paragraph) > LONG:
                yield self.word("heading"), True
            yield paragraph, True
        if self.chance.random() < 0.1:  # noqa: PLR2004 - one readout in ten
            yield self.word("lead-in"), True
            yield from ((self.word("participant"), True) for _ in range(self.chance.randint(2, 6)))

    def draw(self, item: str) -> Iterator[str]:
        """Yield the lines that an item of a family stands for."""
        if item.startswith("?"):
            if self.chance.random() < 0.4:  # noqa: PLR2004 - six in ten stand
                return
            item = item[1:]
        times = self.chance.randint(2, 6) if item.startswith("*") else 1
        for _ in range(times):
            words = self.chance.choice(item.lstrip("*").split(" || ")).strip()
            if words == "{teaserblock}":
                yield self.word("headline")
                yield from ([self.word("date")] if self.chance.random() < 0.5 else [])  # noqa: PLR2004 - one in two
                yield self.word("teaser")
            elif filled := SLOT.sub(lambda match: self.word(match[1]), words):
                yield " ".join(filled.split())

    def word(self, slot: str) -> str:
        """Return what stands for a slot."""
        if slot in self.pools:
            return self.chance.choice(self.pools[slot])
        title, number = self.body.title, self.chance.randint(2, 58)
        year, month = self.chance.randint(2001, 2024), self.chance.choice(MONTHS)
        return {
            "title": title,
            "short": title[: max(20, len(title) * 2 // 3)].rstrip() + "...",
            "glued": f"Home{self.chance.choice(self.pools['section'])}{title[: max(20, len(title) // 2)]}...",
            "upper": self.chance.choice(self.pools["site"]).upper(),
            "n": str(number),
            "year": str(year),
            "month": month,
            "date": f"{month} {number % 27 + 1}, {year}",
            "time": f"{number % 24:02}:{number:02}",
            "url": f"https://news.example/{year}/{number}",
            "mail": f"desk{number}@news.example",
            "phone": f"+00 {number} 555 {number:04}",
        }[slot]


def main() -> None:
    """Measure with each family left out, learn from all, print the figures; write the weights where asked to."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("shared", nargs="?", type=Path, default=ROOT.parent / "shared")
    cli.add_argument("--write", action="store_true", help="write the weights into rules/furniture.yaml")
    cli.add_argument("--misses", action="store_true", help="show what was lost and left in")
    options = cli.parse_args()
    rules = load_rules()
    bodies = [*shared_bodies(options.shared, rules), *own_bodies()]
    families = list(load_families())
    pages = {f.name: [p.page() for p in [Press(f, bodies, "train")] for _ in range(TRAIN)] for f in families}
    data = {name: matrix(made, rules) for name, made in pages.items()}
    print(f"{len(families)} families, {len(bodies)} bodies, {sum(len(y) for _, y in data.values())} lines")
    print(f"{'left out':22}{'before':>8}{'exact':>8}{'P':>8}{'R':>8}{'F1':>8}")
    totals = np.zeros(6)
    for family in families:
        weights = learn([data[f.name] for f in families if f is not family])
        press = Press(family, bodies, "test")
        held = [press.page() for _ in range(TEST)]
        before = measure_pages(held, with_weights(rules, None), show=False)
        after = measure_pages(held, with_weights(rules, weights), show=options.misses)
        row = np.array([before[0], *after, 1])
        totals += row
        print(f"{family.name:22}" + figures(row))
    print(f"{'ALL':22}" + figures(totals))
    weights = learn(list(data.values()))
    if options.write:
        write(weights)


def figures(row: np.ndarray) -> str:
    """Return a line of the table: exact before and after, precision, recall and F1 of body lines by characters."""
    before, exact, kept, body, right, count = row
    precision, recall = right / max(kept, 1), right / max(body, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    pages = count * TEST
    return f"{before / pages:8.2f}{exact / pages:8.2f}{precision:8.4f}{recall:8.4f}{f1:8.4f}"


def load_rules() -> Boilerplate:
    """Return the shipped rules about furniture."""
    texts = [(RULES / f"{name}.yaml").read_text(encoding="utf-8") for name in ("boilerplate", "furniture")]
    return parse_boilerplate(*map(load_yaml, texts))


def shared_bodies(shared: Path, rules: Boilerplate) -> Iterator[Body]:
    """Yield titles and paragraphs of the shared readouts, but for those that are measured on."""
    gold = [json.loads(line) for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    measured = {document["sha256"] for document in gold if "sha256" in document}
    for path in sorted((shared / "corpus" / "white-house-2021-2022").glob("*.md")):
        if hashlib.sha256(path.read_bytes()).hexdigest() not in measured:
            text = clean(Capture(path.name, path.read_bytes()), rules)
            yield Body(text.told.title or "", tuple(passage.text for passage in text.passages), "en")
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document.get("sha256") not in measured and document.get("paragraphs"):
            paragraphs = (" ".join(sentence["text"] for sentence in words) for words in document["paragraphs"])
            yield Body(document["title"], tuple(paragraphs), "en")


def own_bodies() -> Iterator[Body]:
    """Yield the invented readouts, each as often as makes a language learnable."""
    for item in load_yaml((TRAINING / "bodies.yaml").read_text(encoding="utf-8")):
        title, *paragraphs = item["text"].splitlines()
        yield from [Body(title, tuple(paragraphs), item["language"])] * 8


def load_families() -> Iterator[Family]:
    """Yield the families of furniture."""
    for item in load_yaml((TRAINING / "families.yaml").read_text(encoding="utf-8")):
        parts = [tuple((item.get(name) or "").splitlines()) for name in ("above", "inside", "below")]
        yield Family(item["name"], item.get("language", "en"), *parts)


def matrix(pages: Sequence[Page], rules: Boilerplate) -> tuple[np.ndarray, np.ndarray]:
    """Return the features and labels of the lines that no rule names."""
    rows, labels = [], []
    for page in pages:
        known = [rules.furniture_of(line) for line, _ in page.lines]
        sights = [Sight(line, rule.group if rule else None) for (line, _), rule in zip(page.lines, known, strict=True)]
        for row, rule, (_, body) in zip(
            measure(rules.classifier, sights, rules.titles), known, page.lines, strict=True
        ):
            if rule is None:
                rows.append(row)
                labels.append(body)
    return np.array(rows), np.array(labels)


def learn(data: Sequence[tuple[np.ndarray, np.ndarray]]) -> dict[str, float]:
    """Return bias and weights, rounded."""
    rows, labels = np.concatenate([x for x, _ in data]), np.concatenate([y for _, y in data])
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight={True: BODY_WEIGHT, False: 1.0})
    model.fit(rows, labels)
    weights = {name: round(float(w), 3) for name, w in zip(feature_names(), model.coef_[0], strict=True)}
    return {"bias": round(float(model.intercept_[0]), 3), **weights}


def with_weights(rules: Boilerplate, weights: dict[str, float] | None) -> Boilerplate:
    """Return the rules with other weights; with None the classifier cuts nothing."""
    known = weights or {"bias": 9.0}
    values = tuple(known.get(name, 0.0) for name in feature_names())
    classifier: Classifier = replace(rules.classifier, bias=known["bias"], weights=values)
    return replace(rules, classifier=classifier)


def measure_pages(pages: Sequence[Page], rules: Boilerplate, *, show: bool) -> tuple[int, int, int, int]:
    """Return how many pages come out exactly, and the characters kept, of the body, and of both."""
    exact = kept = body = right = 0
    for page in pages:
        text = clean(Capture("capture.txt", page.text.encode()), rules)
        want = [line for line, is_body in page.lines if is_body]
        have = [passage.text for passage in text.passages]
        exact += want == have
        kept += sum(map(len, have))
        body += sum(map(len, want))
        right += sum(len(line) for line in have if line in want)
        if show and want != have:
            print("  lost", [line[:70] for line in want if line not in have][:4])
            print("  left", [line[:70] for line in have if line not in want][:6])
    return exact, kept, body, right


def write(weights: dict[str, float]) -> None:
    """Write the weights at the end of rules/furniture.yaml."""
    path = RULES / "furniture.yaml"
    head = path.read_text(encoding="utf-8").split("\nweights:\n")[0]
    lines = [f"  {name}: '{weight:g}'" for name, weight in weights.items()]
    path.write_text(head + "\nweights:\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
