"""Who took part: sides, lists, one person under two names, and who is only mentioned."""

import pytest

from readout_site.labels import Kind
from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.attendance import Scene
from readout_site.reading.sectioning.encounter import tell
from readout_site.reading.sectioning.participants import find_participants
from readout_site.reading.sectioning.people import Lexicon
from readout_site.records import Participant


def read(title: str, paragraphs: list[list[str]], rules: Rules, kind: Kind = "meeting") -> tuple[Participant, ...]:
    telling = tell(title, [sentence for part in paragraphs for sentence in part], rules.encounters)
    scene = Scene(telling, kind, paragraphs, None, "US")
    return find_participants(scene, Lexicon(rules.roles, rules.gazetteer, rules.encounters, rules.issuers))


@pytest.mark.parametrize(
    ("title", "sentences", "expected"),
    [
        (
            "Statement by NSC Spokesperson Amy Poe on Advisor Max Doe’s Call with Minister Jo Roe of Chile",
            ["Advisor Max Doe spoke today with Minister Jo Roe."],
            ["Max Doe US", "Jo Roe CL"],
        ),
        (
            "Vice President Doe’s Call with President Roe of Chile",
            ["Vice President Ann Doe spoke today with President Jo Roe.", "She thanked President Lee of Korea."],
            ["Ann Doe US", "Jo Roe CL"],
        ),
        (
            "Statement by President Ann Doe on Call with President Roe of Chile",
            ["I just spoke with President Roe."],
            ["Roe CL", "Ann Doe US"],
        ),
        (
            "Call with President Roe of Chile and Allies",
            [
                "President Ann Doe spoke with Allies.",
                "Joining her were Prime Minister Kim of Japan, NATO Secretary General Berg, and President Roe.",
            ],
            ["Ann Doe US", "Kim JP", "Berg NATO", "Roe CL"],
        ),
        (
            "Meeting with Swiss leaders",
            ["President Ann Doe met with President Jo Roe and Foreign Minister Al Lang of Switzerland."],
            ["Ann Doe US", "Jo Roe CH", "Al Lang CH"],
        ),
        (
            "Meeting with senators",
            ["President Doe met a delegation of the U.S. Senate, which included senators Jo Roe, Al Lang and Mo Lee."],
            ["Doe US", "Jo Roe US", "Al Lang US", "Mo Lee US"],
        ),
        (
            "Meeting on trade",
            ["President Ann Doe met today with the family of Mr. Jo Roe and an aide to President Lee of Korea."],
            ["Ann Doe US"],
        ),
        (
            "Readout of the meeting",
            ["Secretary of State Ann Doe met with Minister Jo Roe of Chile on behalf of President Lee."],
            ["Ann Doe US", "Jo Roe CL"],
        ),
        ("The leaders agree on trade", ["The agreement was signed."], []),
    ],
)
def test_those_who_took_part_are_told_from_those_mentioned(
    title: str, sentences: list[str], expected: list[str], rules: Rules
) -> None:
    assert [f"{one.name} {one.country}" for one in read(title, [sentences], rules)] == expected


def test_a_list_of_people_is_read_item_by_item(rules: Rules) -> None:
    paragraphs = [
        ["President Ann Doe met today with governors."],
        ["Participants included:"],
        ["Governor Jo Roe, Oregon"],
        ["• Al Lang, Chair of the Harbour Fund", "• Dr. Mo Lee, Mayor"],
    ]
    people = read("Meeting with governors", paragraphs, rules)
    assert [one.name for one in people] == ["Ann Doe", "Jo Roe", "Al Lang", "Mo Lee"]


def test_the_fullest_name_and_the_short_office_stand(rules: Rules) -> None:
    people = read(
        "Call with Chilean Prime Minister Roe",
        [["President Doe spoke with Prime Minister Jo A. Roe, Jr. of Chile."], ["President Ann Doe thanked him."]],
        rules,
    )
    assert people[1] == Participant("Jo A. Roe, Jr.", "Prime Minister", "CL")


def test_a_visit_tells_further_meetings(rules: Rules) -> None:
    paragraphs = [
        ["Advisor Max Doe traveled to Chile and Peru this week."],
        ["In Chile, he met with President Jo Roe to discuss trade.", "In Lima, he met with Minister Al Lang."],
    ]
    people = read("Readout of Travel to Chile and Peru", paragraphs, rules, kind="visit")
    assert [(one.name, one.country) for one in people] == [("Max Doe", "US"), ("Jo Roe", "CL"), ("Al Lang", "PE")]


def test_a_guest_of_no_told_country_has_none(rules: Rules) -> None:
    people = read("Call with President Roe", [["President Doe spoke with President Jo Roe."]], rules)
    assert [(one.name, one.country) for one in people] == [("Doe", "US"), ("Jo Roe", None)]


def test_a_list_that_has_lost_its_lines_is_read_whole(rules: Rules) -> None:
    paragraphs = [
        ["President Ann Doe met today with officials.", "Attendees included:"],
        ["Secretary of Labor Jo Roe Secretary of Energy Al Lang Secretary of Commerce Mo Lee"],
    ]
    people = read("Meeting with officials", paragraphs, rules)
    assert [one.name for one in people] == ["Ann Doe", "Jo Roe", "Al Lang", "Mo Lee"]


def test_a_run_of_short_lines_is_a_list_without_a_head(rules: Rules) -> None:
    lines = ["1. Jo Roe, President, Harbour College", "2. Dr. Al Lang, Chair", "Harbour Fund: Mo Lee", "They spoke."]
    people = read("Meeting", [["President Ann Doe met with leaders."], *([line] for line in lines)], rules)
    assert [one.name for one in people] == ["Ann Doe", "Jo Roe", "Al Lang", "Mo Lee"]


def test_where_the_first_sentence_names_no_one_the_next_is_read(rules: Rules) -> None:
    sentences = ["The White House hosted a roundtable.", "Adviser Max Doe moderated a talk with Mayor Jo Roe."]
    assert [one.name for one in read("Roundtable", [sentences], rules)] == ["Max Doe", "Jo Roe"]


def test_an_office_told_later_is_that_of_a_name_without_one(rules: Rules) -> None:
    told = "Pavel Orlov held talks with President of Belarus Marko Ilic."
    paragraphs = [[told], ["President of Russia Pavel Orlov: Hello."]]
    people = read("Talks with President of Belarus Marko Ilic", paragraphs, rules)
    assert [(one.name, one.role) for one in people] == [("Pavel Orlov", "President"), ("Marko Ilic", "President")]


def test_who_is_told_of_without_an_office_has_that_of_the_letterhead(rules: Rules) -> None:
    telling = tell("Call", ["Pavel Orlov met with President of Serbia Jo Roe in Sochi."], rules.encounters)
    scene = Scene(telling, "meeting", [[telling.lead]], None, "RU", ("President", ""))
    lexicon = Lexicon(rules.roles, rules.gazetteer, rules.encounters, rules.issuers)
    told = [(one.name, one.role, one.country) for one in find_participants(scene, lexicon)]
    assert told == [("Pavel Orlov", "President", "RU"), ("Jo Roe", "President", "RS")]
