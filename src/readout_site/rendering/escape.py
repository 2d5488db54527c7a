"""Hostile text → HTML that shows it: escaped, with the characters that browsers obey or reject made visible."""

import re

from markupsafe import Markup, escape

from readout_site.unseen import MISPLACED, WIDTHLESS

NOT_ALLOWED = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
LAST = "\U0001fffe-\U0010ffff"
FORBIDDEN = re.compile(f"[{NOT_ALLOWED}]|[{LAST}]")
"""Characters that HTML does not allow, and some of the last planes, which `picture` looks at again."""
UNSEEN = re.compile(f"[{WIDTHLESS}]|{MISPLACED}")
"""What turns the direction of writing or has no width: not soft hyphens in words, nor joiners among joining letters."""
ODD = re.compile(f"[{NOT_ALLOWED}{LAST}{WIDTHLESS}\u00ad\u200c\u200d]")
"""All of these wherever they stand: one class, found in a sixth of the time, tells that most texts have none."""
DELETE = 0x7F
PICTURES = 0x2400
SPACE = 0x20


def exact(text: str) -> Markup:
    """Return `text` as HTML: its characters unchanged but for those that HTML forbids, which become pictures.

    A character that turns the direction of writing, or that no one sees, is kept, marked, and isolated so that it turns
    nothing else.
    """
    if not ODD.search(text):
        return escape(text)
    parts = UNSEEN.split(text)
    marks = [isolate(match[0]) for match in UNSEEN.finditer(text)]
    shown = [escape(FORBIDDEN.sub(picture, part)) for part in parts]
    return Markup("").join(piece for pair in zip(shown, [*marks, Markup("")], strict=True) for piece in pair)


def plain(text: str) -> str:
    """Return `text` as plain text for titles and attributes: every forbidden or unseen character as a picture."""
    if not ODD.search(text):
        return text
    return UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", FORBIDDEN.sub(picture, text))


def isolate(character: str) -> Markup:
    """Return an unseen character with its name, in an isolate of its own."""
    return Markup('<bdi class="ctl" data-c="U+{:04X}">{}</bdi>').format(ord(character), character)


def picture(match: re.Match[str]) -> str:
    """Return what stands for a character that HTML does not allow."""
    code = ord(match[0])
    if code < SPACE:
        return chr(PICTURES + code)
    if code == DELETE:
        return "␡"
    allowed = code > 0xFFFF and code & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the last two of each plane are no characters
    return match[0] if allowed else "\ufffd"
