from collections.abc import Callable

import msgspec
import pytest

from readout_site.reading.annotate import ANNOTATORS, Marks, annotate
from readout_site.reading.rules import Rules
from readout_site.records import Briefing, Issuer, Participant, Prose, Readout, Source

SENTENCES = (
    "President Ada Lind of Austria met today with Prime Minister Bo Rask of Norway.",
    "The two leaders agreed to host the Summit of 50 Nations and to take in more than 2,000 refugees by 2030.",
)


def readout(language: str = "en") -> Readout:
    text = " ".join(SENTENCES)
    first = len(SENTENCES[0])
    prose = Prose("pabcdef", text, ((5, 5 + len(text)),), ((0, first), (first + 1, len(text))))
    people = (Participant("Ada Lind", "President", "AT"), Participant("Bo Rask", "Prime Minister", "NO"))
    return Readout(
        id="lind-rask",
        title="Lind meets Rask",
        date="2024-02-03",
        date_source="text",
        published=None,
        kind="meeting",
        place=None,
        language=language,
        issuer=Issuer("the Chancellery", "AT"),
        participants=people,
        paragraphs=(prose,),
        source=Source(None, None, "lind-rask.txt", "00", None),
        removed=(),
        problems=(),
    )


def test_a_briefing_carries_the_readout_and_all_marks(rules: Rules) -> None:
    briefing = annotate(readout(), rules)
    kept = ("id", "title", "date", "kind", "participants", "issuer", "source", "language")
    assert all(getattr(briefing, name) == getattr(readout(), name) for name in kept)
    sentences = briefing.paragraphs[0].sentences
    assert [(s.id, s.act) for s in sentences] == [("pabcdef.1", "state"), ("pabcdef.2", "agree")]
    agreed = sentences[1].agreed
    assert agreed
    assert briefing.paragraphs[0].text[slice(*agreed)].startswith("agreed to host")
    assert "NO" in briefing.countries
    assert [section.paragraphs for section in briefing.sections] == [(0,)]


def test_a_number_in_the_name_of_an_instrument_is_no_figure(rules: Rules) -> None:
    briefing = annotate(readout(), rules)
    assert [figure.quote for figure in briefing.figures] == ["more than 2,000 refugees"]


def test_a_text_in_another_language_is_left_unmarked(rules: Rules) -> None:
    briefing = annotate(readout("de"), rules)
    assert (briefing.figures, briefing.instruments, briefing.mentions, briefing.countries) == ((), (), (), ())
    assert {(s.topics, s.act, s.agreed) for p in briefing.paragraphs for s in p.sentences} == {
        (("overview",), "state", None)
    }
    assert [(s.id, s.title) for s in briefing.sections] == [("overview", "Overview")]


def test_a_briefing_is_the_public_record(rules: Rules) -> None:
    briefing = annotate(readout(), rules)
    data = msgspec.json.encode(briefing)
    assert msgspec.json.decode(data, type=Briefing) == briefing
    assert msgspec.json.decode(data)["schema"] == "readout-site/record/1"


@pytest.mark.parametrize("annotator", ANNOTATORS)
def test_an_annotator_fills_only_fields_of_the_briefing(
    annotator: Callable[[Readout, Rules], Marks], rules: Rules
) -> None:
    marks = annotator(readout(), rules)
    assert marks
    assert set(marks) <= {field.name for field in msgspec.structs.fields(Briefing)}


def test_a_readout_without_paragraphs_has_a_briefing(rules: Rules) -> None:
    briefing = annotate(msgspec.structs.replace(readout(), paragraphs=()), rules)
    assert (briefing.paragraphs, briefing.sections, briefing.figures) == ((), (), ())
