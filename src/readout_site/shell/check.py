"""A site and its output → what a person must mend before it is published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from readout_site.records import Problem
from readout_site.shell.contents import read_settings
from readout_site.shell.crosslinks import Fault, find_faults
from readout_site.shell.disk import below_content, find_site, walk
from readout_site.shell.fixity import check_fixity, is_of_fixity
from readout_site.shell.output import check_output
from readout_site.shell.standing import Report, find_built
from readout_site.shell.track import Track

HAND_WRITTEN = ("content/notes", "content/glossary", "templates")
UPWARD = re.compile(r"^(?:\.\./)+")
STALE = "is not what the site gives now; run `readout-site build`"
ABSENT = "holds no site; run `readout-site build`"


class Findings(Struct, frozen=True):
    """What a check found."""

    out: str  #: The output folder, with links followed.
    pages: int  #: Pages that were looked through.
    links: int  #: Internal links on them.
    captures: int  #: Captures and earlier versions that are as the manifest lists them.
    faults: tuple[Problem, ...]  #: What must be mended.
    remarks: tuple[Problem, ...]  #: What is only to be known.


def check_site(site: Path, out: Path, track: Track, built: Report | None = None) -> Findings:
    """Check the site in `out`: built from what is there now, without a fault, its links, and the captures' fixity.

    `built` is the report of a build that was made just before. The caller holds the site's lock. Nothing is written.
    Raises `SiteError` where that is no site, or what it hangs on cannot be understood.
    """
    place = check_output(find_site(site), out)
    faults: list[Problem] = []
    pages = links = 0
    if place.is_dir() and any(place.glob("*.html")):
        built = built or find_built(site, out)
        stale = Problem(outside(place, site), None, STALE)
        faults += without_fixity(built.faults()) if built else [stale]
        pages, links, found = find_faults(place, read_settings(site).base_url, track)
        faults += traced(found, site, place)
    else:
        faults.append(Problem(outside(place, site), None, ABSENT))
    fixity = check_fixity(site)
    remarks = (*without_fixity(built.notices() if built else ()), *fixity.remarks)
    return Findings(str(place), pages, links, fixity.files, (*faults, *fixity.faults), remarks)


def without_fixity(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of a build but those of fixity, which may have been mended since."""
    return (problem for problem in problems if not is_of_fixity(problem))


def outside(path: Path, site: Path) -> str:
    """Return a path as problems name it."""
    return below_content(path, site.resolve())


def traced(faults: Sequence[Fault], site: Path, place: Path) -> Iterator[Problem]:
    """Yield faults as problems of the file and line where a person wrote them, else of the page."""
    lines = list(lines_by_hand(site)) if faults else []
    sources = {what: find_written(what, lines) for what in dict.fromkeys(fault.what for fault in faults)}
    for fault in faults:
        page = place / fault.path
        if source := sources[fault.what]:
            path, line = source
            yield Problem(below_content(path, site), line, f"`{fault.what}` {fault.why} (seen on {fault.path})")
        else:
            seen = next((number for number, text in lines_of(page) if fault.what in text), None)
            yield Problem(outside(page, site), seen, f"`{fault.what}` {fault.why}")


def lines_by_hand(site: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield the lines of all that is written by hand, with their files and numbers."""
    own = [path for folder in HAND_WRITTEN for path in walk(site / folder, site)[0]]
    for path in (*own, site / "site.yaml"):
        yield from ((path, number, text) for number, text in lines_of(path))


def find_written(words: str, lines: Sequence[tuple[Path, int, str]]) -> tuple[Path, int] | None:
    """Return the file and the line in which `words` stand first; links there begin at the root."""
    bare = UPWARD.sub("", words)
    whole = re.compile(rf"(?<![\w./#-]){re.escape(bare)}(?![\w./#-])")
    return next(((path, number) for path, number, text in lines if bare in text and whole.search(text)), None)


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers; none of what is no text."""
    try:
        yield from enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    except (OSError, UnicodeDecodeError):
        return
