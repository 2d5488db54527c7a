"""A site's folder → all that its pages are made of, file by file: its stamp and its digest."""

import hashlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeGuard

from msgspec import Struct

from readout_site.records import Problem
from readout_site.shell.bounds import LARGEST
from readout_site.shell.cache import digest
from readout_site.shell.disk import PACKAGE, shipped_templates, survey
from readout_site.shell.stamps import Stamp, is_settled, source_stamp

SETTINGS = "site.yaml"
LISTED = "content/manifest-sha256.txt"
FOLDERS = ("content/captures", "content/versions", "content/notes", "content/glossary", "content/rules", "templates")
TOOL = "tool"
THEME = "theme"
"""What the names of the tool's own files begin with, and those of the templates that come with it."""
READERS = (f"{TOOL}/reading/", f"{TOOL}/rules/", f"{TOOL}/rendering/", f"{TOOL}/shell/", "content/rules/")
"""What a reading and its summary hang on, beside the modules at the tool's top."""
READOUTS = (LISTED, "content/captures/", "content/versions/", "content/notes/", "content/glossary/")
"""What the pages show by values of their own."""


class Source(Struct, frozen=True, array_like=True):
    """A file as it was seen."""

    stamp: Stamp
    digest: bytes  #: SHA-256 of its bytes; of a large one its stamp; what is wrong, where it cannot be read.
    settled: bool  #: Whether a later change would show in its stamp.

    def is_large(self) -> bool:
        """Return whether it is larger than any that is read."""
        return self.stamp[1] > LARGEST


class Sources(Struct, frozen=True):
    """All files that a site is made of, and those of the tool."""

    files: Mapping[str, Source]  #: By path below the site, with `/`; the tool's own begin with `tool/` and `theme/`.
    problems: tuple[Problem, ...]  #: What stands among the captures and templates but cannot be read.

    def key(self) -> bytes:
        """Return a digest of all of it: the same site and tool have the same."""
        return self.digest_of(self.files)

    def output_key(self) -> bytes:
        """Return a digest of all that the output hangs on: the list of the captures' digests is no part of that."""
        return self.digest_of(name for name in self.files if name != LISTED)

    def reading_key(self) -> bytes:
        """Return a digest of all that the reading of a capture hangs on beside the capture."""
        return self.digest_of(
            n for n in self.files if n.startswith(READERS) or (n[:5] == "tool/" and n.count("/") == 1)
        )

    def rendering_key(self) -> bytes:
        """Return a digest of the code that templates are compiled by."""
        return self.digest_of(name for name in self.files if name.startswith(f"{TOOL}/rendering/"))

    def edition_key(self) -> bytes:
        """Return a digest of all that the pages hang on beside the readouts and the glossary."""
        return self.digest_of(name for name in self.files if not name.startswith(READOUTS))

    def digest_of(self, names: Iterable[str]) -> bytes:
        """Return a digest of some of the files."""
        return digest(*(part for name in names for part in (name.encode(), self.files[name].digest)))

    def below(self, folder: str) -> list[str]:
        """Return the paths of the files below `folder`, without it."""
        return [name[len(folder) + 1 :] for name in self.files if name.startswith(f"{folder}/")]


def look(site: Path, known: Mapping[str, Source]) -> Sources:
    """Return what a site is made of; what is `known` is read again only where its stamp is another or not settled."""
    now = time.time_ns()
    files: dict[str, Source] = {}
    problems: list[Problem] = []
    places = [(name, site / name, site) for name in FOLDERS]
    places += [(TOOL, PACKAGE, PACKAGE), (THEME, shipped_templates(), shipped_templates())]
    for base, folder, top in places:
        stamps, faults = survey(folder, top)
        problems += faults
        for name, stamp in stamps.items():
            full = f"{base}/{name}"
            before = known.get(full)
            files[full] = before if is_known(before, stamp) else see(folder / name, stamp, now)
    for name in (SETTINGS, LISTED):
        if (site / name).is_file():
            stamp, before = source_stamp((site / name).stat()), known.get(name)
            files[name] = before if is_known(before, stamp) else see(site / name, stamp, now)
    return Sources(files, tuple(problems))


def is_known(before: Source | None, stamp: Stamp) -> TypeGuard[Source]:
    """Return whether a file is as it was seen before."""
    return before is not None and before.settled and before.stamp == stamp


def see(path: Path, stamp: Stamp, now: int) -> Source:
    """Return a file as it is now."""
    if stamp[1] > LARGEST:
        return Source(stamp, repr(stamp).encode(), is_settled(stamp, now))
    try:
        content = hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        return Source(stamp, str(error.strerror).encode(), settled=False)
    return Source(stamp, content, is_settled(stamp, now))
