"""What the verbs of the command line do: each returns the exit code, 0 for done and 1 for refused."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec.structs import replace

from readout_site.errors import SiteError
from readout_site.reading import Rules
from readout_site.records import Briefing, Capture, Issuer, Meta, Problem
from readout_site.shell.adding import Library, RefusedError, add_all, suffix_of
from readout_site.shell.bounds import TooLargeError, bounded, read_bounded
from readout_site.shell.captures import FIELDS, META, MetaError, locate, meta_of
from readout_site.shell.check import check_site as find_all
from readout_site.shell.contents import read_settings
from readout_site.shell.disk import NoSiteError, UnreadableError, find_site, is_site
from readout_site.shell.display import console_on, print_added, print_briefing, print_findings
from readout_site.shell.fixity import check_fixity
from readout_site.shell.fixity import record as list_captures
from readout_site.shell.lock import locked
from readout_site.shell.progress import track
from readout_site.shell.rulebook import load_rules
from readout_site.shell.scaffold import add_hosting, create_site
from readout_site.shell.terminal import visible
from readout_site.shell.versions import supersede
from readout_site.shell.workers import Task, read_all, read_one
from readout_site.strictyaml import YamlError

PIPE = "-"
HOSTED = """
Before the host builds it:
  requirements.txt  name what it installs: the version, or the address of the copy, of readout-site that you use
  site.yaml         set base_url to the address that the site will have
  the host          GitHub: Settings, Pages, Source “GitHub Actions”; Netlify, Cloudflare: connect the repository"""


def make_site(folder: Path, hosts: Sequence[str]) -> int:
    """Make a site and say what to do next; where one is there, add what hosts need."""
    place = visible(str(folder))
    if hosts and is_site(folder):
        added = add_hosting(folder, hosts)
        click.echo("\n".join(f"Added {visible(str(folder / file))}" for file in added) or "All of it is there already.")
        if added:
            click.echo(HOSTED)
        return 0
    files = create_site(folder) + (add_hosting(folder, hosts) if hosts else [])
    click.echo(f"Made a site in {place}, with one invented example:")
    for file in files:
        click.echo(f"  {file}")
    click.echo(f"\nNext:\n  cd {place}\n  readout-site build            # then open build/index.html")
    click.echo("  readout-site add FILE...      # bring in readouts of your own")
    if hosts:
        click.echo(HOSTED)
    return 0


def add_captures(site: Path, names: Sequence[str], said: Mapping[str, str], suffix: str | None) -> int:
    """Add each capture, and go on after one that is refused."""
    if said and len(names) > 1:
        raise click.UsageError("--url, --via, --date and --captured tell of one capture; add it alone.")
    library = Library(find_site(site), load_rules(site), read_settings(site).issuer)
    console = console_on(stderr=False)
    refused = 0
    for outcome in add_all(library, open_captures(names, check_meta(said), suffix)):
        if isinstance(outcome, SiteError):
            click.echo(f"error: {visible(str(outcome))}", err=True)
            refused += 1
        else:
            print_added(outcome.briefing, str(outcome.path), console)
    return 1 if refused else 0


def update_capture(site: Path, place: Path, names: Sequence[str], said: Mapping[str, str], suffix: str | None) -> int:
    """Put a newer capture in the place of one that is there, and say where both lie."""
    if len(names) > 1:
        raise click.UsageError("--update takes one FILE, the newer capture.")
    known = replace(meta_beside(place), captured=None) if place.is_file() else Meta()
    (newer,) = open_captures(names, {}, suffix)
    if isinstance(newer, RefusedError):
        raise newer
    own = {key: value for key, value in msgspec.structs.asdict(newer.meta).items() if value != getattr(Meta(), key)}
    by_hand = names[0] != PIPE and Path(names[0]).resolve() == place.resolve()
    meta = replace(known, **({} if by_hand else own), **check_meta(said))
    done = supersede(find_site(site), place, replace(newer, meta=meta))
    click.echo(f"{visible(str(done.path))} is the newer capture; the one before it is kept as")
    click.echo(f"{visible(str(done.earlier))}")
    return 0


def open_captures(
    names: Iterable[str], said: Mapping[str, Any], suffix: str | None
) -> Iterator[Capture | RefusedError]:
    """Yield each file, or what comes through a pipe, as a capture with a suffix that tells its format, or why not.

    What its own meta file says comes along, where it has one.
    """
    for name in without_metas(names):
        try:
            data = read_bytes(name)
        except TooLargeError as error:
            yield RefusedError(str(error))
            continue
        meta = Meta() if name == PIPE else meta_beside(Path(name))
        stem = "standard-input" if name == PIPE else Path(name).stem
        yield Capture(f"{stem}{f'.{suffix}' if suffix else suffix_of(name, data)}", data, replace(meta, **said))


def meta_beside(path: Path) -> Meta:
    """Return what the meta file of a capture says; raise `MetaError` where it cannot be understood."""
    file = locate(path)
    try:
        return meta_of(file)
    except YamlError as error:
        raise MetaError(f"{file.meta}:{error.line}: {error.message}") from error


def check_meta(said: Mapping[str, str]) -> dict[str, Any]:
    """Return what the options tell of a capture, checked as its meta file would be."""
    values = {}
    for key, value in said.items():
        try:
            values[key] = FIELDS[key](value, key, 1)
        except YamlError as error:
            raise click.BadParameter(error.message, param_hint=f"--{key}") from error
    return values


def without_metas(names: Iterable[str]) -> list[str]:
    """Return the names without those of meta files, which `captures/*` stands for too."""
    return [name for name in names if not name.endswith(META)]


def show_captures(site: Path, names: Sequence[str], *, as_json: bool) -> int:
    """Print what is understood of each capture, or its record."""
    if PIPE in names and len(names) > 1:
        raise click.UsageError("- stands for the one capture that comes through a pipe; read it alone.")
    names = without_metas(names)
    rules, issuer = knowledge_of(site)
    console = console_on(stderr=False)
    failed = 0
    for name, outcome in zip(names, understand(names, rules, issuer), strict=True):
        if isinstance(outcome, Problem):
            click.echo(f"error: {visible(name)}: {visible(outcome.message)}", err=True)
            failed += 1
        elif as_json:
            sys.stdout.buffer.write(msgspec.json.encode(outcome) + b"\n")
        else:
            print_briefing(outcome, name, console)
    sys.stdout.flush()
    return 1 if failed else 0


def knowledge_of(site: Path) -> tuple[Rules, Issuer | None]:
    """Return the rules and the default issuer of a site, the shipped ones where there is no site."""
    try:
        find_site(site)
    except NoSiteError:
        if site != Path():
            raise
        return load_rules(), None
    return load_rules(site), read_settings(site).issuer


def understand(names: Sequence[str], rules: Rules, issuer: Issuer | None) -> Iterator[Briefing | Problem]:
    """Yield what is understood of each capture, in order."""
    if list(names) == [PIPE]:
        data = read_bytes(PIPE)
        yield read_one(Capture(f"stdin{suffix_of(PIPE, data)}", data), rules, issuer)
    else:
        yield from read_all(Task([locate(Path(name)) for name in names], rules, issuer))


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or those that come through a pipe."""
    if name == PIPE:
        return bounded(sys.stdin.buffer, "-")
    try:
        return read_bounded(Path(name))
    except OSError as error:
        raise UnreadableError(f"{name}: cannot be read ({error.strerror}); mend its permissions") from error


def check_site(site: Path, out: Path, *, record: bool, verbose: bool, as_json: bool) -> int:
    """Check the site and print what was found."""
    if record:
        fixity = check_fixity(site)
        list_captures(find_site(site), fixity.unlisted, fixity.renamed)
    with locked(find_site(site)):
        findings = find_all(site, out, track)
    print_findings(findings, site, verbose=verbose, as_json=as_json)
    return 1 if findings.faults else 0
