"""Address, letterhead and title of a readout → who published it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from readout_site.countries import country_name
from readout_site.reading.gazetteer import Gazetteer, country_of
from readout_site.records import CleanText, Issuer, Removal, RuleDoc

HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:@]+)", re.IGNORECASE)
BODIES = {"EU": "the European Union", "UN": "the United Nations", "NATO": "NATO"}
"""Bodies that publish readouts."""
WITH_ARTICLE = re.compile(
    r"United\s|Democratic\s|Republic\s|Central\sAfrican\s|Dominican\s|Holy\s|Isle\s|U\.S\.\s|British\s|Caribbean\sN"
    r"|(?:Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)\Z|(?!South\s).*\s(?:Islands|Territor(?:y|ies))\Z"
)
"""Names of countries that have an article in a sentence."""
SITE = re.compile(r"\s[|•·–—-]\s")
"""What stands between a headline and the name of the site."""
LONGEST_LINE = 100
"""The longest line that is read as a letterhead, in code points."""
SENDER = re.compile(r"(?:From|By|Source|Issued by|Published by|Organi[sz]ation|Publisher)\b:?\s+")
HEAD = re.compile(
    r"(?:[Tt]he\s)?(?:Office\sof\sthe|Presidency|(?:Federal\s)?Ministry|Government|Embassy|Permanent\sMission|High\sCommission"
    r"|(?:Prime\sMinister|President|Chancellor)[’']?s?[’']?\s(?:Office|Media|Press)|Department\sof)\b(?!.*\b(?:to|with)\b)"
)
"""What the letterhead of an office begins with, where it stands on a line of its own."""
HOLDER = re.compile(
    r",?\s(?:and|&)\s(?P<holder>(?:[Tt]he\s)?(?:Rt\.?\s|Right\s|Hon(?:\.|ou?rable)?\s|Sir\s|Dame\s|Lord\s|Lady\s|H\.?E\.?\s|Mr?s?\.?\s|Dr\.?\s)+"
    r"(?P<name>[A-Z].*?))(?P<letters>(?:\s[A-Z]{2,})*)\Z"
)
"""Who holds the office that a letterhead names, after it: “and The Rt Hon Ann Doe MP”."""
OWNER = re.compile(
    r"(?P<office>Prime\sMinister|President|Chancellor|Premier|Taoiseach)[’']?s?[’']?\s(?:Office|Media|Press)\b"
)
"""The office that a letterhead is that of."""
SEAT = re.compile(
    r"(?:[Tt]he\s)?(?P<office>Prime\sMinister|President|Chancellor)\sof\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,3}"
)
"""A letterhead that is no more than an office of state."""
OFFICE = re.compile(
    r"(?i)\b(?:office|presiden\w+|prime minister|ministry|minister|government|embassy|department|palace|chancell\w+)\b"
)
"""Words by which a letterhead that no rule lists is known as an official one."""


Known = tuple[Sequence[tuple[str, Issuer]], Sequence[tuple[str, Issuer]]]
"""Letterheads and phrases, each with who is known by it."""


@dataclass(frozen=True)
class IssuerRules:
    """Who publishes readouts, and by what they are known."""

    hosts: Mapping[str, Issuer]  #: By web address without `www.`.
    letterheads: tuple[tuple[str, Issuer], ...]  #: Words of a letterhead, case-folded, the longest first.
    phrases: tuple[tuple[str, Issuer], ...]  #: Words of a title that only one issuer uses, likewise.
    offices: tuple[tuple[str, re.Pattern[str]], ...]  #: Countries by offices and houses that only they have.
    headlines: tuple[tuple[str, re.Pattern[str]], ...]  #: Countries by the form of a headline that only they use.
    likely: tuple[tuple[str, re.Pattern[str]], ...]  #: Countries by offices that few others have.
    seats: tuple[str, ...]  #: Cities whose name in a dateline tells no country, for bodies of several sit there.
    government: re.Pattern[str]  #: The end of a government's address; its group tells the country.
    renamed: Mapping[str, str]  #: Countries whose addresses end otherwise than their code.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


def find_issuer(text: CleanText, opening: str, rules: IssuerRules, gazetteer: Gazetteer) -> Issuer | None:
    """Return who published a readout: by its address, its letterhead, its title and `opening`, then by lone lines."""
    told = text.told
    letterhead = told.issuer or ""
    return (
        by_host(told.url or "", rules)
        or by_phrase(letterhead, rules.letterheads)
        or by_office(letterhead, gazetteer)
        or by_phrase(f"{told.title or ''}\n{opening}", rules.phrases)
        or by_lines(text, rules, gazetteer)
    )


def by_host(url: str, rules: IssuerRules) -> Issuer | None:
    """Return the issuer whose address it is, else the government whose it is."""
    found = HOST.match(url)
    if not found:
        return None
    host = found["host"].casefold().rstrip(".")
    for end in endings(host):
        if end in rules.hosts:
            return rules.hosts[end]
    match = rules.government.search(host)
    if not match:
        return None
    return government(rules.renamed.get(match["country"], match["country"].upper()))


def government(code: str) -> Issuer:
    """Return a country's government, or a body, as the issuer where no one office of it is told."""
    name = country_name(code)
    article = "the " if WITH_ARTICLE.match(name) else ""
    return Issuer(BODIES.get(code, f"the Government of {article}{name}"), code)


def endings(host: str) -> Iterator[str]:
    """Yield a host and all that it ends in, the longest first."""
    parts = host.split(".")
    return (".".join(parts[index:]) for index in range(len(parts)))


def by_phrase(text: str, phrases: Sequence[tuple[str, Issuer]]) -> Issuer | None:
    """Return the issuer whose words a text holds."""
    folded = text.casefold()
    return next((issuer for phrase, issuer in phrases if phrase in folded), None)


def by_office(letterhead: str, gazetteer: Gazetteer) -> Issuer | None:
    """Return the issuer that a letterhead names in full, as “Office of the President of Chile”, without its holder."""
    letterhead = HOLDER.sub("", letterhead)
    country = country_of(letterhead, gazetteer)
    return Issuer(letterhead, country) if country and OFFICE.search(letterhead) else None


def by_lines(text: CleanText, rules: IssuerRules, gazetteer: Gazetteer) -> Issuer | None:
    """Return the issuer whose letterhead is a line of its own, above, below or among the paragraphs."""
    lines = list(lone_lines(text))
    known = within("\n".join(lines), rules)
    found = [issuer for line in lines if (issuer := by_line(line, known, gazetteer))]
    return found[0] if len({issuer.country for issuer in found}) == 1 else None


def find_holder(text: CleanText) -> tuple[str, str] | None:
    """Return a letterhead's office and holder, as in “Prime Minister’s Office and Sir Jo Doe”; he may be empty."""
    for line in lone_lines(text):
        owner = OWNER.match(line)
        if owner and (holder := HOLDER.search(line)):
            return owner["office"], holder["name"]
        if seat := SEAT.fullmatch(line):
            return seat["office"], ""
    return None


def lone_lines(text: CleanText) -> Iterator[str]:
    """Yield the short lines that are no sentences, without what leads in a sender."""
    cut = (line for removal in text.removed for line in beside_title(removal))
    title = [text.told.title] if text.told.title and HEAD.match(text.told.title) else []
    for line in chain(title, cut, (passage.text for passage in text.passages)):
        if len(line) <= LONGEST_LINE and not line.rstrip().endswith("."):
            yield SENDER.sub("", line.strip(" \t*#>|-–—•"))


def beside_title(removal: Removal) -> list[str]:
    """Return the lines of a removal; of a title, only what a browser adds to it."""
    return SITE.split(removal.text)[1:] if removal.rule == "title" else removal.text.split("\n")


def within(lines: str, rules: IssuerRules) -> Known:
    """Return the letterheads of several words and the phrases that stand anywhere in `lines`."""
    folded = fold(lines)
    heads = [item for item in rules.letterheads if item[0] in folded and " " in item[0]]
    return heads, [item for item in rules.phrases if item[0] in folded]


def fold(line: str) -> str:
    """Return a line in the form that letterheads are compared in."""
    return line.casefold().replace(",", "")


def by_line(line: str, known: Known, gazetteer: Gazetteer) -> Issuer | None:
    """Return the issuer whose letterhead a line begins with or, of an office that no rule lists, is."""
    heads, phrases = known
    folded = fold(line) if heads or phrases else ""
    for phrase, issuer in heads:
        if folded.startswith(phrase) and not folded[len(phrase) :][:1].isalnum():
            return issuer
    for phrase, issuer in phrases:
        if phrase in folded:
            return issuer
    return by_office(line, gazetteer) if HEAD.match(line) else None


def parse_issuers(data: Any) -> IssuerRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `issuers.yaml`."""
    entries = [(entry, Issuer(entry["name"], entry["country"])) for entry in data["issuers"]]
    general, sole, seats = data["government_hosts"], data["offices"], data["seats"]
    return IssuerRules(
        hosts={host: issuer for entry, issuer in entries for host in listed(entry["hosts"])},
        letterheads=longest_first(entries, "letterheads"),
        phrases=longest_first(entries, "phrases"),
        offices=tuple((code, re.compile(pattern)) for code, pattern in sole["countries"].items()),
        likely=tuple((code, re.compile(pattern)) for code, pattern in sole["likely"].items()),
        headlines=tuple((code, re.compile(pattern)) for code, pattern in sole["headlines"].items()),
        seats=tuple(listed(seats["words"])),
        government=re.compile(general["pattern"]),
        renamed=dict([general["renamed"].split()]),
        docs=(
            *documents(entries),
            *(RuleDoc("issuers", rule["name"], rule["says"]) for rule in (general, sole, seats)),
        ),
    )


def longest_first(entries: Sequence[tuple[Any, Issuer]], field: str) -> tuple[tuple[str, Issuer], ...]:
    """Return the phrases of a field with their issuers."""
    phrases = [(phrase.casefold(), issuer) for entry, issuer in entries for phrase in listed(entry.get(field))]
    return tuple(sorted(phrases, key=lambda item: -len(item[0])))


def listed(words: str | None) -> list[str]:
    """Return the phrases between commas."""
    return [word.strip() for word in words.split(",")] if words else []


def documents(entries: list[tuple[Any, Issuer]]) -> Iterator[RuleDoc]:
    """Yield what each issuer is known by."""
    for entry, issuer in entries:
        says = f"A readout at {' or '.join(listed(entry['hosts']))} is published by {issuer.name}."
        yield RuleDoc("issuers", issuer.name.removeprefix("the "), says)
