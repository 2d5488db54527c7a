"""What furniture, front matter, page, person and file name tell → Told: one value, the most trusted first."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from readout_site.labels import DateSource
from readout_site.reading.cleaning.datelines import DateError, day_in_address, day_in_name, day_in_text, is_day_first
from readout_site.reading.cleaning.furniture import Sorted, ToldLine
from readout_site.records import Capture, Evidence, Problem, Told

SITE = re.compile(r" \| ([^|]{2,60})$")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z\d]{2,8}){0,3}")
SOCIAL = re.compile(r"(?:^|\.)(?:facebook|twitter|x|t|instagram|youtube|youtu|linkedin|telegram|pinterest)\.\w+$")


class Clue(Struct, frozen=True):
    """Words that may tell the day of publication."""

    source: DateSource  #: Where they stand.
    words: str  #: The words, the address or the file name.
    line: int | None = None  #: The line of the capture, where one tells.
    day_first: bool = False  #: True where a day in numbers has its day before its month.


class Stated(Struct, frozen=True):
    """What a capture's front matter or page says of itself, before anything is made of it."""

    values: Mapping[str, str] = {}  #: `title`, `date`, `url`, `via`, `issuer`, `place`, `language`, as written.
    lines: Mapping[str, int] = {}  #: The line of the capture that says it.
    source: DateSource = "front-matter"  #: What that evidence is called.


def gather(capture: Capture, stated: Stated, found: Sorted, opening: Mapping[str, str]) -> tuple[Told, list[Problem]]:
    """Return all that a capture tells outside its body, and a problem for each day that no calendar has.

    Days of publication, most trusted first: what a person gave; front matter; what the page says of itself, unless it
    names another page as its source; a line or dateline of release; the date in the original's address; one in the
    headline; a line of posting, which may be the mirror's own; the file's name. `opening` is what the dateline in the
    first paragraph tells.
    """
    url, via = addresses(capture, stated, found)
    dates: list[Evidence] = []
    problems: list[Problem] = []
    for clue in clues(capture, stated, found, opening, url):
        try:
            day = read_day(clue)
        except DateError as error:
            message = f"{error} and was passed over; mend it"
            problems.append(Problem(f"captures/{capture.file}", clue.line, message, notice=True))
            continue
        if day and all(known.source != clue.source or known.date != day for known in dates):
            dates.append(Evidence(clue.source, day))
    told = Told(
        title=found.title,
        url=url,
        via=via,
        dates=tuple(dates),
        issuer=stated.values.get("issuer") or first_part(found, "issuer") or site_name(found),
        place=stated.values.get("place") or first_part(found, "place") or opening.get("place"),
        language=language(stated.values.get("language", "")),
    )
    return told, problems


def addresses(capture: Capture, stated: Stated, found: Sorted) -> tuple[str | None, str | None]:
    """Return the address of the original and that of the mirror."""
    lines = [part["url"].rstrip(").,;]>") for item in found.told if "url" in (part := item.parts)]
    own = stated.values.get("url")
    pages = [own, *lines] if stated.source == "front-matter" else [*lines, own]
    original = capture.meta.url or next((url for url in pages if url and not SOCIAL.search(host(url))), None)
    mirror = own if own and original and host(own) != host(original) and stated.source == "page-metadata" else None
    return original, capture.meta.via or stated.values.get("via") or mirror


def host(url: str) -> str:
    """Return the host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def clues(
    capture: Capture, stated: Stated, found: Sorted, opening: Mapping[str, str], url: str | None
) -> Iterator[Clue]:
    """Yield what may tell the day of publication, most trusted first."""
    mirrored = stated.source == "page-metadata" and stated.values.get("url") != url
    own = Clue(stated.source, stated.values.get("date", ""), stated.lines.get("date"))
    yield Clue("given", capture.meta.date or "")
    if not mirrored:
        yield own
    yield from (line_of_issue(item) for item in found.told if is_dated(item, "release"))
    yield Clue("dateline", opening.get("date", ""))
    yield Clue("source-url", url or "")
    if mirrored:
        yield own
    yield Clue("dateline", found.title or "")
    yield from (line_of_issue(item) for item in found.told if is_dated(item, "posting"))
    yield Clue("file-name", capture.file.rsplit("/", 1)[-1])


def line_of_issue(item: ToldLine) -> Clue:
    """Return what a line that says when the page was issued tells."""
    return Clue("dateline", item.parts["date"], day_first=is_day_first(item.line.text))


def is_dated(item: ToldLine, trust: str) -> bool:
    """Tell whether a line tells a day and is trusted so."""
    return item.rule.trust == trust and "date" in item.parts


def read_day(clue: Clue) -> str | None:
    """Return the day that a clue tells, or None; raise `DateError` for an impossible one."""
    if clue.source == "source-url":
        return day_in_address(clue.words)
    return day_in_name(clue.words) if clue.source == "file-name" else day_in_text(clue.words, day_first=clue.day_first)


def first_part(found: Sorted, name: str) -> str | None:
    """Return what the first line that tells `name` says of it."""
    return next((item.parts[name].strip(" ,") for item in found.told if name in item.parts), None)


def site_name(found: Sorted) -> str | None:
    """Return the name of the site that a browser adds to the headline, or None."""
    matches = (SITE.search(line.text) for line in found.lines if line.rule == "title")
    return next((match[1] for match in matches if match), None)


def language(code: str) -> str | None:
    """Return a language code in the form of BCP 47, or None where it is none."""
    return code.replace("_", "-") if LANGUAGE.fullmatch(code) else None
