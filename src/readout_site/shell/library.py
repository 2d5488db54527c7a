"""Captures + what earlier builds read → every readout in short, and its whole record where it is asked for.

A capture is read again only where its own bytes, its meta file, its notes, the rules or the code of the reading are
other than they were; where only the glossary's names changed, its record is put in short anew.
"""

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from readout_site.errors import SiteError
from readout_site.reading import Rules, load_extractor
from readout_site.records import Briefing, Issuer, Problem
from readout_site.rendering import Summary, TermNames, summarise
from readout_site.shell.bounds import READING
from readout_site.shell.cache import Cache, digest
from readout_site.shell.captures import CaptureFile, understood_meta
from readout_site.shell.crew import AHEAD, FORKS, Lost, Work, count_cores, run_apart
from readout_site.shell.sources import Sources
from readout_site.shell.stamps import source_stamp
from readout_site.shell.track import Track
from readout_site.shell.workers import Outcome, Task, reason_of, set_apart, understand

FEW = 8
"""So few captures one worker reads."""
BATCH = 500
"""So many records are kept in one step."""
CHANCE = (None, -signal.SIGKILL, -signal.SIGTERM)
"""How a reader may be lost for reasons outside it: waiting, or ended by someone, such as a system short of memory."""


class ChangedError(SiteError):
    """A file of the site that was changed while the site was being built."""


class Known(Struct, frozen=True, array_like=True):
    """What is known of a capture."""

    key: bytes  #: A digest of all that its reading hangs on.
    names: bytes  #: A digest of the glossary's names that it was put in short by.
    summary: Summary | None  #: None where it is a draft.
    problems: tuple[Problem, ...]


class Learned(Struct, frozen=True):
    """What was just found out of a capture."""

    known: Known
    record: bytes | None  #: Its record in public form, where it was read anew.


Far = Callable[[Sequence[CaptureFile], Path, Issuer | None], Iterator[Outcome]]
"""Reads the captures of a site by its rules, and by who issues those that do not tell; yields in their order."""


@dataclass(frozen=True)
class Desk:
    """What captures are read by."""

    content: Path  #: The site's folder of that name.
    sources: Sources
    cache: Cache
    issuer: Issuer | None
    names: TermNames
    rules: Callable[[], Rules]  #: Compiles them, where anything is to be read.
    read_far: Far | None = None  #: Reads captures elsewhere than in processes of our own.


def gather(
    desk: Desk,
    files: Sequence[CaptureFile],
    before: Mapping[str, Known],
    track: Track,
) -> tuple[dict[str, Known], list[Problem]]:
    """Return what is known of each capture, some of it from `before`; and why some cannot be read."""
    reading = digest(desk.sources.reading_key(), msgspec.msgpack.encode(desk.issuer))
    names = digest(*map(str.encode, sorted(desk.names.terms)), *(t.name.encode() for t in desk.names.terms.values()))
    keys = {file.file: digest(reading, *parts_of(file, desk)) for file in files}
    known = {file.file: old for file in files if (old := before.get(file.file)) and holds(old, keys[file.file], names)}
    known = {name: each for name, each in known.items() if is_kept(each, desk)}
    todo = [file for file in files if file.file not in known]
    problems: list[Problem] = []
    batch: list[tuple[bytes, bytes]] = []
    fresh = [Known(keys[file.file], names, None, ()) for file in todo]
    learned = track(learn_all(desk, todo, fresh, before), "Reading captures", len(todo))
    for file, outcome in zip(todo, learned, strict=True):
        if isinstance(outcome, Problem):
            problems.append(outcome)
            continue
        known[file.file] = outcome.known
        if outcome.record and outcome.known.summary:
            batch.append((outcome.known.summary.record, outcome.record))
        if len(batch) == BATCH:
            desk.cache.add_records(batch)
            batch.clear()
    desk.cache.add_records(batch)
    return {file.file: known[file.file] for file in files if file.file in known}, problems


def parts_of(file: CaptureFile, desk: Desk) -> Iterator[bytes]:
    """Yield what identifies a capture's own files: their names and digests."""
    yield file.file.encode()
    for path in files_of(file):
        yield desk.sources.files[name_of(path, desk)].digest if path else b""


def files_of(file: CaptureFile) -> Iterator[str | None]:
    """Yield where a capture lies, and its meta file, its notes and its earlier texts where it has them."""
    yield from (file.path, file.meta, file.notes)
    for version in file.versions:
        yield from (version.path, version.meta)


def name_of(path: str, desk: Desk) -> str:
    """Return the path of a file of `content/` below the site."""
    return f"content{path[len(str(desk.content)) :]}"


def holds(known: Known, key: bytes, names: bytes) -> bool:
    """Return whether what is known is still so."""
    return known.key == key and known.names == names


def is_kept(known: Known, desk: Desk) -> bool:
    """Return whether the record of a capture that cannot be read is there: no later moment may try to read it."""
    summary = known.summary
    return summary is None or not summary.listed.unread or desk.cache.record(summary.record) is not None


def learn_all(
    desk: Desk, todo: Sequence[CaptureFile], fresh: Sequence[Known], before: Mapping[str, Known]
) -> Iterator[Learned | Problem]:
    """Yield what is found out of each capture, in order."""
    if not todo:
        return
    if desk.read_far:
        yield from map(told_steadily, learn_far(desk, desk.read_far, todo, fresh))
        return
    task = Task(todo, desk.rules(), desk.issuer)
    learn = partial(learn_one, desk, task, fresh, before)
    load_extractor(file.file for file in todo)
    if not FORKS:
        yield from map(learn, range(len(todo)))
        return
    size = 1 if len(todo) < FEW else min(count_cores(), len(todo) // AHEAD)
    for number, outcome in enumerate(run_apart(Work(learn, len(todo), READING), size)):
        if isinstance(outcome, Lost):
            yield learn_lost(desk, todo[number], fresh[number], outcome)
        else:
            yield told_steadily(outcome)


def told_steadily(outcome: Learned | Problem | ChangedError) -> Learned | Problem:
    """Return an outcome; raise where its capture was changed meanwhile."""
    if isinstance(outcome, ChangedError):
        raise outcome
    return outcome


def learn_far(
    desk: Desk, read_far: Far, todo: Sequence[CaptureFile], fresh: Sequence[Known]
) -> Iterator[Learned | Problem | ChangedError]:
    """Yield the same of captures that are read elsewhere."""
    outcomes = read_far(todo, desk.content.parent, desk.issuer)
    for file, new, outcome in zip(todo, fresh, outcomes, strict=True):
        yield learn_draft(file, new) or settle(desk, file, new, outcome)


def learn_one(
    desk: Desk, task: Task, fresh: Sequence[Known], before: Mapping[str, Known], number: int
) -> Learned | Problem | ChangedError:
    """Return what is found out of a capture."""
    file, new = task.files[number], fresh[number]
    old = before.get(file.file)
    if old and old.key == new.key and old.summary and (record := desk.cache.record(old.summary.record)):
        briefing = msgspec.json.decode(record, type=Briefing)
        return Learned(replace(new, summary=in_short(briefing, record, desk), problems=old.problems), None)
    return learn_draft(file, new) or settle(desk, file, new, understand(file, task))


def settle(desk: Desk, file: CaptureFile, new: Known, outcome: Outcome) -> Learned | Problem | ChangedError:
    """Return what is known of a capture that was read, unless it was changed meanwhile."""
    if changed := next((path for path in files_of(file) if path and not is_steady(path, desk)), None):
        return ChangedError(f"{changed}: was changed while the site was being built; build again")
    return conclude(desk, new, outcome)


def learn_lost(desk: Desk, file: CaptureFile, new: Known, lost: Lost) -> Learned | Problem:
    """Return what is known of a capture whose reader was lost; where that was chance, until the next build."""
    known = replace(new, key=b"") if lost.exit in CHANCE else new
    return conclude(desk, known, set_apart(file, reason_of(lost)))


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
