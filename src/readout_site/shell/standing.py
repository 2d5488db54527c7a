"""What the last build left → its report, where the site, the tool and the output are still what they were.

This is all that runs where nothing changed, so it imports neither the reading nor the rendering.
"""

import contextlib
import time
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from readout_site.records import Problem
from readout_site.shell.cache import Cache
from readout_site.shell.disk import PACKAGE, find_site
from readout_site.shell.lock import locked
from readout_site.shell.manifest import NAME
from readout_site.shell.output import check_output
from readout_site.shell.secret import own_secret
from readout_site.shell.sources import Source, Sources, look
from readout_site.shell.stamps import Stamp, output_stamp, output_stamps

CACHE = ".cache"
SPARE = "spare"
"""The output before the last, in the cache's folder."""
SOURCES = "sources"


class Report(Struct, frozen=True):
    """What a build did."""

    out: str  #: The output folder, with links followed.
    readouts: int  #: Readouts on the site.
    pages: int  #: Pages of the site, briefings among them.
    written: int  #: Files that are new or differ.
    removed: int  #: Files that are no part of the site any more.
    problems: tuple[Problem, ...]  #: What a person should mend or know, file by file.
    read: int  #: Captures that were read, since they or what they are read by changed.
    rendered: int  #: Files that were made, since what they show changed.
    stages: dict[str, float]  #: How long each stage took, in seconds, in their order.

    def faults(self) -> tuple[Problem, ...]:
        """Return the problems that a person should mend."""
        return tuple(problem for problem in self.problems if not problem.notice)

    def notices(self) -> tuple[Problem, ...]:
        """Return those that are only to be known."""
        return tuple(problem for problem in self.problems if problem.notice)


class Output(Struct, frozen=True, array_like=True):
    """A file of the site as it stands in the output folder."""

    key: bytes  #: What tells all that it is made of from anything else.
    stamp: Stamp


class Standing(Struct, frozen=True):
    """What a build left in an output folder."""

    key: bytes  #: Of all that it was made of, and that its problems tell of.
    output: bytes  #: Of all that its output hangs on.
    manifest: Stamp  #: Of the list of them.
    report: Report


def open_cache(site: Path) -> Cache:
    """Open the site's cache, whose tables hold for this user and this version of the tool's records alone."""
    return Cache(site / CACHE, (PACKAGE / "records.py").read_bytes() + own_secret())


def table_of(place: Path) -> str:
    """Return the name of the cache's table on an output folder."""
    return f"standing {place}"


def load_outputs(place: Path, cache: Cache) -> dict[str, Output]:
    """Return what the files of an output folder are made of, as far as a stamp can tell, by path."""
    return cache.load(outputs_of(place), dict[str, Output]) or {}


def outputs_of(place: Path) -> str:
    """Return the name of the cache's table of the files of an output folder."""
    return f"outputs {place}"


def look_again(site: Path, cache: Cache) -> Sources:
    """Return what the site is made of, reading only what changed since the cache was written."""
    return look(site, cache.load(SOURCES, dict[str, Source]) or {})


def look_around(site: Path, out: Path) -> Report | Sources:
    """Return the report of the last build of `site` into `out` where another would do nothing, else what it is of."""
    place = check_output(find_site(site), out)
    with locked(site), contextlib.closing(open_cache(site)) as cache:
        sources = look_again(site, cache)
        return find_standing(place, sources, cache) or sources


def find_built(site: Path, out: Path) -> Report | None:
    """Return the report of the last build of `site` into `out` where another would give the same files.

    The caller holds the site's lock.
    """
    place = check_output(find_site(site), out)
    with contextlib.closing(open_cache(site)) as cache:
        last = cache.load(table_of(place), Standing)
        if last and last.output == look_again(site, cache).output_key() and stands(place, last, cache):
            return last.report
    return None


def find_standing(place: Path, sources: Sources, cache: Cache) -> Report | None:
    """Return the report of the last build into `place` where it would do nothing now."""
    started = time.perf_counter()
    last = cache.load(table_of(place), Standing)
    if not last or last.key != sources.key() or not stands(place, last, cache):
        return None
    stages = {"checking": time.perf_counter() - started}
    return replace(last.report, written=0, removed=0, read=0, rendered=0, stages=stages)


def stands(place: Path, last: Standing, cache: Cache) -> bool:
    """Return whether the output is as the last build left it; files of others do not matter."""
    try:
        manifest = output_stamp((place / NAME).stat())
        live = output_stamps(place)
    except OSError:
        return False
    outputs = load_outputs(place, cache)
    as_left = bool(outputs) and all(live.get(path) == each.stamp for path, each in outputs.items())
    return as_left and manifest == last.manifest
