"""A secret of the user's, by which the cache that their own builds wrote is told from one that came with a site."""

import os
from functools import lru_cache
from pathlib import Path

from readout_site.shell.terminal import say

SIZE = 32
"""In bytes."""


def own_secret() -> bytes:
    """Return the user's secret, made at its first use; where none can be kept, one for this process alone."""
    named = os.environ.get("XDG_STATE_HOME", "")
    home = os.path.expanduser("~")  # noqa: PTH111 - there may be none
    states = Path(named) if named.startswith("/") else Path(home, ".local", "state")
    return secret_at(states / "readout-site" / "secret")


@lru_cache(maxsize=1)
def secret_at(path: Path) -> bytes:
    """Return the secret that is kept in a file."""
    try:
        known = path.read_bytes() if path.exists() else b""
        if len(known) == SIZE:
            return known
        path.unlink(missing_ok=True)
        return keep(path, os.urandom(SIZE))
    except OSError as error:
        reason = f"cannot be kept ({error.strerror}), so what earlier builds found out is not taken up"
        say(f"{path}: {reason}; let HOME or XDG_STATE_HOME be a folder that can be written to")
        return os.urandom(SIZE)


def keep(path: Path, secret: bytes) -> bytes:
    """Write a secret in one step, for the user alone; return the one that is kept, which another process may have made.

    A home that is not there is not made.
    """
    for folder in reversed(path.parents[:3]):
        folder.mkdir(mode=0o700, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secret)
    try:
        os.link(part, path)
    except FileExistsError:
        return path.read_bytes()
    except OSError:  # A disk without hard links: of two at once the last is kept.
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return secret
