"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.sentences import split_sentences

BAR = "|"


@pytest.mark.parametrize(
    "marked",
    [
        "He met Lt. Gen. Poe of the U.S. Army at 3 p.m. on Monday.|They agreed.",
        "They met the U.S. Secretary of State.|She left the U.S. Congress a letter.",
        "Aid rose from Rs. 40 crore to Rs. 90 crore.|It goes to St. Lucia.",
        "Mr. Doe, Jr. agreed.|The call lasted an hour.",
        "It concerns the U.S.|The two sides agreed.",
        "The EU-U.S. cooperation goes on.",
        "They left at 5 p.m. President Doe stayed.",
        "A spokesperson for No. 10 said so.|It was raised.",
        "H.E. Mr. Roe welcomed J. K. Bar.",
        "They praised the bond.|President Doe thanked him.",
        "They met in Poland.|Following that, they spoke.",
        "They asked: will it hold?|It will!|So they said.",
        "“We will go on.”|The Minister agreed.",
        "“Will you?” she asked.",
        "It grew (see above.)|Both agreed.",
        "Aid of $3.5 billion was announced.|It begins on Feb. 9 in Rome.",
        "The Vice President was joined by:|• Ann Poe, Mayor|• Jo Roe, Chair",
        "会談を行った。|協力を確認した。",
        "Le président M. Dupont a parlé.|L’appel a duré une heure.",
        "One sentence without an end",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(marked: str, rules: Rules) -> None:
    text = marked.replace(BAR, "" if "。" in marked else " ")
    spans = split_sentences(text, rules.sentences)
    assert [text[start:end] for start, end in spans] == marked.split(BAR)


@given(text=st.text(alphabet=st.sampled_from("aB .!?…”“():•。\t1é’-"), max_size=80))
def test_sentences_cover_all_but_white_space(text: str, rules: Rules) -> None:
    spans = split_sentences(text, rules.sentences)
    position = 0
    for start, end in spans:
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        position = end
    assert not text[position:].strip()
