from itertools import pairwise
from random import Random

import pytest

from readout_site.labels import ACTS, TOPICS
from readout_site.reading.annotating.weights import FINE, Evidence, Model, chances, heaviest_word, scores, terms_in
from readout_site.reading.rules import Rules

MODEL = Model(
    classes=("sea", "land", "air"),
    start=(0, 10, 0),
    terms={"ship": (300, 0, 0), "ship road": (0, 400, 0), "road": (0, 100, -100), "the": (50, 50, 50)},
    marks={"told air": (0, 0, 200)},
    near=0.5,
    share=0.2,
)


def likeliest(words: str, **marks: float) -> str:
    found = chances(
        MODEL, Evidence(terms_in(words), {name.replace("_", " "): amount for name, amount in marks.items()})
    )
    return MODEL.classes[found.index(max(found))]


@pytest.mark.parametrize(
    ("words", "marks", "best"),
    [
        ("", {}, "land"),
        ("a ship", {}, "sea"),
        ("the road", {}, "land"),
        ("ship road", {}, "land"),
        ("road ship", {}, "sea"),
        ("unknown words", {"told_air": 1.0}, "air"),
        ("a ship", {"told_air": 2.0}, "air"),
        ("", {"never_seen": 9.0}, "land"),
    ],
)
def test_weights_add_up_and_the_most_is_the_likeliest(words: str, marks: dict[str, float], best: str) -> None:
    assert likeliest(words, **marks) == best


@pytest.mark.parametrize("seed", range(20))
def test_rows_added_as_whole_numbers_are_the_sums_of_their_weights(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - made-up weights need no secrecy
    rows = {name: tuple(draw.randint(-300, 300) for _ in range(5)) for name in "abcdefgh"}
    model = Model(tuple("vwxyz"), rows["a"], {n: rows[n] for n in "bcde"}, {n: rows[n] for n in "fgh"}, 0.5, 0.2)
    evidence = Evidence(tuple("bcq"), {"f": 0.5}, {"g": 2.0}, {"h": 0.25, "q": 1.0})
    ((found,),) = scores(model, [[evidence]])
    sums = [a + b + c + f / 2 + 2 * g + h / 4 for a, b, c, f, g, h in zip(*(rows[n] for n in "abcfgh"), strict=True)]
    assert [(score - found[0]) / FINE for score in found] == [one - sums[0] for one in sums]


def test_chances_add_up_to_one_however_heavy_the_weights() -> None:
    found = chances(MODEL, Evidence(terms_in("ship"), {"told air": 1000.0}))
    assert sum(found) == pytest.approx(1)
    assert found[2] == pytest.approx(1)


def test_terms_are_words_and_neighbours_each_once() -> None:
    assert terms_in("the ship, the ship's road") == (
        "the",
        "ship",
        "ship's",
        "road",
        "the ship",
        "ship the",
        "the ship's",
        "ship's road",
    )


def test_the_word_that_weighs_most_is_told() -> None:
    assert heaviest_word(MODEL, "the ship on the road", "land") == "road"
    assert heaviest_word(MODEL, "the ship on the road", "sea") == "ship"
    assert heaviest_word(MODEL, "a ship on a road", "air") is None
    assert heaviest_word(MODEL, "", "sea") is None


def test_shipped_weights_know_every_class_and_no_word_twice(rules: Rules) -> None:
    for model, classes in ((rules.weights.topics, TOPICS), (rules.weights.acts, ACTS)):
        assert model.classes == classes
        assert {len(row) for row in (*model.terms.values(), *model.marks.values(), model.start)} == {len(classes)}
        assert all(a < b for a, b in pairwise(model.terms))


def test_shipped_weights_name_no_leader(rules: Rules) -> None:
    known = {*rules.weights.topics.terms, *rules.weights.acts.terms}
    assert not {"biden", "harris", "sullivan", "putin", "zelenskyy", "macron", "ukraine", "russia"} & known


def test_every_model_says_what_it_does(rules: Rules) -> None:
    docs = rules.weights.docs
    assert [doc.name for doc in docs] == ["topics", "acts"]
    assert all(doc.group == "weights" and doc.says.endswith(".") for doc in docs)


def test_a_shipped_word_decides_for_its_own_topic(rules: Rules) -> None:
    assert heaviest_word(rules.weights.topics, "they spoke of economic growth", "trade") == "economic"
