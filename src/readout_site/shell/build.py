"""A site's folder → the finished site in the output folder: the story of a build, as a list of plain calls."""

import contextlib
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from readout_site.records import Problem
from readout_site.shell.cache import Cache
from readout_site.shell.compose import READOUTS, Proof, compose, wanted_files
from readout_site.shell.laying import Output
from readout_site.shell.library import Far
from readout_site.shell.lock import locked
from readout_site.shell.manifest import NAME
from readout_site.shell.output import check_output
from readout_site.shell.sources import Sources
from readout_site.shell.stamps import output_stamp
from readout_site.shell.standing import (
    CACHE,
    SOURCES,
    SPARE,
    Report,
    Standing,
    find_standing,
    look_again,
    open_cache,
    table_of,
)
from readout_site.shell.switch import Switched, switch
from readout_site.shell.track import Track


class Clock:
    """Tells how long each stage took."""

    def __init__(self) -> None:
        """Start."""
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Note that a stage is over."""
        now = time.perf_counter()
        self.laps[stage], self.last = now - self.last, now


def build(site: Path, out: Path, track: Track, sources: Sources | None = None, read_far: Far | None = None) -> Report:
    """Build `site` into the folder `out`, and return what was done.

    Where that is impossible it raises a `SiteError`, and `out` stays as it was. What earlier builds found out is taken
    from the cache; without it the output is the same. `sources` are given where they were just looked at, `read_far`
    where captures are not to be read in processes of our own.
    """
    place = check_output(site, out)
    with locked(site):
        return build_alone(site, place, track, sources, read_far)


def build_alone(
    site: Path, place: Path, track: Track, sources: Sources | None = None, read_far: Far | None = None
) -> Report:
    """Build likewise into an output folder that was checked; the caller holds the site's lock."""
    with contextlib.closing(open_cache(site)) as cache:
        if not sources:
            sources = look_again(site, cache)
            if report := find_standing(place, sources, cache):
                return report
        return build_from(site, place, cache, track, partial(compose, site, sources, cache, track, read_far))[0]


def build_and_hold(site: Path, out: Path, track: Track) -> tuple[Report, Proof]:
    """Build `site` likewise, and return the site in memory too."""
    place = check_output(site, out)
    with locked(site):
        cache = open_cache(site)
        return build_from(site, place, cache, track, partial(compose, site, look_again(site, cache), cache, track))


def build_from(site: Path, place: Path, cache: Cache, track: Track, plan: Callable[[], Proof]) -> tuple[Report, Proof]:
    """Build into `place` what is planned."""
    clock = Clock()
    proof = plan()
    clock.lap("reading")
    wanted = list(wanted_files(proof))
    clock.lap("planning")
    before = cache.load(outputs_of(place), dict[str, Output]) or {}
    switched = switch(place, wanted, before, track, site.resolve() / CACHE / SPARE)
    clock.lap("rendering")
    report = Report(
        out=str(place),
        readouts=len(proof.corpus.summaries),
        pages=len(proof.pages),
        written=switched.written,
        removed=switched.removed,
        problems=(*in_order(proof.problems), *switched.problems),
        read=proof.read,
        rendered=switched.made,
        stages=clock.laps,
    )
    keep(cache, place, proof, switched, report)
    clock.lap("keeping")
    return report, proof


def outputs_of(place: Path) -> str:
    """Return the name of the cache's table of what the files of an output folder are made of."""
    return f"outputs {place}"


def keep(cache: Cache, place: Path, proof: Proof, switched: Switched, report: Report) -> None:
    """Keep what this build found out for the next."""
    sources = proof.desk.sources
    cache.store(SOURCES, sources.files)
    cache.store(READOUTS, proof.known)
    cache.keep_records({each.summary.record for each in proof.known.values() if each.summary})
    cache.store(outputs_of(place), switched.outputs)
    if switched.whole:
        stamps = {path: output.stamp for path, output in switched.outputs.items()}
        manifest = output_stamp((place / NAME).stat())
        cache.store(table_of(place), Standing(sources.key(), sources.output_key(), stamps, manifest, report))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.message))
