"""YAML of `rules/boilerplate.yaml` → Boilerplate: what furniture looks like, compiled, each rule with its name."""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from readout_site.reading.cleaning.classifier import Classifier, fits, parse_classifier
from readout_site.reading.cleaning.datelines import DATE, HAS_YEAR, OF_THE_YEAR
from readout_site.records import RuleDoc
from readout_site.strictyaml import YamlError

Group = Literal["lines", "ends", "asides"]
Trust = Literal["release", "posting"]
GROUPS: tuple[Group, ...] = ("lines", "ends", "asides")
LONGEST = 500
"""A line longer than this is no furniture that a rule's pattern names."""

LONGEST_PHRASE = 80
"""A line longer than this is none of the phrases."""

BUILT_IN = (
    ("title", "The headline, which the page shows as its title; repeated and cut-short copies of it too."),
    ("breadcrumb", "The path to the page, glued to the headline or made of the words of menus."),
    ("navigation", "Words of menus and footers."),
    ("standfirst", "A summary under the headline that the first paragraph repeats."),
    ("field", "The name of a field of the page, such as `Published`, and what stands in it."),
    ("before-title", "What stands above the headline."),
    ("other-readout", "Another readout on the same page; the first that fits the file's name and address is kept."),
    ("sheet-head", "A line that stands again and again, such as the head or foot of printed sheets."),
    ("after-body", "What follows the end of the text: headlines of other stories, footers, small print."),
    ("separator", "A line of marks without a letter or a number."),
    ("front-matter", "The data block at the top of a Markdown file; what it tells is kept."),
    ("markup", "Markdown's signs for headings, lists, links and emphasis; the words stay."),
    ("html", "HTML tags within the text; the words stay."),
    ("page-frame", "The web page around the text: menus, banners, side columns, scripts."),
    ("hyphen", "A hyphen that stands only because a line was broken there."),
)
"""The rules that code knows, with what each says."""

PROSE = 50
"""A line at least this long may be a sentence of the body, whatever pattern it matches."""
TOLD = 2
"""So many different words of encounters at least stand in such a sentence."""
SENTENCE = re.compile(r"[.!?][\'\"”’»)\]]*$")
SHORTEST = 4
"""A sentence about those who met has at least so many words."""
ABOUT_THEM = re.compile(
    r"(?:They|He|She|Both|All|The (?:two|three|four|leaders|parties|sides|meeting|talks|call|visit))\b"
)
"""How a sentence begins that goes on about them."""
INITIALS = re.compile(r"(?<=[.!?”\"]) [A-Z]{2,5}(?:/[A-Z]{2,5})*$")
"""Whose hand wrote a release, after its last sentence."""
ATTRIBUTED = re.compile(
    r".{0,120}\b(?:attributable to|(?:following|below) (?:statement|read-?out|summary)|statement below)\b.{0,80}:",
    re.IGNORECASE,
)
"""A line that leads in what a spokesperson states."""
LABELLED = re.compile(r"\W|[\w-]+(?: [\w-]+){0,2}:|[^.]{0,80}(?:©|@|https?:)")
"""What no sentence of a body begins with."""

NAME = r"(?-i:[A-Z])[\w.’'/-]*(?: (?:(?:of|and|de|del|la|al|am|the) )?(?-i:[A-Z])[\w.’'/-]*){0,3}"
PLACE = rf"(?P<place>{NAME}(?:, {NAME}){{0,2}})"
ROUGHLY = rf"(?:[\w.,º /-]{{0,40}}(?:19|20)\d\d[-/年月日년월일 \d]{{0,11}}{OF_THE_YEAR})"
"""Whatever is a day, and more, in an expression that takes less time to make."""
NAMED = re.compile(r"\(\?P<\w+>")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Furniture:
    """A rule that cuts a line."""

    name: str
    says: str
    group: Group


@dataclass(frozen=True)
class Tell:
    """A rule that cuts a line and keeps what it tells."""

    name: str
    says: str
    trust: Trust
    anywhere: bool
    placed: bool
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the expression compiled when it is first asked: with a day spelt out that takes milliseconds."""
        return re.compile(self.expression, re.IGNORECASE)


@dataclass(frozen=True)
class Boilerplate:
    """All rules about furniture, compiled."""

    furniture: tuple[Furniture, ...]
    phrases: Mapping[str, Furniture]
    patterns: re.Pattern[str]
    tells: tuple[Tell, ...]
    telling: re.Pattern[str]
    telling_anywhere: re.Pattern[str]
    opening: tuple[str, ...]
    titles: re.Pattern[str]
    navigation: frozenset[str]
    fields: frozenset[str]
    classifier: Classifier

    @cached_property
    def openings(self) -> tuple[re.Pattern[str], ...]:
        """Return what the first paragraph may begin with, compiled when it is first asked, as above."""
        return tuple(re.compile(expression, re.IGNORECASE) for expression in self.opening)

    @property
    def docs(self) -> tuple[RuleDoc, ...]:
        """Return every rule whose name a removal can carry, for the method page."""
        named = {rule.name: rule.says for rule in self.furniture}
        named |= {rule.name: rule.says for rule in self.tells} | dict(BUILT_IN)
        rules = tuple(RuleDoc("boilerplate", name, says) for name, says in named.items())
        return (*rules, *self.classifier.docs)

    def furniture_of(self, text: str) -> Furniture | None:
        """Return the rule that a line's text matches whole, or None."""
        if len(text) > LONGEST:
            return None
        if len(text) <= LONGEST_PHRASE and (rule := self.phrases.get(phrase(text))):
            return rule
        match = self.patterns.fullmatch(text)
        if match is None or (len(text) >= PROSE and self.is_prose(text)):
            return None
        return self.furniture[int((match.lastgroup or "")[1:])]

    def stands_alone(self, text: str) -> bool:
        """Tell whether a line is furniture, or nothing but a day: neither goes on in the next line."""
        if self.furniture_of(text):
            return True
        dated = len(text) <= LONGEST_PHRASE and HAS_YEAR.search(text) and not SENTENCE.search(text)
        told = self.told_by(text, within=False) if dated else None
        return told is not None and told[0].name == "dateline"

    def is_prose(self, text: str) -> bool:
        """Tell whether a line is a sentence that tells of an encounter rather than a label or words to the reader."""
        if not SENTENCE.search(text) or LABELLED.match(text):
            return False
        tokens = WORD.findall(text.casefold())
        told = self.classifier.encounter.intersection(tokens)
        spoken = self.classifier.reader.intersection(tokens)
        return len(told) >= TOLD and len(told) > len(spoken)

    def is_told(self, text: str) -> bool:
        """Tell whether a line is a short sentence about those who met, or leads in what an office states."""
        if ATTRIBUTED.fullmatch(text):
            return True
        text = INITIALS.sub("", text)
        tokens = WORD.findall(text.casefold())
        if not SENTENCE.search(text) or len(tokens) < SHORTEST:
            return False
        spoken = len(self.classifier.reader.intersection(tokens))
        told = len(self.classifier.encounter.intersection(tokens))
        return spoken < told + 2 * (ABOUT_THEM.match(text) is not None)

    def told_by(self, text: str, *, within: bool) -> tuple[Tell, re.Match[str]] | None:
        """Return the first rule for lines that tell something that the text matches whole, with the match, or None.

        `within` is true among the paragraphs, where only rules for anywhere hold.
        """
        telling = self.telling_anywhere if within else self.telling
        if len(text) > LONGEST or not telling.fullmatch(text):
            return None
        titled = fits(self.titles, text)  # Then what stands before a day is no place.
        tells = (tell for tell in self.tells if (tell.anywhere or not within) and not (titled and tell.placed))
        return next(((tell, match) for tell in tells if (match := tell.pattern.fullmatch(text))), None)


def parse_boilerplate(data: Any, furniture: Any) -> Boilerplate:  # noqa: ANN401 - YAML's own shape
    """Compile the rules, and the classifier in `furniture`; raise `YamlError` where one cannot be used."""
    pairs = [(Furniture(item["name"], item["says"], group), item) for group in GROUPS for item in data.get(group) or ()]
    tells = tuple(parse_tells(data.get("tells") or ()))
    return Boilerplate(
        furniture=tuple(rule for rule, _ in pairs),
        phrases={phrase(words): rule for rule, item in reversed(pairs) for words in item.get("phrases") or ()},
        patterns=compile_furniture([item for _, item in pairs]),
        tells=tells,
        telling=any_of(tells),
        telling_anywhere=any_of(tell for tell in tells if tell.anywhere),
        opening=tuple(spelt_out(words) for words in data.get("openings") or ()),
        titles=re.compile("|".join(data.get("titles") or ("(?!)",)), re.IGNORECASE),
        navigation=frozenset(phrase(words) for words in data.get("navigation") or ()),
        fields=frozenset(phrase(words) for words in data.get("fields") or ()),
        classifier=parse_classifier(furniture),
    )


@lru_cache(maxsize=2048)  # Several steps ask for the same line.
def phrase(text: str) -> str:
    """Return the words of a line in small letters, without punctuation: what phrases are compared by."""
    return " ".join(WORD.findall(text.casefold()))


def compile_furniture(items: Sequence[Any]) -> re.Pattern[str]:
    """Return one expression for the patterns of all rules, with a group for each; groups in them have no names.

    Each pattern is checked by itself only where the whole shows that one of them is amiss: that takes longer.
    """
    parts = {
        f"r{n}": [NAMED.sub("(?:", spelt_out(words)) for words in i.get("patterns") or ()] for n, i in enumerate(items)
    }
    whole = "|".join(f"(?P<{name}>{'|'.join(part)})" for name, part in parts.items() if part) or "(?!)"
    with contextlib.suppress(re.error):
        pattern = re.compile(whole, re.IGNORECASE)
        if pattern.groups == sum(map(bool, parts.values())):
            return pattern
    for item in items:
        for words in item.get("patterns") or ():
            check(spelt_out(words), item)
    return re.compile(whole, re.IGNORECASE)


def parse_tells(items: Iterable[Any]) -> Iterator[Tell]:
    """Yield a rule for each pattern, in the order of the file."""
    for item in items:
        for pattern in item["patterns"]:
            check(pattern.replace("{date}", "(?P<date>)").replace("{place}", "(?P<place>)"), item)
            yield Tell(
                name=item["name"],
                says=item["says"],
                trust=item["trust"],
                anywhere="anywhere" in item,
                placed="{place}" in pattern,
                expression=spelt_out(pattern),
            )


def any_of(tells: Iterable[Tell]) -> re.Pattern[str]:
    """Return one expression that matches whatever one of `tells` does, and little more: it knows a day by its year."""
    patterns = (tell.expression.replace(DATE, ROUGHLY) for tell in tells)
    return re.compile("|".join(NAMED.sub("(?:", pattern) for pattern in patterns) or "(?!)", re.IGNORECASE)


def spelt_out(pattern: str) -> str:
    """Return a pattern with `{date}` and `{place}` spelt out."""
    return pattern.replace("{date}", DATE).replace("{place}", PLACE)


def check(pattern: str, item: Any) -> None:  # noqa: ANN401
    """Raise where `pattern` of a rule is no regular expression."""
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise YamlError(item.lines["patterns"], f"rule `{item['name']}`: {error}; mend the pattern") from error
