"""Work by number → its outcomes in order, done by processes that may die without taking the others along."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from msgspec import Struct

from readout_site.shell.bounds import Bounds, clocked, confine

Outcome = TypeVar("Outcome", covariant=True)  # noqa: PLC0105 - as others name it

FORKS = sys.platform == "linux"
"""Whether a worker has all that this process has at once; elsewhere it is copied to it."""
COLLECTIONS = 100_000
"""So many new objects of a worker until garbage is looked for: trees of pages are in circles."""
UNREADY = 70
"""The exit code of a worker that could not begin: a fault of this tool, and of none of the pieces."""
AHEAD = 4
"""So many pieces of work a worker has before it."""


class Lost(Struct, frozen=True):
    """A piece of work whose worker died or took too long."""

    exit: int | None  #: The worker's exit code; None where it was waited for too long.


@dataclass(frozen=True)
class Work(Generic[Outcome]):
    """What is to be done."""

    do: Callable[[int], Outcome]  #: Does one piece, by number.
    count: int  #: How many pieces there are.
    bounds: Bounds  #: What a piece may take.
    prepare: Callable[[], None] | None = None  #: What a worker does first, out of bounds.


@dataclass
class Worker:
    """A process, the numbers of the pieces that it has before it, and when it began with the first."""

    process: BaseProcess
    pipe: Connection
    ahead: deque[int] = field(default_factory=deque)
    since: float = 0.0


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_apart(work: Work[Outcome], size: int) -> Iterator[Outcome | Lost]:
    """Yield the outcomes in order, from a crew of `size` workers."""
    with at_work(work, size) as outcomes:
        yield from outcomes


@contextlib.contextmanager
def at_work(work: Work[Outcome], size: int) -> Iterator[Iterator[Outcome | Lost]]:
    """Let a crew begin, and give its outcomes in order to whoever asks for them; end it in the end."""
    waiting = deque(range(work.count))
    crew: list[Worker] = []
    try:
        crew.extend(hire(work) for _ in range(min(size, work.count)))
        supply(crew, waiting)
        yield outcomes_of(work, size, crew, waiting)
    finally:
        for worker in crew:
            dismiss(worker)


def outcomes_of(work: Work[Outcome], size: int, crew: list[Worker], waiting: deque[int]) -> Iterator[Outcome | Lost]:
    """Yield the outcomes of a crew in order; who is lost is replaced."""
    done: dict[int, Outcome | Lost] = {}
    for number in range(work.count):
        while number not in done:
            crew += [hire(work) for _ in range(min(size - len(crew), len(waiting)))]
            supply(crew, waiting)
            for worker, fault in collect(crew, done, work.bounds.wait):
                crew.remove(worker)
                dismiss(worker)
                if worker.ahead:
                    done[worker.ahead.popleft()] = fault
                waiting.extendleft(reversed(worker.ahead))
        yield done.pop(number)


def hire(work: Work[Outcome]) -> Worker:
    """Start a worker."""
    start = multiprocessing.get_context("fork") if FORKS else multiprocessing.get_context("spawn")
    ours, theirs = start.Pipe()
    process = start.Process(target=serve, args=(theirs, ours, work), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def serve(pipe: Connection, parents: Connection, work: Work[Outcome]) -> None:
    """Do pieces of work by number as long as there is someone who asks."""
    parents.close()  # Else a worker would outlive a parent that is killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(COLLECTIONS)
    gc.freeze()  # What is there already is no garbage, and is shared as long as nobody touches it.
    if work.prepare:
        make_ready(work.prepare)
    confine(work.bounds.memory)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            number = pipe.recv()
            with clocked(work.bounds.work):
                outcome = work.do(number)
            pipe.send(outcome)


def make_ready(prepare: Callable[[], None]) -> None:
    """Do what a worker does first; end it in a way of its own where that fails, as it would for any other worker."""
    try:
        prepare()
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        traceback.print_exc()
        sys.exit(UNREADY)


def supply(crew: Sequence[Worker], waiting: deque[int]) -> None:
    """Hand out work, so that every worker has some before it."""
    for worker in crew:
        while waiting and len(worker.ahead) < AHEAD:
            worker.since = worker.since if worker.ahead else time.monotonic()
            worker.ahead.append(waiting.popleft())
            with contextlib.suppress(ConnectionError):  # A dead worker is noticed when its outcome is collected.
                worker.pipe.send(worker.ahead[-1])


def collect(crew: Sequence[Worker], done: dict[int, Outcome | Lost], limit: float) -> Iterator[tuple[Worker, Lost]]:
    """Take the next outcomes; yield each worker that is dead or too slow."""
    first = min(worker.since for worker in crew if worker.ahead)
    ready = wait([worker.pipe for worker in crew], max(0.0, first + limit - time.monotonic()))
    for worker in list(crew):
        if worker.pipe in ready:
            try:
                outcome = worker.pipe.recv()
            except (EOFError, ConnectionError):
                worker.process.join()
                if worker.process.exitcode == UNREADY:
                    raise RuntimeError("a worker could not begin; why stands above") from None
                yield worker, Lost(worker.process.exitcode)
            else:
                done[worker.ahead.popleft()] = outcome
                worker.since = time.monotonic()
        elif worker.ahead and time.monotonic() - worker.since >= limit:
            yield worker, Lost(None)


def dismiss(worker: Worker) -> None:
    """End a worker, whatever it does."""
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
