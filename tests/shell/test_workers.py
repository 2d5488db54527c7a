"""Captures are read in order by workers, and one that breaks its reader spares the others."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from readout_site.reading import read
from readout_site.records import Briefing, Capture, Issuer
from readout_site.shell import crew
from readout_site.shell.bounds import Bounds
from readout_site.shell.captures import CaptureFile, locate
from readout_site.shell.crew import Work, run_apart
from readout_site.shell.rulebook import load_rules
from readout_site.shell.workers import Outcome, Task, read_all, read_twice

WORKERS = "readout_site.shell.workers."
PATIENCE = 2.5
"""Seconds: no reading takes them even on a machine that is busy."""


@pytest.fixture
def task(site: Path, write_captures: Callable[[int], list[Path]]) -> Task:
    """Return more captures than one process reads alone, the example with its notes among them."""
    write_captures(30)
    return Task(
        [locate(path) for path in sorted((site / "content" / "captures").glob("*.txt"))],
        load_rules(site),
        Issuer("the Example Chancellery", "PT"),
    )


def unread(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return why captures could not be read, by their paths; each of the others has its text."""
    lost = [each for each in outcomes if isinstance(each, Briefing) and not each.paragraphs]
    return {problem.path: problem.message for each in lost for problem in each.problems}


def test_the_outcome_is_the_same_on_any_number_of_cores(task: Task) -> None:
    alone, two, five = (list(read_all(task, cores)) for cores in (1, 2, 5))
    assert alone == two == five
    assert [outcome.source.file for outcome in alone if isinstance(outcome, Briefing)] == [f.file for f in task.files]
    assert sum(len(outcome.notes) for outcome in alone if isinstance(outcome, Briefing)) == 1


@pytest.mark.parametrize("cores", [1, 2])
def test_a_capture_that_breaks_the_reading_is_reported_and_spares_the_others(
    task: Task, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fail(capture: Capture, *others: Any) -> Briefing:
        if "-call-7" in capture.file:
            raise ZeroDivisionError("a bug")
        return read(capture, *others)

    monkeypatch.setattr(WORKERS + "read", fail)
    outcomes = list(read_all(task, cores))
    ((place, message),) = unread(outcomes).items()
    assert place == "captures/2024-05-08-call-7.txt"
    assert message.startswith("met a fault of this tool (ZeroDivisionError, test_workers.py:")
    assert len(outcomes) == 31


def test_a_capture_that_kills_its_reader_is_reported_and_spares_the_others(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = [f"2024-05-{n + 1:02}-call-{n}.txt" for n in (0, 1, 7, 8, 9, 20, 27)]

    def die(capture: Capture, *others: Any) -> Briefing:
        if capture.file in deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(capture, *others)

    monkeypatch.setattr(WORKERS + "read", die)
    outcomes = list(read_all(task, 2))
    lost = unread(outcomes)
    assert sorted(lost) == sorted(f"captures/{name}" for name in deadly)
    assert set(lost.values()) == {"broke its reader (exit -9); report this fault"}
    assert len(outcomes) == 31


@pytest.mark.parametrize(("count", "cores"), [(1, 1), (31, 1), (31, 2)])
def test_a_capture_that_takes_too_long_is_reported_and_spares_the_others(
    task: Task, count: int, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = [file.file for file in task.files[:count] if "-call-7" in file.file] or [task.files[0].file]

    def hang(capture: Capture, *others: Any) -> Briefing:
        while capture.file in endless:
            time.sleep(0.01)
        return read(capture, *others)

    monkeypatch.setattr(WORKERS + "read", hang)
    monkeypatch.setattr(WORKERS + "READING", Bounds(wait=PATIENCE))
    outcomes = list(read_all(Task(task.files[:count], task.rules, None), cores))
    reason = f"would take more than {PATIENCE:g} s to read; shorten it, or report this fault"
    assert unread(outcomes) == {f"captures/{endless[0]}": reason}
    assert len(outcomes) == count
    assert multiprocessing.active_children() == []


def test_a_site_that_is_slow_to_ask_costs_no_capture(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WORKERS + "READING", Bounds(wait=PATIENCE))
    outcomes = read_all(task, 2)
    first = next(outcomes)
    time.sleep(PATIENCE + 0.2)
    assert unread([first, *outcomes]) == {}


def test_no_worker_outlives_a_reading_that_is_broken_off(task: Task) -> None:
    outcomes = read_all(task, 2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_a_file_that_is_gone_is_reported(task: Task, tmp_path: Path) -> None:
    gone = CaptureFile("gone.txt", str(tmp_path / "gone.txt"))
    (problem,) = read_all(Task([gone], task.rules, None))
    assert str(problem) == "captures/gone.txt: is not there any more, so it is left out; build again"


def test_a_file_that_is_just_being_replaced_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    monkeypatch.setattr(time, "sleep", lambda _: path.write_text("x"))
    assert read_twice(path) == b"x"


def test_notes_that_cannot_be_read_are_reported(task: Task, site: Path) -> None:
    (site / "content" / "notes" / "2024-05-14-example-sample.yaml").write_bytes(b"\xff")
    problems = [str(p) for outcome in read_all(task) if isinstance(outcome, Briefing) for p in outcome.problems]
    assert "notes/2024-05-14-example-sample.yaml: is not UTF-8; save it as UTF-8" in problems


def test_a_machine_that_grants_less_memory_is_no_fault() -> None:
    code = (
        "import resource; from readout_site.shell.bounds import confine;"
        "resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33)); confine(2**40);"
        "assert resource.getrlimit(resource.RLIMIT_AS) == (2**33, 2**33)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_worker_that_cannot_begin_is_a_fault_and_no_capture_is_blamed(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ZeroDivisionError("a bug")

    with pytest.raises(RuntimeError, match="could not begin"):
        list(run_apart(Work(str, 3, Bounds(wait=PATIENCE), fail), 1))
    assert "ZeroDivisionError: a bug" in capfd.readouterr().err
    assert multiprocessing.active_children() == []


def test_workers_end_where_another_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Work[str]] = []

    def start(work: Work[str]) -> crew.Worker:
        if begun:
            raise OSError(11, "Resource temporarily unavailable")
        begun.append(work)
        return hire(work)

    hire = crew.hire
    monkeypatch.setattr(crew, "hire", start)
    with pytest.raises(OSError, match="temporarily unavailable"):
        list(run_apart(Work(str, 3, Bounds(wait=PATIENCE)), 2))
    assert begun
    assert multiprocessing.active_children() == []
