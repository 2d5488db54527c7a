"""The day of the encounter, apart from the day of publication."""

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.dates import encounter_day, left_dateline
from readout_site.reading.sectioning.encounter import tell
from readout_site.records import Evidence

PUBLISHED = Evidence("source-url", "2023-03-15")  # a Wednesday
TODAY = ("2023-03-15", "source-url")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("President Doe met today with President Roe.", TODAY),
        ("President Doe met with President Roe this morning.", TODAY),
        ("President Doe spoke with President Roe.", TODAY),
        ("President Doe spoke with President Roe yesterday evening.", ("2023-03-14", "text")),
        ("President Doe met President Roe on Tuesday.", ("2023-03-14", "text")),
        ("President Doe met President Roe on Wednesday.", ("2023-03-15", "text")),
        ("President Doe met President Roe on Thursday night.", ("2023-03-09", "text")),
        ("On Friday, March 10, President Doe met President Roe.", ("2023-03-10", "text")),
        ("President Doe met President Roe on 12 March.", ("2023-03-12", "text")),
        ("President Doe met President Roe on the 12th of March, 2023.", ("2023-03-12", "text")),
        ("President Doe met Feb. 9 with President Roe.", ("2023-02-09", "text")),
        ("President Doe met President Roe in Kampala on March 4–5.", ("2023-03-04", "text")),
        ("From December 30 to January 2, President Doe visited Kenya.", ("2022-12-30", "text")),
        ("The President met Minister Roe this morning (14) in Rome.", ("2023-03-14", "text")),
        ("The President met Minister Roe today (14).", ("2023-03-14", "text")),
        ("President Doe met Minister Roe on Monday (13 March 2023).", ("2023-03-13", "text")),
        ("President Doe met Minister Roe earlier this week.", (None, None)),
        ("President Doe recently met Minister Roe.", (None, None)),
        ("President Doe met today with Minister Roe to prepare the summit on June 3.", TODAY),
        ("President Doe spoke today with Minister Roe following the attack last Friday.", TODAY),
        ("President Doe met Minister Roe ahead of the May 3 election.", TODAY),
        ("President Doe met Minister Roe, who took office on January 5.", TODAY),
        ("President Doe met Minister Roe on 31 February.", TODAY),
    ],
)
def test_the_day_is_that_of_the_encounter(sentence: str, expected: tuple[str | None, str | None], rules: Rules) -> None:
    telling = tell("", [sentence, "They condemned the attacks of October 7."], rules.encounters)
    assert encounter_day(telling, PUBLISHED) == expected


def test_a_later_sentence_may_tell_when_the_meeting_was_held(rules: Rules) -> None:
    sentences = ["Two teams recently held talks.", "The talks took place on March 9 in Oslo."]
    assert encounter_day(tell("", sentences, rules.encounters), PUBLISHED) == ("2023-03-09", "text")


def test_without_evidence_only_a_whole_date_tells(rules: Rules) -> None:
    whole = tell("", ["President Doe met Minister Roe on 3 May 2021."], rules.encounters)
    weekday = tell("", ["President Doe met Minister Roe on Tuesday."], rules.encounters)
    titled = tell("Call with President Roe: 3 May 2021", ["The Prime Minister spoke to him today."], rules.encounters)
    assert encounter_day(whole, None) == ("2021-05-03", "text")
    assert encounter_day(weekday, None) == (None, None)
    assert encounter_day(titled, None) == ("2021-05-03", "text")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Brussels, 9 September 2030", "2030-09-09"),
        ("14 Nov. 2029 - Press Release", "2029-11-14"),
        ("Press Releases 11-02-2030", "2030-02-11"),
        ("16.05.2030 Press Team", "2030-05-16"),
        ("Geneva, May 4, 2030 – The President of Chile met today with ministers.", "2030-05-04"),
        ("Published on 10/05/2030", None),
        ("The treaty was signed on 4 May 2030 in Rome.", None),
        ("They met in Rome.", None),
    ],
)
def test_a_dateline_left_among_the_paragraphs_tells_the_day(line: str, day: str | None) -> None:
    found = left_dateline(["They met.", line])
    assert (found and found.date) == day
