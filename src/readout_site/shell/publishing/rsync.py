"""A folder that rsync reaches, over ssh or on this machine, as a place to publish to."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from readout_site.shell.publishing.command import FailedError, join, run, run_along
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.target import NO_FILE, WAITS, Found, patiently

PROGRAM = ("rsync", "-s", "--8-bit-output", "--timeout=60")
"""`-s` keeps a remote shell from reading names; by its long name only newer versions know it."""
LISTED = re.compile(r"(?P<kind>.)\S{9,}\s+(?P<size>[\d,.]+)\s+\S+\s+\S+ (?P<name>.+)")
ESCAPED = re.compile(rb"\\#([0-7]{3})")
PASSING = frozenset({10, 12, 30, 35, 255})
"""Exit codes of a connection that broke, as rsync and ssh give them."""


class RsyncTarget:
    """A folder that readers have the site from, behind rsync."""

    marked = True

    def __init__(self, place: str, source: Path) -> None:
        """Publish the output folder `source` to `place`, a folder or `HOST:FOLDER`."""
        self.name = place
        self.place = f"{place.rstrip('/')}/"
        self.source = source

    def survey(self) -> dict[str, Found]:
        """Return all files that are there, all doubtful, since times may be set; raise where the folder is none."""
        words = (*PROGRAM, "--recursive", "--links", "--list-only", "--no-human-readable", "--", self.place)
        lines = self.run(words).decode("utf-8", "surrogateescape").split("\n")
        found = [match for match in map(LISTED.fullmatch, lines) if match and match["kind"] != "d"]
        return dict(map(read_line, found))

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        with tempfile.TemporaryDirectory() as folder:
            self.run((*PROGRAM, "--", f"{self.place}{path}", f"{folder}/file"))
            return Path(folder, "file").read_bytes()

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the files that hold the same bytes here and there."""
        if paths:
            compare = ("--dry-run", "--checksum", "--out-format=%n", "--from0", "--files-from=-")
            said = self.run((*PROGRAM, *compare, "--", f"{self.source}/", self.place), join(paths))
            differ = set(said.decode("utf-8", "replace").split("\n"))
            yield from (path for path in paths if path not in differ)

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the SHA-256 of files that are there, brought here in one run."""
        if paths:
            with tempfile.TemporaryDirectory() as folder:
                self.run((*PROGRAM, "--from0", "--files-from=-", "--", self.place, f"{folder}/"), join(paths))
                for path in paths:
                    if (brought := Path(folder, path)).is_file():
                        yield path, hashlib.sha256(brought.read_bytes()).hexdigest()

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        """Put files there, all of a step in one run, and go on after a broken connection."""
        modes = ("--perms", "--chmod=D755,F644", "--ignore-times", "--out-format=%n", "--from0", "--files-from=-")
        words = (*PROGRAM, *modes, "--", f"{self.source}/", self.place)
        left = dict.fromkeys(paths)
        tries = len(WAITS)
        while left:
            try:
                for path in run_along(words, self.name, tuple(left)):
                    del left[path]
                    yield path
            except FailedError as error:
                tries -= 1
                if not is_passing(error) or not tries:
                    raise
            else:
                if left:
                    raise PublishError(f"{self.name}: {next(iter(left))} did not arrive; publish again")

    def write(self, path: str, data: bytes) -> None:
        """Put a file there that holds `data`."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, path).write_bytes(data)
            self.run((*PROGRAM, "--perms", "--chmod=F644", "--ignore-times", "--", f"{folder}/{path}", self.place))

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        """Delete files; folders that this empties stay."""
        if paths:
            with tempfile.TemporaryDirectory() as nothing:
                for path in paths:
                    Path(nothing, path).parent.mkdir(parents=True, exist_ok=True)
                delete = ("--delete-missing-args", "--from0", "--files-from=-")
                self.run((*PROGRAM, *delete, "--", f"{nothing}/", self.place), join(paths))
        yield from paths

    def finish(self, summary: str) -> None:
        """Do nothing: what was put is seen at once."""

    def run(self, words: Sequence[str], data: bytes = b"") -> bytes:
        """Return what rsync prints, tried again where the connection broke."""
        return patiently(lambda: run(words, self.name, data), is_passing)


def read_line(match: re.Match[str]) -> tuple[str, Found]:
    """Return the path of a line of rsync's list, and what is there."""
    if match["kind"] == "l":
        return match["name"].partition(" -> ")[0], Found(NO_FILE, doubtful=True)
    raw = ESCAPED.sub(lambda code: bytes([int(code[1], 8)]), os.fsencode(match["name"]))
    size = int(re.sub(r"\D", "", match["size"]))
    return raw.decode("utf-8", "surrogateescape"), Found(size, doubtful=True)


def is_passing(error: Exception) -> bool:
    """Return whether an error may be gone a moment later."""
    return isinstance(error, FailedError) and error.code in PASSING
