"""The output folder → the files that go to readers: what the build wrote, and the few that hosts ask of a person."""

import os
import re
from pathlib import Path

from msgspec import Struct

from readout_site.shell.laying import is_as_written
from readout_site.shell.manifest import Entry, entry_of, read_manifest
from readout_site.shell.publishing.ledger import PublishError

HOST_FILES = ("CNAME", "_headers", "_redirects", ".nojekyll", "robots.txt", ".well-known/security.txt")
"""Files that a person may put into the output folder; the build keeps them, and they are published."""
PRIVATE = re.compile(
    r"(?:^|/)(?:\.|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]*(?:~|\.(?:map|pem|key|p12|pfx|env|bak|swp|part))$)", re.IGNORECASE
)
"""What is never published, though a site's own theme may hold it: hidden files, keys, source maps, left-overs."""
DEEP = 3
"""A folder with fewer parts, the root among them, may be a word of any text: /srv, say."""


class Selection(Struct, frozen=True):
    """What is published of an output folder."""

    files: dict[str, Entry]  #: By path, with `/`.
    held_back: tuple[str, ...]  #: Files of the build that are not for readers.


def select(site: Path, out: Path) -> Selection:
    """Return what is published; raise `PublishError` where a file is not as it was built or names a local folder."""
    built = read_manifest(out)
    if not built:
        raise PublishError(f"{out}: holds no site; run `readout-site build`")
    held = [path for path in built if PRIVATE.search(path) and path not in HOST_FILES]
    files = {path: entry for path, entry in built.items() if path not in held}
    folders = local_folders(site, out)
    for path, entry in files.items():
        check(out / path, entry, folders)
    own = {path: entry_of((out / path).read_bytes()) for path in HOST_FILES if is_own(out / path) and path not in built}
    return Selection(files | own, tuple(held))


def check(path: Path, entry: Entry, folders: tuple[bytes, ...]) -> None:
    """Raise where a file is not as it was built, or tells where on this machine the site lies."""
    try:
        whole = is_as_written(path, entry)
        data = path.read_bytes()
    except OSError as error:
        raise PublishError(f"{path}: cannot be read ({error.strerror}); run `readout-site build`") from error
    if not whole:
        raise PublishError(f"{path}: was edited since it was built; run `readout-site build`")
    for folder in folders:
        if folder in data:
            raise PublishError(f"{path}: names the folder {os.fsdecode(folder)} of this machine; mend what it shows")


def local_folders(site: Path, out: Path) -> tuple[bytes, ...]:
    """Return the folders of this machine that no file may name."""
    places = {site.resolve(), out.resolve(), Path(os.path.expanduser("~")).resolve()}  # noqa: PTH111 - may be none
    return tuple(os.fsencode(place) for place in places if len(place.parts) >= DEEP)


def is_own(path: Path) -> bool:
    """Return whether a person's plain file stands there."""
    return path.is_file() and not path.is_symlink()
