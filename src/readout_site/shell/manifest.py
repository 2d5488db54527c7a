"""What the tool wrote into an output folder: the list by which it tells its own files from others'."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from readout_site.errors import SiteError

NAME = ".readout-site-manifest.json"
ASTRAY = frozenset({"", ".", ".."})
"""Parts of a path that lead elsewhere."""


class ManifestError(SiteError):
    """A manifest that cannot be trusted."""


class Entry(Struct, frozen=True):
    """A file as it was written."""

    size: int  #: In bytes.
    sha256: str  #: In hexadecimal.


class Manifest(Struct, frozen=True):
    """All files of the tool's own in an output folder."""

    files: Mapping[str, Entry]  #: By path, with `/`.
    schema: str = "readout-site/manifest/1"


def entry_of(data: bytes) -> Entry:
    """Return the entry of a file that holds `data`."""
    return Entry(len(data), hashlib.sha256(data).hexdigest())


def read_manifest(folder: Path) -> Mapping[str, Entry]:
    """Return what the tool wrote into `folder`; nothing where it never did; raise `ManifestError` where in doubt."""
    path = folder / NAME
    try:
        files = parse_manifest(path.read_bytes()).files
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        reason = "cannot be read, so own files cannot be told from others'"
        raise ManifestError(f"{path}: {reason}; empty the folder {folder} and build again") from error
    for name in files:
        if not is_inside(name):
            reason = f"lists {name!a}, which is no file of the output, so it is not this tool's work"
            raise ManifestError(f"{path}: {reason}; empty the folder {folder} and build again")
    return files


@lru_cache(maxsize=1)  # A build reads that of its output before and after it changes places.
def parse_manifest(data: bytes) -> Manifest:
    """Return a manifest by its bytes."""
    return msgspec.json.decode(data, type=Manifest)


def is_inside(path: str) -> bool:
    """Return whether a path with `/` may be that of a file of the tool's own: below the output, and not the list."""
    return path != NAME and "\0" not in path and ASTRAY.isdisjoint(path.split("/"))


def encode_manifest(files: Mapping[str, Entry]) -> bytes:
    """Return the manifest of `files` as it is written: the same bytes for the same files, a line each."""
    manifest = Manifest({path: files[path] for path in sorted(files)})
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
