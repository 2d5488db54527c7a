"""What the process that builds tells the dev server."""

from msgspec import Struct

from readout_site.shell.standing import Report

AS_BUILT = b"0"
ANEW = b"1"
"""How the answer on a page begins: it is as it was built, or its bytes follow."""


class Bulletin(Struct, frozen=True):
    """What became of a build."""

    report: Report | None  #: None where no site could be made.
    error: str  #: Why it could not; else empty.
    overtaken: bool  #: Whether that was since the site changed meanwhile.
    socket: str  #: Where pages just edited are to be had; empty where nowhere.
