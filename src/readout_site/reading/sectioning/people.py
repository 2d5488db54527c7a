"""Text → the people named in it, with office and country as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct, structs

from readout_site.reading.gazetteer import CountryHit, Gazetteer, find_countries
from readout_site.reading.sectioning.encounter import EncounterRules
from readout_site.reading.sectioning.issuers import IssuerRules
from readout_site.reading.sectioning.roles import RoleRules, read_tokens
from readout_site.records import Span

# Patterns over the parts of `roles.Tokens`, one letter a token.
NAME = r"(?:P{0,3}N|[AK](?=[NP])|(?<=[RHG])C(?=N))(?:P{0,3}N|\"N{1,2}\"|A(?=N)|K)*(?:[CIH](?![NICRAGHo'&]))?(?:,?J)?"
COVER = r"(?:\(?[HG][.,)']*)"
CORE = (
    r"(?:[INACG]'?|R'?(?=-?[INACGR])|I(?:&|ot?)(?=[INC])|Ip(?=I(?:&?I)*R))*(?:[Rr]G*(?:I(?:&I)?(?=o))?|(?<=I)H(?=ot?C))"
)
SUBJECT = r"(?:(?:[op&-]|w(?=t?C)|,(?=[IC]+[,&]))t?(?:[IACGRK]'?|N(?!N*R)'?)*(?:[IC]|RG?)(?:\([CAIK]+\)I*)?)*"
RELATIONS = r"(?:px{1,2}[wo]t?(?:[CIN&]|ot?)*[CI])?"
FALLBACK = rf"(?:[op&]t?N{{1,3}}?(?={COVER}*NN))?"
MASTER = rf"(?(before)(?!)|(?:(?<=pR)|(?<=ptR)){NAME}(?:ot?C+)?)"
PERSON = re.compile(
    rf"(?:(?P<before>{CORE}{SUBJECT}{RELATIONS}{FALLBACK})(?P<comma>,t?)?)?(?P<cover>{COVER}+)?(?P<name>{NAME})"
    rf"(?:(?:,?ot?|,(?=C+(?![A-Zo'&])))(?P<of>C+)|ot?N{{1,2}}(?![A-Zo'&]))?(?:\((?P<in>C+)\))?"
    rf"(?:(?P<link>[,(]|(?(cover)|(?!)))t?(?P<after>(?>{CORE}{SUBJECT}(?:C+(?![A-Z]))?))(?:{MASTER}|(?!{RELATIONS}(?(before),?){COVER}*{NAME})))?"
)
RESPECTIVE = re.compile(
    rf"(?P<office>[IR]*[Rr])ot?(?:I+ot?)?C+(?:(?:,&?|&)o?t?(?:I+ot?)?C+)+,{COVER}*{NAME}(?:(?:,&?|&)t?{COVER}*{NAME})+"
)
"""An office of several, with all countries before all names."""
SHARED_OUT = re.compile(rf"(?P<office>[IR]*[Rr])(?=o)(?:,?&?(?:ot?(?:I+ot?)?)?C+,{COVER}*{NAME}){{2,}}")
"""An office of several, with the country before each name."""
OWNER = re.compile(r"[IR]*[NC]+'(?=.*R)")
ABBREVIATED = re.compile(r"\b(?:Jr|Sr|Rep|Sen|Gov|Amb|[A-Z])\.\Z")
SERVED = re.compile(r"[Rr].*p[IC]*R\Z")
GOVERNING = re.compile(r"C+R")
ELSEWHERE = re.compile(r"[pw]t?\Z")
"""A preposition that makes the country after it not the office's own, as in “Ambassador to Thailand”."""


class Mentioned(Struct, frozen=True):
    """Someone named in a text."""

    name: str  #: As written, without title.
    role: str  #: As written; empty where none is.
    country: str | None  #: The country or body that the words beside the name tell.
    adjective: bool  #: True where the country stands before the office, as in “Kosovo President”.
    covered: bool  #: True where an honorific stands before the name.
    plain: bool  #: True where the name holds no word that may be of an institution or country.
    served: bool  #: True where the office is that of someone who serves the one named (“an aide to President”).
    led: str  #: The parts of the tokens before, back to the person before.
    follows: str  #: The parts of the two tokens after.


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words by which people, countries and encounters are told."""

    roles: RoleRules  #: Offices, honorifics and the like.
    gazetteer: Gazetteer  #: Countries and bodies.
    encounters: EncounterRules  #: Verbs of meeting and the like.
    issuers: IssuerRules  #: Offices and houses that only one country has.


class Reader(Struct, frozen=True):
    """A text cut into tokens, with the countries in it."""

    text: str  #: The text.
    spans: list[Span]  #: Where its words and marks stand.
    parts: str  #: Their parts, one letter each.
    countries: tuple[CountryHit, ...]  #: The countries and bodies in it.


@lru_cache(maxsize=64)  # Several steps ask for the title and the telling.
def find_people(text: str, lexicon: Lexicon) -> tuple[Mentioned, ...]:
    """Return the people named in a text in order."""
    countries = find_countries(text, lexicon.gazetteer)
    tokens = read_tokens(text, countries, lexicon.roles)
    reader = Reader(text, tokens.spans, tokens.parts, countries)
    people = []
    end = 0
    for match in PERSON.finditer(reader.parts):
        people.append(mentioned(match, reader, end))
        end = match.end()
    run = SHARED_OUT.search(reader.parts) or RESPECTIVE.search(reader.parts) if "C," in reader.parts else None
    return tuple(shared_out(people, run, reader)) if run else tuple(people)


def shared_out(people: list[Mentioned], run: re.Match[str], reader: Reader) -> Iterator[Mentioned]:
    """Yield people with the country that falls to each, as in “the Presidents of Chile, A, and of Peru, B”."""
    office = written(reader, (run.start(), run.end("office")))
    first, last = reader.spans[run.start()][0], reader.spans[run.end() - 1][1]
    codes = [hit.code for hit in reader.countries if first <= hit.start < last]
    within = [one for one in people if one.name in reader.text[first:last]]
    shares = dict(zip(within, codes, strict=True)) if len(within) == len(codes) and office.endswith("s") else {}
    for one in people:
        yield structs.replace(one, role=office, country=shares[one]) if one in shares else one


def mentioned(match: re.Match[str], reader: Reader, end: int) -> Mentioned:
    """Return the person of a match; `end` is where the one before ended."""
    before = written(reader, unowned(reader.parts, match.span("before")))
    after = written(reader, match.span("after"))
    spans = [match.span(group) for group in ("of", "in", "before", "after") if match[group]]
    return Mentioned(
        name=written(reader, match.span("name")),
        role=before or after,
        country=next((code for span in spans if (code := own_country(reader, span))), None),
        adjective=reader.parts[match.start()] == "C",
        covered=bool(match["cover"]),
        plain="C" not in match["name"] and "I" not in match["name"],
        served=SERVED.search(match["before"] or "") is not None,
        led=reader.parts[end : match.start()],
        follows=reader.parts[match.end() : match.end() + 2],
    )


def unowned(parts: str, span: Span) -> Span:
    """Return the tokens of an office without its owner, as in “President Biden’s National Security Advisor”."""
    owner = OWNER.match(parts, *span)
    return (owner.end(), span[1]) if owner else span


def written(reader: Reader, span: Span) -> str:
    """Return the text of a run of tokens; empty where there is none."""
    start, end = span
    if start == end:
        return ""
    text = reader.text[reader.spans[start][0] : reader.spans[end - 1][1]]
    return text if ABBREVIATED.search(text) else text.removesuffix(".")


def own_country(reader: Reader, span: Span) -> str | None:
    """Return the first country in a run of tokens that is the office's own."""
    first, last = reader.spans[span[0]][0], reader.spans[span[1] - 1][1]
    for hit in reader.countries:
        if first <= hit.start < last and not (hit.form == "body" and "Minister" in reader.text[first : hit.start]):
            index = next(number for number in range(*span) if reader.spans[number][0] >= hit.start)
            if not ELSEWHERE.search(reader.parts, span[0], index) or GOVERNING.match(reader.parts, index):
                return hit.code
    return None
