"""Telling of an encounter and evidence of publication → day of the encounter and what told it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from readout_site.labels import DateSource
from readout_site.reading.sectioning.encounter import Telling
from readout_site.records import Evidence

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
TO = rf"(?:\s?[–—-]\s?(?:{MONTH}\s)?\d{{1,2}}|\s(?:and|to)\s\d{{1,2}}(?!\d))?"
ABSOLUTE = re.compile(
    rf"(?:(?P<before>[^\W\d_]+)[\s,(]+)?(?:the\s(?=\d+(?:st|nd|rd|th)\sof\s))?"
    rf"(?:\b(?P<m1>{MONTH})\s(?P<d1>{DAY}){TO}(?:,?\s(?P<y1>\d{{4}})\b)?"
    rf"|\b(?P<d2>{DAY}){TO}\s(?:of\s)?(?P<m2>{MONTH})(?!\w)(?:,?\s(?P<y2>\d{{4}})\b)?"
    rf"|\b(?P<y3>\d{{4}})[-/](?P<m3>\d{{1,2}})[-/](?P<d3>\d{{1,2}})\b)"
)
DIGIT = re.compile(r"\d")
OTHER_DAY = frozenset(["the", "since", "until", "till", "by", "before", "after", "ahead", "s", "for", "their", "its"])
"""Words before a date that make it the day of something else."""
SAME_DAY = re.compile(r"(?i)\b(?:today|tonight|this\s(?:morning|afternoon|evening|noon)|earlier\stoday)\b")
DAY_BEFORE = re.compile(r"(?i)\b(?:yesterday|last\s(?:night|evening))\b")
WEEKDAY = re.compile(r"\b(?P<last>last\s)?(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!’s|'s)")
DAY_NUMBER = re.compile(
    r"(?i)\b(?:today|yesterday|tonight|morning|afternoon|evening|night|day)\s?\((?P<day>\d{1,2})(?:st|nd|rd|th)?\)"
)
VAGUE = re.compile(
    r"(?i)\b(?:(?:this|last|past)\s(?:past\s)?(?:week|weekend|month|year)|recently|in\srecent\s(?:days|weeks)"
    r"|over\sthe\s(?:weekend|past\s\w+)|the\s(?:other|previous)\sday)\b"
)
DATELINE = re.compile(
    r"\A[^\d.!?]{0,60}(?=\d|[A-Z][a-z]+\.?\s\d)[^!?]{6,30}?(?:19|20)\d\d(?:[^\w]|[\d:]){0,12}(?:\Z|[^.!?]{0,60}\Z|[–—-]\s)"
)
"""A line, or the head of one, with no more than a place, a day and an office."""
NUMERIC = re.compile(r"(?<!\d)(?P<day>\d\d)[-.](?P<month>\d\d)[-.](?P<year>(?:19|20)\d\d)(?!\d)")
"""A day in numbers, with marks that come with the day before the month."""
AHEAD = timedelta(days=60)
"""How far after publication a day without a year may lie; a later one belongs to the year before."""


def encounter_day(telling: Telling, evidence: Evidence | None) -> tuple[str | None, DateSource | None]:
    """Return the day of the encounter and what told it; both None where the text is vague or nothing tells."""
    published = date.fromisoformat(evidence.date) if evidence else None
    texts = (telling.lead, *telling.following)
    for text in texts:
        day = told_day(text, published)
        if day:
            return day.isoformat(), "text"
        if SAME_DAY.search(text):
            break
    else:
        if any(VAGUE.search(text) for text in texts):
            return None, None
    return given_day(telling.title, evidence)


def left_dateline(openings: Sequence[str]) -> Evidence | None:
    """Return the day of a dateline that was left among the paragraphs, whose first sentences are `openings`."""
    for line in openings:
        head = DATELINE.match(line)
        numeric = NUMERIC.search(line) if head and not (day := absolute_day(head[0], None)) else None
        if numeric:
            day = real_day(int(numeric["year"]), int(numeric["month"]), int(numeric["day"]))
        if head and day:
            return Evidence("dateline", day.isoformat())
    return None


def given_day(title: str, evidence: Evidence | None) -> tuple[str | None, DateSource | None]:
    """Return the day of publication, or where there is none the day in the title."""
    if evidence:
        return evidence.date, evidence.source
    day = absolute_day(title, None)
    return (day.isoformat(), "text") if day else (None, None)


def told_day(text: str, published: date | None) -> date | None:
    """Return the day that a text tells by number, as yesterday or as a weekday."""
    day = absolute_day(text, published)
    if published is None:
        return day
    near = numbered_day(text, published)
    if near or (day and (not SAME_DAY.search(text) or abs(day - published).days <= len(WEEKDAYS))):
        return near or day
    if DAY_BEFORE.search(text):
        return published - timedelta(days=1)
    return None if SAME_DAY.search(text) else latest_weekday(text, published)


def absolute_day(text: str, published: date | None) -> date | None:
    """Return the first date of the encounter's own in a text; one without a year is the nearest to publication."""
    for match in ABSOLUTE.finditer(text) if DIGIT.search(text) else ():
        if (match["before"] or "").lower() in OTHER_DAY:
            continue
        day = dated(match, published)
        if day:
            return day
    return None


def dated(match: re.Match[str], published: date | None) -> date | None:
    """Return the day that a match of ABSOLUTE means, or None where there is no such day."""
    month = match["m1"] or match["m2"] or match["m3"]
    day = (match["d1"] or match["d2"] or match["d3"]).rstrip("stndrh")
    year = match["y1"] or match["y2"] or match["y3"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    if year:
        return real_day(int(year), number, int(day))
    return nearest(number, int(day), published) if published else None


def nearest(month: int, day: int, published: date) -> date | None:
    """Return the last such day before publication, or one that lies shortly after it."""
    found = real_day(published.year, month, day)
    if found is None or found - published > AHEAD:
        return real_day(published.year - 1, month, day)
    following = real_day(published.year + 1, month, day)
    return following if following and following - published <= AHEAD else found


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the day if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numbered_day(text: str, published: date) -> date | None:
    """Return the day that a number in brackets tells, as in “this morning (04)”: the last such before publication."""
    match = DAY_NUMBER.search(text)
    if not match:
        return None
    back = (published - timedelta(days=days) for days in range(31))
    return next((day for day in back if day.day == int(match["day"])), None)


def latest_weekday(text: str, published: date) -> date | None:
    """Return the weekday that a text tells: the latest one up to the day of publication."""
    match = WEEKDAY.search(text)
    if not match:
        return None
    back = (published.weekday() - WEEKDAYS.index(match["day"].lower())) % len(WEEKDAYS)
    return published - timedelta(days=back or (len(WEEKDAYS) if match["last"] else 0))
