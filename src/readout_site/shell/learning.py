"""A capture that is to be read → what is known of it: all that the library needs the reading for."""

import os
import signal
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from readout_site.reading import Rules, describe_rules, load_extractor
from readout_site.records import Briefing, Problem, RuleDoc
from readout_site.rendering import Summary, summarise
from readout_site.shell.captures import CaptureFile, understood_meta
from readout_site.shell.crew import Lost
from readout_site.shell.library import (
    ChangedError,
    Desk,
    Errand,
    Far,
    Fate,
    Known,
    Learned,
    files_of,
    name_of,
)
from readout_site.shell.rulebook import load_rules
from readout_site.shell.stamps import source_stamp
from readout_site.shell.workers import Outcome, Task, read_all, reason_of, set_apart, understand

CHANCE = (None, -signal.SIGKILL, -signal.SIGTERM)
"""How a reader may be lost for reasons outside it: waiting, or ended by someone, such as a system short of memory."""


def make_ready(errand: Errand) -> None:
    """Compile the rules, and import what the captures take to be read."""
    rules_of(errand.desk)
    load_extractor(file.file for file in errand.todo)


def rules_of(desk: Desk) -> Rules:
    """Return the rules of a site."""
    return compiled(desk.content.parent, desk.reading)


def docs_of(desk: Desk) -> tuple[RuleDoc, ...]:
    """Return what is told of the rules of a site."""
    return describe_rules(rules_of(desk))


@lru_cache(maxsize=1)
def compiled(site: Path, key: bytes) -> Rules:  # noqa: ARG001 - the key tells these rules from later ones
    """Return the rules of a site, compiled once as long as their `key` is the same."""
    return load_rules(site)


def learn_one(errand: Errand, number: int) -> Fate:
    """Return what is found out of a capture by number."""
    desk, file, new = errand.desk, errand.todo[number], errand.fresh[number]
    old = errand.before.get(file.file)
    if old and old.key == new.key and old.summary and (record := desk.cache.record(old.summary.record)):
        briefing = msgspec.json.decode(record, type=Briefing)
        return Learned(replace(new, summary=in_short(briefing, record, desk), problems=old.problems), None)
    return learn_draft(file, new) or settle(desk, file, new, read_at(desk, file))


def read_at(desk: Desk, file: CaptureFile) -> Outcome:
    """Return what is understood of a capture by what is on the desk."""
    return understand(file, Task([file], rules_of(desk), desk.issuer))


def record_at(desk: Desk, file: CaptureFile) -> bytes:
    """Return the record of a capture, read apart from this process; nothing where it cannot be read."""
    (outcome,) = read_all(Task([file], rules_of(desk), desk.issuer), cores=1)
    return b"" if isinstance(outcome, Problem) else encode_record(outcome)


def learn_far(errand: Errand, read_far: Far) -> Iterator[Fate]:
    """Yield the same of captures that are read elsewhere."""
    desk = errand.desk
    outcomes = read_far(errand.todo, desk.content.parent, desk.issuer)
    for file, new, outcome in zip(errand.todo, errand.fresh, outcomes, strict=True):
        yield learn_draft(file, new) or settle(desk, file, new, outcome)


def settle(desk: Desk, file: CaptureFile, new: Known, outcome: Outcome) -> Fate:
    """Return what is known of a capture that was read, unless it was changed meanwhile."""
    if changed := next((path for path in files_of(file) if path and not is_steady(path, desk)), None):
        return ChangedError(f"{changed}: was changed while the site was being built; build again")
    return conclude(desk, new, outcome)


def learn_lost(errand: Errand, number: int, lost: Lost) -> Fate:
    """Return what is known of a capture whose reader was lost; where that was chance, until the next build."""
    file, new = errand.todo[number], errand.fresh[number]
    known = replace(new, key=b"") if lost.exit in CHANCE else new
    return conclude(errand.desk, known, set_apart(file, reason_of(lost)))


def conclude(desk: Desk, new: Known, outcome: Outcome) -> Learned | Problem:
    """Return what is known of a capture by what its reading gave."""
    if isinstance(outcome, Problem):
        return outcome
    record = encode_record(outcome)
    return Learned(replace(new, summary=in_short(outcome, record, desk), problems=outcome.problems), record)


def in_short(briefing: Briefing, record: bytes, desk: Desk) -> Summary:
    """Return a briefing in short."""
    return summarise(briefing, record, desk.names)


def encode_record(briefing: Briefing) -> bytes:
    """Return the record in its public form."""
    return msgspec.json.encode(briefing) + b"\n"


def learn_draft(file: CaptureFile, new: Known) -> Learned | None:
    """Return what is known of a capture that is to be kept out of the site; nothing of another."""
    meta, amiss = understood_meta(file)
    return Learned(replace(new, problems=(amiss,) if amiss else ()), None) if meta.draft else None


def is_steady(path: str, desk: Desk) -> bool:
    """Return whether a file is as it was when it was looked at."""
    try:
        stamp = source_stamp(os.stat(path))  # noqa: PTH116 - a text
    except FileNotFoundError:
        return False
    return stamp == desk.sources.files[name_of(path, desk)].stamp
