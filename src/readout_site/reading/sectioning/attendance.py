"""Telling of an encounter and its paragraphs → the texts that name who took part."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from readout_site.labels import Kind
from readout_site.reading.gazetteer import country_of, find_countries
from readout_site.reading.sectioning.encounter import Telling
from readout_site.reading.sectioning.people import Lexicon, find_people

GIVEN_OUT = re.compile(r"\A.*?\b(?:[Bb]y|[Ff]rom)\s(?P<speaker>.*?)\s(?:on|of|regarding|about|following)\s")
PARTIES = re.compile(
    r"\s(?:[Ww]ith|[Mm]eets(?:\s[Ww]ith)?|[Mm]et(?:\s[Ww]ith)?|[Hh]osts|[Rr]eceives|[Ww]elcomes|[Cc]alls?\s[Oo]n|[Tt]o)\s"
)
TOPIC = re.compile(
    r"\s(?:[Oo]n|[Rr]egarding|[Aa]bout|[Ff]ollowing|[Tt]o\s(?!the\b|President|Prime|King)(?=[A-Z]?[a-z]+\s(?:[A-Z]|the\b)))\s?(?!the\s(?:margins|sidelines))|[;:]\s"
    r"|,\s(?=[A-Z][a-z]+s\s)"
)
SIDE = re.compile(
    r"(?i)\b(?:delegations?|represented|representatives|officials|side|team|government|senators|members)\b"
)
LEAD_IN = re.compile(
    r"(?i)\b(?:participants?|participated|attendees|attended|joined|included|present|attendance|leaders|officials"
    r"|representatives|delegation|members|following|speakers|panelists|guests|lawmakers|legislators|governors|mayors"
    r"|senators|attorneys\sgeneral|ministers|ambassadors|presidents|ceos|experts|advocates)\b[^:]*(?<!readout)(?<!statement)(?<!remarks)(?<!follows):\Z"
)
TAIL = re.compile(
    r"\sto\s(?!the\b|an?\b|his\b|her\b|their\b)(?=[a-z])|,?\s(?:about|regarding|where|which|following|after|before|on\sbehalf)\b"
    r"|\smet\s|\sand\s(?=(?:visited|held|discussed|toured|thanked)\b)"
)
ITEM = re.compile(r"\s[-–—•▪·*]\s|;\s|(?:\A|\s)[•▪·]\s?|\A[-–—*]\s")
LONGEST_NAME = 40
"""The longest text after an organisation and a colon that is read as a name, in code points."""
STOPS = (".", "!", "?", ":", "”", '"')
"""What a sentence ends with, and an item of a list does not."""
SHORTEST_RUN = 3
"""How many short paragraphs in a row make a list."""
NUMBERED = re.compile(r"\A\(?\d{1,2}[.)]\s+")
HOUSES = re.compile(
    r"\A(?:[\w’]+\s){0,4}(?:[Oo]rgani[sz]ations|[Jj]urisdictions|[Pp]hilanthropies|[Cc]ompanies|[Cc]ities|[Ss]tates|[Cc]ountries"
    r"|[Ff]oundations|[Uu]niversities|[Ii]nstitutions|[Aa]gencies|[Gg]roups)\b"
)
"""The head of a list of organisations, which holds people only beside them."""
CITY = re.compile(r"\A[^,]+,\s[A-Z]{2}\Z")
"""A city with the letters of its state, as an item of a list."""
QUOTED = re.compile(r"\A(?P<who>[A-Z][^:“”\"]{5,140}(?<=[\s.-])[A-Z][^\s:“”\"]*):\s?(?=[“\"])")
"""What stands before the words of someone quoted by name and office at the start of a paragraph."""
RELATIVE = re.compile(r"\w\sthat\s(?:the\s)?(?:[A-ZÀ-Þ][\w.’'-]*\s?)+\Z")
"""What makes someone the subject of words reported of him, as in “the plan that President”."""
ON_A_SIDE = re.compile(
    r"(?P<who>[A-Z].*?)(?:,?\s(?:attended|participated|took\spart|were\s(?:also\s)?present|joined))?,?\s(?:on|from|for)\sthe\s"
    r"(?P<side>[A-Z][\w’'-]+)\sside"
)
"""Those who were there on a side, and the side after them."""
INVITED = re.compile(
    r"\b[Aa]t\sthe\s(?:kind\s)?invitation\sof\s(?:the\s)?(?P<who>[^,]+),\s.*\b(?:visit|visited|travel)"
)
"""Who invited a guest to a visit."""
MIXED = ("also", "Also", "attended")
"""What words such as “also present were” begin with: those of either side may follow."""
BESIDE = re.compile(r"(?i)(?:also|attended|joined|joining|accompanied|supported|assisted|in\sthe\spresence)\b")
"""Words before “by” and those who are on the side of the one who is told of."""
MEANWHILE = re.compile(r"\s(?:at|in|on|this|today|yesterday)\b")
"""What parts a guest from “accompanied by”, so that the subject of the sentence is meant."""
LONGEST_ITEM = 250
"""The longest sentence that is read as one item of a list of people, in code points."""


class Zone(Struct, frozen=True):
    """A text that names people who took part."""

    text: str  #: The text.
    own: bool  #: True where they are on the side of who publishes.
    country: str | None = None  #: The country that the words before it give them all.
    listed: bool = False  #: True where it is an item of a list of people.
    attended: bool = False  #: True where it follows words such as “attendees included”.
    title: bool = False  #: True where it is of the title.
    mixed: bool = False  #: True where people of either side may be among them, as after “also present were”.
    narrated: bool = False  #: True where only who stands at its end is meant: the subject of a verb after it.


class Scene(Struct, frozen=True):
    """What the participants are read from."""

    telling: Telling  #: The telling of the encounter.
    kind: Kind  #: Its form.
    paragraphs: Sequence[Sequence[str]]  #: The text: sentences by paragraph.
    place: str | None  #: Where it was held.
    home: str | None  #: The issuer's country.
    holder: tuple[str, str] | None = None  #: The office of a letterhead and its holder; may be empty.


def lead_zones(telling: Telling) -> tuple[Zone, Zone]:
    """Return what a telling says of its subject and its object."""
    return Zone(telling.before, own=True), Zone(telling.after, own=not telling.before)


def told_zones(scene: Scene, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield the sentences and lists that name who took part, in the order of the text."""
    head = last = ""
    runs = list_runs(scene.paragraphs)
    for number, sentences in enumerate(scene.paragraphs):
        if sentences and ":" in sentences[0]:
            yield from quoted(sentences[0])
        for sentence in sentences:
            head = head if head and is_listed(sentence) else ""
            if head or number in runs:
                yield from items(sentence, houses=HOUSES.search(head or last) is not None)
            else:
                yield from attendance(sentence, scene, lexicon)
            if sentence.endswith(":"):
                last = sentence
                head = sentence if LEAD_IN.search(sentence) else head


def quoted(sentence: str) -> Iterator[Zone]:
    """Yield who is quoted by name and office at the start of a paragraph."""
    if match := QUOTED.match(sentence):
        yield Zone(match["who"], own=False, listed=True)


def is_listed(sentence: str) -> bool:
    """Tell whether what follows the head of a list still belongs to it."""
    return len(sentence) <= LONGEST_ITEM or not sentence.endswith(STOPS) or ITEM.search(sentence) is not None


def list_runs(paragraphs: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the indexes of paragraphs in runs of short ones without a full stop, as lists of people are."""
    short = [len(part) == 1 and len(part[0]) <= LONGEST_ITEM and not part[0].endswith(STOPS) for part in paragraphs]
    starts = (number for number in range(len(short) - SHORTEST_RUN + 1) if all(short[number : number + SHORTEST_RUN]))
    return frozenset(number + step for number in starts for step in range(SHORTEST_RUN))


def items(sentence: str, *, houses: bool) -> Iterator[Zone]:
    """Yield the items of a list of people, each on its own; of a list of organisations, those with more than a name."""
    for item in ITEM.split(sentence):
        name = NUMBERED.sub("", item.strip()).removeprefix("The ")
        house, _, person = name.rpartition(": ")
        within = house and "," not in house and len(person) <= LONGEST_NAME
        if within or (name and not (houses and "," not in name) and not CITY.search(name)):
            yield Zone(person if within else name, own=False, listed=True)


def attendance(sentence: str, scene: Scene, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield the part of a sentence that says who joined, attended or was met."""
    rules = lexicon.roles
    if "nvitation of" in sentence and (inviter := INVITED.search(sentence)):
        yield Zone(inviter["who"], own=True)
    if " side" in sentence:
        yield from sided(sentence, lexicon)
    told = any(map(sentence.__contains__, rules.cues))
    if told and (after := rules.after.search(sentence)):
        yield from met(sentence[: after.start()], scene, lexicon)
        own = BESIDE.match(after[0]) is not None
        country = side(sentence[: after.end()], lexicon) or (own and companion(sentence[: after.end()], scene, lexicon))
        rest = sentence[after.end() :]
        pieces = rest.split(";") if rest.count(";") > 1 else [untopical(rest)]
        for piece in pieces:
            mixed = after[0].startswith(MIXED)
            yield Zone(piece, own, country or None, listed=len(pieces) > 1, attended=True, mixed=mixed)
    elif told and rules.before.search(sentence):
        yield from joining(sentence, rules.before)
    else:
        yield from met(sentence, scene, lexicon)
        yield from narrated(sentence, scene, lexicon)


def joining(sentence: str, words: re.Pattern[str]) -> Iterator[Zone]:
    """Yield what stands before each of the words of taking part, as in “A took part, and B joined the call”."""
    start = 0
    for match in words.finditer(sentence):
        yield Zone(sentence[start : match.start()], own=True)
        start = match.end()


def sided(sentence: str, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield those who attended on a side that is named after them, as in “A and B attended on the Chilean side”."""
    for match in ON_A_SIDE.finditer(sentence):
        if country := country_of(match["side"], lexicon.gazetteer):
            yield Zone(match["who"], own=False, country=country, attended=True)


def met(sentence: str, scene: Scene, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield whom a sentence says were met besides, or during a visit."""
    if "with" not in sentence:
        return
    rules = lexicon.roles
    for found in (rules.met if scene.kind == "visit" else rules.besides).finditer(sentence):
        country = last_country(sentence[: found.start()], lexicon) if scene.kind == "visit" else None
        yield Zone("with" + untopical(sentence[found.end() :]), own=False, country=country, attended=True)


def narrated(sentence: str, scene: Scene, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield what stands before verbs such as “opened” or “briefed” whose subject the telling does not name."""
    start = 0
    for verb in lexicon.roles.narrating.finditer(sentence):
        name = verb["name"]
        known = name in scene.telling.lead or name in scene.telling.title
        if not known and lexicon.roles.elsewhen.search(sentence):
            return
        if not known and not RELATIVE.search(sentence, start, verb.end("name")):
            yield Zone(sentence[start : verb.end("name")], own=True, narrated=True)
        start = verb.end()


def untopical(text: str) -> str:
    """Return a text up to where a purpose, a topic or the next clause begins."""
    return TAIL.split(text, maxsplit=1)[0]


def last_country(text: str, lexicon: Lexicon) -> str | None:
    """Return the country or capital named last, as in “and Fiji, where they met with”."""
    hits = [hit for hit in find_countries(text, lexicon.gazetteer) if hit.form in ("name", "capital")]
    return hits[-1].code if hits else None


def side(before: str, lexicon: Lexicon) -> str | None:
    """Return the country whose delegation or government the words before a list of people tell."""
    hits = find_countries(before, lexicon.gazetteer) if SIDE.search(before) else ()
    return hits[-1].code if hits else None


def companion(before: str, scene: Scene, lexicon: Lexicon) -> str | None:
    """Return the country of the guest whom the words before name as the one who was accompanied."""
    if not before.endswith(" by"):
        return None
    guests = find_people(scene.telling.after, lexicon) if scene.telling.before else ()
    nearest = [
        one.name for one in find_people(before, lexicon)[-1:] if not MEANWHILE.search(before.rpartition(one.name)[2])
    ]
    words = {word for name in nearest for word in name.split()}
    return next((one.country for one in guests if one.country and not words.isdisjoint(one.name.split())), None)


def title_zones(scene: Scene, lexicon: Lexicon) -> Iterator[Zone]:
    """Yield what the title says before and after “with” or the like, without who gave it out and the topic."""
    title = scene.telling.title
    given = GIVEN_OUT.match(title)
    if given and lexicon.roles.spokesperson.search(given["speaker"]):
        title = title[given.end() :]
    parties = PARTIES.search(title)
    if parties is None:
        yield Zone(title, own=True, title=True)
        return
    after = title[parties.end() :]
    topic = TOPIC.search(after)
    yield Zone(title[: parties.start()], own=True, title=True)
    yield Zone("with " + (after[: topic.start()] if topic else after), own=False, title=True)
