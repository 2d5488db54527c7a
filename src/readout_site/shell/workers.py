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

from msgspec.structs import replace

from readout_site.reading import Rules, read
from readout_site.reading.notes import anchor_notes
from readout_site.records import Briefing, Capture, Issuer, Problem
from readout_site.shell.captures import CaptureFile
from readout_site.shell.disk import UnreadableError, read_text

FEW = 12
"""So many captures are read in this process, since starting others takes as long."""
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


@dataclass(frozen=True)
class Worker:
    """A process that reads, and the numbers of the captures that it has before it."""

    process: BaseProcess
    pipe: Connection
    ahead: deque[int] = field(default_factory=deque)


def read_all(task: Task, cores: int = 0) -> Iterator[Outcome]:
    """Yield, in the order of the files, the briefing of each or the problem that there is none.

    The outcome is the same on any number of `cores`; 0 stands for all that there are.
    """
    crew = min(cores or count_cores(), len(task.files) // AHEAD)
    if crew > 1 and len(task.files) > FEW:
        yield from read_apart(task, crew)
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
                ready = wait([worker.pipe for worker in crew])
                for worker in [worker for worker in crew if worker.pipe in ready]:
                    if not collect(worker, done):
                        crew.remove(worker)
                        bury(worker, task, done, waiting)
            yield done.pop(number)
    finally:
        for worker in crew:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


def hire(task: Task) -> Worker:
    """Start a worker."""
    # A forked worker has the compiled rules at once; elsewhere they are copied to it.
    linux = sys.platform == "linux"
    start = multiprocessing.get_context("fork") if linux else multiprocessing.get_context("spawn")
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
            worker.ahead.append(waiting.popleft())
            with contextlib.suppress(ConnectionError):  # A dead worker is noticed when its outcome is collected.
                worker.pipe.send(worker.ahead[-1])


def collect(worker: Worker, done: dict[int, Outcome]) -> bool:
    """Take an outcome from a worker; return whether it is alive."""
    try:
        outcome = worker.pipe.recv()
    except (EOFError, ConnectionError):
        return False
    done[worker.ahead.popleft()] = outcome
    return True


def bury(worker: Worker, task: Task, done: dict[int, Outcome], waiting: deque[int]) -> None:
    """Report the capture that a worker died of, and leave the others that it had before it to the living."""
    worker.process.join()
    worker.pipe.close()
    if worker.ahead:
        number = worker.ahead.popleft()
        reason = f"its reader died (exit {worker.process.exitcode}), so it is left out; report this fault"
        done[number] = Problem(f"captures/{task.files[number].file}", None, reason)
    waiting.extendleft(reversed(worker.ahead))


def understand(file: CaptureFile, task: Task) -> Outcome:
    """Read one capture and the notes on it, or tell why not."""
    name = f"captures/{file.file}"
    try:
        briefing = read(Capture(file.file, read_twice(file.path), file.meta), task.rules, task.issuer)
        return annotate_by_hand(briefing, file.notes) if file.notes else briefing
    except OSError as error:
        return Problem(name, None, f"cannot be read ({error.strerror}), so it is left out; mend its permissions")
    except Exception as error:  # noqa: BLE001 - a fault in the reading of one capture spares the others
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        reason = f"reading it failed ({type(error).__name__}: {error}; {where}), so it is left out; report this fault"
        return Problem(name, None, reason)


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
