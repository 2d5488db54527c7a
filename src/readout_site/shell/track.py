"""Items that pass through, and a way to show how far they have come."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Track(Protocol):
    """Passes items through and shows how far they have come."""

    def __call__(self, items: Iterable[Item], what: str, total: int) -> Iterable[Item]:
        """Yield the items; `what` is being done to `total` of them."""


def silently(items: Iterable[Item], what: str, total: int) -> Iterable[Item]:  # noqa: ARG001 - as `Track` names them
    """Show nothing."""
    return items
