"""Text of a readout → what is odd about its characters: some that no one sees, words in two alphabets; all are kept."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from readout_site.unseen import MISPLACED, WIDTHLESS

NEVER = f"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{WIDTHLESS}"
"""Controls, and characters without width."""
UNSEEN = re.compile(f"[{NEVER}]|{MISPLACED}")
"""All of these, soft hyphens outside of words, and joiners beside letters that never join."""
MAYBE = re.compile(f"[{NEVER}\u00ad\u200c\u200d]")
"""What may be one of them, found in a tenth of the time: few texts hold any."""
OTHER = re.compile("[\u0370-\u052f]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
GREEK = re.compile("[\u0370-\u03ff]")
WORD = re.compile(r"[^\W\d_]+")
SHOWN = 4


def odd_characters(texts: Iterable[str], source: str) -> Iterator[tuple[int | None, str]]:
    """Yield what a person should look at in the `texts` of a capture, with its line in the `source`."""
    whole = "\n".join(texts)
    if MAYBE.search(whole) and (unseen := Counter(match[0] for match in UNSEEN.finditer(whole))):
        names = ", ".join(f"U+{ord(one):04X}" + (f" ×{n}" if n > 1 else "") for one, n in unseen.most_common(SHOWN))
        message = f"holds characters that no one sees ({names}); they are kept and marked: check what they hide"
        yield line_of(next(iter(unseen)), source), message
    if not whole.isascii() and OTHER.search(whole) and (mixed := list(dict.fromkeys(mixed_words(whole)))):
        names = ", ".join(f"`{word}`" for word in mixed[:SHOWN])
        scripts = "Latin and Greek" if GREEK.search(mixed[0]) else "Latin and Cyrillic"
        yield line_of(mixed[0], source), f"has words in {scripts} letters at once ({names}); check them in the original"


def mixed_words(text: str) -> Iterator[str]:
    """Yield the words that are written in two alphabets which look alike."""
    return (word for word in WORD.findall(text) if OTHER.search(word) and LATIN.search(word))


def line_of(words: str, source: str) -> int | None:
    """Return the line on which `words` stand first, from 1, where they stand there as they are."""
    at = source.find(words)
    return source.count("\n", 0, at) + 1 if at >= 0 else None
