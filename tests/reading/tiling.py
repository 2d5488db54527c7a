"""What must hold of a text's passages and removals: together with white space they tile the decoded capture."""

import html
import re

from readout_site.records import CleanText

REFERENCE = re.compile(r"(&[^;&\s]+;?)")
"""What may stand for a character, or for itself: in text, after a backslash, or where it is not closed."""


def faults(cleaned: CleanText) -> list[str]:
    """Return what is wrong with a text's passages and removals: lost, doubled or changed characters."""
    text, found = cleaned.text, []
    taken = bytearray(len(text))
    for passage in cleaned.passages:
        if not passage.text or passage.text != " ".join(passage.text.split()):
            found.append(f"white space not folded: {passage.text!r}")
        source = "".join(text[start:end] for start, end in passage.source)
        if not reads_as(source, squash(passage.text)):
            found.append(f"not the text of its ranges: {passage.text!r}")
    spans = [span for passage in cleaned.passages for span in passage.source]
    for start, end in (*spans, *((removal.start, removal.end) for removal in cleaned.removed)):
        if not 0 <= start < end <= len(text) or any(taken[start:end]):
            found.append(f"twice or nowhere: {start}, {end}")
        taken[start:end] = b"\x01" * (end - start)
    found += [f"not the capture's text: {r.rule}" for r in cleaned.removed if text[r.start : r.end] != r.text]
    at = [text.count("\n", 0, removal.start) + 1 for removal in cleaned.removed]
    found += [f"not on its line: {r.rule}" for r, line in zip(cleaned.removed, at, strict=True) if r.line != line]
    lost = [n for n, character in enumerate(text) if not taken[n] and not character.isspace()]
    found += [f"lost {len(lost)} characters, from {lost[0]}"] if lost else []
    order = [spans[0][0] for spans in (p.source for p in cleaned.passages)], [r.start for r in cleaned.removed]
    found += ["out of order"] if any(starts != sorted(starts) for starts in order) else []
    return found


def reads_as(source: str, words: str) -> bool:
    """Tell whether the ranges of a capture stand for these words, which have no white space."""
    ends = {0}
    for piece in REFERENCE.split(source):
        options = {squash(piece), squash(html.unescape(piece))}
        ends = {end + len(option) for end in ends for option in options if words.startswith(option, end)}
    return len(words) in ends


def squash(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
