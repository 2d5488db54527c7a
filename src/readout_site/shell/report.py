"""Builds → what is told of them: a line for people, an object for programs."""

from pathlib import Path

import click
import msgspec

from readout_site.shell.standing import Report
from readout_site.shell.terminal import count, print_problems, visible


def print_report(report: Report, site: Path, out: Path, *, verbose: bool, as_json: bool) -> None:
    """Print what a build did: problems, then a line; or all of it as JSON."""
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    print_problems(site, report.problems, verbose=verbose)
    if verbose:
        laps = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in report.stages.items())
        click.echo(f"{laps}; {count(report.read, 'capture')} read, {count(report.rendered, 'file')} made", err=True)
    click.echo(f"{describe_report(report, sum(report.stages.values()))} in {visible(str(out))}")


def describe_report(report: Report, seconds: float) -> str:
    """Return what a build did, in a line."""
    notices = f", {count(len(report.notices()), 'notice')}" if report.notices() else ""
    return (
        f"{count(report.readouts, 'readout')}, {count(report.pages, 'page')}, "
        f"{count(len(report.faults()), 'problem')}{notices} in {seconds:.1f} s: "
        f"{report.written:,} files written, {report.removed:,} removed"
    )
