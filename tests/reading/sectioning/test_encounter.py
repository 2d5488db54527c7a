"""Form and place of an encounter."""

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.encounter import find_kind, find_place, tell


@pytest.mark.parametrize(
    ("title", "sentence", "kind"),
    [
        ("Readout of President Doe’s Call with President Roe", "President Doe spoke today with President Roe.", "call"),
        ("Readout of President Doe’s Meeting with President Roe", "President Doe spoke with President Roe.", "meeting"),
        ("Readout of a meeting", "President Doe held a video conference with President Roe.", "video"),
        ("Call with Allies", "President Doe hosted a videoconference today with Allies.", "video"),
        ("Meeting with leaders", "Vice President Doe met virtually today with 15 leaders.", "video"),
        ("Meeting with Minister Roe", "The Advisor called Dr. Ann Roe today.", "call"),
        (
            "High Commissioner Pays Courtesy Call on President Doe",
            "The High Commissioner made a courtesy call.",
            "meeting",
        ),
        ("Saudi Ambassador Calls on President Doe", "The Ambassador met with President Doe.", "meeting"),
        ("Readout of Advisor Doe’s Visit to Qatar", "Advisor Doe led a delegation to Doha, Qatar.", "visit"),
        ("During a visit to Oslo, Ann Doe met with President Roe", "Ann Doe met with President Roe.", "meeting"),
        ("Travel to Panama", "Advisor Doe traveled to Panama and met with President Roe.", "visit"),
        ("Statement on a meeting", "President Doe will virtually meet with leaders on May 3.", "other"),
        ("The President is scheduled to meet ambassadors", "He is scheduled to meet them today.", "other"),
        ("Statement on the anniversary of the treaty", "Ten years ago the treaty was signed.", "other"),
        ("Talk", "Chancellor Doe spoke on the telephone today with President Roe.", "call"),
        ("", "President Doe received President Roe at the Palace.", "meeting"),
        ("Readout of Meeting on Efforts to Hold Firms Accountable", "Adviser Doe hosted a group.", "meeting"),
        ("President to Meet Leaders", "A visit follows.", "other"),
        ("", "", "other"),
    ],
)
def test_the_form_follows_title_and_telling(title: str, sentence: str, kind: str, rules: Rules) -> None:
    assert find_kind(tell(title, [sentence], rules.encounters), rules.encounters) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "place"),
    [
        (
            "President Doe met today with President Roe of Chile, in San Francisco, California.",
            "meeting",
            "San Francisco, California",
        ),
        ("President Doe met with Minister Roe in Washington, D.C. on Monday.", "meeting", "Washington, D.C."),
        (
            "President Doe met Minister Roe at the Presidential Secretariat in Colombo.",
            "meeting",
            "Presidential Secretariat in Colombo",
        ),
        ("Today in Jeddah, President Doe met with King Roe.", "meeting", "Jeddah"),
        ("President Doe met on the margins of the G20 Summit in Bali with Minister Roe.", "meeting", "Bali"),
        ("President Doe welcomed Chancellor Roe to the White House.", "meeting", "White House"),
        (
            "The Ambassador of Chile to Japan, Ann Roe, visited President Doe at the Palace Hotel.",
            "meeting",
            "Palace Hotel",
        ),
        ("President Doe met Minister Roe, who is on a visit to Kyiv.", "meeting", "Kyiv"),
        ("President Doe met with Minister Roe in The Hague.", "meeting", "The Hague"),
        ("Advisor Doe led a delegation to Doha, Qatar.", "visit", "Doha, Qatar"),
        (
            "Advisor Doe traveled to Israel, the Netherlands, and Japan to meet officials.",
            "visit",
            "Israel, the Netherlands, and Japan",
        ),
        ("President Doe met Minister Roe to discuss the war in Ukraine.", "meeting", None),
        ("President Doe met with leaders at the NATO Summit.", "meeting", None),
        ("Officials traveled to the Southwest border.", "visit", None),
        ("President Doe met with Minister Roe in March.", "meeting", None),
        ("President Doe met the Head of the Bureau at Poland’s Chancellery.", "meeting", None),
        ("President Doe spoke with Minister Roe in Rome.", "call", None),
        ("President Doe spoke with Minister Roe from Air Force One.", "call", "Air Force One"),
    ],
)
def test_the_place_is_as_written_or_none(sentence: str, kind: str, place: str | None, rules: Rules) -> None:
    telling = tell("", [sentence], rules.encounters)
    assert find_place(telling, kind, rules.encounters.places, rules.gazetteer) == place  # type: ignore[arg-type]


def test_a_later_sentence_may_tell_the_place(rules: Rules) -> None:
    telling = tell(
        "", ["The Envoy met the President.", "The meeting took place at the Summer Palace."], rules.encounters
    )
    assert find_place(telling, "meeting", rules.encounters.places, rules.gazetteer) == "Summer Palace"


def test_who_gives_out_the_readout_is_not_part_of_the_telling(rules: Rules) -> None:
    telling = tell("", ["Spokesperson Poe provided the following: Secretary Doe met Minister Roe."], rules.encounters)
    assert telling.before == "Secretary Doe "
