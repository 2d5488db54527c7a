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
    words = phrase(text).split()
    buttons = [word for word in words if is_button(word, rules)]
    return "navigation" if buttons and all(word in rules.navigation or word in buttons for word in words) else None


def is_button(word: str, rules: Boilerplate) -> bool:
    """Tell whether a word alone is a rule's for lines that stand anywhere, such as `share`."""
    rule = rules.phrases.get(word)
    return rule is not None and rule.group == "lines"
