"""Paragraphs of a page → whether the first is a summary of the text, and the fields of the page between the two."""

from collections.abc import Sequence

from readout_site.reading.cleaning.boilerplate import Boilerplate, phrase
from readout_site.reading.cleaning.headlines import is_verbless
from readout_site.reading.cleaning.lines import Line
from readout_site.reading.cleaning.prose import is_repeated, is_sentence

NEAR = 10
"""Within this many lines of the text, a line of a page's frame may tell of it."""


def without_standfirst(lines: Sequence[Line], full: list[int], rules: Boilerplate) -> list[int]:
    """Return the paragraphs without a headline that ends in a full stop, and without a summary below the headline.

    That is one which the next paragraph repeats, with fields or a day of issue between.
    """
    if len(full) < 2:  # noqa: PLR2004 - the only paragraph is the body
        return full
    first, second = full[:2]
    between = [line.text for line in lines[first + 1 : second][:NEAR]]
    parted = any(is_field(text, rules) or is_day(text, rules) for text in between)
    repeated = parted and is_repeated(lines[first].text, lines[second].text)
    return full[1:] if repeated or is_verbless(lines[first].text) else full


def field_block(lines: Sequence[Line], full: Sequence[int], rules: Boilerplate) -> range:
    """Return the lines between the first two paragraphs where they name a field of the page and a day of issue."""
    between = range(full[0] + 1, full[1])[:NEAR] if len(full) > 1 else range(0)
    texts = [lines[number].text for number in between]
    named = any(is_field(text, rules) for text in texts)
    return between if named and any(is_day(text, rules) for text in texts) else range(0)


def is_day(text: str, rules: Boilerplate) -> bool:
    """Tell whether a line says when the page was issued."""
    told = rules.told_by(text, within=False)
    return told is not None and told[1].groupdict().get("date") is not None


def is_field(text: str, rules: Boilerplate) -> bool:
    """Tell whether a line is the name of a field of the page, alone or with its value."""
    name, _, value = text.partition(":")
    return phrase(name) in rules.fields and not is_sentence(value)
