"""The output folder → the place to publish to: the story of a publication, as a list of plain calls."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from readout_site.shell.manifest import Entry
from readout_site.shell.publishing.ledger import (
    LEDGER,
    Ledger,
    PublishError,
    decode_ledger,
    encode_ledger,
    is_page,
    unfinished,
)
from readout_site.shell.publishing.plan import (
    Files,
    Plan,
    There,
    altered,
    make_plan,
    others,
    outdated,
    pages_gone,
    unsure,
)
from readout_site.shell.publishing.selection import select
from readout_site.shell.publishing.target import Target
from readout_site.shell.terminal import count
from readout_site.shell.track import Track

SHARE = 0.25
"""Where a larger share of the pages goes away, a person is asked."""
NAMED = 5


class Terms(Struct, frozen=True):
    """What a person asks for and agreed to."""

    dry_run: bool = False  #: That nothing is changed.
    first: bool = False  #: That a folder holds no site of ours yet.
    adopt: bool = False  #: That what others put there is overwritten where ours is to stand.
    deletes: bool = False  #: That many pages, or all, go away.
    problems: bool = False  #: That the site has problems.


class Survey(Struct, frozen=True):
    """A place as it was found, and what is to be done there."""

    wanted: Files
    ledger: Ledger
    plan: Plan
    held_back: tuple[str, ...]  #: Files of the build that are not for readers.
    altered: tuple[str, ...]  #: Files of ours that others altered there, and that are put again.
    left: tuple[str, ...]  #: Files that are no part of the site any more, and stay, since others altered them.


def publish(site: Path, out: Path, target: Target, terms: Terms, track: Track) -> Survey:
    """Bring the site in `out` to `target`, and return what was done, or, on a dry run, what would be.

    The caller holds the site's lock. Raises `SiteError` where that cannot be, or nobody agreed to it; before anything
    is changed, wherever it can.
    """
    survey = look_at(site, out, target, terms, track)
    if not terms.dry_run:
        carry_out(survey, target, track)
    return survey


def look_at(site: Path, out: Path, target: Target, terms: Terms, track: Track) -> Survey:
    """Return what is to be done; raise `PublishError` where nobody agreed to it."""
    selection = select(site, out)
    wanted = selection.files
    there = target.survey()
    ledger = decode_ledger(target.read(LEDGER), target.name) if LEDGER in there else Ledger({})
    doubtful = unsure(wanted, ledger, there)
    same = frozenset(track(target.same(doubtful), "Comparing", len(doubtful)))
    if target.marked and LEDGER not in there and not terms.first:
        hint = "mount it if it is a disk that is away; if it is new, publish with --first"
        raise PublishError(f"{target.name}: holds no site that was published there; {hint}")
    if not terms.adopt:
        refuse_others(others(wanted, ledger, there, same), target)
    if not terms.deletes:
        refuse_losses(wanted, ledger, target)
    old = outdated(wanted, ledger, there)
    ours = as_published(old, ledger, there, target)
    left = tuple(path for path in old if path not in ours)
    plan = make_plan(wanted, ledger, there, same, ours)
    return Survey(wanted, ledger, plan, selection.held_back, altered(plan, wanted, ledger), left)


def as_published(paths: Iterable[str], ledger: Ledger, there: There, target: Target) -> frozenset[str]:
    """Return those of the files there that are, byte for byte, as they were published."""
    known = {path: ledger.versions(path) for path in paths}
    likely = [path for path, entries in known.items() if there[path].size in {entry.size for entry in entries}]
    found = target.digests(likely)
    return frozenset(path for path, digest in found if Entry(there[path].size, digest) in known[path])


def refuse_others(paths: list[str], target: Target) -> None:
    """Raise where files of others' stand in the way."""
    if paths:
        named = ", ".join(paths[:NAMED]) + (f" and {len(paths) - NAMED:,} more" if len(paths) > NAMED else "")
        hint = "move them away, or let them be overwritten with --adopt"
        raise PublishError(f"{target.name}: holds files that were not published from here: {named}; {hint}")


def refuse_losses(wanted: Files, ledger: Ledger, target: Target) -> None:
    """Raise where no briefing would be left, or more pages go away than is usual."""
    hint = "see --dry-run --allow-deletes, and agree with --allow-deletes"
    if not any(is_page(path) and path.startswith("readouts/") for path in wanted):
        raise PublishError(f"{target.name}: the site is empty, and is not published; {hint}")
    gone, pages = pages_gone(wanted, ledger)
    if gone > SHARE * pages:
        raise PublishError(f"{target.name}: {gone:,} of {count(pages, 'page')} there would go away; {hint}")


def carry_out(survey: Survey, target: Target, track: Track) -> None:
    """Do what is planned. The ledger tells first what is about to be touched, so that a cut can be mended."""
    plan, after = survey.plan, Ledger(dict(survey.wanted))
    touched = plan.touched()
    if touched:
        target.write(LEDGER, encode_ledger(unfinished(survey.wanted, survey.ledger, touched)))
        for _ in track(operations(plan, target), "Publishing", len(touched)):
            pass
    if touched or encode_ledger(after) != encode_ledger(survey.ledger):
        target.write(LEDGER, encode_ledger(after))
        target.finish(f"Publish the site: {summarise(plan)}")


def operations(plan: Plan, target: Target) -> Iterator[str]:
    """Put and delete, step by step; yield each file that is done."""
    for step in plan.steps():
        yield from all_of(step, target.put(step))
    yield from all_of(plan.deleted, target.delete(plan.deleted))


def all_of(paths: Iterable[str], done: Iterable[str]) -> Iterator[str]:
    """Yield what is done; raise `PublishError` where it is not all."""
    left = dict.fromkeys(paths)
    for path in done:
        del left[path]
        yield path
    for path in left:
        raise PublishError(f"{path}: was not published; publish again")


def summarise(plan: Plan) -> str:
    """Return what a plan does, in a phrase."""
    new, changed = (sum(map(len, steps)) for steps in (plan.new, plan.changed))
    return f"{new:,} new, {changed:,} changed, {len(plan.deleted):,} deleted"
