"""What earlier builds found out, in one SQLite file that may be deleted, cut short or of another version at any time.

All in it is checked when it is read: a table by a digest of its bytes, of the tool's version and of the user's secret,
a record by the digest that names it, which a table tells. What does not hold is as if it were not there, and so is all
that another user's build wrote, compiled templates among it.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

Kind = TypeVar("Kind")

FILE = "readout-site.sqlite"
SCHEMA = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, digest BLOB NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS records (digest BLOB PRIMARY KEY, data BLOB NOT NULL);
"""
"""A killed build leaves what it wrote with the system; after a power cut the digests tell what is whole."""


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that tell these parts, in this order, from any others."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        hasher.update(b"%d:" % len(part))
        hasher.update(part)
    return hasher.digest()


class Cache:
    """The file, open; each process opens it for itself."""

    def __init__(self, folder: Path, version: bytes) -> None:
        """Open the cache in `folder`; `version` tells the user's and the tool's own from that of others."""
        self.path = folder / FILE
        self.version = version
        self.process = os.getpid()
        self.connection = connect(self.path)

    def load(self, name: str, kind: type[Kind]) -> Kind | None:
        """Return the table called `name`, or nothing where there is none that can be trusted."""
        with contextlib.suppress(sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError):
            row = self.reach().execute("SELECT digest, data FROM tables WHERE name = ?", (name,)).fetchone()
            if row and row[0] == digest(self.version, row[1]):
                return msgspec.msgpack.decode(row[1], type=kind)
        return None

    def store(self, name: str, table: object) -> None:
        """Keep a table under `name`."""
        data = msgspec.msgpack.encode(table)
        with self.writing() as connection:
            connection.execute("REPLACE INTO tables VALUES (?, ?, ?)", (name, digest(self.version, data), data))

    def record(self, name: bytes) -> bytes | None:
        """Return the record whose digest is `name`, or nothing where it is not there, or not whole."""
        with contextlib.suppress(sqlite3.Error):
            row = self.reach().execute("SELECT data FROM records WHERE digest = ?", (name,)).fetchone()
            if row and hashlib.blake2b(row[0], digest_size=16).digest() == name:
                return bytes(row[0])
        return None

    def add_records(self, records: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep records under their digests."""
        with self.writing() as connection:
            connection.executemany("REPLACE INTO records VALUES (?, ?)", records)

    def keep_records(self, names: Collection[bytes]) -> None:
        """Forget all records but these."""
        with self.writing() as connection:
            if connection.execute("SELECT count(*) FROM records").fetchone()[0] > len(names):
                gone = [row for row in connection.execute("SELECT digest FROM records") if row[0] not in names]
                connection.executemany("DELETE FROM records WHERE digest = ?", gone)

    def reach(self) -> sqlite3.Connection:
        """Return the connection of this process."""
        if self.process != os.getpid():
            self.connection, self.process = connect(self.path), os.getpid()
        return self.connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one step; a file that cannot be written to is replaced by a new one, and what it held is lost."""
        try:
            with self.reach() as connection:
                yield connection
        except sqlite3.Error:
            self.connection.close()
            self.connection = start_anew(self.path)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, or a new one where it is damaged."""
    with contextlib.suppress(sqlite3.Error):
        return opened(str(path))
    return start_anew(path)


def start_anew(path: Path) -> sqlite3.Connection:
    """Open a new file in place of a damaged one, or, where none can be written, keep what comes in memory."""
    with contextlib.suppress(OSError, sqlite3.Error):
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        return opened(str(path))
    return opened(":memory:")


def opened(name: str) -> sqlite3.Connection:
    """Return a connection to a file with the tables in it."""
    connection = sqlite3.connect(name)
    try:
        connection.executescript(SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
