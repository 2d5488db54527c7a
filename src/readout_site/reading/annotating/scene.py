"""A text with what is known of it, and what its words are: countries, known names, pairs of parties."""

from bisect import bisect
from typing import NamedTuple

from readout_site.reading.annotating.capitals import Capital
from readout_site.reading.annotating.spots import NameRules, Spot
from readout_site.reading.gazetteer import CountryHit


class Scene(NamedTuple):
    """A text with what is known of it before names are told apart."""

    text: str
    heads: dict[int, Spot]  #: Head nouns by their end.
    lower: dict[int, Spot]  #: Nouns without a capital by their start.
    known: tuple[Spot, ...]  #: Known names from left to right.
    countries: tuple[CountryHit, ...]  #: From left to right.
    rules: NameRules


def is_pair(word: Capital, scene: Scene) -> bool:
    """Tell whether a word joins two parties by a dash."""
    if "-" not in word.text and "–" not in word.text:
        return False
    following = bisect(scene.countries, word.start, key=start_of)
    return bool(country_at(word, scene)) or (
        following < len(scene.countries) and scene.countries[following].start < word.end
    )


def country_form(word: Capital, scene: Scene) -> str | None:
    """Return how a word names a country, or None."""
    hit = country_at(word, scene)
    return hit.form if hit else None


def country_at(word: Capital, scene: Scene) -> CountryHit | None:
    """Return the country in whose name a word begins, or None."""
    before = bisect(scene.countries, word.start, key=start_of) - 1
    return scene.countries[before] if before >= 0 and word.start < scene.countries[before].end else None


def known_at(word: Capital, scene: Scene) -> Spot | None:
    """Return the known name in which a word begins, or None."""
    before = bisect(scene.known, word.start, key=start_of) - 1
    return scene.known[before] if before >= 0 and word.start < scene.known[before].end else None


def whole_start(word: Capital, scene: Scene) -> int:
    """Return where a word, or the country or known name that goes on in it, begins."""
    return min((hit.start for hit in (country_at(word, scene), known_at(word, scene)) if hit), default=word.start)


def start_of(hit: CountryHit | Spot) -> int:
    """Return where a hit begins."""
    return hit.start
