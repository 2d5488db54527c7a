"""Captures and the list of their digests: a payload manifest as BagIt has it (RFC 8493, 2.1.3).

`content/manifest-sha256.txt` says of each capture, and of each earlier version of one, which bytes it was taken in
with. It is written when captures are added; what is not as listed is told, and never put right by itself. The command
`sha256sum -c manifest-sha256.txt`, run in `content/`, checks it too.
"""

import contextlib
import fcntl
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.records import Problem
from readout_site.shell.captures import is_capture
from readout_site.shell.disk import UnreadableError, read_text, walk

MANIFEST = "manifest-sha256.txt"
FOLDERS = ("captures", "versions")
LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](\S.*)")
ESCAPES = (("%", "%25"), ("\n", "%0A"), ("\r", "%0D"))
"""What stands for characters that a line cannot hold, the sign for it first."""
SIGNS = {code: sign for sign, code in ESCAPES}
ESCAPED = re.compile("|".join(SIGNS), re.IGNORECASE)
CHANGED = (
    "is not what was taken in: its SHA-256 is another than the manifest lists; put the listed text back, or keep both "
    "with `readout-site add --update {path} {path}`"
)
GONE = "is listed in the manifest, but is not there; put it back, or take its line out of content/{manifest}"
RENAMED = "is named {path} now, byte for byte; list it so with `readout-site check --record`"
UNLISTED = "is not in the manifest yet; list it with `readout-site check --record`"


class FixityError(SiteError):
    """A manifest of captures that cannot be understood."""


class Fixity(Struct, frozen=True):
    """How the captures stand to their manifest."""

    files: int  #: Captures and earlier versions that are as listed.
    faults: tuple[Problem, ...]  #: Those that are not, or that are gone.
    remarks: tuple[Problem, ...]  #: Those that were renamed, or that are not listed.
    unlisted: Mapping[str, str]  #: SHA-256 in hexadecimal of those that are not listed, by path below `content/`.
    renamed: frozenset[str]  #: Listed paths whose files have other names now.


def check_fixity(site: Path) -> Fixity:
    """Compare every capture with the manifest, byte for byte; raise `SiteError` where that cannot be read."""
    listed, found = read_list(site), digests(site)
    moved = find_renamed(listed, found)
    told = differing(listed, found, moved)
    unlisted = {path: digest for path, digest in found.items() if path not in listed}
    named = frozenset(moved.values())
    new = [Problem(path, None, UNLISTED, notice=True) for path in unlisted if path not in named]
    return Fixity(
        files=sum(found.get(path) == digest for path, digest in listed.items()),
        faults=tuple(problem for problem in told if not problem.notice),
        remarks=(*(problem for problem in told if problem.notice), *new),
        unlisted=unlisted,
        renamed=frozenset(moved),
    )


def differing(listed: Mapping[str, str], found: Mapping[str, str | None], moved: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each listed file that is not as listed; both are SHA-256 by path below `content/`.

    What was found, but not read, has None for a digest and is taken to be as listed. One that was only `moved` is a
    notice: not a byte is lost.
    """
    return [
        Problem(path, None, RENAMED.format(path=f"content/{moved[path]}"), notice=True)
        if path in moved
        else Problem(path, None, (CHANGED if path in found else GONE).format(path=f"content/{path}", manifest=MANIFEST))
        for path, digest in listed.items()
        if found.get(path, "") not in {digest, None}
    ]


def find_renamed(listed: Mapping[str, str], found: Mapping[str, str | None]) -> dict[str, str]:
    """Return the new path of each listed file that is not there under its own, but under one that is not listed."""
    new: defaultdict[str | None, list[str]] = defaultdict(list)
    for path, digest in found.items():
        if path not in listed:
            new[digest].append(path)
    gone = ((path, digest) for path, digest in listed.items() if path not in found)
    return {path: new[digest].pop(0) for path, digest in gone if new[digest]}


def is_of_fixity(problem: Problem) -> bool:
    """Return whether a problem tells how a capture stands to the manifest, or of the manifest itself."""
    heads = tuple(text.partition("{")[0] for text in (CHANGED, GONE, RENAMED))
    return problem.path == MANIFEST or (problem.path.startswith(FOLDERS) and problem.message.startswith(heads))


def fixity_problems(site: Path, found: Mapping[str, str | None]) -> list[Problem]:
    """Return what is wrong with the captures that were `found`, or with the manifest itself."""
    try:
        listed = read_list(site)
        return differing(listed, found, find_renamed(listed, found))
    except SiteError as error:
        return [Problem(MANIFEST, None, str(error).partition(": ")[2])]


def digests(site: Path) -> dict[str, str]:
    """Return the SHA-256 of every capture and earlier version, in hexadecimal, by path below `content/`."""
    content = site / "content"
    paths = [path for folder in FOLDERS for path in walk(content / folder, site)[0] if is_capture(path.name)]
    return {path.relative_to(content).as_posix(): digest_of(path) for path in paths}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}); mend its permissions") from error


def read_list(site: Path) -> dict[str, str]:
    """Return what the manifest lists; nothing where there is none."""
    path = site / "content" / MANIFEST
    if not path.exists():
        return {}
    listed: dict[str, str] = {}
    for number, line in enumerate(read_text(path).removesuffix("\n").split("\n"), start=1):
        match = LINE.fullmatch(line.removesuffix("\r"))
        if not match:
            raise FixityError(f"{path}:{number}: is no SHA-256 and path; mend or remove the line")
        listed[unescape(match[2])] = match[1].lower()
    return listed


def record(site: Path, digests: Mapping[str, str], gone: frozenset[str] = frozenset()) -> None:
    """List captures in the manifest, by path below `content/`, and take out those that are `gone`.

    Where two do so at once, one waits for the other.
    """
    path = site / "content" / MANIFEST
    try:
        with alone(path.parent):
            listed = {name: digest for name, digest in (read_list(site) | dict(digests)).items() if name not in gone}
            rewrite(path, "".join(f"{listed[name]}  {escape(name)}\n" for name in sorted(listed)))
    except OSError as error:
        raise FixityError(f"{path}: cannot be written ({error.strerror}); mend this and try again") from error


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others out that list captures of the same site."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # Some network disks have no locks.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def rewrite(path: Path, text: str) -> None:
    """Write a file anew, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def escape(path: str) -> str:
    """Return a path as a line holds it."""
    for sign, code in ESCAPES:
        path = path.replace(sign, code)
    return path


def unescape(path: str) -> str:
    """Return the path that a line holds."""
    return ESCAPED.sub(lambda match: SIGNS[match[0].upper()], path)
