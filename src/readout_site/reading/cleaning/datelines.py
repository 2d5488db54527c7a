"""Words of a line, an address or a file name → the day that they tell, ISO 8601."""

import re
from datetime import date

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            (
                "january jan janvier enero janeiro januar januari janeiro gennaio ianuarie stycznia ocak januára "
                "ledna január ιανουαρίου января січня студзеня јануара януари يناير בינואר"
            ),
            (
                "february feb février fevrier febrero fevereiro februar februari febbraio februarie lutego şubat "
                "února február φεβρουαρίου февраля лютого фебруара февруари فبراير شباط בפברואר"
            ),
            (
                "march mar mars marzo março marco märz marz maart maret martie marca mart března március μαρτίου "
                "марта березня сакавіка март مارس آذار במרץ"
            ),
            (
                "april apr avril abril aprile aprilie kwietnia nisan dubna április απριλίου апреля квітня априла "
                "април أبريل نيسان באפריל"
            ),
            "may mai mayo maio maggio mei maj maja mayıs května május μαΐου мая травня маја май مايو أيار במאי",
            (
                "june jun juin junio junho juni giugno iunie czerwca haziran června június ιουνίου июня червня "
                "јуна юни يونيو حزيران ביוני"
            ),
            (
                "july jul juillet julio julho juli luglio iulie lipca temmuz července július ιουλίου июля липня "
                "јула юли يوليو تموز ביולי"
            ),
            (
                "august aug août aout agosto augusti augustus agustus sierpnia ağustos srpna augusztus αυγούστου "
                "августа серпня август أغسطس آب באוגוסט"
            ),
            (
                "september sept sep septembre septiembre setembro settembre septembrie września eylül září "
                "szeptember σεπτεμβρίου сентября вересня септембра септември سبتمبر أيلول בספטמבר"
            ),
            (
                "october oct octobre octubre outubro oktober ottobre octombrie października ekim října október "
                "οκτωβρίου октября жовтня октобра октомври أكتوبر באוקטובר"
            ),
            (
                "november nov novembre noviembre novembro noiembrie listopada kasım listopadu νοεμβρίου ноября "
                "листопада новембра ноември نوفمبر בנובמבר"
            ),
            (
                "december dec décembre decembre diciembre dezembro dezember dicembre desember decembrie grudnia "
                "aralık prosince δεκεμβρίου декабря грудня децембра декември ديسمبر בדצמבר"
            ),
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?"
CENTURIES = r"(?:19|20)\d\d"
YEAR = rf"{CENTURIES}(?!\d)"
OF_THE_YEAR = r"(?: ?(?:года|року|г\.|р\.))?"
"""What may follow a year in Russian and Ukrainian."""
FORMS = (
    rf"(?:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR}",
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|º)?\.?(?: of| de)? (?:{MONTH})\.?,?(?: de)? {YEAR}{OF_THE_YEAR}",
    rf"(?<!\d){YEAR}-\d\d-\d\d(?!\d)",
    rf"(?<!\d){YEAR}/\d\d/\d\d(?!\d)",
    rf"(?<!\d)\d\d\.\d\d\.{YEAR}",
    rf"(?<!\d)\d\d?/\d\d?/{YEAR}",
    rf"(?<!\d){YEAR}[年년] ?\d{{1,2}}[月월] ?\d{{1,2}}[日일]",
    rf"(?:ngày )?\d{{1,2}} tháng \d{{1,2}},? năm {YEAR}",
)
DATE = rf"(?P<date>(?i:{WEEKDAY}(?:{'|'.join(FORMS)})))"
"""A day as text, as a part of a larger expression."""

IN_TEXT = re.compile(DATE)
HAS_YEAR = re.compile(CENTURIES)
WORDS = re.compile(r"[^\W\d_]+")
NUMBERS = re.compile(r"\d+")
DAY_FIRST = re.compile(
    r"\W*(?:publi(?:é|ée|cado|cada|cat|cerad)|mis en ligne|pubblicat[oa]|veröffentlicht|gepubliceerd|opublikowano"
    r"|fecha|datum|le|el|em|il|am)\b",
    re.IGNORECASE,
)
"""How a line of issue begins in languages that write the day before the month."""
IN_ADDRESS = re.compile(rf"[/=]({CENTURIES})[/-]?(0[1-9]|1[0-2])[/-]?([0-3]\d)(?!\d)")
IN_NAME = re.compile(rf"(?<![^\W_])({CENTURIES})([-_.]?)(0[1-9]|1[0-2])\2([0-3]\d)(?![^\W_])")


class DateError(ValueError):
    """Words in the form of a day that no calendar has, such as 31 February."""


def is_day_first(line: str) -> bool:
    """Tell whether a line of issue is in a language that writes the day before the month, also in numbers."""
    return DAY_FIRST.match(line) is not None


def day_in_text(text: str, *, day_first: bool = False) -> str | None:
    """Return the first day that `text` tells, or None; raise `DateError` where there is no such day.

    With `day_first` a day in numbers, such as 04/05/2021, has its day before its month.
    """
    match = IN_TEXT.search(text) if HAS_YEAR.search(text) else None
    if match is None:
        return None
    words = match["date"]
    numbers = [int(number) for number in NUMBERS.findall(words)]
    month = next((MONTHS[word] for word in WORDS.findall(words.casefold()) if word in MONTHS), None)
    if month:
        return real_day(max(numbers), month, min(numbers), words)
    if len(numbers) != len(("year", "month", "day")):  # Letters such as `ı` match a month's `i` and are none of it.
        return None
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)  # noqa: PLR2004 - no month is longer
    if "/" in words and numbers[0] != year:
        if not day_first and day <= 12 and month <= 12 and day != month:  # noqa: PLR2004 - nothing tells which is which
            return None
        month, day = (month, day) if month <= 12 else (day, month)  # noqa: PLR2004 - as above
    return real_day(year, month, day, words)


def day_in_address(url: str) -> str | None:
    """Return the day in the path of an address (`/2023/11/17/`), or None; raise `DateError` for an impossible one."""
    match = IN_ADDRESS.search(url)
    return real_day(int(match[1]), int(match[2]), int(match[3]), match[0].strip("/=")) if match else None


def day_in_name(name: str) -> str | None:
    """Return the day in a file's name (`2023-11-17-…`, `20231117-…`), or None; raise `DateError` as above."""
    match = IN_NAME.search(name)
    return real_day(int(match[1]), int(match[3]), int(match[4]), match[0]) if match else None


def real_day(year: int, month: int, day: int, words: str) -> str:
    """Return the day in ISO form, checked against the calendar."""
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise DateError(f"`{words}` is no day of the calendar") from error
