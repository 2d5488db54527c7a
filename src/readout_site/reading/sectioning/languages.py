"""Text → its language: by script, else by its commonest words, else as the page declares it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from readout_site.records import RuleDoc

UNKNOWN = "und"
"""What BCP 47 calls an undetermined language."""
FIRST = "en"
"""The language that a text is taken for where another is no likelier."""
SAMPLE = 400
"""How much of a text is looked at, in code points."""
SHARE = 0.2
"""The share of a text's letters that a script must have to tell its language."""
NOT_LATIN = re.compile(r"[\u0370-\u1dff\u2e80-\uffff]")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class LanguageRules:
    """By what languages are told."""

    words: Mapping[str, tuple[str, ...]]  #: Languages by their common words.
    scripts: tuple[tuple[str, re.Pattern[str]], ...]  #: Languages by their script; the first that fits counts.
    docs: tuple[RuleDoc, ...]  #: The rules by name.


def find_language(text: str, declared: str | None, rules: LanguageRules) -> str:
    """Return the language of a text in BCP 47: what it is written in, else what is declared, else `und`."""
    sample = text[:SAMPLE].casefold()
    words = WORD.findall(sample)
    letters = sum(map(len, words))
    for code, script in rules.scripts if NOT_LATIN.search(sample) else ():
        if len(script.findall(sample)) > SHARE * letters:
            return code
    counts: dict[str, int] = {}
    for word in words:
        for code in rules.words.get(word, ()):
            counts[code] = counts.get(code, 0) + 1
    primary = (declared or UNKNOWN).partition("-")[0].casefold()
    best = max(counts, key=lambda code: (counts[code], code in (primary, FIRST), code), default=primary)
    return best if counts.get(best, 0) > counts.get(primary, 0) else primary


def parse_languages(data: Any) -> LanguageRules:  # noqa: ANN401 - what strict YAML holds
    """Return the rules of `languages.yaml`."""
    words: dict[str, tuple[str, ...]] = {}
    for entry in data:
        for word in entry["words"].split(",") if "words" in entry else ():
            words[word.strip().casefold()] = (*words.get(word.strip().casefold(), ()), entry["code"])
    scripts = tuple((entry["code"], re.compile(entry["script"])) for entry in data if "script" in entry)
    codes = ", ".join(entry["code"] for entry in data)
    says = f"The language is told by script or by its commonest words ({codes}), else as the page declares it."
    return LanguageRules(words, scripts, (RuleDoc("languages", "language", says),))
