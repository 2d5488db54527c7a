"""What site.yaml or the command line names → a place to publish to; one that would endanger other files is refused."""

import re
from pathlib import Path

from readout_site.settings import Publication
from readout_site.shell.manifest import NAME
from readout_site.shell.output import SOURCES, dangers
from readout_site.shell.publishing.branch import BranchTarget
from readout_site.shell.publishing.folder import FolderTarget
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.rsync import RsyncTarget
from readout_site.shell.publishing.target import Target

REMOTE = re.compile(r"rsync://[^/]+(?P<module>/.*)?|[^/]*:(?P<folder>.*)", re.DOTALL)
WHOLE = re.compile(r"(?:[~/.]|/(?:root|home(?:/[^/]+)?|usr|etc|var|bin|boot|opt))?/*")
"""Folders of another host that are more than a site: its root, a home, what the system lives in."""


def open_target(publication: Publication, site: Path, out: Path, *, adopt: bool) -> Target:
    """Return the place to publish to; nothing is asked of it yet."""
    if publication.kind == "branch":
        return BranchTarget(publication.place, publication.remote, site, out, adopt=adopt)
    if publication.kind == "folder":
        return FolderTarget(check_folder(site, out, site / Path(publication.place).expanduser()), out)
    if publication.kind == "rsync":
        return RsyncTarget(check_rsync(site, out, publication.place), out)
    try:
        from readout_site.shell.publishing.bucket import BucketTarget  # noqa: PLC0415 - a large library, and an extra
    except ModuleNotFoundError as error:
        remedy = "run `pip install 'readout-site[s3]'`"
        raise PublishError(f"publishing to a bucket needs {error.name}, which is not installed; {remedy}") from error
    return BucketTarget(publication, out)


def check_rsync(site: Path, out: Path, place: str) -> str:
    """Return where rsync is to bring the site; a folder of this machine is named from the site's."""
    remote = REMOTE.fullmatch(place)
    if not remote:
        return str(check_folder(site, out, site / Path(place).expanduser()))
    if WHOLE.fullmatch(remote["folder"] or remote["module"] or ""):
        raise PublishError(f"{place}: is more than a site's folder; name one that is for the site alone")
    return place


def check_folder(site: Path, out: Path, place: Path) -> Path:
    """Return a folder with links followed; raise `PublishError` where publishing there would endanger other files."""
    folder = place.resolve()
    for danger, reason in (*dangers(site), (out.resolve(), "the output folder")):
        if danger.is_relative_to(folder):
            raise PublishError(f"{place}: is {reason}, or holds it, and is not published to; name another folder")
    for source in (*((site / name).resolve() for name in SOURCES), out.resolve()):
        if folder.is_relative_to(source):
            raise PublishError(f"{place}: lies in {source.name}, which the site is made in; name another folder")
    if (folder / NAME).exists():
        raise PublishError(f"{place}: is what a site is built into, not where it is published; name another folder")
    return folder
