"""What the method page shows, whole, as `views` has the other pages."""

from msgspec import Struct

from readout_site.rendering.accuracy import AccuracyView


class RuleView(Struct, frozen=True):
    """A rule of the reading."""

    id: str
    name: str
    says: str


class RuleGroup(Struct, frozen=True):
    """The rules of one file."""

    id: str
    heading: str
    rules: tuple[RuleView, ...]


class Word(Struct, frozen=True):
    """A word of the vocabulary and its meaning."""

    name: str
    says: str
    tone: str = ""
    href: str = ""


class MethodView(Struct, frozen=True):
    """The method page."""

    topics: tuple[Word, ...]
    acts: tuple[Word, ...]
    groups: tuple[RuleGroup, ...]
    example: str  #: An address for the example of a link.
    accuracy: AccuracyView | None  #: None where nothing was measured.
