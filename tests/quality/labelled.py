"""Labelled readouts on disk → sets to measure: our own, and those of the shared corpus where it is there."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.quality.scoring import Count, Labels, compare, f1

from readout_site.reading import Rules, read
from readout_site.records import Capture

Found = dict[str, list[tuple[str, Count]]]
"""By measure, each document's name with what it adds."""

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent.parent / "shared"


@dataclass(frozen=True)
class Place:
    """Where a set of labelled readouts lies."""

    title: str  #: Its name on the method page.
    says: str  #: What it is, for the method page.
    labels: Path  #: The file of labels, a JSON object a line.
    captures: Path  #: The folder of the captures.
    form: Callable[[Labels], Labels]  #: What brings a line of that file into our form.


@dataclass(frozen=True)
class Labelled:
    """A set of labelled readouts."""

    name: str
    digest: str  #: SHA-256 of the labels, which name the captures by theirs.
    pairs: tuple[tuple[Capture, Labels], ...]


def whole(line: Labels) -> Labels:
    """Return labels as they are; those of figures alone ask for nothing else."""
    return line if "kind" in line else {"id": line["id"], "sha256": line["sha256"], "figures": line["figures"]}


def bodies(line: Labels) -> Labels:
    """Return the labels of a clean body in our form."""
    return {
        "id": line["file"],
        "sha256": line["sha256"],
        "title": line["title"],
        "source_date": line["date"],
        "url": line["source_url"],
        "paragraphs": [[{"text": paragraph}] for paragraph in line["paragraphs"]],
    }


PLACES: Mapping[str, Place] = {
    "ours": Place(
        "Invented",
        "invented readouts in the manner of ten governments, in three formats, labelled before they were first read",
        HERE / "gold.jsonl",
        HERE / "captures",
        whole,
    ),
    "dev": Place(
        "Kept apart",
        "real readouts, labelled twice and kept apart from all learning",
        SHARED / "gold" / "dev.jsonl",
        SHARED / "gold" / "captures",
        whole,
    ),
    "train": Place(
        "Learned from",
        "real readouts, labelled once, from which the rules were learned",
        SHARED / "gold" / "train.jsonl",
        SHARED / "gold" / "captures",
        whole,
    ),
    "scraped": Place(
        "Mirrors",
        "real readouts in furniture written after that of mirrors",
        SHARED / "corpus" / "scraped" / "gold.jsonl",
        SHARED / "corpus" / "scraped",
        bodies,
    ),
    "scraped-real": Place(
        "Scraped",
        "real texts as they were scraped",
        SHARED / "corpus" / "scraped-real" / "gold.jsonl",
        SHARED / "corpus" / "scraped-real",
        bodies,
    ),
}
"""The sets by name, in the order in which they are shown."""


def load_set(name: str) -> Labelled | None:
    """Return the set of this name, or nothing where it is not there."""
    place = PLACES[name]
    if not place.labels.is_file():
        return None
    data = place.labels.read_bytes()
    captures: dict[str, Capture] = {}
    for path in sorted(place.captures.iterdir()):
        if path.is_file() and path != place.labels:
            content = path.read_bytes()
            captures[hashlib.sha256(content).hexdigest()] = Capture(path.name, content)
    lines = (json.loads(line) for line in data.decode().splitlines() if line.strip())
    labels = [place.form(line) for line in lines if "sha256" in line]
    pairs = tuple((captures[label["sha256"]], label) for label in labels)
    return Labelled(name, hashlib.sha256(data).hexdigest(), pairs)


def measure(labelled: Labelled, rules: Rules) -> Found:
    """Read every document of the set and return what each adds to each measure."""
    found: Found = {}
    for document, count in counts_of(labelled, rules):
        found.setdefault(count.measure, []).append((document, count))
    return {name: found[name] for name in MEASURES if name in found}


def counts_of(labelled: Labelled, rules: Rules) -> Iterator[tuple[str, Count]]:
    """Yield each document's name with what it adds to a measure."""
    for capture, labels in labelled.pairs:
        briefing = read(capture, rules)
        for count in compare(labels, briefing):
            yield labels["id"], count


def scores_of(found: Found) -> dict[str, float]:
    """Return the score by measure."""
    return {name: f1(count for _, count in counts) for name, counts in found.items()}


MEASURES: Mapping[str, str] = {
    "body": "words of the body kept, furniture cut",
    "exact": "bodies right to the letter",
    "paragraphs": "paragraphs",
    "sentences": "sentence bounds",
    "title": "title",
    "published": "day of publication",
    "address": "address of the original",
    "date": "day of the encounter",
    "kind": "form of the encounter",
    "place": "place",
    "people": "who took part",
    "countries": "countries",
    "instruments": "agreements and bodies",
    "figures": "figures",
    "figure value": "values of the figures",
    "key figures": "key figures",
    "topic": "first topic of a sentence",
    "topics": "all topics of a sentence",
    "act": "act of a sentence",
    "agreed": "agreed or committed",
}
"""What each measure is of, in the order in which they are shown."""
