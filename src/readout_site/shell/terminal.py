"""Words for people → the terminal: safe to show, coloured where there is a terminal, plain elsewhere."""

import os
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from readout_site.records import Problem

Item = TypeVar("Item")

MANY = 20
"""More problems than these are told by kind."""
REDRAW = 0.1
"""Seconds between two drawings of the progress bar."""
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


def console_on(*, stderr: bool) -> Console:
    """Return a console that takes words as they are: no markup, no emoji, no guessing at what to colour."""
    system: Literal["auto"] | None = None if "NO_COLOR" in os.environ else "auto"
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False, color_system=system)


def track(items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
    """Pass items through under a progress bar; elsewhere than on a terminal, say in a line what is being done."""
    console = console_on(stderr=True)
    if not console.is_terminal:
        print_line(console, f"{what}: {total:,}")
        yield from items
        return
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # No thread redraws the bar: workers are forked while it stands.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as progress:
        task = progress.add_task(what, total=total)
        drawn = 0.0
        for item in items:
            yield item
            progress.advance(task)
            if time.monotonic() - drawn > REDRAW:
                progress.refresh()
                drawn = time.monotonic()


def print_line(console: Console, text: str, style: str = "") -> None:
    """Print one line, however long, with nothing in it that steers the terminal."""
    console.print(visible(text).replace("\n", " "), style=style, soft_wrap=True)


def print_problems(site: Path, problems: Sequence[Problem], *, verbose: bool) -> None:
    """Print the problems of a site on standard error; many of them by kind, with the first place of each."""
    console = console_on(stderr=True)
    told = [str(Problem(place_of(site, problem.path), problem.line, problem.message)) for problem in problems]
    if verbose or len(told) <= MANY:
        for line in told:
            print_line(console, line)
        return
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for problem, line in zip(problems, told, strict=True):
        kinds[VARYING.sub("…", problem.message)].append(line)
    for lines in sorted(kinds.values(), key=len, reverse=True):
        print_line(console, lines[0])
        if len(lines) > 1:
            print_line(console, f"    … and {len(lines) - 1:,} more of this kind", style="dim")
    print_line(console, "All of them: --verbose", style="dim")


def place_of(site: Path, path: str) -> str:
    """Return where a file lies that a problem names, as seen from here."""
    return os.path.normpath(site / "content" / path)


def count(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
