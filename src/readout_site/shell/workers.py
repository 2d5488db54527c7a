"""Capture files → briefings in order, each read apart from the others."""

import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from readout_site.reading import Rules, read
from readout_site.reading.notes import anchor_notes
from readout_site.records import Briefing, Capture, Issuer, Problem
from readout_site.shell.captures import CaptureFile, meta_of
from readout_site.shell.crew import AHEAD, FORKS, Lost, Work, count_cores, run_apart
from readout_site.shell.disk import UnreadableError, read_text
from readout_site.strictyaml import YamlError

FEW = 12
"""So many captures are read in this process where a worker cannot be forked, since starting one takes as long."""
LIMIT = 20.0
"""Seconds that the reading of one capture may take: it takes milliseconds, so that one that goes on never ends."""
PAUSE = 0.05
"""Seconds until a file that is not there is looked for again: editors replace what they save."""

Outcome = Briefing | Problem


@dataclass(frozen=True)
class Task:
    """What is to be read, and how."""

    files: Sequence[CaptureFile]
    rules: Rules
    issuer: Issuer | None


def read_all(task: Task, cores: int = 0) -> Iterator[Outcome]:
    """Yield, in the order of the files, the briefing of each or the problem that there is none.

    The outcome is the same on any number of `cores`; 0 stands for all that there are. A reading that takes longer than
    `LIMIT` is broken off, but for few captures on a system where processes are slow to start.
    """
    if FORKS or len(task.files) > FEW:
        work: Work[Outcome] = Work(partial(understand_one, task), len(task.files), LIMIT)
        size = max(1, min(cores or count_cores(), len(task.files) // AHEAD))
        for file, outcome in zip(task.files, run_apart(work, size), strict=True):
            yield lost_reading(file, outcome) if isinstance(outcome, Lost) else outcome
    else:
        yield from (understand(file, task) for file in task.files)


def lost_reading(file: CaptureFile, lost: Lost) -> Problem:
    """Return what is told of a capture whose reading was lost."""
    reason = f"took longer than {LIMIT:g} s to read, so it is left out; shorten it, or report this fault"
    if lost.exit is not None:
        reason = f"its reader died (exit {lost.exit}), so it is left out; report this fault"
    return Problem(f"captures/{file.file}", None, reason)


def understand_one(task: Task, number: int) -> Outcome:
    """Return the briefing of a capture by number, or the problem that there is none."""
    return understand(task.files[number], task)


def understand(file: CaptureFile, task: Task) -> Outcome:
    """Return the briefing of a capture, or the problem that there is none."""
    name = f"captures/{file.file}"
    try:
        capture = Capture(file.file, read_twice(Path(file.path)), meta_of(file))
        briefing = read(capture, task.rules, task.issuer)
        briefing = annotate_by_hand(briefing, Path(file.notes)) if file.notes else briefing
        msgspec.json.encode(briefing)
    except YamlError as error:
        meta = f"{name.rpartition('.')[0]}.meta.yaml"
        return Problem(meta, error.line, f"{error.message}; the capture is left out until then")
    except UnicodeEncodeError as error:
        code = f"U+{ord(error.object[error.start]):04X}"
        reason = f"holds half a character ({code}) that no file can hold, so it is left out; remove it from the capture"
        return Problem(name, None, reason)
    except FileNotFoundError:
        return Problem(name, None, "is not there any more, so it is left out; build again")
    except OSError as error:
        return Problem(name, None, f"cannot be read ({error.strerror}), so it is left out; mend its permissions")
    except Exception as error:  # noqa: BLE001 - a fault in the reading of one capture spares the others
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        reason = f"reading it failed ({type(error).__name__}: {error}; {where}), so it is left out; report this fault"
        return Problem(name, None, reason)
    return briefing


def read_twice(path: Path) -> bytes:
    """Return the bytes of a file, asking again where it is just being replaced."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        time.sleep(PAUSE)
        return path.read_bytes()


def annotate_by_hand(briefing: Briefing, notes: Path) -> Briefing:
    """Return the briefing with the notes on it."""
    name = f"notes/{briefing.source.file}".rpartition(".")[0] + ".yaml"
    try:
        return anchor_notes(briefing, read_text(notes), name)
    except UnreadableError as error:
        return replace(briefing, problems=(*briefing.problems, Problem(name, None, str(error).partition(": ")[2])))
