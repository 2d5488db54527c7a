"""Word lists → where they stand in a text: whole words in any case, the longest where they overlap."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import ahocorasick

MARKS = (("-", " "), ("\u2010", " "), ("\u2011", " "), ("\u2013", " "), ("\u2019", "'"), ("\u2018", "'"))


def compile_terms(terms: Iterable[tuple[str, Any]]) -> Any:  # noqa: ANN401 - the automaton has no public type
    """Return an automaton over `(term, value)` pairs; a term that ends in `*` stands for every word it begins."""
    automaton = ahocorasick.Automaton()
    for term, value in terms:
        stem = term.removesuffix("*")
        automaton.add_word(lowered(stem), (len(stem), stem != term, value))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=32)  # Each annotator asks for the same paragraphs.
def in_place(text: str) -> str:
    """Return `text` in lower case, every character in its old place.

    A pattern in small letters reads it several times faster than one that disregards case reads the text.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower


@lru_cache(maxsize=32)
def lowered(text: str) -> str:
    """Return `text` in lower case with hyphens as spaces and plain apostrophes, every character in its old place."""
    lower = in_place(text)
    if text.isascii():
        return lower.replace("-", " ")
    for mark, plain in MARKS:
        lower = lower.replace(mark, plain)
    return lower


@lru_cache(maxsize=64)  # What told a topic or an act is asked again when its words are shown.
def find_terms(automaton: Any, text: str) -> list[tuple[int, int, Any]]:  # noqa: ANN401
    """Return `(start, end, value)` of the terms in the `lowered` text, none within another; a plural -s is allowed."""
    found: list[tuple[int, int, Any]] = []
    for last, (length, is_stem, value) in automaton.iter(text):
        start, end = last - length + 1, last + 1
        if start and text[start - 1].isalnum():
            continue
        if not is_stem and text[end : end + 1].isalnum():
            if text[end] != "s" or text[end + 1 : end + 2].isalnum():
                continue
            end += 1
        while found and found[-1][0] >= start:
            found.pop()
        if not found or found[-1][1] <= start:
            found.append((start, end, value))
    return found
