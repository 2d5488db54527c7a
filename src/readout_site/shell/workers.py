"""Capture files → briefings in order, read by worker processes that may die without taking the others along."""

import contextlib
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec
from msgspec.structs import replace

from readout_site.reading import Rules, read
from readout_site.reading.notes import anchor_notes
from readout_site.records import Briefing, Capture, Issuer, Problem
from readout_site.shell.captures import CaptureFile
from readout_site.shell.disk import UnreadableError, read_text

FEW = 12
"""So many captures are read in this process where a worker cannot be forked, since starting one takes as long."""
FORKS = sys.platform == "linux"
"""Whether a worker has the compiled rules at once; elsewhere they are copied to it."""
LIMIT = 20.0
"""Seconds that the reading of one capture may take: it takes milliseconds, so that one that goes on never ends."""
AHEAD = 4
"""So many captures a worker has before it."""
PAUSE = 0.05
"""Seconds until a file that is not there is looked for again: editors replace what they save."""

Outcome = Briefing | Problem


@dataclass(frozen=True)
class Task:
    """What is to be read, and how."""

    files: Sequence[CaptureFile]
    rules: Rules
    issuer: Issuer | None


@dataclass
class Worker:
    """A process that reads, the numbers of the captures that it has before it, and when it began with the first."""

    process: BaseProcess
    pipe: Connection
    ahead: deque[int] = field(default_factory=deque)
    since: float = 0.0


def read_all(task: Task, cores: int = 0) -> Iterator[Outcome]:
    """Yield, in the order of the files, the briefing of each or the problem that there is none.

    The outcome is the same on any number of `cores`; 0 stands for all that there are. A reading that takes longer than
    `LIMIT` is broken off, but for few captures on a system where processes are slow to start.
    """
    if FORKS or len(task.files) > FEW:
        yield from read_apart(task, max(1, min(cores or count_cores(), len(task.files) // AHEAD)))
    else:
        yield from (understand(file, task) for file in task.files)


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_apart(task: Task, size: int) -> Iterator[Outcome]:
    """Yield the outcomes in order, from a crew of `size` workers."""
    waiting = deque(range(len(task.files)))
    done: dict[int, Outcome] = {}
    crew: list[Worker] = []
    try:
        for number in range(len(task.files)):
            while number not in done:
                crew += [hire(task) for _ in range(min(size - len(crew), len(waiting)))]
                supply(crew, waiting)
                for worker, fault in collect(crew, done):
                    crew.remove(worker)
                    dismiss(worker)
                    if worker.ahead:
                        lost = worker.ahead.popleft()
                        done[lost] = Problem(f"captures/{task.files[lost].file}", None, fault)
                    waiting.extendleft(reversed(worker.ahead))
            yield done.pop(number)
    finally:
        for worker in crew:
            dismiss(worker)


def hire(task: Task) -> Worker:
    """Start a worker."""
    start = multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe()
    process = start.Process(target=work, args=(theirs, ours, task), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def work(pipe: Connection, parents: Connection, task: Task) -> None:
    """Read captures by number as long as there is someone who asks."""
    parents.close()  # Else a worker would outlive a parent that is killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            pipe.send(understand(task.files[pipe.recv()], task))


def supply(crew: Sequence[Worker], waiting: deque[int]) -> None:
    """Hand out captures, so that every worker has some before it."""
    for worker in crew:
        while waiting and len(worker.ahead) < AHEAD:
            worker.since = worker.since if worker.ahead else time.monotonic()
            worker.ahead.append(waiting.popleft())
            with contextlib.suppress(ConnectionError):  # A dead worker is noticed when its outcome is collected.
                worker.pipe.send(worker.ahead[-1])


def collect(crew: Sequence[Worker], done: dict[int, Outcome]) -> Iterator[tuple[Worker, str]]:
    """Take the next outcomes; yield each worker that is dead or too slow, with what became of its capture."""
    first = min(worker.since for worker in crew if worker.ahead)
    ready = wait([worker.pipe for worker in crew], max(0.0, first + LIMIT - time.monotonic()))
    for worker in list(crew):
        if worker.pipe in ready:
            try:
                outcome = worker.pipe.recv()
            except (EOFError, ConnectionError):
                worker.process.join()
                yield worker, f"its reader died (exit {worker.process.exitcode}), so it is left out; report this fault"
            else:
                done[worker.ahead.popleft()] = outcome
                worker.since = time.monotonic()
        elif worker.ahead and time.monotonic() - worker.since >= LIMIT:
            yield worker, f"took longer than {LIMIT:g} s to read, so it is left out; shorten it, or report this fault"


def dismiss(worker: Worker) -> None:
    """End a worker, whatever it does."""
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def understand(file: CaptureFile, task: Task) -> Outcome:
    """Read one capture and the notes on it, or tell why not."""
    name = f"captures/{file.file}"
    try:
        briefing = read(Capture(file.file, read_twice(file.path), file.meta), task.rules, task.issuer)
        briefing = annotate_by_hand(briefing, file.notes) if file.notes else briefing
        msgspec.json.encode(briefing)
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
