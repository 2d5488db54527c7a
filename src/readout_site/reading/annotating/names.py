"""Readout → mentions: where its participants and other countries stand in the text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import ahocorasick

from readout_site.countries import BODIES
from readout_site.reading.gazetteer import CountryHit, Gazetteer, find_countries, unaccented
from readout_site.records import Mention, Participant, Readout

NAME = re.compile(r"\b(?!(?:Jr|Sr|II|III|IV)\b)[^\W\d][\w.’'-]*")
"""A word of a name that is no generation."""
SHORTEST = 3
"""Letters of a word of a name that may stand without a title."""
WINDOW = 70
"""How many characters before a name are searched for a title."""


class Form(NamedTuple):
    """A way to write a participant."""

    text: str  #: The words.
    alone: bool  #: True where they may stand without a title.


class Person(NamedTuple):
    """A participant in a text."""

    start: int  #: First code point, of the title where there is one.
    end: int  #: End, exclusive.
    name: str  #: The participant's name.


def find_mentions(readout: Readout, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return where participants and other countries stand, in text order; those of one kind never overlap."""
    spotter = person_spotter(readout.participants, gazetteer)
    mentions: list[Mention] = []
    for number, paragraph in enumerate(readout.paragraphs):
        people = find_people(paragraph.text, spotter, gazetteer)
        places = other_than_own(find_countries(paragraph.text, gazetteer), readout)
        mentions += [Mention("person", person.name, number, person.start, person.end) for person in people]
        mentions += [Mention("country", p.code, number, p.start, p.end) for p in places if not within(p, people)]
    return tuple(sorted(mentions, key=lambda mention: (mention.paragraph, mention.start, -mention.end)))


def other_countries(mentions: Iterable[Mention], readout: Readout, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return every country but the issuer's own that the title or the text names, in order of first mention."""
    title = other_than_own(find_countries(readout.title, gazetteer), readout)
    people = " ".join(person.name for person in readout.participants)
    named = [hit.code for hit in title if readout.title[hit.start : hit.end] not in people]
    named += [mention.ref for mention in mentions if mention.kind == "country"]
    return tuple(dict.fromkeys(named))


def other_than_own(hits: Iterable[CountryHit], readout: Readout) -> Iterator[CountryHit]:
    """Yield the countries that are neither bodies nor the issuer's own."""
    own = readout.issuer.country if readout.issuer else None
    return (hit for hit in hits if hit.code != own and hit.code not in BODIES)


def within(hit: CountryHit, people: Iterable[Person]) -> bool:
    """Tell whether a country's word is a part of a participant's name."""
    return any(person.start <= hit.start and hit.end <= person.end for person in people)


def find_people(text: str, spotter: Any, gazetteer: Gazetteer) -> list[Person]:  # noqa: ANN401 - a C type
    """Return where participants stand in `text`, with the titles before their names, left to right."""
    people: list[Person] = []
    hits = ((last + 1 - length, last + 1, owners) for last, (length, owners) in spotter.iter(text)) if spotter else ()
    for start, end, owners in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if (people and start < people[-1].end) or text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        title = gazetteer.titles.search(text, max(0, start - WINDOW), start)
        if name := owner(owners, title[1].casefold() if title else ""):
            people.append(Person(title.start() if title else start, end, name))
    return people


def owner(owners: list[tuple[Participant, bool]], title: str) -> str | None:
    """Return the name of the one participant that a form stands for, given the title before it; None in doubt."""
    fitting = [person for person, alone in owners if alone or title]
    if len(fitting) > 1:
        fitting = [person for person in fitting if title and title in person.role.casefold()]
    return fitting[0].name if len(fitting) == 1 else None


def person_spotter(participants: Iterable[Participant], gazetteer: Gazetteer) -> Any:  # noqa: ANN401 - a C type
    """Return an automaton of the ways to write participants, each with those whom it may mean; None for nobody."""
    owners: dict[str, list[tuple[Participant, bool]]] = {}
    for person in participants:
        for text, alone in dict(reversed(list(forms(person.name, gazetteer)))).items():
            for spelling in {text, unaccented(text)}:
                owners.setdefault(spelling, []).append((person, alone))
    spotter = ahocorasick.Automaton()
    for text, meant in owners.items():
        spotter.add_word(text, (len(text), meant))
    spotter.make_automaton()
    return spotter if owners else None


def forms(name: str, gazetteer: Gazetteer) -> Iterator[Form]:
    """Yield the ways to write a name: whole, its last words, its first words, first and last."""
    words = NAME.findall(name)
    yield Form(name, alone=True)
    for cut in range(len(words)):
        yield Form(" ".join(words[cut:]), stands_alone(words[cut:], gazetteer))
        if begins := words[: cut + 1]:
            yield Form(" ".join(begins), alone=len(begins) > 1 and begins[-1][0].isupper())
    if words:
        yield Form(f"{words[0]} {words[-1]}", alone=len(words) > 1)


def stands_alone(words: list[str], gazetteer: Gazetteer) -> bool:
    """Tell whether the last words of a name may stand without a title."""
    if len(words) > 1:
        return True
    word = words[0]
    return len(word) > SHORTEST and word not in gazetteer.common and not find_countries(word, gazetteer)
