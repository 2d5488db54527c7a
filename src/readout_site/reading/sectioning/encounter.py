"""Title and sentences → the telling of an encounter, and from it the form and the place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from readout_site.labels import Kind
from readout_site.reading.gazetteer import Gazetteer, country_of, find_countries
from readout_site.records import RuleDoc

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.\-]*"
NAMED = rf"(?:[Tt]he\s)?{CAPITAL}(?:\s(?:of|de|del|la|el|al|for)(?:\sthe)?\s{CAPITAL}|\s{CAPITAL})*"
PLACE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|(?:[Tt]ravel\w*|[Tt]rip|[Vv]isits?|[Dd]elegation|visited|visiting|stop)(?:\sto)?)\s(?P<place>{NAMED})"
    rf"|\bto\s(?P<house>(?:the\s)?{CAPITAL}\s(?:House|Palace|Residence|Street|Office|Headquarters|Castle|Villa))\b"
)
HOUSE = re.compile(
    rf"(?P<house>(?!))|\b[Aa]t\s(?P<place>(?:the\s)?(?:{CAPITAL}\s){{1,3}}"
    r"(?:House|Palace|Residence|Office|Hall|Hotel|Castle|Villa|Complex|Mansion|Center|Centre)(?:\sof\sthe\s[A-Z]\w+)?)"
)
LEADING_DAY = re.compile(r"\A[A-Z][^.:;]{2,40}?\d{4}\)?\.?(?:\s\([A-Z]+\))?\s?[–—-]+\s")
"""A dateline at the head of a sentence."""
TITLED = re.compile(rf"(?P<house>(?!))|\bin\s(?P<place>{NAMED})\Z")
VISIT = re.compile(
    rf"\b(?:on|during)\san?\s(?:[\w-]+\s){{0,2}}visit\sto\s(?P<place>{NAMED})|\bvisiting\s(?P<house>{CAPITAL})"
)
STOP = re.compile(r"(?<![A-Z])\.\Z|[’']\Z")
MORE = re.compile(rf"(?P<link>,\s(?:and\s)?|\sand\s|\sin\s)(?P<part>{NAMED})(?=[,.;)]|\s[a-z(–—-]|\Z)")
ARTICLE = re.compile(r"\Athe\s")
SIMPLE = re.compile(rf"{CAPITAL}(?:\s{CAPITAL})*")
QUOTED_AT = re.compile(
    r"[”\"],?\s(?:said|says|stated|stressed|emphasi[sz]ed|underlined|underscored|explained|declared|noted|added)\s"
    r"(?P<who>(?:the\s)?[A-Z].*?)(?=,?\s(?:at|during|following|after|before|in)\s(?:the\s(?:start|end)\sof\s)?(?:an?|the|his|her|their)\s"
    r"(?:[\w-]+\s){0,3}(?:meeting|talks|call|conversation|consultations|discussions?|visit)\s(?:with|of|from)\s)"
)
"""What tells of an encounter after words quoted from it, as in “…”, said the Chancellor at his meeting with."""
PASSIVE = r"(?<!spoke)(?<!spoken)(?<!joined)(?<!briefed)\sby\b"
FIRST_SENTENCES = 4
"""How many sentences may come first in telling of the encounter."""
FOLLOWING_SENTENCES = 8
"""How many sentences after that one may tell how it was held."""


@dataclass(frozen=True)
class KindRule:
    """A form of encounter and the words that tell it."""

    kind: Kind  #: The form.
    title: re.Pattern[str] | None  #: Words in the title.
    lead: re.Pattern[str] | None  #: Words in the telling.


@dataclass(frozen=True)
class PlaceRules:
    """Words that make a place, or no place."""

    no_place: frozenset[str]  #: Words that no place holds.
    keep: frozenset[str]  #: Places that hold one all the same.
    nouns: frozenset[str]  #: Words before which a name is no place but an adjective.
    venues: re.Pattern[str]  #: Places that calls are made from.
    regions: frozenset[str]  #: Parts of countries, which may follow a comma.


@dataclass(frozen=True)
class EncounterRules:
    """The words that tell of an encounter, compiled."""

    verb: re.Pattern[str]  #: A verb of meeting or speaking.
    noun: re.Pattern[str]  #: A word for an encounter, at the end of a text.
    word: re.Pattern[str]  #: The same, anywhere.
    held: re.Pattern[str]  #: That an encounter took place, after a word for one.
    tail: re.Pattern[str]  #: Where purpose or topic begins.
    kinds: tuple[KindRule, ...]  #: The first that fits counts.
    places: PlaceRules  #: What a place is.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


class Telling(Struct, frozen=True):
    """What is told of the encounter itself, without its purpose and topics."""

    title: str  #: The title, whole.
    before: str  #: The first sentence with a verb of meeting, up to the verb.
    after: str  #: From the verb to where purpose or topic begins.
    rest: str  #: What follows in that sentence.
    following: tuple[str, ...]  #: Later sentences on how the encounter was held.

    @property
    def lead(self) -> str:
        """Return the clause that tells of the encounter."""
        return self.before + self.after


def tell(title: str, sentences: Sequence[str], rules: EncounterRules) -> Telling:
    """Return what title and sentences tell of the encounter; the first sentence counts where none has a verb for it."""
    for number, sentence in enumerate(sentences[:FIRST_SENTENCES]):
        if quoted := QUOTED_AT.search(sentence):
            return Telling(title, quoted["who"], *cut_tail(sentence[quoted.end() :], rules), ())
        verb = main_verb(sentence, rules)
        if verb is not None:
            later = sentences[number + 1 : number + 1 + FOLLOWING_SENTENCES]
            following = tuple(one for one in later if is_on_encounter(one, rules))
            return Telling(
                title,
                LEADING_DAY.sub("", sentence[:verb].rpartition(": ")[2]),
                *cut_tail(sentence[verb:], rules),
                following,
            )
    return Telling(title, "", *cut_tail(sentences[0] if sentences else "", rules), ())


def is_on_encounter(sentence: str, rules: EncounterRules) -> bool:
    """Tell whether a later sentence says how the encounter was held."""
    held = rules.held.search(sentence)
    return held is not None and rules.word.search(sentence, 0, held.start()) is not None


def main_verb(sentence: str, rules: EncounterRules) -> int | None:
    """Return where the first verb of meeting begins that is no participle (“the talks held in …”)."""
    for verb in rules.verb.finditer(sentence):
        if not (verb[0] == "held" and rules.noun.search(sentence, 0, verb.start())):
            return verb.start()
    return None


def cut_tail(text: str, rules: EncounterRules) -> tuple[str, str]:
    """Return the telling and the rest."""
    tail = rules.tail.search(text, 1)
    return (text[: tail.start()], text[tail.start() :]) if tail else (text, "")


def find_kind(telling: Telling, rules: EncounterRules) -> Kind:
    """Return the form of the encounter; `other` where no rule fits."""
    lead = telling.lead
    for rule in rules.kinds:
        if (rule.title and rule.title.search(telling.title)) or (rule.lead and rule.lead.search(lead)):
            return rule.kind
    return "other"


def find_place(telling: Telling, kind: Kind, rules: PlaceRules, gazetteer: Gazetteer) -> str | None:
    """Return the place as the telling or, for a visit, the title writes it; None where it is not told."""
    if kind in ("call", "video", "other"):
        venue = rules.venues.search(telling.lead)
        return venue[1] if venue else None
    texts = [telling.after, telling.before, *telling.following]
    found = (place for text in texts for place in places(text, PLACE, rules, gazetteer))
    hints = (place for hint in hinted(telling, kind) for place in places(*hint, rules, gazetteer))
    return next(found, None) or next(hints, None)


def hinted(telling: Telling, kind: Kind) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return where else a place may be told: a visit's title, a house named later, or the visit that a guest is on."""
    if kind == "visit":
        return ((telling.title, PLACE),)
    return (telling.rest, HOUSE), (telling.rest, VISIT), (telling.title, TITLED)


def places(text: str, pattern: re.Pattern[str], rules: PlaceRules, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the places in a text in order."""
    for match in pattern.finditer(text):
        group = "place" if match["place"] else "house"
        after = text[match.end() :].lstrip()
        noun = after.partition(" ")[0].rstrip(".,;")
        owned = is_owner(match[group], after, gazetteer) or is_adjective(match[group], gazetteer)
        if is_place(match[group], rules) and noun not in rules.nouns and not owned:
            end = extend(text, match.end(), rules, gazetteer)
            yield STOP.sub("", ARTICLE.sub("", text[match.start(group) : end]))


def is_place(name: str, rules: PlaceRules) -> bool:
    """Tell whether a name is no event, region or time."""
    return ARTICLE.sub("", name) in rules.keep or not any(word.strip(".,’'") in rules.no_place for word in name.split())


def is_owner(name: str, after: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a name owns what follows it, or begins with a country that does (“at Italy’s Embassy”)."""
    first = name.partition(" ")[0]
    owns = name.endswith(("’s", "'s")) or after.startswith(("’", "'"))
    return owns or (first.endswith(("’s", "'s")) and country_of(first[:-2], gazetteer) is not None)


def is_adjective(name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a name is no more than a country's adjective, as in “in Spanish”."""
    return any(hit.form == "adjective" and hit.end - hit.start == len(name) for hit in find_countries(name, gazetteer))


def extend(text: str, end: int, rules: PlaceRules, gazetteer: Gazetteer) -> int:
    """Return where a place ends that goes on as “, California”, “, Japan” or “ in Mexico City”."""
    while match := MORE.match(text, end):
        part = match["part"]
        is_region = STOP.sub("", part) in rules.regions or country_of(part, gazetteer) is not None
        if not is_place(part, rules) or not (is_region or match["link"] == " in "):
            break
        end = match.end()
    return end


def parse_encounters(data: Any) -> EncounterRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `encounters.yaml`."""
    nouns = either(data["nouns"]["words"])
    rules = [data["verbs"], data["nouns"], data["tail"], *data["kinds"], data["places"]]
    return EncounterRules(
        verb=re.compile(
            rf"\b(?<!\bto\s)(?<!\bbe\s)(?<!\bwho\s)(?<![-’'])(?:{either(data['verbs']['words'])})\b(?!-|{PASSIVE})"
        ),
        noun=re.compile(rf"(?:\A|\b(?:{nouns})\s(?:were\s|was\s)?)\Z"),
        word=re.compile(rf"\b(?:{nouns})\b"),
        held=re.compile(rf"\b(?:{either(data['nouns']['held'])})\b"),
        tail=re.compile("|".join(data["tail"]["patterns"])),
        kinds=tuple(KindRule(rule["kind"], compiled(rule["title"]), compiled(rule["lead"])) for rule in data["kinds"]),
        places=parse_places(data["places"]),
        docs=tuple(RuleDoc("encounters", rule["name"], rule["says"]) for rule in rules),
    )


def parse_places(data: Any) -> PlaceRules:  # noqa: ANN401 - what strict YAML holds
    """Return what a place is."""
    return PlaceRules(
        no_place=frozenset(listed(data["not"])),
        keep=frozenset(listed(data["keep"])),
        nouns=frozenset(listed(data["before"])),
        venues=re.compile(rf"\b(?:from|aboard|at)\s(?:aboard\s)?({either(data['venues'])})\b"),
        regions=frozenset(listed(data["regions"])),
    )


def listed(words: str) -> list[str]:
    """Return the phrases between commas."""
    return [word.strip() for word in words.split(",")]


def either(words: str) -> str:
    """Return a pattern for one of the phrases between commas."""
    return "|".join(re.escape(word) for word in listed(words))


def compiled(pattern: str | None) -> re.Pattern[str] | None:
    """Return the pattern compiled, if there is one."""
    return re.compile(pattern) if pattern else None
