"""The command `readout-site`: words on the command line → the work of `verbs`, errors → one line and an exit code.

What a verb needs is imported when it is called, so that `--help` comes at once.
"""

import contextlib
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import click

from readout_site.errors import SiteError
from readout_site.shell.options import progress, site_option
from readout_site.shell.publishing.cli import publish, verify

FAILED = 1
STOPPED = 130
TERMINATED = 143
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk says that has no room left for one; the faults of a site's own disk are told where they happen."""
FEW_COLLECTIONS = 2_000_000
"""So many new objects until garbage is looked for: ten thousand readouts in short are no garbage."""


def main() -> None:
    """Run the command."""
    signal.signal(signal.SIGTERM, end)
    gc.set_threshold(FEW_COLLECTIONS)
    try:
        cli(prog_name="readout-site")
    except OSError as error:
        if error.errno not in FULL:
            raise
        sys.exit(tell_full(error))


def end(_signal: int, _frame: FrameType | None) -> None:
    """End as if by an exception, so that what was begun is cleared away."""
    sys.exit(TERMINATED)


def tell_full(error: OSError) -> int:
    """Tell that what is printed finds no room; return the exit code."""
    with contextlib.suppress(OSError):  # Nor may this.
        click.echo(f"error: standard output or a temporary file: {error.strerror}; make room and try again", err=True)
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # Or Python complains once more of what is left to print.
    return FAILED


class Verbs(click.Group):
    """The verbs in the order of use, with mistakes told in a line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of use."""
        del ctx
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> None:
        """Run a verb and exit with its code; a `SiteError` is printed, anything else is a bug and shows."""
        try:
            code = super().invoke(ctx)
        except SiteError as error:
            from readout_site.shell.redaction import redact  # noqa: PLC0415 - late
            from readout_site.shell.terminal import visible  # noqa: PLC0415 - late

            click.echo(f"error: {visible(redact(str(error)))}", err=True)
            code = error.exit_code
        except KeyboardInterrupt:
            click.echo("\nstopped", err=True)
            code = STOPPED
        ctx.exit(code)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="readout-site", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn scraped readouts of leaders' meetings and calls into a site of annotated, citable briefing pages.

    \b
    Begin with:
      readout-site new my-readouts
      cd my-readouts
      readout-site build
    """  # noqa: D301 - click reads the backspace


@cli.command(short_help="Make a site with an example in it.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--github-actions", is_flag=True, help="Add a workflow that publishes to GitHub Pages.")
@click.option("--netlify", is_flag=True, help="Add what Netlify needs to build the site.")
@click.option("--cloudflare", is_flag=True, help="Add what Cloudflare Pages needs to build it.")
def new(folder: Path, **hosts: bool) -> int:
    """Make a site in the new or empty folder DIR, ready to build, with one invented example in it.

    Where DIR is a site already, what a host needs is added to it, and no file that is there is changed.

    \b
    Examples:
      readout-site new my-readouts
      readout-site new my-readouts --github-actions
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.verbs import make_site  # noqa: PLC0415 - late

    return make_site(folder, [name.replace("_", "-") for name, wanted in hosts.items() if wanted])


@cli.command(short_help="Copy captures into the site.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--url", help="Address of the original.")
@click.option("--via", help="Address of the mirror that it was scraped from.")
@click.option("--date", help="Day of publication, YYYY-MM-DD, where the text does not tell it.")
@click.option("--captured", help="Day on which it was scraped, YYYY-MM-DD.")
@click.option(
    "--update",
    metavar="CAPTURE",
    type=click.Path(path_type=Path),
    help="A file of content/captures/ of which FILE is a newer capture; both are kept.",
)
@click.option(
    "--format",
    "suffix",
    type=click.Choice(["txt", "md", "html"]),
    help="What FILE is, where its name and beginning do not tell.",
)
@site_option
def add(site: Path, files: tuple[str, ...], suffix: str | None, update: Path | None, **meta: str | None) -> int:
    """Copy captures into the site, byte for byte, and say what was understood of each.

    FILE is text, Markdown or a saved HTML page; - is what comes through a pipe. The name is made from day and parties.
    A capture whose very bytes are in the site already is refused. Addresses and days are kept in NAME.meta.yaml.

    A readout that was changed at its source is added with --update: the capture that is there becomes an earlier text
    in content/versions/, and its page shows what was taken out and put in. Where CAPTURE itself was changed by hand,
    name it twice: the text that was taken in is kept from the built site.

    \b
    Examples:
      readout-site add ~/scraped/*.txt
      curl -s https://example.org/readout | readout-site add --url https://example.org/readout -
      readout-site add --update content/captures/NAME.txt ~/scraped/again.txt
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.verbs import add_captures, update_capture  # noqa: PLC0415 - late

    said = {key: value for key, value in meta.items() if value}
    return update_capture(site, update, files, said, suffix) if update else add_captures(site, files, said, suffix)


@cli.command(short_help="Show what is understood of captures.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--json", "as_json", is_flag=True, help="Print the record of each, one JSON object a line.")
@site_option
def read(site: Path, files: tuple[str, ...], *, as_json: bool) -> int:
    """Show what is understood of captures: who, when, where, figures, agreements, and each line kept or cut.

    FILE may lie anywhere; - is what comes through a pipe. In a site, its rules, default issuer and notes are used.
    What is misread you set right in NAME.meta.yaml beside the capture, below `corrections` (docs/site.md).

    \b
    Examples:
      readout-site read content/captures/*.txt
      readout-site read --json page.html
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.verbs import show_captures  # noqa: PLC0415 - late

    return show_captures(site, files, as_json=as_json)


@cli.command(short_help="Build the site.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the finished site.  [default: build/ in the site]"
)
@click.option(
    "--strict", is_flag=True, help="Exit with 1 where something is to be mended; the site is built all the same."
)
@click.option("--verbose", "-v", is_flag=True, help="Print every problem, and how long each stage took.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as a JSON object, for other programs.")
@click.option("--no-search", is_flag=True, expose_value=False, help="Make no search index. There is none yet.")
@click.option(
    "--dask", "address", metavar="ADDRESS", help="Read captures on the Dask cluster whose scheduler is there."
)
@site_option
def build(site: Path, out: Path | None, address: str | None, *, strict: bool, **shown: bool) -> int:
    """Build the site from content/ into build/, in one step: until it is whole, the old one stays.

    Only what changed is read and made again; the output is the same as that of a build from nothing. Problems are
    printed as path:line: what is wrong; what to do. After them stand notices, dim, of which nothing is to be mended.
    Files in the output folder that this tool did not write are kept.

    \b
    Examples:
      readout-site build
      readout-site build --strict --out public
      readout-site build --dask tcp://10.0.0.1:8786
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.report import print_report  # noqa: PLC0415 - late
    from readout_site.shell.standing import Report, look_around  # noqa: PLC0415 - late

    place = site / "build" if out is None else out
    report = look_around(site, place)
    if not isinstance(report, Report):
        from readout_site.shell.build import build as build_site  # noqa: PLC0415 - later: not where nothing changed

        report = build_site(site, place, progress(), report, cluster_at(address) if address else None)
    print_report(report, site, place, **shown)
    return 1 if strict and report.faults() else 0


def cluster_at(address: str) -> Callable[..., Iterator[Any]]:
    """Return what reads captures on a Dask cluster."""
    try:
        from readout_site.shell.cluster import Cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise click.UsageError(f"--dask needs {error.name}: pip install 'readout-site[dask]'") from error
    return Cluster(address).read_all


@cli.command(short_help="Preview the site and keep it up to date.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port, or the next free.")
@click.option("--open", "browse", is_flag=True, help="Open the site in the browser.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: build/ in the site]")
@site_option
def serve(site: Path, out: Path | None, host: str, port: int, *, browse: bool) -> int:
    """Build the site, serve it, and build it again whenever captures, notes, glossary, rules or templates change.

    A page that is open comes up to date by itself and keeps its place. Where the site cannot be built, the last that
    could is shown, and what is wrong stands at the foot of the page and in the terminal.

    \b
    Examples:
      readout-site serve --open
      readout-site serve --port 8080
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.serve import serve as serve_site  # noqa: PLC0415 - late

    serve_site(site, site / "build" if out is None else out, host, port, browse=browse)
    return 0


@cli.command(short_help="Check links, notes and captures before publishing.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the site.  [default: build/ in the site]")
@click.option("--record", is_flag=True, help="List captures in the manifest that it does not list yet.")
@click.option("--verbose", "-v", is_flag=True, help="Print every fault, however many.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as a JSON object, for other programs.")
@site_option
def check(site: Path, out: Path | None, *, record: bool, verbose: bool, as_json: bool) -> int:
    """Check the finished site and what it is made of; exit with 1 where there is a fault.

    Every internal link and fragment must lead somewhere, no id may stand twice on a page, every capture must be what
    content/manifest-sha256.txt lists, the site must be built from what is there now, and that build must have had no
    problem. Notices are listed too, and are no fault. Nothing is changed; --record alone writes, and only the manifest.

    \b
    Examples:
      readout-site build && readout-site check
      readout-site check --record        # after files were put into content/captures by hand
    """  # noqa: D301 - click reads the backspace
    from readout_site.shell.verbs import check_site  # noqa: PLC0415 - late

    return check_site(site, site / "build" if out is None else out, record=record, verbose=verbose, as_json=as_json)


cli.add_command(publish)
cli.add_command(verify)
