"""The words of a line alone → whether it is running text, a sentence, or a summary of another."""

import re

from readout_site.reading.cleaning.boilerplate import phrase

PARAGRAPH = 60
"""A line at least this long that ends a sentence is a paragraph."""
MOSTLY = 0.7
"""A summary has at least this share of its words in the paragraph that repeats it."""
SENTENCE = 4
"""A sentence has at least this many words."""
UNENDED = 300
"""A line this long is a paragraph though no sentence ends with it."""
ENDED = re.compile(r"(?<!\.\.)(?<!\w\.\w)(?<! [JS]r)[.!?。！？]['\"”’»)\]]*$")
TAIL = 12
"""The end of a sentence is sought in so many code points."""


def is_paragraph(text: str) -> bool:
    """Tell whether a line is running text."""
    return len(text) >= UNENDED or (len(text) >= PARAGRAPH and ENDED.search(text, len(text) - TAIL) is not None)


def is_sentence(text: str) -> bool:
    """Tell whether a line is a sentence of several words."""
    return len(text.split()) >= SENTENCE and ENDED.search(text, max(0, len(text) - TAIL)) is not None


def is_repeated(text: str, other: str) -> bool:
    """Tell whether another line has nearly all words of a sentence."""
    words = set(phrase(text).split())
    return len(words) >= SENTENCE and len(words.intersection(phrase(other).split())) >= MOSTLY * len(words)
