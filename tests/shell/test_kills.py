"""A build may be killed at any moment: the output is then the old site or the new one, file for file, never a third."""

import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from readout_site.shell.scaffold import create_site
from readout_site.shell.standing import SPARE

CALL = """\
Readout of President Ada Example’s Call with Prime Minister Ben Sample of New Zealand

President Ada Example spoke today by phone with Prime Minister Ben Sample of New Zealand. The leaders agreed to open \
{number} lighthouses, and they discussed trade in cork and wool worth ${number} billion in 2023.
"""
FORGE = """
import mmap, os, signal, sys
from readout_site.shell import build, cli, finish, learning, report  # What loads a library is no exchange.

passed = mmap.mmap(-1, 8)  # The workers count too.
site, limit, command, armed = "", 0, 0, False

def strike(event, arguments):
    global armed
    if event == "ctypes.dlopen":
        armed = True
    elif not arguments or not str(arguments[0]).startswith(site):
        return
    if command and (limit >= 0 or armed) and event in EVENTS:
        number = int.from_bytes(passed[:8], "big") + 1
        passed[:8] = number.to_bytes(8, "big")
        if number == abs(limit):
            os.kill(command, signal.SIGKILL)

EVENTS = {"open", "os.link", "os.symlink", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.scandir", "os.chmod",
          "os.utime", "os.listdir", "sqlite3.connect", "ctypes.dlopen", "ctypes.dlsym"}
sys.addaudithook(strike)
for line in sys.stdin:
    words = line.rstrip("\\n").split("\\t")
    limit, site = int(words[0]), words[1]
    passed[:8] = bytes(8)
    child = os.fork()
    if not child:
        command = os.getpid()
        os.dup2(os.open(words[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        os.dup2(1, 2)
        sys.argv = ["readout-site", "build", "--site", site]
        cli.main()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(code, int.from_bytes(passed[:8], "big"), flush=True)
"""
"""Runs the command again and again in a copy of itself. A positive limit kills it, and it alone, just before so many
steps in the files of the site, those of its workers included; a negative one counts from the exchange."""


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def make_kinds(folder: Path) -> list[Path]:
    """Return sites that differ as the days of one site do: readouts added, edited, removed, renamed, all pages new."""
    kinds = [folder / str(number) for number in range(6)]
    for number, site in enumerate(kinds):
        create_site(site)
        captures = site / "content" / "captures"
        for call in range((8, 11, 11, 7, 40, 9)[number]):
            path = (
                captures / f"2024-05-{call % 28 + 1:02}-call-{call}{'-again' if number == 5 and call < 4 else ''}.txt"
            )
            path.write_text(CALL.format(number=call + 2 + (number == 2 and call < 2)), encoding="utf-8")
    (kinds[3] / "content" / "notes" / "2024-05-14-example-sample.yaml").unlink()
    (kinds[4] / "site.yaml").write_text("title: All pages are new\n", encoding="utf-8")
    return kinds


def make_like(site: Path, kind: Path) -> None:
    """Write, edit and remove the files of a site so that it is like another."""
    ours, theirs = ({p for p in d.rglob("*") if p.is_file() and not hidden(p.relative_to(d))} for d in (site, kind))
    for path in theirs:
        own = site / path.relative_to(kind)
        if not own.is_file() or own.read_bytes() != path.read_bytes():
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(path.read_bytes())
    for path in ours - {site / path.relative_to(kind) for path in theirs}:
        path.unlink()


def hidden(path: Path) -> bool:
    """Return whether a path below a site is of builds."""
    return path.parts[0] in {"build", ".cache"} or path.parts[0].startswith(".build")


@dataclass
class Range:
    """A site to shoot at."""

    folder: Path
    forge: subprocess.Popen[str]
    kinds: list[Path] = field(default_factory=list)
    sites: list[dict[str, str]] = field(default_factory=list)  #: What each kind gives, built from nothing.
    steps: list[int] = field(default_factory=list)  #: So many steps a build to each kind has.

    def build(self, site: Path, limit: int) -> tuple[int, int]:
        """Build until so many steps are done; return how the command ended, and how many steps it did."""
        assert self.forge.stdin
        assert self.forge.stdout
        self.forge.stdin.write(f"{limit}\t{site}\t{self.folder / 'said'}\n")
        self.forge.stdin.flush()
        code, steps = self.forge.stdout.readline().split()
        return int(code), int(steps)

    @property
    def site(self) -> Path:
        """The site that is shot at."""
        return self.folder / "site"

    def output(self) -> dict[str, str]:
        """Return what its output holds; a file of the owner's must be in it."""
        found = digests(self.site / "build")
        assert found.pop("CNAME") == hashlib.sha256(b"example.org").hexdigest()
        return found

    def finish(self, kind: int) -> int:
        """Build to the end, and return how many steps that took; the output is right and nothing is left behind."""
        code, steps = self.build(self.site, 0)
        assert code == 0, (self.folder / "said").read_text()
        assert self.output() == self.sites[kind]
        left = [path for path in self.site.iterdir() if path.name.startswith(".build")]
        assert not any(any(path.iterdir()) for path in left), left  # An empty folder is left by one that is just begun.
        assert {path.name for path in (self.site / ".cache").iterdir()} <= {"lock", "readout-site.sqlite", SPARE}
        return steps


@pytest.fixture
def shooting(tmp_path: Path) -> Iterator[Range]:
    """Return a site that stands built, and what it may become."""
    with subprocess.Popen(
        [sys.executable, "-c", FORGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as forge:
        place = Range(tmp_path, forge, make_kinds(tmp_path / "kinds"))
        for kind in place.kinds:
            assert place.build(kind, 0)[0] == 0
            place.sites.append(digests(kind / "build"))
        assert len({frozenset(site.items()) for site in place.sites}) == len(place.sites)
        shutil.copytree(place.kinds[-1], place.site)
        (place.site / "build" / "CNAME").write_text("example.org")
        for number, kind in enumerate(place.kinds):
            make_like(place.site, kind)
            place.steps.append(place.finish(number))
        yield place
        assert forge.stdin
        forge.stdin.close()


def shoot(place: Range, kills: int, seed: int) -> Counter[str]:
    """Kill so many builds at steps drawn at random, every fourth around the exchange; return what was left, counted."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    left: Counter[str] = Counter()
    standing = len(place.kinds) - 1
    while left["old"] + left["new"] < kills:
        kind = chance.choice([each for each in range(len(place.kinds)) if each != standing])
        make_like(place.site, place.kinds[kind])
        for _ in range(chance.choice((1, 1, 2))):
            around = left.total() % 4 == 3
            limit = -chance.randint(1, 16) if around else chance.randint(1, place.steps[kind])
            code, _ = place.build(place.site, limit)
            found = place.output()
            assert found in (place.sites[standing], place.sites[kind]), f"seed {seed}, step {limit} of {kind}"
            if code == -signal.SIGKILL:
                left["new" if found == place.sites[kind] else "old"] += 1
            else:
                assert code == 0, (place.folder / "said").read_text()
                left["ended before"] += 1
        place.steps[kind] = max(place.finish(kind), place.steps[kind] * 3 // 4)
        standing = kind
    return left


def test_killed_at_any_step_the_site_is_the_old_or_the_new_one(shooting: Range) -> None:
    left = shoot(shooting, 10, seed=1)
    assert left["old"] > 0
    assert left["new"] > 0


@pytest.mark.long
def test_of_150_kills_at_any_step_none_breaks_the_site(shooting: Range) -> None:
    left = shoot(shooting, 150, seed=2)
    print(dict(left))  # noqa: T201 - the figures
    assert min(left["old"], left["new"]) > 15


@pytest.mark.long
def test_of_50_kills_at_any_moment_none_breaks_the_site(shooting: Range) -> None:
    chance, standing, left = random.Random(3), len(shooting.kinds) - 1, Counter[str]()  # noqa: S311 - no secrets
    command = [sys.executable, "-m", "readout_site", "build", "--site", str(shooting.site)]
    whole = 0.0
    while left["old"] + left["new"] < 50:
        kind = chance.choice([each for each in range(len(shooting.kinds)) if each != standing])
        make_like(shooting.site, shooting.kinds[kind])
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            if whole:
                time.sleep(chance.uniform(whole * 0.25, whole))
                process.send_signal(signal.SIGKILL)
        whole = whole or time.perf_counter() - began
        found = shooting.output()
        assert found in (shooting.sites[standing], shooting.sites[kind])
        killed = process.returncode == -signal.SIGKILL
        left[("new" if found == shooting.sites[kind] else "old") if killed else "ended before"] += 1
        shooting.finish(kind)
        standing = kind
    print(dict(left))  # noqa: T201 - the figures
    assert left["old"] > 0
