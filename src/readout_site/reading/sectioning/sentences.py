"""Paragraph → sentences: nupunkt's boundaries, joined after titles and abbreviations and cut after plain words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from nupunkt import load_default_model

from readout_site.records import RuleDoc, Span

MODEL = load_default_model()
"""Loaded with the module, since it opens its own data file."""

MARK = re.compile(r"[.!?…。！？•▪‣●]")
"""What may end a sentence, or begin an item of a list."""
BOUNDARY = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*([^\W_]+))|[。！？]+[」』”’）]*")
"""An ending mark with what closes it and the white space before the next word; the group is that word."""
BEFORE_ITEM = (":", ".", ";")
ITEM_MARKS = "•▪‣●"
OPENING_MARKS = "(“‘\"'["
DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}\Z|(?:.*[-–/])(?:[A-Z]\.)+\Z")
INITIAL = re.compile(r"(?:.*-)?[^\W\d_]\.\Z")
PLAIN = re.compile(r"[^\W\d_’']{2,}\.\Z")
LONGEST_WORD = 40
"""How far back the word before a full stop is looked for, in code points."""
LONGEST_CAPITAL_ABBREVIATION = 3
"""A capitalised word with more letters than this is no abbreviation unless a rule lists it."""


@dataclass(frozen=True)
class SentenceRules:
    """Words that tell where a sentence does not end, and the rules as the method page lists them."""

    titles: frozenset[str]  #: Short forms that never end a sentence, without the full stop.
    abbreviations: frozenset[str]  #: Short forms that end one only before an opener.
    openers: frozenset[str]  #: Words that open a sentence.
    continues: tuple[str, ...]  #: Phrases that go on with initials such as “U.S.”.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


def split_sentences(text: str, rules: SentenceRules) -> tuple[Span, ...]:
    """Return the sentences of a paragraph in order: spans of code points, between them only white space."""
    found = (boundary(text, mark.start(), rules) for mark in MARK.finditer(text))
    starts = [0, *(start for start in found if start is not None), len(text)]
    spans = (trim(text, *span) for span in pairwise(starts))
    return tuple(span for span in spans if span[0] < span[1])


def boundary(text: str, mark: int, rules: SentenceRules) -> int | None:
    """Return where the next sentence begins if one ends at `mark`: by rule, else as nupunkt has it."""
    if text[mark] in ITEM_MARKS:
        return mark if text[mark - 1 : mark].isspace() or text[mark - 1 : mark] in BEFORE_ITEM else None
    match = BOUNDARY.match(text, mark)
    if match is None:
        return None
    return match.end() if is_end(text, match, rules) else None


def is_end(text: str, match: re.Match[str], rules: SentenceRules) -> bool:
    """Tell whether a sentence ends at a boundary."""
    mark = text[match.start()]
    if mark in "。！？":
        return True
    following = match[1]
    if following[:1].islower():
        return False
    if text.startswith(rules.continues, match.end()) and DOTTED.match(word_before(text, match.start())):
        return False
    verdict = after_stop(word_before(text, match.start()), following, rules) if mark == "." else None
    return match.end() in model_ends(text) if verdict is None else verdict


@lru_cache(maxsize=1)  # No rule decides the end of some sentences of a paragraph: the model is asked once for all.
def model_ends(text: str) -> frozenset[int]:
    """Return where sentences end by nupunkt."""
    return frozenset(span[1] for _, span in MODEL.tokenize_with_spans(text))


def after_stop(word: str, following: str, rules: SentenceRules) -> bool | None:
    """Tell whether a full stop after `word` ends a sentence; None where no rule knows."""
    bare = word[:-1]
    if bare in rules.titles:
        return False
    if bare in rules.abbreviations:
        return True if following in rules.openers else None if DOTTED.match(word) else False
    if PLAIN.match(word):
        return True if is_plain(bare) and following[:1].isupper() else None
    if DOTTED.match(word):
        return True if following in rules.openers else None
    return None if following in rules.openers or not INITIAL.match(word) else False


def is_plain(word: str) -> bool:
    """Tell whether a word is written like an ordinary one, not like an abbreviation."""
    return word.islower() or len(word) > LONGEST_CAPITAL_ABBREVIATION


def word_before(text: str, stop: int) -> str:
    """Return the word that ends with the full stop at `stop`."""
    return text[text.rfind(" ", max(0, stop - LONGEST_WORD), stop) + 1 : stop + 1].lstrip(OPENING_MARKS)


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def parse_sentences(data: Any) -> SentenceRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `sentences.yaml`."""
    rules = {rule["name"]: rule for rule in data}
    return SentenceRules(
        titles=frozenset(rules["no-end-after-title"]["words"].split()),
        abbreviations=frozenset(rules["end-after-abbreviation"]["words"].split()),
        openers=frozenset(rules["end-after-abbreviation"]["openers"].split()),
        continues=tuple(phrase.strip() for phrase in rules["end-after-abbreviation"]["continues"].split(",")),
        docs=tuple(RuleDoc("sentences", rule["name"], rule["says"]) for rule in data),
    )
