"""Texts that name who took part → participants: each once, under the fullest name, with role and country."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from readout_site.reading.gazetteer import country_of, find_countries
from readout_site.reading.sectioning.attendance import Scene, Zone, lead_zones, title_zones, told_zones
from readout_site.reading.sectioning.encounter import tell
from readout_site.reading.sectioning.home import ENVOY
from readout_site.reading.sectioning.people import Lexicon, Mentioned, find_people
from readout_site.records import Participant

ADDRESSED = re.compile(r"(?:x|w)pt?\Z")
"""What stands before someone spoken to, as in “spoke to President”."""
BELONGING = re.compile(r"[po]t?\Z")
"""What stands before someone who is only mentioned, as in “the family of Mr.” or “Advisor to President”."""
OPENING = re.compile(r"(?:x|.*,)?\Z")
"""What may stand before the first name of a sentence."""
CHUNK = re.compile(r"(?:.*[,;])?&?\Z")
"""What stands before a name that is a piece of a list of its own."""
GLUED = 3
"""How many people one after another make an item a list that has lost its lines."""
RETOLD_SENTENCES = 6
"""How many sentences are looked at for people where the telling names none."""
PAIRED = re.compile(r"&t?\Z")
LISTED = re.compile(r"(?:\([^)]*\))?(?:,?&t?|,t?)\Z")
ENDS = re.compile(r"(?:[,o]N)?\Z")
"""What follows the last of those who stand before a verb: nothing, or the place that he is of."""
SUFFIX = re.compile(r"(?:,?\s(?:Jr|Sr)\.?|\s(?:II|III|IV))\Z")
GENERATIONS = ("Jr.", "Sr.", "Jr", "Sr", "I", "V")
"""What a name with a suffix ends with."""
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
OF_STATE = re.compile(
    r"\s(?:of|-)\s(?:the\s)?(?:(?:Republic|State|Kingdom|Federation|Commonwealth|Sultanate|Government)\sof\s(?:the\s)?)?\Z"
)


class Person(Struct, frozen=True):
    """Someone who took part, as read so far."""

    name: str  #: As fully as read so far, without title.
    role: str  #: As written; empty where none is.
    country: str | None  #: As told beside the name.
    own: bool  #: True on the side of who publishes.
    listed: bool  #: True where a list of people names him.
    words: tuple[str, ...]  #: The words of the name, folded, by which it is compared.


def find_participants(scene: Scene, lexicon: Lexicon) -> tuple[Participant, ...]:
    """Return who took part by name, in the order of the text."""
    titled = [person for zone in title_zones(scene, lexicon) for person in people(zone, scene, lexicon)]
    told = [
        *first_told(scene, lexicon),
        *(one for zone in told_zones(scene, lexicon) for one in people(zone, scene, lexicon)),
    ]
    if scene.telling.before and not any(one.own for one in (*titled, *told)):
        told += absent_host(scene, lexicon)
    body = " ".join(sentence for sentences in scene.paragraphs for sentence in sentences)
    everyone = merged([*told, *(person for person in titled if is_borne_out(person, told, body))])
    return tuple(settled(person, everyone, scene, lexicon) for person in everyone)


def first_told(scene: Scene, lexicon: Lexicon) -> list[Person]:
    """Return the people of the telling, or where it names none, of the next sentence that has a verb of meeting."""
    sentences = [sentence for part in scene.paragraphs for sentence in part][:RETOLD_SENTENCES]
    later = (tell(scene.telling.title, [sentence], lexicon.encounters) for sentence in sentences)
    for telling in chain([scene.telling], (one for one in later if one.before)):
        found = [person for zone in lead_zones(telling) for person in people(zone, scene, lexicon)]
        if found:
            return found
    return []


def absent_host(scene: Scene, lexicon: Lexicon) -> list[Person]:
    """Return whom the telling has but by office: who acts later under his name, else who the letterhead names."""
    for sentence in (sentence for sentences in scene.paragraphs for sentence in sentences):
        for verb in lexicon.roles.acting.finditer(sentence):
            zone = Zone(sentence[: verb.end("name")], own=True, narrated=True)
            found = [one for one in people(zone, scene, lexicon) if one.country in (None, scene.home)]
            found = found or bare_subject(zone, scene, lexicon)
            if found and not lexicon.roles.elsewhen.search(sentence):
                return found[:1]
    office, name = scene.holder or ("", "")
    named = name and scene.telling.before.rstrip().endswith(office)
    return [Person(name, office, None, own=True, listed=False, words=name_words(name))] if named else []


def bare_subject(zone: Zone, scene: Scene, lexicon: Lexicon) -> list[Person]:
    """Return whom a sentence begins with by a full name alone, as in “Jo Doe thanked”, where he is not the guest."""
    found = find_people(zone.text, lexicon)
    alone = len(found) == 1 and found[0].name == zone.text and found[0].plain
    guest = zone.text.rpartition(" ")[2] in scene.telling.after
    known = alone and " " in zone.text and not guest
    return [Person(zone.text, "", None, own=True, listed=False, words=name_words(zone.text))] if known else []


def people(zone: Zone, scene: Scene, lexicon: Lexicon) -> Iterator[Person]:
    """Yield the people of a zone who took part."""
    found: list[Mentioned] = []
    follows = False
    for one in find_people(zone.text, lexicon):
        listed = follows and LISTED.match(one.led) is not None
        mere = is_spokesperson(one, zone, lexicon) or one.name in lexicon.encounters.places.regions
        follows = is_participant(one, zone, scene, listed=listed) and not mere
        found += [one] if follows else []
    if zone.narrated:
        found = subjects(found)
    office = ""
    for index, one in enumerate(found[:1] if zone.listed and len(found) < GLUED else found):
        country = one.country or zone.country or shared_country(found, index, zone)
        shared = office if office.endswith("s") and LISTED.match(one.led) else ""
        office = one.role or shared
        role = singular(short_role(office, lexicon), lexicon)
        own = zone.own and not (zone.mixed and ENVOY.search(role))
        yield Person(one.name, role, country, own, zone.listed, name_words(one.name))


def subjects(found: Sequence[Mentioned]) -> list[Mentioned]:
    """Return those with an office who stand together at the end of a zone, before its verb."""
    if not found or not found[-1].role or not ENDS.match(found[-1].follows):
        return []
    first = len(found) - 1
    while first and found[first - 1].role and LISTED.match(found[first].led):
        first -= 1
    return list(found[first:])


def is_participant(one: Mentioned, zone: Zone, scene: Scene, *, listed: bool) -> bool:
    """Tell whether someone named in a zone took part: by office, by honorific, or by the place of a bare name."""
    owner = one.follows.startswith("'") and not (zone.title and one.follows in ("'x", "'"))
    if owner or one.served or (zone.listed and one.led.strip("&t(")):
        return False
    if one.role or one.covered:
        return zone.title or ADDRESSED.search(one.led) is not None or BELONGING.search(one.led) is None
    if zone.listed:
        return one.plain and " " in one.name and one.follows[:1] in ("", ",", "-", "(", "p", "o")
    return one.plain and is_named_barely(one, zone, scene, listed=listed)


def is_spokesperson(one: Mentioned, zone: Zone, lexicon: Lexicon) -> bool:
    """Tell whether someone only gives out the readout."""
    return zone.own and lexicon.roles.spokesperson.search(one.role) is not None


def is_named_barely(one: Mentioned, zone: Zone, scene: Scene, *, listed: bool) -> bool:
    """Tell whether a name without an office stands where a participant does."""
    known = one.name.split()[-1] in scene.telling.title
    named = " " in one.name or (known and one.follows[:1] in ("", ",", "&", "."))
    if zone.attended and CHUNK.match(one.led) and one.follows[:1] in ("", ",", ".", "&"):
        return " " in one.name
    if listed or one.led.endswith("w") or (zone.own and OPENING.match(one.led)):
        return named
    return " " in one.name and known and one.led.endswith("x")


def shared_country(found: Sequence[Mentioned], index: int, zone: Zone) -> str | None:
    """Return the country of a neighbour that stands for two, as in “A and B of Chile” or “Chilean A and B”."""
    following = found[index + 1] if index + 1 < len(found) and not zone.own else None
    if following and following.country and not following.adjective and PAIRED.match(following.led):
        return following.country
    before = found[index - 1] if index else None
    shared = before and (before.adjective or not zone.own) and PAIRED.match(found[index].led)
    return before.country if before and shared else None


def short_role(role: str, lexicon: Lexicon) -> str:
    """Return an office without the country that stands beside it."""
    hits = [hit for hit in find_countries(role, lexicon.gazetteer) if hit.form != "body"]
    if hits and hits[-1].end == len(role) and (state := OF_STATE.search(role, 0, hits[-1].start)):
        role = role[: state.start()]
    if hits and hits[0].start == 0:
        role = role[hits[0].end :].removeprefix("’s").removeprefix("'s").strip() or role
    return role


def singular(role: str, lexicon: Lexicon) -> str:
    """Return an office that is written for several, as in “Senators A and B”, for one."""
    one = role.removesuffix("s")
    last = one.rpartition(" ")[2]
    return one if lexicon.roles.parts.get(last[:1].upper() + last[1:]) == "R" else role


def is_borne_out(person: Person, told: Sequence[Person], body: str) -> bool:
    """Tell whether the text bears out that someone named in the title took part."""
    if any(is_same(person, other) for other in told):
        return True
    alone = not any(other.own == person.own for other in told)
    return bool(person.role) and (alone or person.country is not None or person.name.split()[-1] in body)


def merged(everyone: Iterable[Person]) -> list[Person]:
    """Return each person once, with all that is told of him."""
    distinct: list[Person] = []
    for person in everyone:
        known = next((index for index, other in enumerate(distinct) if is_same(person, other)), None)
        if known is None:
            distinct.append(person)
        else:
            distinct[known] = joined(distinct[known], person)
    return distinct


def joined(one: Person, other: Person) -> Person:
    """Return one person under the fuller name."""
    fuller = len(other.name.split()) > len(one.name.split())
    return Person(
        name=other.name if fuller else one.name,
        role=one.role or other.role,
        country=one.country or other.country,
        own=one.own or other.own,
        listed=one.listed,
        words=other.words if fuller else one.words,
    )


def is_same(one: Person, other: Person) -> bool:
    """Tell whether two names mean one person: one holds the other, or family name and first letter agree."""
    if one.country and other.country and one.country != other.country:
        return False
    a, b = one.words, other.words
    return set(a) <= set(b) or set(b) <= set(a) or (a[-1] == b[-1] and a[0][0] == b[0][0])


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded, without initials, nicknames and suffix."""
    plain = QUOTED.sub("", name) if "“" in name or '"' in name else name
    plain = SUFFIX.sub("", plain) if plain.endswith(GENERATIONS) else plain
    words = (plain if plain.isascii() else unaccented(plain)).casefold().split()
    return tuple(word for word in words if len(word.strip(".")) > 1) or (plain.casefold(),)


def unaccented(name: str) -> str:
    """Return a name without its accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))


def settled(person: Person, everyone: Sequence[Person], scene: Scene, lexicon: Lexicon) -> Participant:
    """Return the participant, with the country of his side where none stands beside the name."""
    country = person.country or sole_country(person.role, lexicon) or default_country(person, everyone, scene, lexicon)
    return Participant(name=person.name, role=person.role or role_elsewhere(person, scene, lexicon), country=country)


def role_elsewhere(person: Person, scene: Scene, lexicon: Lexicon) -> str:
    """Return the office that a later sentence, as a line of a transcript, has with a name, else the letterhead's."""
    for sentence in (sentence for sentences in scene.paragraphs for sentence in sentences if person.name in sentence):
        for one in find_people(sentence, lexicon):
            if one.role and name_words(one.name) == person.words:
                return short_role(one.role, lexicon)
    first = person.own and scene.telling.before.startswith(person.name)
    return scene.holder[0] if first and scene.holder else ""


def sole_country(role: str, lexicon: Lexicon) -> str | None:
    """Return the country of an office that only one has, such as “Taoiseach”."""
    return next((code for code, office in lexicon.issuers.offices if role and office.search(role)), None)


def default_country(person: Person, everyone: Sequence[Person], scene: Scene, lexicon: Lexicon) -> str | None:
    """Return the issuer's country for its own side and its own offices, else the only other country told."""
    home = scene.home
    guests_first = any(one.own and one.country not in (None, home) for one in everyone)
    if person.own or guests_first or not lexicon.roles.domestic.isdisjoint(person.role.split()):
        return home
    if person.listed:
        return country_of(scene.place or "", lexicon.gazetteer) or home
    texts = (scene.telling.title, scene.telling.lead)
    for text in reversed(texts) if scene.kind == "visit" else texts:
        found = {hit.code for hit in find_countries(text, lexicon.gazetteer) if hit.form != "body"} - {home}
        if found:
            return found.pop() if len(found) == 1 else None
    return None if lexicon.roles.abroad.fullmatch(person.role) else home
