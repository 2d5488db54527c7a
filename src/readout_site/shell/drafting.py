"""A site's folder → its draft: what it is made of, while workers read what is new.

It imports little, so that they begin early: what pages are made with is imported while they read.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from readout_site.records import Problem, RuleDoc
from readout_site.rendering.glossary import parse_glossary
from readout_site.rendering.terms import TermNames
from readout_site.settings import Settings
from readout_site.shell.cache import Cache
from readout_site.shell.captures import VERSIONS, find_captures
from readout_site.shell.contents import read_settings, read_texts, settings_notices
from readout_site.shell.library import Desk, Errand, Far, Known, Learned, describe, learning, sort_out
from readout_site.shell.sources import Sources

READOUTS = "readouts"
RULE_DOCS = "rules"


@dataclass(frozen=True)
class Draft:
    """A site whose captures are being read."""

    site: Path
    settings: Settings
    errand: Errand
    learned: Iterator[Learned | Problem]  #: What is found out of the captures of the errand; waits for it.
    rules: tuple[RuleDoc, ...]  #: What the method page lists.
    problems: tuple[Problem, ...]  #: What is odd about the settings, and wrong with captures and glossary.


@contextlib.contextmanager
def begin(site: Path, sources: Sources, cache: Cache, read_far: Far | None = None) -> Iterator[Draft]:
    """Begin to read what is new; raise `SiteError` where that is impossible."""
    settings = read_settings(site)
    folders = (sources.below(f"content/{name}") for name in ("captures", "notes", VERSIONS))
    files, strays = find_captures(site / "content", *folders)
    glossary, unused = read_texts(site, "glossary", ".md")
    terms, misread = parse_glossary(glossary)
    desk = Desk(site / "content", sources, cache, settings.issuer, TermNames(terms), sources.reading_key(), read_far)
    errand = sort_out(desk, files, cache.load(READOUTS, dict[str, Known]) or {})
    rules = rule_docs(desk)
    with learning(errand) as learned:
        odd = (*settings_notices(site, settings), *sources.problems, *strays, *unused, *misread)
        yield Draft(site, settings, errand, learned, rules, odd)


def rule_docs(desk: Desk) -> tuple[RuleDoc, ...]:
    """Return what the method page lists; the rules are compiled for it only where they are new."""
    key = desk.reading.hex()
    kept = desk.cache.load(RULE_DOCS, tuple[str, tuple[RuleDoc, ...]])
    if kept and kept[0] == key:
        return kept[1]
    docs = describe(desk)
    desk.cache.store(RULE_DOCS, (key, docs))
    return docs
