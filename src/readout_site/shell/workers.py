"""Capture files → briefings in order, each read apart from the others and within bounds.

One that breaks its reader, or would take too long or too much, is set apart: its briefing says that it could not be
read, and why.
"""

import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from readout_site.reading import Rules, load_extractor, read, unread
from readout_site.reading.notes import anchor_notes
from readout_site.records import Briefing, Capture, Issuer, Problem, Version
from readout_site.rendering.prose import lost_links
from readout_site.rendering.summaries import published_title
from readout_site.shell.bounds import LARGEST, OUT_OF_TIME, READING, TooLargeError, read_bounded
from readout_site.shell.captures import VERSIONS, CaptureFile, understood_meta
from readout_site.shell.crew import AHEAD, FORKS, Lost, Work, count_cores, run_apart
from readout_site.shell.disk import UnreadableError, read_text

FEW = 12
"""So many captures are read in this process where a worker cannot be forked, since starting one takes as long."""
PAUSE = 0.05
"""Seconds until a file that is not there is looked for again: editors replace what they save."""
TOO_LARGE = f"is larger than {LARGEST // 1024**2} MB, and no readout; cut out what is none"
TOO_SLOW = "would take more than {0:g} s to read; shorten it, or report this fault"
TOO_MUCH = "would take more than {0} MB of memory to read; shorten it, or report this fault"
BROKEN = "broke its reader (exit {0}); report this fault"

Outcome = Briefing | Problem


@dataclass(frozen=True)
class Task:
    """What is to be read, and how."""

    files: Sequence[CaptureFile]
    rules: Rules
    issuer: Issuer | None


def read_all(task: Task, cores: int = 0) -> Iterator[Outcome]:
    """Yield, in the order of the files, the briefing of each or the problem that there is none.

    The outcome is the same on any number of `cores`; 0 stands for all that there are. A reading that breaks `READING`
    is broken off, but for few captures on a system where processes are slow to start.
    """
    if FORKS or len(task.files) > FEW:
        load_extractor(file.file for file in task.files)
        work: Work[Outcome] = Work(partial(understand_one, task), len(task.files), READING)
        size = max(1, min(cores or count_cores(), len(task.files) // AHEAD))
        for file, outcome in zip(task.files, run_apart(work, size), strict=True):
            yield set_apart(file, reason_of(outcome)) if isinstance(outcome, Lost) else outcome
    else:
        yield from (understand(file, task) for file in task.files)


def reason_of(lost: Lost) -> str:
    """Return why a capture was lost."""
    if lost.exit is None:
        return TOO_SLOW.format(READING.wait)
    return TOO_SLOW.format(READING.work) if lost.exit == OUT_OF_TIME else BROKEN.format(lost.exit)


def understand_one(task: Task, number: int) -> Outcome:
    """Return what is understood of a capture by number."""
    return understand(task.files[number], task)


def understand(file: CaptureFile, task: Task) -> Outcome:
    """Return the briefing of a capture file, or the problem that there is none."""
    try:
        capture = open_capture(file)
    except TooLargeError:
        return set_apart(file, TOO_LARGE)
    if isinstance(capture, Problem):
        return capture
    return with_metas_told(read_contained(capture, task.rules, task.issuer, file), file)


def with_metas_told(briefing: Briefing, file: CaptureFile) -> Briefing:
    """Return a briefing with what is wrong with the meta file of its capture, and with those of its earlier texts."""
    told = [understood_meta(file)[1], *(understood_meta(version, VERSIONS)[1] for version in file.versions)]
    amiss = tuple(problem for problem in told if problem)
    return replace(briefing, problems=(*briefing.problems, *amiss)) if amiss else briefing


def read_one(capture: Capture, rules: Rules, issuer: Issuer | None) -> Briefing:
    """Return the briefing of a capture that is in memory, read as those in files are."""
    if not FORKS:
        return read_contained(capture, rules, issuer)
    load_extractor([capture.file])
    (outcome,) = run_apart(Work(lambda _: read_contained(capture, rules, issuer), 1, READING), 1)
    return unread(capture, reason_of(outcome)) if isinstance(outcome, Lost) else outcome


def read_contained(capture: Capture, rules: Rules, issuer: Issuer | None, file: CaptureFile | None = None) -> Briefing:
    """Return the briefing of a capture, with what lies beside its `file`; where reading fails, one that says so."""
    try:
        briefing = read(capture, rules, issuer)
        briefing = complete(briefing, file, rules, issuer) if file else briefing
        msgspec.json.encode(briefing)
    except MemoryError:
        return unread(capture, TOO_MUCH.format((READING.memory or 0) // 1024**2))
    except UnicodeEncodeError as error:
        code = f"U+{ord(error.object[error.start]):04X}"
        return unread(capture, f"holds half a character ({code}) that no file can hold; remove it from the capture")
    except Exception as error:  # noqa: BLE001 - a fault in the reading of one capture spares the others
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        return unread(capture, f"met a fault of this tool ({where}); report it: {error}")
    return briefing


def open_capture(file: CaptureFile, folder: str = "captures") -> Capture | Problem:
    """Return a capture with its bytes, or the problem that they cannot be had; raise `TooLargeError` where too many.

    `folder` is the one below `content/` that its name is below.
    """
    name = f"{folder}/{file.file}"
    try:
        return Capture(file.file, read_twice(Path(file.path)), understood_meta(file)[0])
    except FileNotFoundError:
        return Problem(name, None, "is not there any more, so it is left out; build again")
    except OSError as error:
        return Problem(name, None, f"cannot be read ({error.strerror}), so it is left out; mend its permissions")


def set_apart(file: CaptureFile, reason: str) -> Outcome:
    """Return the briefing of a capture that could not be read, for a `reason`, or the problem that there is none."""
    try:
        capture = open_capture(file)
    except TooLargeError:
        capture = Capture(file.file, b"", understood_meta(file)[0])
    return capture if isinstance(capture, Problem) else with_metas_told(unread(capture, reason), file)


def complete(briefing: Briefing, file: CaptureFile, rules: Rules, issuer: Issuer | None) -> Briefing:
    """Return a briefing with the earlier texts of its readout, all or none, and the notes on it."""
    found = [earlier_text(version, rules, issuer) for version in file.versions]
    amiss = tuple(each for each in found if isinstance(each, Problem))
    versions = tuple(each for each in found if isinstance(each, Version) and not amiss)
    briefing = replace(briefing, versions=versions, problems=(*briefing.problems, *amiss)) if found else briefing
    return annotate_by_hand(briefing, Path(file.notes)) if file.notes else briefing


def earlier_text(file: CaptureFile, rules: Rules, issuer: Issuer | None) -> Version | Problem:
    """Return the text of a capture that was replaced, or the problem that it cannot be had."""
    try:
        capture = open_capture(file, VERSIONS)
    except TooLargeError:
        return Problem(f"{VERSIONS}/{file.file}", None, TOO_LARGE)
    if isinstance(capture, Problem):
        return capture
    briefing = read(capture, rules, issuer)
    source = briefing.source
    texts = tuple(paragraph.text for paragraph in briefing.paragraphs)
    return Version(file.file, source.sha256, source.captured, published_title(briefing), texts)


def read_twice(path: Path) -> bytes:
    """Return the bytes of a file, asking again where it is just being replaced."""
    try:
        return read_bounded(path)
    except FileNotFoundError:
        time.sleep(PAUSE)
        return read_bounded(path)


def annotate_by_hand(briefing: Briefing, notes: Path) -> Briefing:
    """Return the briefing with the notes on it."""
    name = f"notes/{briefing.source.file}".rpartition(".")[0] + ".yaml"
    try:
        text = read_text(notes)
    except UnreadableError as error:
        return replace(briefing, problems=(*briefing.problems, Problem(name, None, str(error).partition(": ")[2])))
    noted = anchor_notes(briefing, text, name)
    lost = (problem for note in noted.notes for problem in lost_links(note.body, text, name))
    return replace(noted, problems=(*noted.problems, *lost))
