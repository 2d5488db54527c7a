"""Terms → where a text names them: the glossary's names and aliases, found in one pass."""

from collections.abc import Iterator, Sequence

import ahocorasick

from readout_site.records import Briefing
from readout_site.rendering.glossary import Term, fold, straighten

Place = tuple[Term, int, int, int]
"""A term, the paragraph's index, and the range in its text."""


class TermNames:
    """The names of the glossary, compiled; it does not change once made."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Compile the names of `terms`."""
        self.terms = {fold(term.name): term for term in terms}
        self.keys = {fold(name): fold(term.name) for term in terms for name in (*term.aliases, term.name)}
        self.finder = ahocorasick.Automaton()
        for term in terms:
            for name in (*term.aliases, term.name):
                self.finder.add_word(straighten(name), (len(name), term))
        if terms:
            self.finder.make_automaton()

    def key(self, name: str) -> str:
        """Return what identifies the thing called `name`: the folded name of its term, else its own."""
        folded = fold(name)
        return self.keys.get(folded, folded)

    def label(self, key: str) -> str | None:
        """Return the glossary's name for a key."""
        return self.terms[key].name if key in self.terms else None

    def places_in(self, briefing: Briefing) -> Iterator[Place]:
        """Yield where a briefing names the terms, as whole words and in the letters' own case."""
        if not self.terms:
            return
        for index, paragraph in enumerate(briefing.paragraphs):
            text = paragraph.text
            for last, (length, term) in self.finder.iter_long(straighten(text)):
                start, end = last + 1 - length, last + 1
                if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
                    yield term, index, start, end
