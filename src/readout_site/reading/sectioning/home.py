"""Telling, dateline and text → the country from whose side a readout is told, where no letterhead says so."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from readout_site.reading.gazetteer import CountryHit, country_of, find_countries
from readout_site.reading.sectioning.attendance import Scene, Zone, lead_zones, title_zones
from readout_site.reading.sectioning.encounter import tell
from readout_site.reading.sectioning.issuers import BODIES
from readout_site.reading.sectioning.people import Lexicon, find_people

DASH = re.compile(r"\s?[-–—/]\s?")
"""What stands between the names of two parties, as in “Chile–Kenya talks”."""
COUPLED = re.compile(r"\A[-–—/]|[-–—/]\Z")
"""What marks a country as one of a pair."""
AND = re.compile(r"\s(?:and|&)\s(?:the\s)?")
BETWEEN = re.compile(
    r"(?:\b(?:between|about|for|of|that|said|[Bb]oth)\s(?:the\s)?|[.!?]\s[“\"‘']?(?:The\s)?|\A[“\"‘']?(?:The\s)?)\Z"
)
"""What stands before such names, as in “relations between Chile and Kenya” or “Chile and Kenya are partners”."""
RECEIVED_BY = re.compile(r"\s(?:of|by)\s(?:the\s)?[A-Z][a-z]+\s")
"""What follows a country that receives a visit, as in “Visit to Chile of the President of Kenya”."""
WHERE = re.compile(r"(?i)\b(?:in|at|to|from|for|on|over|into|about)\s(?:the\s)?\Z")
"""What stands before a country that is a place or a topic, and no party."""
ACTING = re.compile(r"\s(?:side|leader|President|Prime\sMinister|(?:Foreign\s)?Minister|Chancellor|King)\s(?=[a-z])")
"""What follows the adjective of a party, as in “The Chilean side”."""
STAND = re.compile(
    r"\b(?:re(?:affirm|iterat|call|stat|new)|underlin|underscor|stress|assur|reassur|emphasi[sz]|express|convey|confirm|highlight)\w*\s"
    r"(?:(?!\b(?:concern|about|over|against|regarding)\b)[^.]){0,100}(?<=[\s“\"])\Z"
)
OWN = re.compile(
    r"[’']s?\s(?:[a-z-]+\s){0,3}(?:support|commitment|attachment|solidarity|readiness|position|opposition"
    r"|willingness|determination|resolve|interest|concern|appreciation|condolences|stance)\b"
)
"""What a party has that others tell of, as in “reaffirmed Chile’s support”."""
RECEIVING = re.compile(r"(?:has\s|have\s)?(?:received?|receives|host(?:s|ed)|welcome[sd])\b(?!\sby\b)")
"""What a host does at home."""
HOSTING = re.compile(r"(?<=[a-z])\s(?:[Rr]eceives|[Rr]eceived|[Hh]osts|[Hh]osted|[Ww]elcomes|[Ww]elcomed)\s(?!by\b)")
"""The same in a title."""
VISITING = re.compile(
    r"\b(?:is|are|was|were)\s(?:[a-z]+\s){0,3}(?:[\w-]+\s)?visit(?:ing)?\s(?:to\s)?([A-Zt][^,.;]*)"
    r"|\barrived\sin\s([A-Z][^,.;]*?)\son\s|\bat\s(?:his|her)\soffice\sin\s([A-Z][^,.;]*)"
    r"|\A(?:\w+\s)?[Vv]isit\sto\s([A-Z][\w\s]*?)\s(?:of|by)\s(?:the\s)?[A-Z]"
)
"""What tells that a guest is in the country, as in “who is on a state visit to Chile”."""
WILL = re.compile(
    r"\s(?:will\s(?!be\b)|would\s(?!be\b)|stands\s(?:ready|by|with|firmly)|values\s|attaches\s|remains\scommitted)"
)
"""What follows the name of a party that speaks for itself."""
OFFICE_OF = re.compile(
    r"(?:\w+,?\s)?[Tt]he\s(?:[A-Z]\w+\s)+of\s(?:the\s)?(?P<country>(?:[A-Z][\w’-]+\s(?:of\s)?(?:the\s)?)+)"
)
"""An office of state with its country, and no more."""
CALLER = re.compile(
    r"(?i)\b(?:ambassador|high commissioner|envoy|chargé|nuncio|head of mission|at the (?:kind )?invitation of)\b"
)
"""What tells that a guest is told of first."""
ENVOY = re.compile(r"(?i)\b(?:ambassador|high commissioner|envoy|chargé|nuncio|head of mission)\b")
"""Offices of those who call on a government: a readout that opens with one is told by the other side."""
ACCREDITED = re.compile(
    r"(?:\b(?P<by>[A-Z][\w-]+)[’']s\s)?\b(?:[Aa]mbassador|High Commissioner)\s"
    r"(?:of\s(?P<of>(?:[A-Z][\w’'-]+\s)+))?(?:to|in)\s(?:the\s)?(?P<to>[A-Z][^,.;]*)"
)
DATELINE = re.compile(
    r"\A(?P<place>[A-Z](?:[^\d.:;]{2,40}?(?=[,.\s(–—-]+(?:\w*\s?\d{1,2}\b|[A-Z][a-z]+\s\d{1,2}\b))"
    r"|[^\d.:;,–—-]{2,40}?(?=,?\s?(?:[–—]|\s--?)\s[A-Z])))"
)
"""The place at the head of a line that goes on with a day or a dash."""
NEAR = 20
"""The words just before a country stand within so many code points."""
ENOUGH = 3
"""How much must speak for a country before it is taken to be the issuer's."""
MARGIN = 1.5
"""How many times more must speak for it than for any other."""
MOST_NAMED = 2
"""How much all mentions of a country weigh together: a topic is named as often as a party."""
RETOLD_SENTENCES = 3
"""How many sentences are looked at for who is told of first."""
LONGEST_TEXT = 3000
"""How much of the text is read for the parties' names, in code points."""

Weighed = Iterator[tuple[str, int]]
"""Countries, each with how much speaks for it."""


class Sides(Struct, frozen=True):
    """Who stands on which side of an encounter, as told."""

    hosts: frozenset[str]  #: Countries of those who are told of first.
    guests: frozenset[str]  #: Countries of those whom they met.
    received: bool = False  #: True where the guest is told of first, as in “The Ambassador of Chile met President”.


def find_home(scene: Scene, dateline: str | None, lexicon: Lexicon) -> str | None:
    """Return the country from whose side a readout is told; None where the text leaves it open."""
    sides = find_sides(scene, lexicon)
    weights: Counter[str] = Counter()
    for code, weight in evidence(scene, sides, dateline, lexicon):
        if code not in sides.guests:
            weights[code] += weight
    (best, most), (_, second) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= max(ENOUGH, MARGIN * second) else None


def find_sides(scene: Scene, lexicon: Lexicon) -> Sides:
    """Return the countries of those who are told of first and of those whom they met."""
    first, second = lead_zones(scene.telling)
    mine, *theirs = title_zones(scene, lexicon)
    named = find_people(first.text, lexicon)
    leading = told_countries(first, lexicon)
    hosts = leading | told_countries(mine, lexicon) or unnamed(first, lexicon) or retold(scene, lexicon)
    guests = {code for zone in ([second] if first.text else []) + theirs for code in parties(zone, lexicon)}
    second_of_two = bool(
        named and named[0].role and not named[0].country and any(one.country and one.role for one in named)
    )
    if second_of_two or CALLER.search(first.text) or (hosts and not guests and find_people(second.text, lexicon)):
        return Sides(frozenset(), frozenset(hosts | guests), received=True)
    return Sides(frozenset(hosts - (guests - leading)), frozenset(guests - hosts))


def told_countries(zone: Zone, lexicon: Lexicon) -> set[str]:
    """Return the countries told beside the people of a zone."""
    return {one.country for one in find_people(zone.text, lexicon) if one.country}


def unnamed(zone: Zone, lexicon: Lexicon) -> set[str]:
    """Return the country of an office that is told of without its holder, as in “The President of Chile”."""
    office = OFFICE_OF.fullmatch(zone.text)
    code = country_of(office["country"], lexicon.gazetteer) if office else None
    return {code} if code else set()


def retold(scene: Scene, lexicon: Lexicon) -> set[str]:
    """Return the country of whoever the second sentence with a verb of meeting names first."""
    sentences = [sentence for part in scene.paragraphs for sentence in part][1:RETOLD_SENTENCES]
    tellings = (tell("", [sentence], lexicon.encounters) for sentence in sentences)
    found = (told_countries(Zone(telling.before, own=True), lexicon) for telling in tellings if telling.before)
    return next(filter(None, found), set())


def parties(zone: Zone, lexicon: Lexicon) -> set[str]:
    """Return the countries that a zone names, but those that only tell where."""
    hits = find_countries(zone.text, lexicon.gazetteer)
    alone = (
        hit for hit in hits if hit.form != "capital" and not COUPLED.search(zone.text[hit.start - 1 : hit.end + 1])
    )
    named = (hit for hit in alone if not RECEIVED_BY.match(zone.text, hit.end))
    return {hit.code for hit in named if not WHERE.search(zone.text, max(0, hit.start - NEAR), hit.start)}


def evidence(scene: Scene, sides: Sides, dateline: str | None, lexicon: Lexicon) -> Weighed:
    """Yield each country that something speaks for, with how much."""
    text = " ".join(sentence for sentences in scene.paragraphs for sentence in sentences)[:LONGEST_TEXT]
    yield from ((code, ENOUGH) for code in sorted(sides.hosts))
    yield from by_office(scene, lexicon) if not sides.hosts else ()
    yield from by_dateline(scene, dateline, lexicon)
    yield from by_stand(text, lexicon)
    yield from by_visit(scene, sides, lexicon)
    if sides.guests:
        yield from ((code, ENOUGH) for code in paired(scene.telling.title, sides, lexicon))
        yield from ((code, MOST_NAMED) for code in paired(text, sides, lexicon) - BODIES.keys())
        yield from by_mention(scene, text, sides, lexicon)


def by_office(scene: Scene, lexicon: Lexicon) -> Weighed:
    """Yield the countries of offices and houses that only one has, where they are those of the telling side."""
    mine = next(title_zones(scene, lexicon)).text
    own = "\n".join([mine, scene.telling.before or scene.telling.after, scene.place or ""])
    yield from ((code, ENOUGH) for code, pattern in lexicon.issuers.offices if pattern.search(own))
    yield from ((code, MOST_NAMED) for code, pattern in lexicon.issuers.likely if pattern.search(own))
    yield from ((code, ENOUGH) for code, form in lexicon.issuers.headlines if form.match(scene.telling.title))


def by_dateline(scene: Scene, dateline: str | None, lexicon: Lexicon) -> Weighed:
    """Yield the country whose capital a dateline names."""
    openings = [sentences[0] for sentences in scene.paragraphs if sentences]
    for place in [dateline or "", *(match["place"] for line in openings if (match := DATELINE.match(line)))]:
        code = None if place.startswith(lexicon.issuers.seats) else country_of(place, lexicon.gazetteer)
        if code:
            yield code, ENOUGH


def by_visit(scene: Scene, sides: Sides, lexicon: Lexicon) -> Weighed:
    """Yield the country where those who are told of first received a guest, or that the guest is on a visit to."""
    told = (scene.telling.after + scene.telling.rest, scene.telling.title)
    visit = next(filter(None, map(VISITING.search, told)), None)
    if visit and (visited := country_of(next(filter(None, visit.groups())), lexicon.gazetteer)):
        yield visited, ENOUGH
    place = "" if not scene.place or scene.place.startswith(lexicon.issuers.seats) else scene.place
    code = country_of(place, lexicon.gazetteer)
    hosting = RECEIVING.match(scene.telling.after) or HOSTING.search(scene.telling.title)
    if code and (sides.received or hosting):
        yield code, ENOUGH


def paired(text: str, sides: Sides, lexicon: Lexicon) -> set[str]:
    """Return the countries that are named as a pair with that of a guest."""
    pairs = pairwise(hit for hit in find_countries(text, lexicon.gazetteer) if hit.code in BODIES or hit.form != "body")
    linked = [{one.code, other.code} for one, other in pairs if is_pair(one, other, text)]
    return {code for pair in linked if len(pair & sides.guests) == 1 for code in pair - sides.guests}


def is_pair(one: CountryHit, other: CountryHit, text: str) -> bool:
    """Tell whether two countries are named as the two parties of one thing."""
    if DASH.fullmatch(text, one.end, other.start):
        return True
    return (
        AND.fullmatch(text, one.end, other.start) is not None
        and BETWEEN.search(text, max(0, one.start - NEAR), one.start) is not None
    )


def by_stand(text: str, lexicon: Lexicon) -> Weighed:
    """Yield the countries that a text names as a party, and those to which an ambassador is accredited."""
    hits = find_countries(text, lexicon.gazetteer)
    yield from ((code, ENOUGH) for code in sorted({hit.code for hit in hits if is_party(hit, text)}))
    for envoy in ACCREDITED.finditer(text):
        posts = (country_of(envoy[group] or "", lexicon.gazetteer) for group in ("by", "of", "to"))
        yield from ((code, ENOUGH) for code in posts if code)


def by_mention(scene: Scene, text: str, sides: Sides, lexicon: Lexicon) -> Weighed:
    """Yield the countries that a text names; one that receives a guest is the one that is named most."""
    hits = [hit for hit in find_countries(text, lexicon.gazetteer) if hit.code in BODIES or hit.form != "body"]
    named = Counter(hit.code for hit in hits if hit.form != "capital" and hit.code not in sides.guests)
    yield from ((code, min(count, MOST_NAMED)) for code, count in named.items())
    yield from ((hit.code, 1) for hit in find_countries(scene.telling.lead, lexicon.gazetteer) if hit.form == "capital")
    (most, count), (_, second) = [*named.most_common(2), ("", 0), ("", 0)][:2]
    if sides.received and count > max(second, 1):
        yield most, ENOUGH


def is_party(hit: CountryHit, text: str) -> bool:
    """Tell whether a country is named as one that takes part."""
    if hit.form == "adjective":
        return text.endswith(("The ", "the "), 0, hit.start) and ACTING.match(text, hit.end) is not None
    if WILL.match(text, hit.end):
        return hit.form == "name" and BETWEEN.search(text, 0, hit.start) is not None
    return STAND.search(text, max(0, hit.start - 140), hit.start) is not None and OWN.match(text, hit.end) is not None
