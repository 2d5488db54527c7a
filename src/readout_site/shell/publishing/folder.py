"""A folder, on this disk or a mounted share, as a place to publish to."""

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from readout_site.shell.publishing.ledger import LEDGER, PublishError
from readout_site.shell.publishing.target import NO_FILE, Found, patiently
from readout_site.shell.switch import remove_empty
from readout_site.shell.tree import blocker, files_below

PASSING = frozenset({errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ESTALE, errno.ETIMEDOUT, errno.ECONNRESET})
"""What a share may say that is there again a moment later."""


class FolderTarget:
    """A folder that readers have the site from."""

    marked = True

    def __init__(self, place: Path, source: Path) -> None:
        """Publish the output folder `source` to `place`."""
        self.name = str(place)
        self.place = place
        self.source = source
        self.seen: os.stat_result | None = None

    def survey(self) -> dict[str, Found]:
        """Return all files that are there, doubtful from the moment of our list on; raise where the folder is none."""
        with self.telling():
            if not self.place.is_dir():
                raise PublishError(f"{self.name}: there is no such folder; make it, or mount the disk that it is on")
            self.seen = self.place.stat()
            statuses = {path: (self.place / path).lstat() for path in files_below(self.place)}
        since = statuses[LEDGER].st_ctime_ns if LEDGER in statuses else 0
        return {path: Found(size_of(status), status.st_ctime_ns >= since) for path, status in statuses.items()}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        with self.telling():
            return patiently((self.place / path).read_bytes, is_passing)

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the files that hold the same bytes here and there."""
        for path in paths:
            if self.read(path) == (self.source / path).read_bytes():
                yield path

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the SHA-256 of files that are there."""
        yield from ((path, hashlib.sha256(self.read(path)).hexdigest()) for path in paths)

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        """Put files there, each in one step."""
        for path in paths:
            self.write(path, (self.source / path).read_bytes())
            yield path

    def write(self, path: str, data: bytes) -> None:
        """Put a file there that holds `data`, in one step."""
        with self.telling():
            self.check_mount()
            if obstacle := blocker(self.place, path):
                raise PublishError(f"{self.place / obstacle}: is no folder, and one is needed here; move it away")
            patiently(lambda: write_whole(self.place / path, data), is_passing)

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        """Delete files, and the folders that this empties."""
        for path in paths:
            with self.telling():
                self.check_mount()
                if not blocker(self.place, path):
                    (self.place / path).unlink(missing_ok=True)
                    remove_empty((self.place / path).parent, self.place)
            yield path

    def finish(self, summary: str) -> None:
        """Do nothing: what was put is seen at once."""

    def check_mount(self) -> None:
        """Raise where the folder is not the one that was looked at: its disk went away, say."""
        if self.seen and not os.path.samestat(self.place.stat(), self.seen):
            raise PublishError(f"{self.name}: is another folder than a moment ago; mount its disk and publish again")

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Raise `PublishError` where a file cannot be read or written."""
        try:
            yield
        except OSError as error:
            where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else self.name
            raise PublishError(f"{where}: {error.strerror or error}; mend this and publish again") from error


def write_whole(path: Path, data: bytes) -> None:
    """Let `path` hold `data` in one step, for all to read."""
    part = path.with_name(f".{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        part.write_bytes(data)
        with contextlib.suppress(PermissionError):  # Some shares have no modes.
            part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def size_of(status: os.stat_result) -> int:
    """Return the size of a plain file."""
    return status.st_size if stat.S_ISREG(status.st_mode) else NO_FILE


def is_passing(error: Exception) -> bool:
    """Return whether an error may be gone a moment later."""
    return isinstance(error, OSError) and error.errno in PASSING
