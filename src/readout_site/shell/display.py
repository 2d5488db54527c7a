"""Briefings and findings → what a person sees of them in a terminal, coloured where there is one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click
import msgspec
from rich.console import Console
from rich.text import Text

from readout_site.records import Briefing, Figure
from readout_site.shell.check import Findings
from readout_site.shell.terminal import count, print_problems, visible

LABEL = 13
"""The least width of the column of labels."""


def console_on(*, stderr: bool) -> Console:
    """Return a console that takes words as they are: no markup, no emoji, no guessing at what to colour."""
    system: Literal["auto"] | None = None if "NO_COLOR" in os.environ else "auto"
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False, color_system=system)


def print_briefing(briefing: Briefing, name: str, console: Console) -> None:
    """Print what was understood of the capture `name`, then its lines kept and cut with the rules, then problems."""
    print_line(console, name, style="dim")
    for label, value in summary(briefing):
        told = (visible(value), "bold" if label == "Title" else "") if value else ("not told", "dim italic")
        console.print(Text.assemble((f"{label:<{LABEL}}", "cyan"), told), soft_wrap=True)
    console.print()
    pieces = pieces_of(briefing)
    width = max([LABEL, *(len(label) + 1 for label, _, _ in pieces)])
    for label, text, style in pieces:
        shown = (visible(" ".join(text.split())), "" if style == "green" else "dim")
        console.print(Text.assemble((f"{label:<{width}}", style), shown), no_wrap=True, overflow="ellipsis")
    for problem in briefing.problems:
        print_line(console, f"{name}{f':{problem.line}' if problem.line else ''}: {problem.message}", style="yellow")
    console.print()


def summary(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Yield a label and what was understood, field by field."""
    yield "Title", briefing.title
    yield "Date", f"{briefing.date} (from {briefing.date_source})" if briefing.date else ""
    if briefing.published != briefing.date:
        yield "Published", briefing.published or ""
    yield "Kind", briefing.kind
    yield "Place", briefing.place or ""
    issuer = briefing.issuer
    yield "Issuer", f"{issuer.name}{f' ({issuer.country})' if issuer.country else ''}" if issuer else ""
    yield "Participants", "; ".join(describe_party(*party) for party in parties(briefing))
    yield "Countries", ", ".join(briefing.countries) or "none"
    for number, figure in enumerate(figure for figure in briefing.figures if figure.key):
        yield "" if number else "Key figures", describe_figure(figure)
    for number, name in enumerate(dict.fromkeys(instrument.name for instrument in briefing.instruments)):
        yield "" if number else "Instruments", name
    for number, clause in enumerate(agreed(briefing)):
        yield "" if number else "Agreed", clause
    for number, (field, read) in enumerate(briefing.corrected.items()):
        yield "" if number else "By hand", f"{field} (was read as {read})" if read else f"{field} (none was read)"
    counts = (f"{section.title} ({len(section.paragraphs)})" for section in briefing.sections)
    yield "Sections", ", ".join(counts) or "none"
    yield "Source", briefing.source.url or ""


def parties(briefing: Briefing) -> Iterator[tuple[str, str, str | None]]:
    """Yield who took part."""
    for party in briefing.participants:
        yield party.name, party.role, party.country


def describe_party(name: str, role: str, country: str | None) -> str:
    """Return a participant in a phrase."""
    return ", ".join(part for part in (name, role, country) if part)


def describe_figure(figure: Figure) -> str:
    """Return a figure in a phrase, with what it measures and when."""
    about = ", ".join(part for part in (figure.measures, figure.period) if part)
    return f"{figure.quote}{f' ({about})' if about else ''}"


def agreed(briefing: Briefing) -> Iterator[str]:
    """Yield the clauses that commit or agree, in text order."""
    for paragraph in briefing.paragraphs:
        for sentence in paragraph.sentences:
            if sentence.agreed:
                yield paragraph.text[slice(*sentence.agreed)]


def pieces_of(briefing: Briefing) -> list[tuple[str, str, str]]:
    """Return the capture piece by piece in its own order: kept or the rule that cut it, the text, the colour."""
    kept = [(p.source[0][0], "kept", p.text, "green") for p in briefing.paragraphs if p.source]
    cut = [(r.start, f"cut {r.rule}", r.text, "red") for r in briefing.removed]
    return [(label, text, style) for _, label, text, style in sorted(kept + cut)]


def print_added(briefing: Briefing, place: str, console: Console) -> None:
    """Print, in a few lines, that a capture was added and what was understood of it."""
    print_line(console, f"Added {place}", style="bold green")
    who = ", ".join(party.name for party in briefing.participants)
    for label, value in (
        ("Title", briefing.title),
        ("Date", briefing.date or briefing.published),
        ("Who", who),
        ("Place", briefing.place),
        ("Text", f"{count(len(briefing.paragraphs), 'paragraph')} kept, {count(len(briefing.removed), 'passage')} cut"),
    ):
        print_line(console, f"  {label:<6} {value or 'not told'}")
    for problem in briefing.problems:
        print_line(console, f"{place}{f':{problem.line}' if problem.line else ''}: {problem.message}", style="yellow")


def print_line(console: Console, text: str, style: str = "") -> None:
    """Print one line, however long, with nothing in it that steers the terminal."""
    console.print(visible(text).replace("\n", " "), style=style, soft_wrap=True)


def print_findings(findings: Findings, site: Path, *, verbose: bool, as_json: bool) -> None:
    """Print what a check found: faults and remarks, then a line; or all of it as JSON."""
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(findings)).decode())
        return
    print_problems(site, (*findings.faults, *findings.remarks), verbose=verbose)
    click.echo(
        f"{count(findings.pages, 'page')}, {count(findings.links, 'internal link')}, "
        f"{count(findings.captures, 'capture')} as listed: {count(len(findings.faults), 'fault')}"
    )
