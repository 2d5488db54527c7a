"""Lines above the text → the headline: found among them, completed where a copy is cut short, its copies labelled."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from readout_site.reading.cleaning.boilerplate import Boilerplate, phrase
from readout_site.reading.cleaning.classifier import fits
from readout_site.reading.cleaning.lines import Line

CUT = re.compile(r"\s*(?:\.\.\.+|…)$")
PATH = re.compile(r" [›»>/|•·→] ")
"""What parts the steps of the path to a page."""
SENTENCE = re.compile(r"(?<!\.\.)(?<!\w\.\w)(?<! [JS]r)[.!。！]['\"”’»)\]]*$")
SITE = re.compile(r" \| [^|]{2,60}$")
LABEL = re.compile(
    r"(?:(?:subject|title|headline|re|fw|fwd|objet|asunto|betreff|oggetto|assunto|тема): ?)+", re.IGNORECASE
)
"""What a mail or a form writes before a headline."""
VERBLESS = re.compile(
    r"(?:(?:telephone|phone|video|working|official|state|joint|bilateral) )?"
    r"(?:conversation|call|meeting|visit|talks?|read-?out|statement|communiqué|entretien|rencontre)s? "
    r"(?:of|by|with|between|on|from|to|avec|de)\b"
    r"(?!.*\b(?:was|were|is|are|has|have|had|took|takes|focused|centred|centered|covered|began|a|ont|est)\b).*",
    re.IGNORECASE,
)
"""A headline without a verb."""
DASHED_SITE = re.compile(r" [–—-] [^–—-]{2,60}$")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that part no words, or few."""
LONGEST = 400
"""A line longer than this is no headline."""
FEWEST = 3
"""A headline has at least this many words."""
LIKELY = 5
"""A headline usually has at least this many words."""
MOSTLY = 0.7
"""The share of words that two forms of a headline have in common, one of them cut short."""
MOST = 200
"""How many lines are considered."""
GLUED = 20
"""This many characters of a headline, found within a line, show that the line holds it."""
SITE_NAME = 100
"""A copy of the headline is at most so much longer: the name of a site or the path to the page is glued to it."""


def find_title(lines: Sequence[Line | None], rules: Boilerplate, hints: Sequence[str]) -> str | None:
    """Return the headline among the lines above the text (None where a line is known furniture), or None.

    `hints` are words in which it should be found: a page's own title, an address, a file name.
    """
    likely = [line for line in lines if line and len(line.text) <= LONGEST and is_wordy(line.text)][:MOST]
    texts = [
        LABEL.sub("", SITE.sub("", line.text), count=1) if ":" in line.text else SITE.sub("", line.text)
        for line in likely
    ]
    copies = Counter(phrase(text) for text in texts)
    starts = [phrase(CUT.sub("", text)) for text in texts if CUT.search(text)]
    hinted = [set(phrase(hint.replace("-", " ")).split()) for hint in hints]
    best, title = -1, None
    for line, text in zip(likely, texts, strict=True):
        words = phrase(text)
        score = 5 * (copies[words] > 1) + 5 * any(words.startswith(start) for start in starts)
        if SENTENCE.search(text) and not score and not is_verbless(text):
            continue  # A short paragraph, not a headline: nothing repeats it.
        score += 4 * any(overlaps(set(words.split()), hint) for hint in hinted)
        score += 4 * fits(rules.titles, text)
        score += 3 * (line.kind == "heading") + (len(text.split()) >= LIKELY) - 9 * bool(CUT.search(text))
        score -= 4 * (len(PATH.findall(text)) > 1)
        if score > best:
            best, title = score, text
    return title


def is_wordy(text: str) -> bool:
    """Tell whether a line has the words of a headline: two letters make one in scripts that part none."""
    return len(text.split()) >= FEWEST or len(UNSPACED.findall(text)) >= 2 * FEWEST


def is_verbless(text: str) -> bool:
    """Tell whether a line is a headline such as `Telephone conversation with …`, whatever mark it ends in."""
    return len(text) <= LONGEST and VERBLESS.fullmatch(text) is not None


def overlaps(words: set[str], hint: set[str]) -> bool:
    """Tell whether most words of a line and of a hint are the same."""
    fewer = min(len(words), len(hint))
    return fewer > FEWEST and len(words & hint) >= MOSTLY * fewer


def complete(title: str, lines: Sequence[Line]) -> str:
    """Return a headline that ends in "…" as a line gives it whole, or as it is."""
    if not CUT.search(title):
        return title
    start = phrase(CUT.sub("", title))
    whole = (line.text for line in lines if len(line.text) <= LONGEST and not CUT.search(line.text))
    return next((text for text in whole if start and phrase(text).startswith(start)), title)


def title_rules(lines: Sequence[Line], title: str) -> Iterator[str | None]:
    """Yield for each line the rule that cuts it because it is a copy of the headline, whole, cut short or glued."""
    whole, sought = phrase(title), fold(title)
    for line in lines:
        near = whole and len(line.text) <= len(title) + SITE_NAME
        copied = copy_rule(line.text, whole, sought) if near else None
        yield copied or ("syndication-notice" if near and is_mention(line.text, title) else None)


def copy_rule(text: str, whole: str, sought: str) -> str | None:
    """Return the rule for one line; `whole` and `sought` are the headline in comparable forms."""
    words = phrase(text)
    if words == whole or (":" in text and phrase(LABEL.sub("", text, count=1)) == whole):
        return "title"
    if words.startswith(whole) and whole in {phrase(SITE.sub("", text)), phrase(DASHED_SITE.sub("", text))}:
        return "title"
    cut = text.endswith(("...", "…"))
    plain = fold(CUT.sub("", text) if cut else text)
    if cut and len(plain) >= GLUED and sought.startswith(plain):
        return "title"
    place = plain.find(sought[:GLUED])
    if place > 0 and len(sought) >= GLUED and sought.startswith(plain[place:]):
        return "breadcrumb"
    return None


def is_mention(text: str, title: str) -> bool:
    """Tell whether a sentence names the headline, word for word: such as where it appeared first."""
    return title in text and title.count(" ") >= LIKELY and text.endswith(".")


def fold(text: str) -> str:
    """Return a text in small letters with plain quotation marks."""
    return text.casefold().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
