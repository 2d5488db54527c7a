"""Address, letterhead and title of a readout → who published it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readout_site.countries import country_name
from readout_site.reading.gazetteer import Gazetteer, country_of
from readout_site.records import Issuer, RuleDoc, Told

HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:@]+)", re.IGNORECASE)
OFFICE = re.compile(
    r"(?i)\b(?:office|presiden\w+|prime minister|ministry|minister|government|embassy|department|palace|chancell\w+)\b"
)
"""Words by which a letterhead that no rule lists is known as an official one."""


@dataclass(frozen=True)
class IssuerRules:
    """Who publishes readouts, and by what they are known."""

    hosts: Mapping[str, Issuer]  #: By web address without `www.`.
    letterheads: tuple[tuple[str, Issuer], ...]  #: Words of a letterhead, case-folded, the longest first.
    phrases: tuple[tuple[str, Issuer], ...]  #: Words of a title that only one issuer uses, likewise.
    government: re.Pattern[str]  #: The end of a government's address; its group tells the country.
    renamed: Mapping[str, str]  #: Countries whose addresses end otherwise than their code.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


def find_issuer(told: Told, opening: str, rules: IssuerRules, gazetteer: Gazetteer) -> Issuer | None:
    """Return who published a readout: by its address, its letterhead, then its title and `opening`, the telling."""
    letterhead = told.issuer or ""
    return (
        by_host(told.url or "", rules)
        or by_phrase(letterhead, rules.letterheads)
        or by_office(letterhead, gazetteer)
        or by_phrase(f"{told.title or ''}\n{opening}", rules.phrases)
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
    code = rules.renamed.get(match["country"], match["country"].upper())
    return Issuer(f"the Government of {country_name(code)}", code)


def endings(host: str) -> Iterator[str]:
    """Yield a host and all that it ends in, the longest first."""
    parts = host.split(".")
    return (".".join(parts[index:]) for index in range(len(parts)))


def by_phrase(text: str, phrases: Sequence[tuple[str, Issuer]]) -> Issuer | None:
    """Return the issuer whose words a text holds."""
    folded = text.casefold()
    return next((issuer for phrase, issuer in phrases if phrase in folded), None)


def by_office(letterhead: str, gazetteer: Gazetteer) -> Issuer | None:
    """Return the issuer that a letterhead names in full, as “Office of the President of Chile”."""
    country = country_of(letterhead, gazetteer)
    return Issuer(letterhead, country) if country and OFFICE.search(letterhead) else None


def parse_issuers(data: Any) -> IssuerRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `issuers.yaml`."""
    entries = [(entry, Issuer(entry["name"], entry["country"])) for entry in data["issuers"]]
    general = data["government_hosts"]
    return IssuerRules(
        hosts={host: issuer for entry, issuer in entries for host in listed(entry["hosts"])},
        letterheads=longest_first(entries, "letterheads"),
        phrases=longest_first(entries, "phrases"),
        government=re.compile(general["pattern"]),
        renamed=dict([general["renamed"].split()]),
        docs=(*documents(entries), RuleDoc("issuers", general["name"], general["says"])),
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
