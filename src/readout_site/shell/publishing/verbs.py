"""What `publish` and `verify` do and say: each returns the exit code, 0 for done and 1 for refused."""

from collections.abc import Iterator
from pathlib import Path

import click

from readout_site.settings import Publication, Settings, parse_target, read_base
from readout_site.shell.build import build_alone
from readout_site.shell.check import check_site
from readout_site.shell.contents import is_placeholder, read_settings, stands_for
from readout_site.shell.disk import find_site
from readout_site.shell.lock import locked
from readout_site.shell.output import check_output
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.opening import open_target
from readout_site.shell.publishing.plan import Plan
from readout_site.shell.publishing.publish import Survey, Terms, publish, summarise
from readout_site.shell.publishing.verify import Comparison, verify, verify_web
from readout_site.shell.publishing.web import Web
from readout_site.shell.scaffold import examples_in
from readout_site.shell.terminal import count, print_problems, say, visible
from readout_site.shell.track import Track
from readout_site.strictyaml import YamlError

LEFT = "is no part of the site any more, but was altered since it was published, so it stays; remove it by hand"


def publish_site(site: Path, out: Path, to: str | None, terms: Terms, track: Track) -> int:
    """Build the site, check it, and publish it where nothing is wrong with it."""
    settings = read_settings(find_site(site))
    target = open_target(find_publication(settings, to), site, out, adopt=terms.adopt)
    check_citable(site, settings, terms)
    with locked(site):  # So that what is published is what was checked.
        report = build_alone(site, check_output(site, out), track)
        findings = check_site(site, out, track, report)
        print_problems(site, (*findings.faults, *findings.remarks), verbose=False)
        if findings.faults and not terms.problems:
            hint = "mend what is told above, or agree with --allow-problems"
            raise PublishError(f"{count(len(findings.faults), 'problem')}: nothing was published; {hint}")
        survey = publish(site, out, target, terms, track)
    for line in describe(survey, dry_run=terms.dry_run):
        click.echo(visible(line))
    done = "Would publish to" if terms.dry_run else "Published to"
    click.echo(f"{done} {visible(target.name)}: {totals(survey.plan, dry_run=terms.dry_run)}")
    return 0


def check_citable(site: Path, settings: Settings, terms: Terms) -> None:
    """Raise where the site would be cited by an address that is none; tell what else a reader might be misled by."""
    if is_placeholder(settings.base_url) and not terms.problems:
        reason = f"`base_url` {stands_for(settings.base_url)}, or agree with --allow-problems"
        raise PublishError(f"{site / 'site.yaml'}: {reason}")
    if not settings.base_url:
        say(f"{site / 'site.yaml'}: `base_url` is not set, so no page and no citation tells its address; set it")
    for name in examples_in(site):
        say(f"{site / name}: is the invented example, which readers may take for a real readout; remove it")


def verify_site(site: Path, out: Path, to: str | None, url: str | None, track: Track) -> int:
    """Compare what is live with what was built, and name each difference."""
    settings = read_settings(find_site(site))
    if url or not (to or settings.publish):
        address = check_address(url or settings.base_url)
        comparison = verify_web(site, out, Web(address), track)
    else:
        publication = find_publication(settings, to)
        comparison = verify(site, out, open_target(publication, site, out, adopt=True), track)
    for line in differences(comparison):
        click.echo(visible(line))
    numbers = ", ".join(f"{len(paths):,} {word}" for word, paths in sorts_of(comparison).items())
    click.echo(f"{count(comparison.files, 'file')} compared with {visible(str(out))}: {numbers}")
    return 1 if comparison.changed or comparison.missing or comparison.extra else 0


def find_publication(settings: Settings, to: str | None) -> Publication:
    """Return where to publish to: what the command line names, else what `site.yaml` does."""
    named = parse_target(to) if to else settings.publish
    if not named:
        hint = "write `publish:` into site.yaml, or name one with --to, such as --to folder:../www"
        raise PublishError(f"no place to publish to is known; {hint}")
    known = settings.publish
    return known if known and (known.kind, known.place) == (named.kind, named.place) else named


def check_address(url: str) -> str:
    """Return the address of a site, with a `/` at its end."""
    try:
        address = read_base(url, "url", 1)
    except YamlError as error:
        raise click.BadParameter(error.message, param_hint="--url") from error
    if not address:
        raise PublishError("where the site is served is not known; name it with --url, or its place with --to")
    return address


def describe(survey: Survey, *, dry_run: bool) -> Iterator[str]:
    """Yield what is worth a line: on a dry run each file, else what was held back."""
    if dry_run:
        for word, steps in (("new", survey.plan.new), ("changed", survey.plan.changed)):
            yield from (f"{word:<8} {survey.wanted[path].size:>11,}  {path}" for step in steps for path in step)
        yield from (f"{'delete':<8} {'':>11}  {path}" for path in survey.plan.deleted)
    yield from (f"held back: {path} is not for readers" for path in survey.held_back)
    yield from (f"altered: {path} was not as it was published, and is put again" for path in survey.altered)
    yield from (f"left: {path} {LEFT}" for path in survey.left)


def totals(plan: Plan, *, dry_run: bool) -> str:
    """Return what a plan comes to, or came to, in a line."""
    done = "to upload" if dry_run else "uploaded"
    return f"{summarise(plan)}, {plan.kept:,} as they were; {plan.bytes:,} bytes {done}"


def differences(comparison: Comparison) -> Iterator[str]:
    """Yield a line for each file that is not as built."""
    for word, paths in sorts_of(comparison).items():
        yield from (f"{word:<8} {path}" for path in paths)


def sorts_of(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """Return the files that are not as built, by the word for what is so of them."""
    return {
        "changed": comparison.changed,
        "missing": comparison.missing,
        "extra": comparison.extra,
        "not ours": comparison.foreign,
    }
