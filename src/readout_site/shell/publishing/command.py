"""Programs that carry files for us: run with patience, and what they say told without secrets."""

import os
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO

from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.redaction import redact

LONGEST = 400
"""So many characters of what a program says at its end are shown."""


class FailedError(PublishError):
    """A program that ended with an error."""

    def __init__(self, what: str, code: int, said: str) -> None:
        """Keep the exit code, and what was said, as it may be shown."""
        self.code = code
        self.said = redact(said)
        lines = [line.removeprefix("fatal: ") for line in self.said.splitlines() if not line.startswith("hint: ")]
        shown = " ".join(" ".join(lines).split())[-LONGEST:] or f"ended with {code}"
        super().__init__(f"{what}: {shown}; mend this and publish again")


def run(words: Sequence[str], what: str, data: bytes = b"", folder: Path | None = None, **env: str) -> bytes:
    """Run a program on `data` and return what it prints; raise `FailedError`, of `what`, where it fails."""
    with start(words, data, folder, env) as process:
        out, err = process.communicate()
    if process.returncode:
        raise FailedError(what, process.returncode, err.decode("utf-8", "replace"))
    return out


def run_along(words: Sequence[str], what: str, names: Collection[str]) -> Iterator[str]:
    """Run a program that takes `names` and prints each that it is done with; yield these as they come."""
    with tempfile.TemporaryFile() as err, start(words, join(names), None, {}, err) as process:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for line in process.stdout:
            if (name := line.decode("utf-8", "replace").rstrip("\n")) in names:
                yield name
        if process.wait():
            err.seek(0)
            raise FailedError(what, process.returncode, err.read().decode("utf-8", "replace"))


def start(
    words: Sequence[str], data: bytes, folder: Path | None, env: dict[str, str], err: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a program whose input is `data`, and whose words are those of the C locale."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            return subprocess.Popen(  # noqa: S603 - the words are ours, places follow `--`
                words,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=err,
                cwd=folder,
                env={**os.environ, "LC_ALL": "C", **env},
            )
        except FileNotFoundError as error:
            raise PublishError(f"{words[0]}: is not installed; install it and publish again") from error


def join(names: Collection[str]) -> bytes:
    """Return names as programs read them that end each with a NUL."""
    return b"".join(os.fsencode(name) + b"\0" for name in names)
