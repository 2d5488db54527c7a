"""Feed every target with inputs that atheris makes up, each in a process of its own; `make fuzz` runs it.

A breach does not end the run: its input is kept in `found/TARGET/`, one for each place in the code that it breaks at,
and `test_found` fails until it is mended.
"""

import hashlib
import random
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import atheris
import click
from msgspec import Struct
from rich.console import Console
from rich.table import Table

with atheris.instrument_imports(include=["readout_site"]):
    from tests.fuzz.targets import FOUND, SEEDS, TARGETS, SlowError, attempt, rules

LONGEST = 20_000
"""The longest input, in bytes."""
STUCK = 60
"""Seconds after which an input that does not end at all is given up, with its process."""
REPEATED = 0.1
"""The share of inputs that are made longer by a piece of them, many times over: what takes the square of its length."""
CORPUS = Path(".cache/fuzz")
"""Inputs that reached new code, kept from run to run."""
RUNS = re.compile(r"stat::number_of_executed_units: +(\d+)")


class Outcome(Struct, frozen=True):
    """What came of one target."""

    name: str
    executions: int
    crashes: int
    hangs: int


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(TARGETS)), metavar="[TARGET]...")
@click.option("--seconds", default=60, show_default=True, help="How long each target is fuzzed.")
@click.option("--seed", default=0, help="Begin from this number; 0 takes another each time.")
@click.option("--alone", is_flag=True, hidden=True)
def main(names: tuple[str, ...], seconds: int, seed: int, *, alone: bool) -> None:
    """Fuzz each TARGET: all of them, where none is named. Exit 1 where a promise was broken."""
    if alone:
        feed(names[0], seconds, seed)
    table = Table("target", "executions", "crashes", "hangs")
    broken = 0
    with Console().status("") as status:
        for name in names or TARGETS:
            status.update(f"{name}: {seconds} s")
            outcome = fuzz(name, seconds, seed)
            broken += outcome.crashes + outcome.hangs
            table.add_row(name, f"{outcome.executions:,}", str(outcome.crashes), str(outcome.hangs))
    Console().print(table)
    sys.exit(bool(broken))


def fuzz(name: str, seconds: int, seed: int) -> Outcome:
    """Fuzz one target in another process; return what came of it."""
    known = set((FOUND / name).glob("*"))
    options = ("--alone", "--seconds", str(seconds), "--seed", str(seed))
    with tempfile.TemporaryFile("w+") as log:
        code = subprocess.call([sys.executable, "-m", "tests.fuzz", *options, name], stdout=log, stderr=log)
        log.seek(0)
        said = log.read()
    runs = RUNS.search(said)
    fresh = [path.name for path in set((FOUND / name).glob("*")) - known]
    if code and not fresh:
        raise click.ClickException(f"{name} ended by itself (exit {code}):\n{said[-2000:]}")
    hangs = sum(each.startswith(("slow-", "timeout-")) for each in fresh)
    return Outcome(name, int(runs[1]) if runs else 0, len(fresh) - hangs, hangs)


def feed(name: str, seconds: int, seed: int) -> None:
    """Fuzz one target until the time is over; this ends the process."""
    rules()
    seen: set[str] = set()
    corpus, found = CORPUS / name, FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)

    def tried(data: bytes) -> None:
        try:
            attempt(name, data)
        except Exception as error:  # noqa: BLE001 - whatever breaks a target is what we look for
            keep(found, data, error, seen)

    places = [str(corpus), *(str(folder) for folder in (SEEDS / name, found) if folder.is_dir())]
    limits = [f"-max_total_time={seconds}", f"-timeout={STUCK}", f"-max_len={LONGEST}", f"-seed={seed}"]
    ends = [f"-artifact_prefix={found}/", "-print_final_stats=1", "-report_slow_units=600", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *limits, *ends, *places], tried, custom_mutator=mutate)
    found.mkdir(parents=True, exist_ok=True)
    atheris.Fuzz()


def keep(folder: Path, data: bytes, error: Exception, seen: set[str]) -> None:
    """Write an input that broke a promise, the first one for each place in the code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = "slow" if isinstance(error, SlowError) else f"{type(error).__name__}:{frame.filename}:{frame.lineno}"
    if place not in seen:
        seen.add(place)
        kind = "slow" if isinstance(error, SlowError) else "crash"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{kind}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
        print(place, error, file=sys.stderr)  # noqa: T201 - the log of this process


def mutate(data: bytes, longest: int, seed: int) -> bytes:
    """Return another input: as libFuzzer changes it, or with a piece of it many times over."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    if data and dice.random() < REPEATED:
        start = dice.randrange(len(data))
        piece = data[start : start + 1 + int(dice.expovariate(0.1))]
        return (data[:start] + piece * dice.choice((10, 100, 1000, 10_000)) + data[start:])[:longest]
    return bytes(atheris.Mutate(data, longest))


if __name__ == "__main__":
    main()
