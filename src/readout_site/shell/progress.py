"""Long work → a bar that shows how far it has come, how fast it goes and how long it will take."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from readout_site.shell.display import console_on

Item = TypeVar("Item")

REDRAW = 0.1
"""Seconds between two drawings of the bar."""


class RateColumn(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, once there is one."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")


def track(items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
    """Pass items through, on a terminal under a bar."""
    console = console_on(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = (
        TextColumn("{task.description:<16}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(compact=True),
    )
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
