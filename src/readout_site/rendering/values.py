"""What a planned page is made of: values, and nothing else, so that their digest tells whether it is still the same."""

import hashlib
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from readout_site.rendering.edition import Edition
from readout_site.rendering.summaries import Summary
from readout_site.rendering.views import Layout

AGAIN = b"="
"""What stands for the very value that stands before it."""
LOOK: Callable[[Any], bytes] = attrgetter("look")

Make = Callable[..., Layout]
"""Lays out a page from the edition, the page's path and its values; it sees no other page and no other readout."""


class Text(Struct, frozen=True):
    """The whole briefing of a readout, as a value that a page shows."""

    id: str  #: As in `Briefing`; the edition loads it by this.
    record: bytes  #: A digest of the briefing.


class Page(Struct, frozen=True):
    """A page of the site, planned: where it lies, and the values that it shows."""

    path: str
    make: Make
    values: tuple[Any, ...]  #: Summaries, texts, links and words; tuples of them.

    def key(self) -> bytes:
        """Return a digest of the values: a page of the same edition and key has the same bytes."""
        hasher = hashlib.blake2b(self.make.__name__.encode(), digest_size=16)
        last = None
        for value in self.values:
            hasher.update(AGAIN if value is last else fingerprint(value))
            last = value
        return hasher.digest()


def fingerprint(value: Any) -> bytes:  # noqa: ANN401 - of any shape
    """Return bytes that tell a value from others; of a summary, what lists show of it."""
    if type(value) is Summary:
        return value.look
    if type(value) is tuple:
        parts = map(LOOK, value) if set(map(type, value)) == {Summary} else map(fingerprint, value)
        return b"%d:" % len(value) + b"".join(parts)
    return msgspec.msgpack.encode(value)


def lay_out(page: Page, edition: Edition) -> Layout:
    """Return all that a page shows."""
    return page.make(edition, page.path, *page.values)
