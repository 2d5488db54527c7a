"""The list, kept at the place that a site is published to, of which files there are ours."""

from collections.abc import Mapping
from typing import Literal

import msgspec
from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.shell.manifest import Entry, is_inside

LEDGER = ".readout-site-published.json"


class PublishError(SiteError):
    """A site that is not published, or a place that it cannot be published to."""


class Ledger(Struct, frozen=True):
    """The files of ours at a place."""

    files: dict[str, Entry]  #: By path, with `/`, as they are, or are to be where they are unsettled.
    unsettled: tuple[str, ...] = ()  #: Those that a publication began to put or delete and may not have come to.
    earlier: dict[str, tuple[Entry, ...]] = {}  #: As which else those may be there yet.
    schema: Literal["readout-site/published/1"] = "readout-site/published/1"

    def versions(self, path: str) -> tuple[Entry, ...]:
        """Return all as which a file of ours may be there."""
        return tuple(dict.fromkeys((*self.earlier.get(path, ()), *filter(None, [self.files.get(path)]))))


def encode_ledger(ledger: Ledger) -> bytes:
    """Return a ledger as it is written: the same bytes for the same files, a line each."""
    files = {path: ledger.files[path] for path in sorted(ledger.files)}
    earlier = {path: ledger.earlier[path] for path in sorted(ledger.earlier)}
    in_order = Ledger(files, tuple(sorted(ledger.unsettled)), earlier)
    return msgspec.json.format(msgspec.json.encode(in_order), indent=1) + b"\n"


def decode_ledger(data: bytes, place: str) -> Ledger:
    """Return the ledger in `data`; raise `PublishError` where it cannot be trusted."""
    remedy = f"so own files cannot be told from others'; remove {LEDGER} there and publish with --first --adopt"
    try:
        ledger = msgspec.json.decode(data, type=Ledger)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise PublishError(f"{place}: its list of published files cannot be read, {remedy}") from error
    for path in ledger.files:
        if not is_inside(path) or path == LEDGER:
            raise PublishError(f"{place}: its list of published files names {path!a}, {remedy}")
    return ledger


def is_page(path: str) -> bool:
    """Return whether a path is that of a page."""
    return path.endswith(".html")


def unfinished(wanted: Mapping[str, Entry], before: Ledger, touched: tuple[str, ...]) -> Ledger:
    """Return the ledger for the time in which the files `touched` are put or deleted."""
    files = {**before.files, **wanted}
    unsettled = tuple({*before.unsettled, *touched})
    earlier = {path: tuple(each for each in before.versions(path) if each != files.get(path)) for path in unsettled}
    return Ledger(files, unsettled, {path: entries for path, entries in earlier.items() if entries})
