"""Words for people → the terminal: safe to show, on any of them and in a file."""

import os
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from readout_site.records import Problem

MANY = 20
"""More problems than these are told by kind."""
CONTROLS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if code != ord("\n")},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD),
    **{code: f"<U+{code:04X}>" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}
VARYING = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"|\d+")


def visible(text: str) -> str:
    """Return `text` with characters that would steer a terminal or turn its lines around made visible."""
    return text.translate(CONTROLS)


def say(text: str, *, dim: bool = False) -> None:
    """Print one line on standard error, with nothing in it that steers the terminal."""
    line = visible(text).replace("\n", " ")
    click.echo(click.style(line, dim=True) if dim and "NO_COLOR" not in os.environ else line, err=True)


def print_problems(site: Path, problems: Sequence[Problem], *, verbose: bool) -> None:
    """Print the problems of a site on standard error: its faults, then, dim, its notices."""
    for notice in (False, True):
        print_alike(site, [problem for problem in problems if problem.notice == notice], verbose=verbose, dim=notice)


def print_alike(site: Path, problems: Sequence[Problem], *, verbose: bool, dim: bool) -> None:
    """Print problems of one sort; many of them by kind, with the first place of each."""
    told = [str(Problem(place_of(site, problem.path), problem.line, problem.message)) for problem in problems]
    if verbose or len(told) <= MANY:
        for line in told:
            say(line, dim=dim)
        return
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for problem, line in zip(problems, told, strict=True):
        kinds[VARYING.sub("…", problem.message)].append(line)
    for lines in sorted(kinds.values(), key=len, reverse=True):
        say(lines[0], dim=dim)
        if len(lines) > 1:
            say(f"    … and {len(lines) - 1:,} more of this kind", dim=dim)
    say("All of them: --verbose", dim=dim)


def place_of(site: Path, path: str) -> str:
    """Return where a file lies that a problem names, as seen from here."""
    return os.path.normpath(site / "content" / path)


def count(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
