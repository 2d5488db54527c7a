"""What is live against what was built: which files are changed, missing, no part of the site any more, or others'."""

from collections.abc import Collection, Set  # noqa: PYI025 - as the others are named
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from readout_site.shell.publishing.ledger import LEDGER, PublishError, decode_ledger
from readout_site.shell.publishing.plan import has_size
from readout_site.shell.publishing.selection import HOST_FILES, select
from readout_site.shell.publishing.target import Target
from readout_site.shell.publishing.web import Web
from readout_site.shell.track import Track

UNSERVED = frozenset({"CNAME", "_headers", "_redirects", ".nojekyll"})
"""Files that hosts keep to themselves."""


class Comparison(Struct, frozen=True):
    """How what is live differs from what was built."""

    files: int  #: That were compared.
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]  #: Files there that were published from here and are no part of the site any more.
    foreign: tuple[str, ...]  #: Files there that are others', and are kept.


def verify(site: Path, out: Path, target: Target, track: Track) -> Comparison:
    """Compare all that a place holds with the site in `out`."""
    wanted = select(site, out).files
    there = target.survey()
    suspects = [path for path in wanted if has_size(path, wanted[path], there)]
    same = set(track(target.same(suspects), "Comparing", len(suspects)))
    ours = decode_ledger(target.read(LEDGER), target.name).files if LEDGER in there else {}
    rest = sorted(there.keys() - wanted.keys() - {LEDGER, *HOST_FILES})
    differing = compare(wanted, same, {path for path in wanted if path not in there})
    extra, foreign = ([path for path in rest if (path in ours) == own] for own in (True, False))
    return replace(differing, extra=tuple(extra), foreign=tuple(foreign))


def verify_web(site: Path, out: Path, web: Web, track: Track) -> Comparison:
    """Compare what is served at an address with the site in `out`; what else is served there cannot be told."""
    if web.is_preview():
        hint = "name the address that readers have"
        raise PublishError(f"{web.address}: is the preview of `readout-site serve`, not what is published; {hint}")
    wanted = {path: entry for path, entry in select(site, out).files.items() if path not in UNSERVED}
    answers = dict(track(web.digests(tuple(wanted)), "Comparing", len(wanted)))
    same = {path for path, digest in answers.items() if digest == wanted[path].sha256}
    return compare(wanted, same, {path for path in wanted if not answers[path]})


def compare(wanted: Collection[str], same: Set[str], missing: Set[str]) -> Comparison:
    """Return the comparison of what is wanted: that which is neither the same nor missing is changed."""
    changed = sorted(path for path in wanted if path not in same and path not in missing)
    return Comparison(len(wanted), tuple(changed), tuple(sorted(missing)), (), ())
