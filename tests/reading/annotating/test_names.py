"""names: where participants and other countries stand in the text."""

from pathlib import Path

import pytest

from readout_site.reading.annotating.names import find_mentions, other_countries
from readout_site.reading.gazetteer import Gazetteer, parse_gazetteer
from readout_site.records import Issuer, Participant, Prose, Readout, Source
from readout_site.strictyaml import load_yaml

RULES = Path(__file__).resolve().parents[3] / "src" / "readout_site" / "rules"
PEOPLE = (
    Participant("Joseph Q. Marsh, Jr.", "President", "US"),
    Participant("José Luis Peña Ortega", "President", "MX"),
    Participant("Lin Jiahui", "Premier", "CN"),
    Participant("Ann Jordan", "National Security Advisor", "US"),
    Participant("Lord April", "Minister", "GB"),
    Participant("Hamad bin Saqr Al Nasr", "Amir", "QA"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return parse_gazetteer(load_yaml((RULES / "gazetteer.yaml").read_text(encoding="utf-8")))


def readout(
    *texts: str, title: str = "", issuer: str | None = "US", people: tuple[Participant, ...] = PEOPLE
) -> Readout:
    prose = tuple(Prose(f"p{number}", text, (), ((0, len(text)),)) for number, text in enumerate(texts))
    source = Source(None, None, "invented.txt", "", None)
    who = Issuer("the Chancellery", issuer) if issuer else None
    return Readout(
        "invented", title, None, None, None, "call", None, "en", who, people, prose, source, (), ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "marked", "name"),
    [
        ("President Joseph Q. Marsh, Jr. spoke.", "President Joseph Q. Marsh, Jr.", "Joseph Q. Marsh, Jr."),
        ("He thanked President Marsh.", "President Marsh", "Joseph Q. Marsh, Jr."),
        ("He thanked President Joe Marsh.", "President Joe Marsh", "Joseph Q. Marsh, Jr."),
        ("He thanked Joseph Marsh.", "Joseph Marsh", "Joseph Q. Marsh, Jr."),
        ("Marsh’s visit", "Marsh", "Joseph Q. Marsh, Jr."),
        ("President Peña Ortega agreed.", "President Peña Ortega", "José Luis Peña Ortega"),
        ("President Pena Ortega agreed.", "President Pena Ortega", "José Luis Peña Ortega"),
        ("Mr. Ortega agreed.", "Mr. Ortega", "José Luis Peña Ortega"),
        ("Premier Lin replied.", "Premier Lin", "Lin Jiahui"),
        ("National Security Advisor Jordan met her.", "National Security Advisor Jordan", "Ann Jordan"),
        ("Minister April spoke.", "Minister April", "Lord April"),
        ("Amir Hamad replied.", "Amir Hamad", "Hamad bin Saqr Al Nasr"),
        ("the Office of the President Joseph Marsh", "Joseph Marsh", "Joseph Q. Marsh, Jr."),
    ],
)
def test_participants_are_found(text: str, marked: str, name: str, gazetteer: Gazetteer) -> None:
    (mention,) = find_mentions(readout(text), gazetteer)
    assert (mention.kind, mention.ref, text[mention.start : mention.end]) == ("person", name, marked)


@pytest.mark.parametrize("text", ["in April and June", "Marshall law", "A lin of cloth", "Al and bin", "The President"])
def test_what_only_looks_like_a_participant_is_none(text: str, gazetteer: Gazetteer) -> None:
    assert find_mentions(readout(text), gazetteer) == ()


def test_a_shared_surname_goes_to_the_one_whose_title_stands_there(gazetteer: Gazetteer) -> None:
    people = (Participant("Ilya Vorn", "President", "GE"), Participant("Oleg Vorn", "Prime Minister", "GE"))
    text = "Prime Minister Vorn and President Vorn met; Oleg Vorn left. Vorn stayed."
    mentions = find_mentions(readout(text, people=people), gazetteer)
    assert [mention.ref for mention in mentions] == ["Oleg Vorn", "Ilya Vorn", "Oleg Vorn"]


def test_countries_but_the_issuers_own_are_marked_in_order(gazetteer: Gazetteer) -> None:
    texts = ("The United States and Canada welcomed NATO.", "Cubans met Canadians in Havana.")
    mentions = find_mentions(readout(*texts), gazetteer)
    assert [(m.ref, m.paragraph, texts[m.paragraph][m.start : m.end]) for m in mentions] == [
        ("CA", 0, "Canada"),
        ("CU", 1, "Cubans"),
        ("CA", 1, "Canadians"),
        ("CU", 1, "Havana"),
    ]


def test_a_participants_name_is_no_country(gazetteer: Gazetteer) -> None:
    record = readout("Ann Jordan met Ms. Jordan of Peru.", title="Call of Ann Jordan")
    mentions = find_mentions(record, gazetteer)
    assert [(mention.kind, mention.ref) for mention in mentions] == [
        ("person", "Ann Jordan"),
        ("person", "Ann Jordan"),
        ("country", "PE"),
    ]
    assert other_countries(mentions, record, gazetteer) == ("PE",)


def test_the_list_begins_with_the_title_and_repeats_nothing(gazetteer: Gazetteer) -> None:
    record = readout("Peru, the EU and Chile met Fiji.", title="Call with the Prime Minister of Fiji of the U.S.")
    assert other_countries(find_mentions(record, gazetteer), record, gazetteer) == ("FJ", "PE", "CL")


def test_where_the_issuer_is_unknown_all_countries_count(gazetteer: Gazetteer) -> None:
    record = readout("The United States and Peru", issuer=None, people=())
    assert other_countries(find_mentions(record, gazetteer), record, gazetteer) == ("US", "PE")
