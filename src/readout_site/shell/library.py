"""Captures + what earlier builds read → every readout in short, and its whole record where it is asked for.

A capture is read again only where its own bytes, its meta file, its notes, the rules or the code of the reading are
other than they were; where only the glossary's names changed, its record is put in short anew.

What reads is imported by workers alone where few captures are to be read: they begin while this process goes on.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.records import Briefing, Issuer, Problem, RuleDoc
from readout_site.rendering import Summary, TermNames
from readout_site.shell.bounds import READING
from readout_site.shell.cache import Cache, digest
from readout_site.shell.captures import CaptureFile
from readout_site.shell.crew import AHEAD, FORKS, Lost, Work, at_work, count_cores
from readout_site.shell.sources import Sources
from readout_site.shell.track import Track

FEW = 8
"""So few captures one worker reads."""
BATCH = 500
"""So many records are kept in one step."""


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


Fate = Learned | Problem | ChangedError
"""What becomes of a capture that is to be read."""

Far = Callable[[Sequence[CaptureFile], Path, Issuer | None], Iterator[Briefing | Problem]]
"""Reads the captures of a site by its rules, and by who issues those that do not tell; yields in their order."""


@dataclass(frozen=True)
class Desk:
    """What captures are read by."""

    content: Path  #: The site's folder of that name.
    sources: Sources
    cache: Cache
    issuer: Issuer | None
    names: TermNames
    reading: bytes  #: A digest of the rules and of the code that reads by them.
    read_far: Far | None = None  #: Reads captures elsewhere than in processes of our own.


@dataclass(frozen=True)
class Errand:
    """Captures that are to be read, among all of a site."""

    desk: Desk
    files: Sequence[CaptureFile]  #: All captures of the site.
    known: Mapping[str, Known]  #: What is known of those that are not to be read.
    todo: Sequence[CaptureFile]
    fresh: Sequence[Known]  #: What is known of each of `todo` before it is read: by what its reading is told.
    before: Mapping[str, Known]  #: What earlier builds knew.


def sort_out(desk: Desk, files: Sequence[CaptureFile], before: Mapping[str, Known]) -> Errand:
    """Return which captures are to be read, since what was known `before` does not hold."""
    reading = digest(desk.reading, msgspec.msgpack.encode(desk.issuer))
    names = digest(*map(str.encode, sorted(desk.names.terms)), *(t.name.encode() for t in desk.names.terms.values()))
    keys = {file.file: digest(reading, *parts_of(file, desk)) for file in files}
    known = {file.file: old for file in files if (old := before.get(file.file)) and holds(old, keys[file.file], names)}
    known = {name: each for name, each in known.items() if is_kept(each, desk)}
    todo = [file for file in files if file.file not in known]
    return Errand(desk, files, known, todo, [Known(keys[file.file], names, None, ()) for file in todo], before)


def gather(
    errand: Errand, learned: Iterator[Learned | Problem], track: Track
) -> tuple[dict[str, Known], list[Problem]]:
    """Return what is known of each capture, of some since it was `learned`; and why some cannot be read."""
    known = dict(errand.known)
    problems: list[Problem] = []
    batch: list[tuple[bytes, bytes]] = []
    outcomes = track(learned, "Reading captures", len(errand.todo))
    for file, outcome in zip(errand.todo, outcomes, strict=True):
        if isinstance(outcome, Problem):
            problems.append(outcome)
            continue
        known[file.file] = outcome.known
        if outcome.record and outcome.known.summary:
            batch.append((outcome.known.summary.record, outcome.record))
        if len(batch) == BATCH:
            errand.desk.cache.add_records(batch)
            batch.clear()
    errand.desk.cache.add_records(batch)
    return {file.file: known[file.file] for file in errand.files if file.file in known}, problems


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


@contextlib.contextmanager
def learning(errand: Errand) -> Iterator[Iterator[Learned | Problem]]:
    """Let workers begin to read, and give what is found out of each capture, in order."""
    desk, todo = errand.desk, errand.todo
    if not todo or desk.read_far or not FORKS:
        yield map(told_steadily, learn_here(errand) if todo else ())
        return
    work = Work(partial(learn, errand), len(todo), READING, partial(prepare, errand))
    size = 1 if len(todo) < FEW else min(count_cores(), len(todo) // AHEAD)
    if len(todo) >= FEW:
        prepare(errand)  # Once for all workers, and for those that take the place of others.
    with at_work(work, size) as outcomes:
        yield (told_steadily(learn_of(errand, number, each)) for number, each in enumerate(outcomes))


def learn_here(errand: Errand) -> Iterator[Fate]:
    """Yield what is found out of each capture without workers of our own."""
    from readout_site.shell.learning import learn_far  # noqa: PLC0415 - late: only where there is something to read

    if errand.desk.read_far:
        yield from learn_far(errand, errand.desk.read_far)
    else:
        prepare(errand)
        yield from map(partial(learn, errand), range(len(errand.todo)))


def prepare(errand: Errand) -> None:
    """Import the reading, and compile its rules."""
    from readout_site.shell.learning import make_ready  # noqa: PLC0415 - late: in a worker

    make_ready(errand)


def learn(errand: Errand, number: int) -> Fate:
    """Return what is found out of a capture."""
    from readout_site.shell.learning import learn_one  # noqa: PLC0415 - late: in a worker

    return learn_one(errand, number)


def learn_of(errand: Errand, number: int, outcome: Fate | Lost) -> Fate:
    """Return what a worker found out of a capture, or what is known of it where the worker was lost."""
    if not isinstance(outcome, Lost):
        return outcome
    from readout_site.shell.learning import learn_lost  # noqa: PLC0415 - late: only where one is lost

    return learn_lost(errand, number, outcome)


def describe(desk: Desk) -> tuple[RuleDoc, ...]:
    """Return what is told of the rules."""
    from readout_site.shell.learning import docs_of  # noqa: PLC0415 - late: only where the rules are new

    return docs_of(desk)


def read_again(desk: Desk, file: CaptureFile) -> bytes:
    """Return the record of a capture that was read before; nothing where it cannot be read any more."""
    from readout_site.shell.learning import record_at  # noqa: PLC0415 - late: only where the cache lost one

    return record_at(desk, file)


def told_steadily(outcome: Fate) -> Learned | Problem:
    """Return an outcome; raise where its capture was changed meanwhile."""
    if isinstance(outcome, ChangedError):
        raise outcome
    return outcome
