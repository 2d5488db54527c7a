"""A site's folder → the finished site in the output folder: the story of a build, as a list of plain calls."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.reading import describe_rules
from readout_site.records import Artifact, Briefing, Problem
from readout_site.rendering import arrange, load_theme, parse_glossary, plan, render
from readout_site.rendering.links import capture_path, record_path
from readout_site.shell.captures import CaptureFile, find_captures
from readout_site.shell.disk import read_settings, read_templates, read_texts
from readout_site.shell.lock import locked
from readout_site.shell.output import check_output
from readout_site.shell.quality import load_quality
from readout_site.shell.rulebook import load_rules
from readout_site.shell.switch import switch
from readout_site.shell.workers import Task, read_all

Item = TypeVar("Item")


class Track(Protocol):
    """Passes items through and shows how far they have come."""

    def __call__(self, items: Iterable[Item], what: str, total: int) -> Iterable[Item]:
        """Yield the items; `what` is being done to `total` of them."""


class ChangedError(SiteError):
    """A capture that was changed while the site was being built."""


class Report(Struct, frozen=True):
    """What a build did."""

    out: Path  #: The output folder, with links followed.
    readouts: int  #: Readouts on the site.
    pages: int  #: Pages of the site, briefings among them.
    written: int  #: Files that are new or differ.
    removed: int  #: Files that are no part of the site any more.
    problems: tuple[Problem, ...]  #: What a person should mend, file by file.
    seconds: float  #: How long it took.


def build(site: Path, out: Path, track: Track) -> Report:
    """Build `site` into the folder `out`, and return what was done.

    Where that is impossible it raises a `SiteError`, and `out` stays as it was.
    """
    started = time.perf_counter()
    place = check_output(site, out)
    with locked(site):
        settings = read_settings(site)
        rules = load_rules(site)
        files, strays = find_captures(site)
        outcomes = track(read_all(Task(files, rules, settings.issuer)), "Reading captures", len(files))
        read, unread = sort_out(files, outcomes)
        glossary, unused = read_texts(site, "glossary", ".md")
        terms, misread = parse_glossary(glossary)
        corpus = arrange([briefing for _, briefing in read], terms)
        templates, static, odd = read_templates(site)
        theme = load_theme(templates)
        pages = list(plan(corpus, settings, describe_rules(rules), load_quality(site)))
        rendered = (render(page, theme) for page in track(pages, "Rendering pages", len(pages)))
        switched = switch(place, chain(copy_static(static), publish_sources(read), rendered))
    problems = chain(strays, unread, *(briefing.problems for _, briefing in read), unused, misread, odd)
    return Report(
        out=place,
        readouts=len(read),
        pages=len(pages),
        written=switched.written,
        removed=switched.removed,
        problems=(*in_order(problems), *switched.problems),
        seconds=time.perf_counter() - started,
    )


def sort_out(
    files: Sequence[CaptureFile], outcomes: Iterable[Briefing | Problem]
) -> tuple[list[tuple[Path, Briefing]], list[Problem]]:
    """Return the briefings with the files that they were read from, and the problems of files that hold none."""
    read: list[tuple[Path, Briefing]] = []
    problems: list[Problem] = []
    for file, outcome in zip(files, outcomes, strict=True):
        if isinstance(outcome, Problem):
            problems.append(outcome)
        elif outcome.paragraphs:
            read.append((file.path, outcome))
        else:
            reason = "holds no readout, so it is left out; remove it"
            problems += outcome.problems or [Problem(f"captures/{file.file}", None, reason)]
    return read, problems


def copy_static(static: Mapping[str, Path]) -> Iterator[Artifact]:
    """Yield the theme's static files as they are."""
    for name, path in static.items():
        yield Artifact(name, read_bytes(path))


def publish_sources(read: Iterable[tuple[Path, Briefing]]) -> Iterator[Artifact]:
    """Yield each raw capture and its record, to stand beside the briefing."""
    for path, briefing in read:
        data = read_bytes(path)
        if hashlib.sha256(data).hexdigest() != briefing.source.sha256:
            raise ChangedError(f"{path}: was changed while the site was being built; build again")
        yield Artifact(capture_path(briefing.id), data)
        yield Artifact(record_path(briefing.id), msgspec.json.encode(briefing) + b"\n")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that was there a moment ago."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ChangedError(f"{path}: cannot be read any more ({error.strerror}); build again") from error


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line or 0, problem.message))
