"""An address that the site is served at → the digests of what readers get there."""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from readout_site.shell.disk import PACKAGE
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.target import patiently
from readout_site.shell.redaction import redact

AT_ONCE = 8
"""So many files are asked for at a time."""
SECONDS = 30
ABSENT = (403, 404, 410)
BROKEN = 500
SCRIPT = "__readout__/live.js"
"""What the dev server alone serves."""


class Web:
    """A site as it is served."""

    def __init__(self, address: str) -> None:
        """Ask at `address`, http or https, with a `/` at its end."""
        self.address = address

    def is_preview(self) -> bool:
        """Return whether this is the dev server, whose pages hold a script that is in none that was built."""
        script = (PACKAGE / "shell" / "live" / "live.js").read_bytes()
        return self.digest(SCRIPT) == hashlib.sha256(script).hexdigest()

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield each path with the SHA-256, in hexadecimal, of what is served there; empty where nothing is."""
        with ThreadPoolExecutor(AT_ONCE) as crew:
            try:
                yield from zip(paths, crew.map(self.digest, paths), strict=True)
            finally:
                crew.shutdown(cancel_futures=True)

    def digest(self, path: str) -> str:
        """Return the digest of what is served at a path, or nothing."""
        try:
            return hashlib.sha256(patiently(lambda: fetch(self.address + quote(path)), is_passing)).hexdigest()
        except urllib.error.HTTPError as error:
            if error.code in ABSENT:
                return ""
            reason = f"{error.code} {error.reason}"
        except (OSError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error))
        raise PublishError(f"{redact(self.address)}: {redact(reason)}; mend the address or the network")


def fetch(url: str) -> bytes:
    """Return what is served at an address that is http or https."""
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - the scheme was checked
        body: bytes = answer.read()
        return body


def is_passing(error: Exception) -> bool:
    """Return whether an error may be gone a moment later."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code >= BROKEN
    return isinstance(error, OSError | http.client.HTTPException)
