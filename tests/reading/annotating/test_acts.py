import pytest

from readout_site.reading.annotating.acts import Deed, find_acts
from readout_site.reading.rules import Rules
from readout_site.records import Prose, Readout, Source


def deed(rules: Rules, text: str) -> Deed:
    prose = Prose("p000000", text, ((0, len(text)),), ((0, len(text)),))
    source = Source(None, None, "x.txt", "", None)
    readout = Readout("x", "", None, None, None, "call", None, "en", None, (), (prose,), source, (), ())
    return find_acts(readout, rules.acts, rules.weights.acts)[0][0]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("They committed to close consultation.", "commit"),
        ("They pledged to work together.", "commit"),
        ("We will continue to support the people of Norland.", "commit"),
        ("He expressed his country’s readiness to help.", "commit"),
        ("The leaders agreed to remain in touch.", "agree"),
        ("They agreed on the importance of trade.", "agree"),
        ("It was agreed to continue contacts.", "agree"),
        ("They agreed their teams will stay in touch.", "agree"),
        ("The President announced a new package of aid.", "announce"),
        ("She invited him to visit Norland.", "announce"),
        ("They reaffirmed their commitment to peace.", "reaffirm"),
        ("He noted the importance of trade.", "reaffirm"),
        ("Norland remains committed to peace.", "reaffirm"),
        ("They met to reaffirm their ties.", "reaffirm"),
        ("He thanked her for her support.", "welcome"),
        ("She expressed condolences for the loss of life.", "welcome"),
        ("They spoke today to congratulate him.", "welcome"),
        ("He urged restraint and called on both sides to talk.", "urge"),
        ("They condemned the attack.", "concern"),
        ("She expressed grave concern over the violence.", "concern"),
        ("He emphasized the threat of war.", "concern"),
        ("They discussed their shared commitment to peace.", "discuss"),
        ("He briefed her on the talks.", "discuss"),
        ("They discussed how they will proceed.", "discuss"),
        ("The two spoke today about the drought.", "discuss"),
        ("President Ada Lind met today with Prime Minister Bo Rask.", "state"),
        ("Norland is a large trading partner.", "state"),
        ("The two jointly launched the scheme earlier this year.", "state"),
        ("They met. Norland will continue to stand by its neighbours.", "commit"),
        ("Norland will provide a further 90 million euros.", "announce"),
        ("Norland firmly supports Sudland on its path.", "reaffirm"),
        ("The two sides should deepen cooperation in shipping.", "urge"),
        ("He invited companies of Sudland to invest in railways.", "urge"),
        ("She raised the case of a detained reporter.", "concern"),
        ("The Prime Minister spoke to the President of Norland this morning.", "state"),
    ],
)
def test_the_act_is_the_strongest_thing_that_a_party_does(rules: Rules, text: str, act: str) -> None:
    assert deed(rules, text).act == act


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The leaders agreed to work together on migration.", "agreed to work together on migration"),
        ("They discussed trade, and agreed to meet again and thanked the hosts.", "agreed to meet again"),
        (
            "They committed to aid, including for refugees, and underscored the need for peace.",
            "committed to aid, including for refugees",
        ),
        ("They agreed to hold talks; trade has grown by a third.", "agreed to hold talks"),
        ("“We will continue to help,” he said.", "will continue to help"),
        ("They discussed trade.", None),
    ],
)
def test_the_clause_that_binds_runs_from_its_verb_to_its_end(rules: Rules, text: str, clause: str | None) -> None:
    agreed = deed(rules, text).agreed
    assert (text[slice(*agreed)] if agreed else None) == clause


def test_every_rule_says_what_it_does(rules: Rules) -> None:
    docs = rules.acts.docs
    assert all(doc.group == "acts" and doc.says.endswith(".") for doc in docs)
    assert len({doc.name for doc in docs}) == len(docs)
