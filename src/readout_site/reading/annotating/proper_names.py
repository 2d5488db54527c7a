"""Text → proper names: head nouns with the capitalised words around them, and names known as such, with bounds."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from readout_site.reading.annotating.capitals import LIST, Capital, runs
from readout_site.reading.annotating.scene import (
    Scene,
    country_at,
    country_form,
    is_pair,
    known_at,
    start_of,
    whole_start,
)
from readout_site.reading.annotating.spots import NameRules, Spot, find_spots
from readout_site.reading.gazetteer import Gazetteer, find_countries

DAY = re.compile(r"\d{1,2}(?:[-–]\d{1,2})?")
ARTICLES = ("A", "An")
"""Words with a capital that begin an item of a list, and no name; “The” may belong to one, as in `The Hague`."""
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
NUMBER = re.compile(r"\d{3,5}|\d{4}[-–]\d{2,4}")
"""A number after a name: a year, years, or the number of a resolution."""
REST = re.compile(r"[,.]\d|[$€£]")
"""The rest of a number that goes on after a comma or point."""
RESOLUTION = re.compile(r" \d{2,4}\b")
"""The number of a resolution."""
PARTICLES = ("bin", "ibn", "al", "de", "da", "do", "del")
"""Small words within a person's name, which a programme may bear."""
INNER = ("for", "for the", "in", "in the")
"""What may link the words of a name before its noun, where it begins after an article."""
PARTING = ("and", "to the", "of the")
"""What may stand between two names, where the words after it have a head noun of their own."""
QUOTE = re.compile(r"[“\"]([A-Z][^“”\".,;]{2,60})[”\"]")
"""What may be a name in quotation marks."""
LONGEST_NOUN = 20
"""How many characters before quotation marks are searched for a noun."""


class Name(NamedTuple):
    """A name in a text, before it is known what it means."""

    start: int  #: First code point.
    end: int  #: End, exclusive.
    key: str = ""  #: The same for two writings of one known name; else empty.
    needs: str = ""  #: What else must tell that it counts; else empty.


def find_names(text: str, rules: NameRules, gazetteer: Gazetteer) -> list[Name]:
    """Return the proper names in `text`, left to right, never overlapping; offsets are code points."""
    spots = tuple(find_spots(text, rules))
    known = tuple(spot for spot in spots if spot.rule.part == "known")
    names = [Name(spot.start, spot.end, spot.key, spot.rule.needs) for spot in known]
    names += quoted(text, rules)
    heads = {spot.end: spot for spot in spots if spot.rule.part == "heads"}
    lower = {s.start: s for s in spots if s.rule.part == "lower" and after_capital(text, s.start)}
    leads = any(spot.rule.part == "leads" for spot in spots)
    marks = range(len(text) + 1) if leads else sorted([*heads, *(start - 1 for start in lower)])
    if marks:
        scene = Scene(text, heads, lower, known, find_countries(text, gazetteer), rules)
        for run in runs(text, marks):
            names += headed(run, scene)
            names += led(run, scene)
            names += uncapitalised(run, scene)
    return apart(names)


def quoted(text: str, rules: NameRules) -> Iterator[Name]:
    """Yield the names in quotation marks that stand beside a noun such as `initiative`."""
    for quote in QUOTE.finditer(text) if '"' in text or "“" in text else ():
        before = rules.noun_before.search(text, max(0, quote.start() - LONGEST_NOUN), quote.start())
        if before or rules.noun_after.match(text, quote.end()):
            yield Name(*quote.span(1))


def after_capital(text: str, start: int) -> bool:
    """Tell whether the word before `start` has a capital or is a number."""
    first = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start][:2]
    return not first.islower()


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
    linked = first and run[first].link in INNER and all(word.link in ("", *INNER) for word in run[1:first])
    if linked and all(is_inner(word, scene) for word in run[:first]):
        first *= not scene.text.endswith("the ", 0, run[0].start)
    while first < last and is_no_beginning(run[first], scene.text):
        first += 1
    return first


def is_inner(word: Capital, scene: Scene) -> bool:
    """Tell whether a word may stand in a name before a link: `Sport` in `the Sport for Newcomers Fund`."""
    other = word.text in scene.rules.stops or word.end in scene.heads or word.possessive
    return not (other or country_at(word, scene) or known_at(word, scene))


def joins(before: Capital, word: Capital, spot: Spot, scene: Scene) -> bool:
    """Tell whether a name goes on from `word` to the word before it."""
    if before.possessive or before.text in scene.rules.stops or before.text.endswith("-led"):
        return False
    if word.link in ("and", "&"):
        known = known_at(before, scene)
        if known and word.start < known.end:
            return True
        return before.end not in scene.heads and not (country_at(before, scene) or known)
    opened = word.link == "of" and before.text in scene.rules.openers
    return not word.link or opened or word.link in PARTICLES or word.link in spot.rule.left


def is_no_beginning(word: Capital, text: str) -> bool:
    """Tell whether a word is an article, a day of the month, or has its capital from the start of a sentence."""
    opens = word.start == 0 or text[word.start - 2] in ".!?:;"
    return word.text in ARTICLES or bool(DAY.fullmatch(word.text)) or (opens and word.text.endswith("ing"))


def reach_right(run: tuple[Capital, ...], index: int, spot: Spot, scene: Scene) -> int:
    """Return the index of the last word of the name whose head noun is at `index`."""
    last = index
    while last + 1 < len(run) and not run[last].possessive and goes_on(run[last + 1], last == index, spot, scene):
        last += 1
        if (run[last].link.startswith("and") or run[last].link in ("to the", "of the")) and is_next_name(
            run, last, scene
        ):
            return last - 1
    return last


def is_next_name(run: tuple[Capital, ...], index: int, scene: Scene) -> bool:
    """Tell whether the words from `index` on have a head noun of their own: `the Reef Pact and Quiet Seas Forum`."""
    end = index + 1
    while end < len(run) and not run[end].link:
        end += 1
    return any(word.end in scene.heads for word in run[index:end])


def goes_on(word: Capital, first: bool, spot: Spot, scene: Scene) -> bool:  # noqa: FBT001 - the tail's first word
    """Tell whether the tail of a name takes in `word`."""
    form = country_form(word, scene)
    link = word.link.split(" ")
    if word.text in scene.rules.stops or word.link in ("and the", "and its") or link[0] in ("with", "from"):
        return False
    if first and not word.link:
        return NUMBER.fullmatch(word.text) is not None
    if first:
        party = (form in ("name", "body") or known_at(word, scene)) and link[0] in ("of", "to", "against")
        return link[0] in spot.rule.tails and form != "people" and not (party or REST.match(scene.text, word.end))
    if link[0] == "in":
        return form == "name" or word.text in scene.rules.regions
    if link[0] == "to":
        return form is None and word.text not in scene.rules.regions
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
    forms = (None, "capital", "body", "name") if spot.rule.needs == "party" else (None, "capital", "body")
    return spot.rule.needs != "tail" and any(is_pair(w, scene) or country_form(w, scene) in forms for w in named)


def rest_of_list(end: int, scene: Scene) -> int:
    """Return the end of the list of capitalised phrases that a tail runs into."""
    rest = LIST.match(scene.text, end)
    first = bisect(scene.countries, end, key=start_of)
    clear = rest and (first == len(scene.countries) or scene.countries[first].start >= rest.end())
    return rest.end() if rest and clear else end


def led(run: tuple[Capital, ...], scene: Scene) -> Iterator[Name]:
    """Yield the names that begin with their noun: `Operation Quiet Reef`."""
    for index, word in enumerate(run[:-1]):
        if word.text in scene.rules.leads and not word.possessive and (not index or run[index].link):
            last = index
            while last + 1 < len(run) and is_next(run[last], run[last + 1], scene):
                last += 1
            if last > index:
                yield Name(word.start, run[last].end)


def is_next(word: Capital, following: Capital, scene: Scene) -> bool:
    """Tell whether the word after one that a name has stands in the same name."""
    return not (word.possessive or following.link or following.text in scene.rules.stops)


def uncapitalised(run: tuple[Capital, ...], scene: Scene) -> Iterator[Name]:
    """Yield the name that a run makes with a noun after it that has no capital: `Minsk agreements`."""
    spot = scene.lower.get(run[-1].end + 1)
    last = len(run) - 1
    if spot and not fits(run[last], spot, scene):
        last = before_country(run, scene)
    if spot and last >= 0 and fits(run[last], spot, scene):
        first = last
        while first and is_one_name(run[first - 1], run[first]) and fits(run[first - 1], spot, scene):
            first -= 1
        number = RESOLUTION.match(scene.text, spot.end) if spot.rule.needs == "number" else None
        yield Name(whole_start(run[first], scene), number.end() if number else spot.end)


def is_one_name(before: Capital, word: Capital) -> bool:
    """Tell whether a word goes on with the name before it, as in `Closing the Gap` too."""
    return word.link in ("", "and") or (word.link == "the" and before.text.endswith("ing"))


def before_country(run: tuple[Capital, ...], scene: Scene) -> int:
    """Return the index of the word before the country or the common word that ends a run; -1 for none."""
    start = whole_start(run[-1], scene)
    last = next(index for index, word in enumerate(run) if word.end > start)
    joined = not (run[last].link or run[-1].possessive)
    return last - 1 if joined else -1


def fits(word: Capital, spot: Spot, scene: Scene) -> bool:
    """Tell whether a word may stand before a noun without a capital."""
    known = known_at(word, scene)
    if word.text in spot.rule.after or (known is not None and known.key in spot.rule.after):
        return not word.possessive
    if "pair" in spot.rule.after and is_pair(word, scene):
        return True
    return "name" in spot.rule.after and is_plain_name(word, scene)


def is_plain_name(word: Capital, scene: Scene) -> bool:
    """Tell whether a word may name a programme: no country, no common word, no word that opens a sentence."""
    opens = word.start == 0 or scene.text[word.start - 2] in ".!?:;"
    common = word.text in scene.rules.stops or word.text in scene.rules.plain or word.text.endswith(("-funded", "-led"))
    worded = word.text[0].isalpha() or NUMBER.fullmatch(word.text)
    return bool(worded) and not (opens or common or word.possessive or country_at(word, scene))


def apart(names: Iterable[Name]) -> list[Name]:
    """Return names from left to right without those that overlap an earlier or longer one."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
