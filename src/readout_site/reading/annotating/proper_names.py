"""Text → proper names: head nouns with the capitalised words around them, and names known as such, with bounds."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from readout_site.reading.annotating.capitals import LIST, Capital, runs
from readout_site.reading.gazetteer import CountryHit, Gazetteer, find_countries

DAY = re.compile(r"\d{1,2}(?:[-–]\d{1,2})?")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
NUMBER = re.compile(r"\d{3,4}")


class Rule(NamedTuple):
    """What a head noun or a known name asks for."""

    part: str  #: `heads`, `lower`, `known` or `never`.
    needs: str  #: What must stand with it.
    tails: frozenset[str] = frozenset()  #: Words that begin a tail.
    left: frozenset[str] = frozenset()  #: Links that may stand within the name before the noun.
    after: frozenset[str] = frozenset()  #: Names that must stand before it.


class Spot(NamedTuple):
    """A head noun or a known name in a text."""

    start: int
    end: int
    rule: Rule
    key: str  #: The same for two writings of one known name.


class Name(NamedTuple):
    """A name in a text, before it is known what it means."""

    start: int  #: First code point.
    end: int  #: End, exclusive.
    key: str = ""  #: The same for two writings of one known name; else empty.
    needs: str = ""  #: What else must tell that it counts; else empty.


@dataclass(frozen=True)
class NameRules:
    """What tells a proper name."""

    spotter: Any  #: An automaton of head nouns and known names; each carries its length, rule and key.
    joint: frozenset[str]  #: Words that make a council one of several parties.
    stops: frozenset[str]  #: Words that no name begins with or goes beyond.
    regions: frozenset[str]  #: First words of parts of the world, which a tail may name after `in`.


class Scene(NamedTuple):
    """A text with what is known of it before names are told apart."""

    text: str
    heads: dict[int, Spot]  #: Head nouns by their end.
    lower: dict[int, Spot]  #: Nouns without a capital by their start.
    known: tuple[Spot, ...]  #: Known names from left to right.
    countries: tuple[CountryHit, ...]  #: From left to right.
    rules: NameRules


def find_names(text: str, rules: NameRules, gazetteer: Gazetteer) -> list[Name]:
    """Return the proper names in `text`, left to right, never overlapping; offsets are code points."""
    spots = tuple(find_spots(text, rules))
    if not spots:
        return []
    heads = {spot.end: spot for spot in spots if spot.rule.part == "heads"}
    lower = {spot.start: spot for spot in spots if spot.rule.part == "lower"}
    known = tuple(spot for spot in spots if spot.rule.part == "known")
    scene = Scene(text, heads, lower, known, find_countries(text, gazetteer), rules)
    names = [Name(spot.start, spot.end, spot.key, spot.rule.needs) for spot in known]
    for run in runs(text):
        names += headed(run, scene)
        names += uncapitalised(run, scene)
    return apart(names)


def find_spots(text: str, rules: NameRules) -> Iterator[Spot]:
    """Yield head nouns and known names, whole words, the longest first at each place."""
    hits = ((last + 1 - length, last + 1, rule, key) for last, (length, rule, key) in rules.spotter.iter(text))
    reached = {"heads": 0, "lower": 0, "known": 0, "never": 0}
    for start, end, rule, key in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        free = start >= reached[rule.part] and start >= reached["never"]
        if free and not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            reached[rule.part] = end
            yield Spot(start, end, rule, key)


def headed(run: tuple[Capital, ...], scene: Scene) -> Iterator[Name]:
    """Yield the names of a run that end in a head noun or in its tail."""
    floor = 0
    for index, word in enumerate(run):
        spot = scene.heads.get(word.end)
        if spot and index >= floor and not heads_on(run, index, scene):
            first = reach_left(run[floor : index + 1], spot, scene) + floor
            floor = reach_right(run, index, spot, scene) + 1
            if floor == len(run) or run[floor].link or run[floor].text not in scene.rules.stops:
                yield from judged(run[first:floor], spot, scene)


def heads_on(run: tuple[Capital, ...], index: int, scene: Scene) -> bool:
    """Tell whether a later head noun stands in the same row of words: the name's last noun is meant."""
    for later in range(index + 1, len(run)):
        if run[later].link or run[later - 1].possessive:
            return False
        if run[later].end in scene.heads:
            return True
    return False


def reach_left(run: tuple[Capital, ...], spot: Spot, scene: Scene) -> int:
    """Return the index of the first word of the name whose head noun ends the run."""
    last = first = next((index for index, word in enumerate(run) if word.start >= spot.start), len(run) - 1)
    while first and joins(run[first - 1], run[first], spot, scene):
        first -= 1
    while first < last and is_no_beginning(run[first], scene.text):
        first += 1
    return first


def joins(before: Capital, word: Capital, spot: Spot, scene: Scene) -> bool:
    """Tell whether a name goes on from `word` to the word before it."""
    if before.possessive or before.text in scene.rules.stops or before.text.endswith("-led"):
        return False
    if word.link in ("and", "&"):
        return before.end not in scene.heads and not (country_at(before, scene) or known_at(before, scene))
    return not word.link or word.link in spot.rule.left


def is_no_beginning(word: Capital, text: str) -> bool:
    """Tell whether a word is a day of the month, or has its capital from the start of a sentence: `Welcoming`."""
    opens = word.start == 0 or text[word.start - 2] in ".!?:;"
    return bool(DAY.fullmatch(word.text)) or (opens and word.text.endswith("ing"))


def reach_right(run: tuple[Capital, ...], index: int, spot: Spot, scene: Scene) -> int:
    """Return the index of the last word of the name whose head noun is at `index`."""
    last = index
    while last + 1 < len(run) and not run[last].possessive and goes_on(run[last + 1], last == index, spot, scene):
        last += 1
    return last


def goes_on(word: Capital, first: bool, spot: Spot, scene: Scene) -> bool:  # noqa: FBT001 - the tail's first word
    """Tell whether the tail of a name takes in `word`."""
    form = country_form(word, scene)
    link = word.link.split(" ")
    if word.text in scene.rules.stops or word.link in ("and the", "and its") or link[0] in ("with", "from"):
        return False
    if first and not word.link:
        return NUMBER.fullmatch(word.text) is not None
    if first:
        return link[0] in spot.rule.tails and not (form == "name" and link[0] in ("of", "to", "for"))
    if link[0] == "in":
        return form == "name" or word.text in scene.rules.regions
    return not (link[0] == "and" and (form or known_at(word, scene)))


def judged(name: tuple[Capital, ...], spot: Spot, scene: Scene) -> Iterator[Name]:
    """Yield the name if it says enough to be one; a head noun alone counts where an earlier name tells."""
    before = [word for word in name if word.end < spot.start]
    tail = name[-1].end > spot.end
    if (tail and spot.rule.needs != "pair") or enough(before, spot, scene):
        yield Name(name[0].start, rest_of_list(name[-1].end, scene) if tail else name[-1].end)
    elif not before:
        yield Name(spot.start, spot.end, "", "earlier")


def enough(before: list[Capital], spot: Spot, scene: Scene) -> bool:
    """Tell whether the words before a head noun make it a name."""
    if spot.rule.needs == "pair":
        return any(word.text in scene.rules.joint or is_pair(word, scene) for word in before)
    named = [word for word in before if not ORDINAL.fullmatch(word.text)]
    return any(is_pair(word, scene) or country_form(word, scene) in (None, "capital", "body") for word in named)


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


def start_of(hit: CountryHit | Spot) -> int:
    """Return where a hit begins."""
    return hit.start


def rest_of_list(end: int, scene: Scene) -> int:
    """Return the end of the list of capitalised phrases that a tail runs into."""
    rest = LIST.match(scene.text, end)
    first = bisect(scene.countries, end, key=start_of)
    clear = rest and (first == len(scene.countries) or scene.countries[first].start >= rest.end())
    return rest.end() if rest and clear else end


def uncapitalised(run: tuple[Capital, ...], scene: Scene) -> Iterator[Name]:
    """Yield the name that a run makes with a noun after it that has no capital: `Minsk agreements`."""
    if spot := scene.lower.get(run[-1].end + 1):
        first = len(run) - 1
        while first and run[first].link in ("", "and") and fits(run[first - 1], spot, scene):
            first -= 1
        if fits(run[first], spot, scene):
            yield Name(country_start(run[first], scene), spot.end)


def country_start(word: Capital, scene: Scene) -> int:
    """Return where a word, or the country whose name ends in it, begins."""
    hit = country_at(word, scene)
    return hit.start if hit else word.start


def fits(word: Capital, spot: Spot, scene: Scene) -> bool:
    """Tell whether a word may stand before a noun without a capital."""
    known = known_at(word, scene)
    named = word.text in spot.rule.after or (known is not None and known.key in spot.rule.after)
    return named or ("pair" in spot.rule.after and is_pair(word, scene))


def apart(names: Iterable[Name]) -> list[Name]:
    """Return names from left to right without those that overlap an earlier or longer one."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
