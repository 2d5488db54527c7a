"""Which folder may hold the output: none whose files are a person's."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from readout_site.errors import SiteError

SOURCES = ("content", "templates", ".cache", ".git")


class OutputError(SiteError):
    """An output folder that is not written to."""


def check_output(site: Path, out: Path) -> Path:
    """Return `out` with links followed; raise `OutputError` where building there would endanger other files."""
    place = out.resolve()
    for folder, reason in dangers(site):
        if folder.is_relative_to(place):
            raise OutputError(f"{out}: is {reason}, or holds it, and is not built into; name another folder with --out")
    for name in SOURCES:
        if place.is_relative_to((site / name).resolve()):
            raise OutputError(f"{out}: lies in the site's own {name}; name another folder with --out")
    if ".git" in place.parts:
        raise OutputError(f"{out}: lies in a .git folder; name another folder with --out")
    if place.exists() and not place.is_dir():
        raise OutputError(f"{out}: is no folder; name another with --out")
    return place


@contextlib.contextmanager
def telling(out: Path, stage: Path | None = None) -> Iterator[None]:
    """Raise `OutputError` where a file cannot be read or written; what lies in `stage` is told as if in `out`."""
    try:
        yield
    except OSError as error:
        place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else out
        if stage and place.is_relative_to(stage):
            place = out / place.relative_to(stage)
        reason = f"{error.strerror or error}; mend this and build again: the site in {out} is as it was"
        raise OutputError(f"{place}: {reason}") from error


def dangers(site: Path) -> list[tuple[Path, str]]:
    """Return the folders that no output folder may hold."""
    return [
        (Path(site.resolve().anchor), "the root of the disk"),
        (Path.cwd(), "the folder you are in"),
        (site.resolve(), "the site itself"),
        (Path(os.path.expanduser("~")).resolve(), "your home folder"),  # noqa: PTH111 - there may be none
        *(((site / name).resolve(), f"the site's {name}") for name in SOURCES),
    ]
