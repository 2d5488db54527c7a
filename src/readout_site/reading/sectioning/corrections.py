"""Readout + what a person knows better → the readout set right, which tells what it is that was set by hand."""

from collections.abc import Iterator
from typing import Any, TypeVar

from msgspec import UNSET, UnsetType, structs

from readout_site.records import Corrections, Issuer, Participant, Readout

Value = TypeVar("Value")


def settle(given: Value | UnsetType, read: Value) -> Value:
    """Return what a person gave, else what was read."""
    return read if isinstance(given, UnsetType) else given


def correct(readout: Readout, by_hand: Corrections, read: Readout, headline: str | None) -> Readout:
    """Return the readout with the fields that a person gave, and what each was as it was `read` without them.

    A given title stands beside the published one, the `headline`, which is what annotators read.
    """
    given = {name: value for name, value in structs.asdict(by_hand).items() if value is not UNSET}
    corrected = {name: headline if name == "title" else in_words(getattr(read, name)) for name in given}
    if "date" in given:
        given["date_source"] = "given" if given["date"] else None
    return structs.replace(readout, given_title=given.pop("title", None), corrected=corrected, **given)


def in_words(value: Any) -> str | None:  # noqa: ANN401 - of any field
    """Return a value of the record in words; None where nothing was read."""
    if isinstance(value, tuple):
        return "; ".join(", ".join(party(one)) for one in value) or None
    return ", ".join(party(value)) if isinstance(value, Issuer) else value


def party(one: Issuer | Participant) -> Iterator[str]:
    """Yield what is known of an issuer or a participant."""
    yield from filter(None, structs.astuple(one))
