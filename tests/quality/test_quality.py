"""Every measure stands on its floor; the floors only rise; the labels are well-formed; the scoring can fail."""

import hashlib
import json
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace
from tests.quality.floors import Floor, faults, raised, read_floors
from tests.quality.labelled import HERE, PLACES, Labelled, load_set, measure, scores_of
from tests.quality.scoring import Labels, aligned, compare, f1

from readout_site.labels import ACTS, TOPICS, FigureKind, Kind
from readout_site.reading import Rules, read
from readout_site.records import Briefing, Capture, Sentence
from readout_site.rendering.accuracy import Measurement
from readout_site.shell.quality import MEASURED

LINES = [json.loads(line) for line in (HERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
SETS = [pytest.param(name, marks=() if name == "ours" else pytest.mark.corpus) for name in PLACES]


@pytest.mark.parametrize("name", SETS)
def test_every_measure_stands_on_its_floor(name: str, rules: Rules) -> None:
    labelled = load_set(name)
    if labelled is None:
        pytest.skip("the shared corpus is not beside the project")
    found = list(faults(labelled, read_floors().get(name), scores_of(measure(labelled, rules))))
    assert not found, "\n".join(found)


SET = Labelled("ours", "d1", ())


@pytest.mark.parametrize(
    ("floor", "scores", "says"),
    [
        (None, {"body": 1.0}, "has no floors"),
        (Floor("d0", {"body": 0.9}), {"body": 1.0}, "other labels"),
        (Floor("d1", {"body": 0.9}), {"body": 0.8999}, "floor 0.900, got 0.8999"),
        (Floor("d1", {"body": 0.9, "act": 0.5}), {"body": 0.95}, "act: measured None"),
        (Floor("d1", {"body": 0.9}), {"body": 0.95, "act": 0.5}, "act: measured 0.5, pinned None"),
        (Floor("d1", {"body": 0.9}), {"body": 0.9}, None),
    ],
)
def test_what_is_no_longer_on_its_floor_is_told(
    floor: Floor | None, scores: dict[str, float], says: str | None
) -> None:
    found = list(faults(SET, floor, scores))
    assert len(found) == (says is not None)
    assert says is None or says in found[0]


def test_floors_rise_to_what_is_measured_and_never_fall() -> None:
    floor = Floor("d1", {"body": 0.9, "act": 0.8})
    assert raised(SET, floor, {"body": 0.98765, "act": 0.7}) == Floor("d1", {"body": 0.987, "act": 0.8})
    assert raised(SET, floor._replace(digest="d0"), {"body": 0.5}) == Floor("d1", {"body": 0.5})


def test_a_score_of_three_decimals_is_not_rounded_further_down() -> None:
    assert raised(SET, None, {"body": 0.29, "act": 0.999}).least == {"body": 0.29, "act": 0.999}


def test_the_figures_of_the_method_page_are_those_of_known_sets() -> None:
    measurement = msgspec.json.decode(MEASURED.read_bytes(), type=Measurement)
    assert [sample.name for sample in measurement.samples] == [place.title for place in PLACES.values()]
    assert all(0 <= measure.score <= 1 for sample in measurement.samples for measure in sample.measures)


# --- the labels ---------------------------------------------------------------------------------------


def test_there_are_four_readouts_in_the_manner_of_each_of_ten_governments() -> None:
    governments = [line["id"].split("-")[0] for line in LINES]
    assert {name: governments.count(name) for name in governments} == dict.fromkeys(governments, 4)
    assert len(set(governments)) == 10


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_labels_fit_their_capture(line: Labels) -> None:
    data = (HERE / "captures" / line["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == line["sha256"]
    sentences = [sentence for paragraph in line["paragraphs"] for sentence in paragraph]
    body = " ".join(sentence["text"] for sentence in sentences)
    assert 60 <= len(body.split()) <= 350
    assert all(figure["quote"] in sentences[figure["s"] - 1]["text"] for figure in line["figures"])
    assert all(item["name"] in body for item in line["instruments"])


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_labels_use_the_words_of_the_record(line: Labels) -> None:
    sentences = [sentence for paragraph in line["paragraphs"] for sentence in paragraph]
    for sentence in sentences:
        assert set(sentence["acts"]) <= set(ACTS)
        assert {*sentence["topics"], *sentence["also"], *sentence["primary"]} <= set(TOPICS)
        assert sentence["topics"][0] in sentence["primary"]
        assert sentence["topics"] == ["overview"] or "overview" not in sentence["topics"]
    assert set(line["kind"]) <= set(get_args(Kind))
    assert {figure["kind"] for figure in line["figures"]} <= set(get_args(FigureKind))


# --- the scoring --------------------------------------------------------------------------------------

TEXT = b"""Prime Minister meets President of Norway

May 4, 2031

Prime Minister Ada Holm of Halland met today in Oslo with President Nils Berg of Norway.

The leaders agreed to spend $3 million on ports. They discussed the Harbour Accord.
"""


@pytest.fixture(scope="module")
def briefing(rules: Rules) -> Briefing:
    return read(Capture("2031-05-04-holm-berg.txt", TEXT), rules)


@pytest.fixture(scope="module")
def perfect(briefing: Briefing) -> Labels:
    """Labels that say what was read."""

    def said(text: str, sentence: Sentence) -> Labels:
        topics = list(sentence.topics)
        return {"text": text, "topics": topics, "also": [], "primary": topics[:1], "acts": [sentence.act]}

    return {
        "title": briefing.title,
        "source_date": briefing.published,
        "url": briefing.source.url,
        "date": [briefing.date],
        "kind": [briefing.kind],
        "place": briefing.place,
        "participants": [{"name": person.name, "country": person.country} for person in briefing.participants],
        "countries": list(briefing.countries),
        "instruments": [{"name": item.name, "required": True} for item in briefing.instruments],
        "figures": [{"quote": f.quote, "value": f.value, "key": f.key} for f in briefing.figures],
        "paragraphs": [[said(p.text[s.start : s.end], s) for s in p.sentences] for p in briefing.paragraphs],
    }


def scores(labels: Labels, briefing: Briefing) -> dict[str, float]:
    """Return the score by measure."""
    counts = list(compare(labels, briefing))
    return {name: f1(count for count in counts if count.measure == name) for name in {c.measure for c in counts}}


def test_what_is_read_as_labelled_scores_one(perfect: Labels, briefing: Briefing) -> None:
    found = scores(perfect, briefing)
    assert len(found) == 19
    assert set(found.values()) == {1.0}


@pytest.mark.parametrize(
    ("change", "measure", "score"),
    [
        ({"title": "Another title"}, "title", 0.0),
        ({"source_date": "2031-05-05"}, "published", 0.0),
        ({"url": "https://example.org/"}, "address", 0.0),
        ({"date": [None]}, "date", 0.0),
        ({"date": [None, "2031-05-04"]}, "date", 1.0),
        ({"kind": ["call"]}, "kind", 0.0),
        ({"place": "Bergen"}, "place", 0.0),
        ({"place": "Oslo, Norway"}, "place", 1.0),
        ({"countries": ["NO", "SE"]}, "countries", 2 / 3),
        ({"participants": [{"name": "Nils Berg", "country": "SE"}]}, "people", 0.0),
        ({"figures": [{"quote": "$4 million", "value": 4000000, "key": True}]}, "figures", 0.0),
        ({"figures": [{"quote": "$3 million", "value": 3, "key": True}]}, "figure value", 0.0),
        ({"figures": [{"quote": "$3 million", "value": 3000000, "key": False}]}, "key figures", 0.0),
        ({"figures": [{"quote": "$3 million", "value": 3000000, "key": None}]}, "key figures", 1.0),
        ({"instruments": [{"name": "Harbour", "required": True}]}, "instruments", 0.0),
        ({"instruments": [{"name": "the harbour accord", "required": False}]}, "instruments", 1.0),
    ],
)
def test_what_is_read_otherwise_scores_less(
    change: dict[str, Any], measure: str, score: float, perfect: Labels, briefing: Briefing
) -> None:
    assert scores(perfect | change, briefing)[measure] == pytest.approx(score)


def test_lost_words_and_other_topics_and_acts_score_less(perfect: Labels, briefing: Briefing) -> None:
    first, *rest = briefing.paragraphs
    other = replace(first.sentences[0], topics=("health",), act="agree")
    poorer = replace(briefing, paragraphs=(replace(first, sentences=(other,)), *rest))
    found = scores(perfect, poorer)
    assert found["topic"] == found["act"] == pytest.approx(2 / 3)
    assert found["agreed"] == pytest.approx(2 / 3)
    assert scores(perfect, replace(briefing, paragraphs=(first,)))["body"] < 1


def test_a_sentence_that_was_not_read_is_aligned_with_none(briefing: Briefing) -> None:
    given = [(p.text[s.start : s.end], s) for p in briefing.paragraphs for s in p.sentences]
    asked: list[Labels] = [{"text": "Quite unlike words"}, {"text": given[0][0]}]
    assert list(aligned(asked, given)) == [None, given[0][1]]
    assert list(aligned(asked, [])) == [None, None]
