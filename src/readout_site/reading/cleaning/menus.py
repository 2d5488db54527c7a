"""The words of a line alone → the rule that cuts it as a menu, a path to the page, or a row of buttons."""

import re

from readout_site.reading.cleaning.boilerplate import Boilerplate, phrase

PARTING = re.compile(r"\s*[•|›»>/·→\\]\s*")


def menu_rule(text: str, rules: Boilerplate) -> str | None:
    """Return the rule that cuts a line made of the words of menus alone, or None."""
    if phrase(text) in rules.navigation:
        return "navigation"
    parts = PARTING.split(text)
    if len(parts) > 1 and all(phrase(part) in rules.navigation for part in parts if part):
        return "breadcrumb"
    buttons = phrase(text).split()
    return "navigation" if buttons and all(is_button(word, rules) for word in buttons) else None


def is_button(word: str, rules: Boilerplate) -> bool:
    """Tell whether a word alone is one of a menu, or a rule's for lines that stand anywhere."""
    rule = rules.phrases.get(word)
    return word in rules.navigation or (rule is not None and rule.group == "lines")
