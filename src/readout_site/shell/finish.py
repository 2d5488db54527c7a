"""A draft → the finished site in the output folder, and in the cache what the next build can use."""

import time
from collections.abc import Iterable
from pathlib import Path

from readout_site.records import Problem
from readout_site.shell.compose import Proof, compose, wanted_files
from readout_site.shell.drafting import READOUTS, Draft
from readout_site.shell.manifest import NAME
from readout_site.shell.stamps import output_stamp
from readout_site.shell.standing import CACHE, SOURCES, SPARE, Report, Standing, load_outputs, outputs_of, table_of
from readout_site.shell.switch import Switched, copied, switch
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


def finish(draft: Draft, place: Path, track: Track) -> tuple[Report, Proof]:
    """Build into `place` what is being read; the output is copied meanwhile."""
    clock = Clock()
    cache = draft.errand.desk.cache
    with copied(place, draft.site.resolve() / CACHE / SPARE) as copy:
        clock.lap("copying")
        proof = compose(draft, track)
        clock.lap("reading")
        wanted = list(wanted_files(proof))
        clock.lap("planning")
        switched = switch(place, copy, wanted, load_outputs(place, cache), track)
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
    keep(place, proof, switched, report)
    clock.lap("keeping")
    return report, proof


def keep(place: Path, proof: Proof, switched: Switched, report: Report) -> None:
    """Keep what this build found out for the next."""
    cache, sources = proof.desk.cache, proof.desk.sources
    cache.store(SOURCES, sources.files)
    cache.store(READOUTS, proof.known)
    cache.keep_records({each.summary.record for each in proof.known.values() if each.summary})
    cache.store(outputs_of(place), switched.outputs)
    if switched.whole:
        manifest = output_stamp((place / NAME).stat())
        cache.store(table_of(place), Standing(sources.key(), sources.output_key(), manifest, report))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.message))
