import pytest

from readout_site.labels import TOPICS, Topic
from readout_site.reading.annotating.topics import find_topics
from readout_site.reading.rules import Rules
from readout_site.records import Prose, Readout, Source


def topics(rules: Rules, *sentences: str) -> tuple[tuple[Topic, ...], ...]:
    text = ""
    spans: list[tuple[int, int]] = []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}".strip()
        spans.append((start, len(text)))
    prose = Prose("p000000", text, ((0, len(text)),), tuple(spans))
    source = Source(None, None, "x.txt", "", None)
    readout = Readout("x", "", None, None, None, "call", None, "en", None, (), (prose,), source, (), ())
    return find_topics(readout, rules.topics, rules.weights.topics)[0]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("They discussed the war and the ceasefire.", "security"),
        ("They reviewed efforts to dismantle cartels that traffic fentanyl.", "security"),
        ("Two-way trade in goods and services grew.", "trade"),
        ("They spoke of irregular migration and refugees.", "migration"),
        ("They agreed to cut emissions and build clean energy.", "climate"),
        ("They discussed vaccines and the pandemic.", "health"),
        ("They spoke of artificial intelligence and semiconductors.", "technology"),
        ("She raised human rights and the rule of law.", "democracy"),
        ("He announced humanitarian aid after the earthquake.", "humanitarian"),
        ("They discussed student exchanges, education and culture.", "society"),
        ("President Ada Lind met today with Prime Minister Bo Rask.", "overview"),
        ("National Security Advisor Ada Lind spoke today with Minister of Defense Bo Rask.", "overview"),
        ("He congratulated her on her recent election victory.", "overview"),
        ("They reviewed progress on the geothermal plant and the wind farms.", "climate"),
        ("They agreed on a line of credit for the ferry.", "trade"),
        ("She asked for faster readmission of those with no right to stay.", "migration"),
        ("The partnership spans the full spectrum of security, trade and migration.", "overview"),
    ],
)
def test_a_sentence_is_about_its_weightiest_topic(rules: Rules, sentence: str, first: str) -> None:
    assert topics(rules, sentence)[0][0] == first


def test_equals_stand_in_the_order_of_their_mention(rules: Rules) -> None:
    (found,) = topics(rules, "They discussed climate change, trade and human rights.")
    assert found == ("climate", "trade", "democracy")


def test_overview_stands_alone_and_three_topics_are_the_most(rules: Rules) -> None:
    (found,) = topics(rules, "They discussed vaccines, trade, migration, human rights, terrorism and clean energy.")
    assert len(found) == 3
    assert set(found) <= set(TOPICS) - {"overview"}


def test_a_sentence_that_tells_nothing_goes_on_with_its_forerunners_topic(rules: Rules) -> None:
    assert topics(rules, "They discussed irregular migration.", "The measures have led to a sustained drop.") == (
        ("migration",),
        ("migration",),
    )
    assert topics(rules, "They discussed irregular migration.", "They agreed to stay in touch.")[1] == ("overview",)


def test_every_rule_says_what_it_does(rules: Rules) -> None:
    docs = rules.topics.docs
    assert all(doc.group == "topics" and doc.says.endswith(".") for doc in docs)
    assert len({doc.name for doc in docs}) == len(docs)
