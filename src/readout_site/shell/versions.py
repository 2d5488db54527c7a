"""A newer capture of a readout → in the place of the one that is there, which is kept as its earlier text."""

import hashlib
from pathlib import Path

from msgspec import Struct

from readout_site.reading.section import make_id
from readout_site.records import Capture, Meta
from readout_site.rendering.links import CAPTURE_SUFFIX, beside, briefing_path
from readout_site.shell.adding import RefusedError, dump_meta, write
from readout_site.shell.captures import META, VERSIONS, CaptureFile, is_capture, locate
from readout_site.shell.disk import below_content
from readout_site.shell.fixity import read_list, record
from readout_site.shell.standing import CACHE, SPARE


class Superseded(Struct, frozen=True):
    """A capture that was replaced."""

    path: Path  #: Where the newer capture lies.
    earlier: Path  #: Where the one that it replaced lies now.


def supersede(site: Path, place: Path, newer: Capture) -> Superseded:
    """Put a newer capture in the place of `place`, a file of `content/captures/`, and keep what it replaces.

    Where `place` was changed by hand and `newer` is what it holds now, the text that was taken in comes from the built
    site. `newer.meta` is what is known of the newer capture, its addresses included. Raises `RefusedError` where
    nothing can be kept or nothing is new.
    """
    file = locate(place)
    if not place.is_file() or not is_capture(place.name) or below_content(place, site) != f"captures/{file.file}":
        raise RefusedError(f"{place}: is no capture of this site; name one in {site / 'content' / 'captures'}")
    kept = earlier_bytes(site, place, newer.data)
    path = place.with_suffix(Path(newer.file).suffix)
    if path != place and path.exists():
        raise RefusedError(f"{path}: is there already; nothing was changed")
    earlier = keep(site, file, kept)
    write_anew(path, newer.data)
    if path != place:
        place.unlink()
    set_meta(path, newer.meta)
    digests = {below_content(each, site): sha256(each.read_bytes()) for each in (path, earlier)}
    record(site, digests, frozenset({below_content(place, site)} - digests.keys()))
    return Superseded(path, earlier)


def earlier_bytes(site: Path, place: Path, newer: bytes) -> bytes:
    """Return what was taken in as `place`: what it holds, or held before it was changed by hand."""
    now = place.read_bytes()
    listed = read_list(site).get(below_content(place, site))
    if now != newer:
        if listed and listed != sha256(now):
            raise RefusedError(
                f"{place}: was changed by hand, and what it holds now would be lost; first keep it with "
                f"`readout-site add --update {place} {place}`"
            )
        return now
    if listed is None or listed == sha256(now):
        raise RefusedError(f"{place}: holds these very bytes; nothing was changed")
    published = beside(briefing_path(make_id(locate(place).file.rpartition(".")[0])), CAPTURE_SUFFIX)
    for copy in (site / "build" / published, site / CACHE / SPARE / published):
        if copy.is_file() and sha256(data := copy.read_bytes()) == listed:
            return data
    raise RefusedError(
        f"{place}: was changed by hand, and the built site has the text that was taken in no more; put that back from "
        f"a copy of yours, and add the changed text from elsewhere"
    )


def keep(site: Path, file: CaptureFile, data: bytes) -> Path:
    """Write the bytes of a capture that is replaced, and what a person said of it, among the earlier texts."""
    stem = file.file.rpartition(".")[0]
    numbers = [int(Path(version.path).stem) for version in file.versions]
    base = site / "content" / VERSIONS / stem
    number = max(numbers, default=0) + 1
    path = base / f"{number}{Path(file.file).suffix}"
    write(path, data)
    if file.meta:
        write(base / f"{number}{META}", Path(file.meta).read_bytes())
    return path


def set_meta(path: Path, meta: Meta) -> None:
    """Say beside a capture what is known of it, and nothing that was known of the one before it alone."""
    if meta != Meta():
        write_anew(path.with_suffix(META), dump_meta(meta))
    else:
        path.with_suffix(META).unlink(missing_ok=True)


def write_anew(path: Path, data: bytes) -> None:
    """Write a file, new or in the place of another, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written ({error.strerror}); mend this and try again") from error
    finally:
        part.unlink(missing_ok=True)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
