"""The package's figures + the version of its reading → what is known of how well a site is read."""

import hashlib
from pathlib import Path

import msgspec

from readout_site.rendering.accuracy import Measurement, Quality
from readout_site.shell.disk import PACKAGE, walk

MEASURED = PACKAGE / "quality.json"
"""The figures that `make quality` measured."""


def load_quality(site: Path) -> Quality:
    """Return the figures of the package, and how far they are those of `site`."""
    measurement = msgspec.json.decode(MEASURED.read_bytes(), type=Measurement)
    own = walk(site / "content" / "rules", site)[0]
    return Quality(measurement, reading_version(), bool(own))


def reading_version() -> str:
    """Return a digest of the shipped rules and the code that reads by them, in hexadecimal."""
    parts = (*(PACKAGE / "rules").rglob("*"), *(PACKAGE / "reading").rglob("*.py"))
    named = sorted((path.relative_to(PACKAGE).as_posix(), path) for path in parts if path.is_file())
    digest = hashlib.sha256()
    for name, path in named:
        content = path.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
