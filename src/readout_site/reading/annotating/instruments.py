"""Readout → instruments: named agreements, declarations, initiatives, alliances, laws and summits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import ahocorasick

from readout_site.reading.annotating.proper_names import Name, find_names
from readout_site.reading.annotating.spots import NameRules, Rule
from readout_site.reading.gazetteer import Gazetteer, terms
from readout_site.records import Instrument, Readout, RuleDoc

LETTERS = re.compile(r" \((?:the |also known as )?[“\"]?([A-Z][\w&-]{1,9})[”\"]?\)")
"""Letters in brackets after a name."""
TAIL = re.compile(r" (?:on|of|for|to|against|toward) ")
"""What begins the tail of a name."""
SAME = str.maketrans("'–", "’-")
MOST = 100
"""A name is compared with so many earlier ones; no readout has more."""
BEFORE = 40
"""How many characters before a name are looked at."""
ORGAN = re.compile(
    r"\b(?:Office|Department|Bureau|Ministry|Division|Directorate|Institute|College)s? (?:of|for|on) (?:the )?$"
)
"""What stands before the field of an organ of state, which is no name of its own."""
ATTENDING = re.compile(
    r"(?i)^(?!.*\b(?:initiatives|agreements|programs|programmes|projects|commitments|actions)\b).*\b(?:participa\w+|attend\w+|joined"
    r"|speakers|panelists|organi[sz]ations|philanthropies|leaders|officials|representatives|delegation|present)\b[^:]*:?$"
)
"""The head of a list of those who took part, whose houses are no instruments."""
LONGEST_HEAD = 250
"""The longest paragraph that is read as the head of such a list, in code points."""
SHORT_ITEM = 60
"""The longest item that may end in a full stop, as after “Inc.”, in code points."""
WORDS = ("joint", "stops", "regions", "openers", "plain")
"""The rule file's plain lists of words."""
PARTS = ("heads", "lower", "leads", "quoted", "known")


@dataclass(frozen=True)
class InstrumentRules:
    """What tells a named instrument, compiled."""

    names: NameRules  #: What tells a proper name.
    office_before: re.Pattern[str]  #: Matches before a name where its officers are meant.
    office_after: re.Pattern[str]  #: Matches after a name where its officers are meant.
    body_office: re.Pattern[str]  #: Matches after a body's name where its officers are meant.
    company_before: re.Pattern[str]  #: Matches before a body that stands as a framework.
    company_after: re.Pattern[str]  #: Matches after a body that stands as a framework.
    docs: tuple[RuleDoc, ...]  #: The rules as the method page lists them.


def find_instruments(readout: Readout, rules: InstrumentRules, gazetteer: Gazetteer) -> tuple[Instrument, ...]:
    """Return every mention of a named instrument in text order; offsets are code points in the paragraph."""
    issuer = {readout.issuer.country or ""} if readout.issuer else set()
    parties = frozenset(issuer | {name.key for name in find_names(readout.title, rules.names, gazetteer)})
    first: dict[str, str] = {}
    mentions: list[Instrument] = []
    listed = False
    for number, paragraph in enumerate(readout.paragraphs):
        text = paragraph.text
        listed = is_head(text) or (listed and is_item(text))
        if listed:
            continue
        names = [n for n in find_names(text, rules.names, gazetteer) if counts(n, text, rules, parties)]
        mentions += [Instrument(w, number, n.start, n.end) for n, w in resolved(names, text, first)]
    return tuple(mentions)


def is_head(text: str) -> bool:
    """Tell whether a paragraph is the head of a list of those who took part."""
    return len(text) <= LONGEST_HEAD and not text.endswith((".", "!", "”")) and ATTENDING.search(text) is not None


def is_item(text: str) -> bool:
    """Tell whether a paragraph may be an item of a list."""
    stops = (".", "!", "”", ":") if len(text) > SHORT_ITEM else (":",)
    return not text.endswith(stops)


def counts(name: Name, text: str, rules: InstrumentRules, parties: frozenset[str]) -> bool:
    """Tell whether a name stands for a framework of cooperation, not for a party to the talks or an officer's home."""
    before = text[max(0, name.start - BEFORE) : name.start]
    if ORGAN.search(before) or rules.office_before.search(before) or rules.office_after.match(text, name.end):
        return False
    if name.needs == "as-framework":
        return bool(rules.company_before.search(before) or rules.company_after.match(text, name.end))
    return name.needs != "unless-party" or not (name.key in parties or rules.body_office.match(text, name.end))


def resolved(names: list[Name], text: str, first: dict[str, str]) -> Iterator[tuple[Name, str]]:
    """Yield the mentions in a paragraph, each with its instrument's name as first written.

    Letters in brackets after a name belong to it: `Harbour Accord (HA)`.

    `first` maps what tells an instrument (a known name's key, a folded name, letters in brackets) to that name; it
    learns what is new.
    """
    brackets = {name: found for name in names if (found := LETTERS.match(text, name.end))}
    letters = {*(found[1] for found in brackets.values()), *(key[1:-1] for key in first if key.startswith("("))}
    inside = {place for found in brackets.values() for place in range(*found.span())}
    names = [n for n in names if n.start not in inside and (n in brackets or not opens_with(letters, n, text))]
    for name in sorted(names + by_letters(names, text, letters)):
        if written := first_written(name, text, first, brackets.get(name)):
            yield (name._replace(end=brackets[name].end()) if name in brackets else name), written
            if name in brackets:
                first.setdefault(f"({brackets[name][1]})", written)


def opens_with(letters: Iterable[str], name: Name, text: str) -> bool:
    """Tell whether a name is letters that a bracket has brought in, with a noun after them: `the RTA programme`."""
    first, _, rest = text[name.start : name.end].partition(" ")
    return rest.islower() and first in letters


def by_letters(names: list[Name], text: str, letters: Iterable[str]) -> list[Name]:
    """Return the mentions by letters that a bracket has brought in, outside the names already found."""
    found = [Name(start, start + len(word), word, "letters") for word in letters for start in places(word, text)]
    return [n for n in found if not any(name.start < n.end and n.start < name.end for name in names)]


def places(word: str, text: str) -> Iterator[int]:
    """Yield where `word` stands in `text` as a whole word, but not in brackets."""
    start = text.find(word)
    while start >= 0:
        around = text[max(0, start - 1) : start], text[start + len(word) : start + len(word) + 1]
        if not (around[0].isalnum() or around[0] == "(" or around[1].isalnum()):
            yield start
        start = text.find(word, start + 1)


def first_written(name: Name, text: str, first: dict[str, str], bracket: re.Match[str] | None) -> str | None:
    """Return how the instrument was first written in this readout; None where only an earlier name could tell.

    `bracket` holds its letters, where some come after it.
    """
    written = text[name.start : name.end]
    if name.needs == "letters" or f"({written})" in first:
        return first.get(f"({written})")
    if name.needs == "earlier":
        article = text[max(0, name.start - 5) : name.start].lower().endswith(("the ", "this ", "that "))
        earlier = islice(reversed(first.values()), MOST)
        return next((f for f in earlier if article and bare(f).endswith(" " + written)), None)
    key = name.key or folded(written)
    if key not in first:
        earlier = islice(first.values(), 0 if name.key else MOST)
        whole = written + bracket[0] if bracket else written
        first[key] = next((f for f in earlier if continues(written, bare(f))), whole)
    return first[key]


def bare(name: str) -> str:
    """Return a name without letters in brackets at its end."""
    return LETTERS.sub("", name)


def folded(written: str) -> str:
    """Return what two writings of one name share."""
    return written.translate(SAME).casefold().replace("united states", "u.s.").removesuffix("s")


def continues(written: str, earlier: str) -> bool:
    """Tell whether `written` is `earlier` without its first words or its tail, or with words cut to initials."""
    letters, _, rest = written.partition(" ")
    if rest and (folded(earlier).endswith(" " + folded(written)) or TAIL.split(earlier)[0].endswith(written)):
        return True
    if not (letters.isupper() and letters.isalpha() and len(letters) > 1 and earlier.endswith(rest)):
        return False
    words = re.findall(r"\w+", earlier.removesuffix(rest))
    return letters == "".join(word[0] for word in words if word[0].isupper())


def parse_instruments(data: Any) -> InstrumentRules:  # noqa: ANN401 - YAML
    """Compile the rule file `instruments`."""
    spotter = ahocorasick.Automaton()
    for term, rule, key in (*leads(data), *heads(data), *lower_heads(data), *known(data)):
        spotter.add_word(term, (len(term), rule, key))
    spotter.make_automaton()
    offices, body_offices, company, joining = (
        "|".join(terms(data[part])) for part in ("offices", "body_offices", "company", "joining")
    )
    nouns = "|".join(noun for entry in data["quoted"] for noun in terms(entry["heads"]))
    return InstrumentRules(
        names=NameRules(
            spotter=spotter,
            **{part: frozenset(terms(data[part])) for part in WORDS},
            leads=frozenset(lead for entry in data["leads"] for lead in terms(entry["heads"])),
            noun_before=re.compile(rf"\b(?:{nouns}) $"),
            noun_after=re.compile(rf" (?:{nouns})\b"),
        ),
        office_before=re.compile(rf"\b(?:{offices})(?:,| of| at| for) (?:the )?$"),
        office_after=re.compile(rf"(?:’s|'s)? (?:Executive )?(?:{offices})\b"),
        body_office=re.compile(rf"(?:’s|'s)? (?:{body_offices})\b"),
        company_before=re.compile(
            rf"\b(?:(?:{company})(?: \w+)?(?:,|,? and)|(?:{joining}) (?:in|to|of|into)) (?:the )?$"
        ),
        company_after=re.compile(rf"(?:,|,? and) (?:the )?(?:{company})\b|(?:’s|'s)? (?:{joining})\b"),
        docs=tuple(RuleDoc("instruments", rule["name"], rule["says"]) for part in PARTS for rule in data[part]),
    )


def heads(data: Any) -> Iterator[tuple[str, Rule, str]]:  # noqa: ANN401 - YAML
    """Yield each head noun, singular and plural, with either apostrophe, with its rule."""
    for entry in data["heads"]:
        tails, left = entry.get("tails", "").split(), terms(entry.get("left", ""))
        rule = Rule("heads", entry["needs"], frozenset(tails), frozenset(left))
        for term in terms(entry["heads"]):
            for noun in (term, plural(term)):
                yield noun, rule, ""
                yield noun.replace("’", "'"), rule, ""


def plural(noun: str) -> str:
    """Return the plural of a noun."""
    if noun.endswith("y"):
        return noun[:-1] + "ies"
    return noun if noun.endswith("s") else noun + "s"


def lower_heads(data: Any) -> Iterator[tuple[str, Rule, str]]:  # noqa: ANN401 - YAML
    """Yield each noun that makes a name without a capital, with its rule."""
    after: dict[str, set[str]] = {}
    for entry in data["lower"]:
        for term in terms(entry["heads"]):
            after.setdefault(term, set()).update(terms(entry["after"]))
    for term, names in after.items():
        yield term, Rule("lower", "number" if term == "resolution" else "", after=frozenset(names)), ""


def leads(data: Any) -> Iterator[tuple[str, Rule, str]]:  # noqa: ANN401 - YAML
    """Yield each noun that begins a name, with its rule."""
    for entry in data["leads"]:
        for term in terms(entry["heads"]):
            yield term, Rule("leads", ""), ""


def known(data: Any) -> Iterator[tuple[str, Rule, str]]:  # noqa: ANN401 - YAML
    """Yield each writing of a known name with its rule; writings of one name share the first as key."""
    for entry in data["known"]:
        counting = entry["counts"]
        rule = Rule("never" if counting == "never" else "known", "" if counting == "always" else counting)
        for term in terms(entry["terms"]):
            writings = [writing.strip() for writing in term.split("=")]
            for writing in writings:
                yield writing, rule, writings[0]
