"""The same content gives the same bytes, under whatever conditions the command is run."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

Write = Callable[[int], list[Path]]
LATER = """
import runpy, time
shift = 4 * 365 * 86400
wall, exact = time.time, time.time_ns
time.time, time.time_ns = lambda: wall() + shift, lambda: exact() + shift * 10**9
runpy.run_module("readout_site", run_name="__main__", alter_sys=True)
"""
"""The command four years on, where there is no `faketime`."""


class Condition(Struct, frozen=True):
    """What differs from a plain run."""

    name: str
    environment: Mapping[str, str] = {}
    by: tuple[str, ...] = ()  #: What starts the command.
    program: tuple[str, ...] = ("-m", "readout_site")
    place: str = "site"  #: Where the site lies.
    inside: bool = False  #: Whether the command is run in the site's folder.


FAKETIME = shutil.which("faketime")
CONDITIONS = (
    Condition("another hash seed", {"PYTHONHASHSEED": "4242"}),
    Condition("another time zone", {"TZ": "Pacific/Auckland"}),
    Condition("locale C", {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Condition("umask 077", by=("sh", "-c", 'umask 077; exec "$@"', "sh")),
    Condition("another working folder", inside=True),
    Condition("another path", place="an other/dèeper/site of ours"),
    Condition("one core", by=("taskset", "-c", "0") if shutil.which("taskset") else ()),
    Condition("the year 2030", by=(FAKETIME, "2030-02-03 04:05:06"))
    if FAKETIME
    else Condition("the year 2030", program=("-c", LATER)),
    Condition("another user", {"HOME": "/nonexistent", "USER": "other", "LOGNAME": "other", "LANG": "tr_TR.UTF-8"}),
)


def build(site: Path, folder: Path, condition: Condition) -> dict[str, tuple[str, int]]:
    """Build a copy of the site under a condition; return digest and permissions of each file."""
    place = folder / condition.place
    shutil.copytree(site, place)
    words = [] if condition.inside else ["--site", os.path.relpath(place, folder)]
    command = [*condition.by, sys.executable, *condition.program, "build", *words]
    cwd = place if condition.inside else folder
    environment = os.environ | {"PYTHONHASHSEED": "0", "TZ": "UTC", **condition.environment}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (condition.name, done.stderr)
    return {
        path.relative_to(place).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mode & 0o777,
        )
        for path in (place / "build").rglob("*")
        if path.is_file()
    }


def test_every_file_is_the_same_under_nine_conditions(site: Path, write_captures: Write, tmp_path: Path) -> None:
    write_captures(20)
    plain = build(site, tmp_path / "plain", Condition("plain"))
    assert len(plain) > 60
    for number, condition in enumerate(CONDITIONS):
        found = build(site, tmp_path / str(number), condition)
        differ = [path for path in plain if plain[path][0] != found.get(path, ("",))[0]]
        print(f"{condition.name}: {len(plain) - len(differ)} of {len(plain)} files equal")  # noqa: T201 - the figures
        assert (found.keys(), differ) == (plain.keys(), []), condition.name
        modes = {0o600} if "077" in condition.name else {mode for _, mode in plain.values()}
        assert {mode for _, mode in found.values()} == modes, condition.name
    assert len(CONDITIONS) == 9
