"""Terms → where a text names them: the glossary's names and aliases, found in one pass."""

from collections.abc import Iterator, Sequence

import ahocorasick

from readout_site.records import Briefing
from readout_site.rendering.glossary import Term, key_of, straighten

Place = tuple[Term, int, int, int]
"""A term, the paragraph's index, and the range in its text."""


class TermNames:
    """The names of the glossary, compiled; it does not change once made."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Compile the names of `terms`."""
        self.terms: dict[str, Term] = {}
        self.finder = ahocorasick.Automaton()
        for term in terms:
            for name in (term.name, *term.aliases):
                if self.terms.setdefault(key_of(name), term) is term:
                    self.finder.add_word(straighten(name), (len(name), term))
        if self.terms:
            self.finder.make_automaton()

    def key(self, name: str) -> str:
        """Return what identifies the thing called `name`: the key of its term's name, else that of its own."""
        return self.known(key_of(name))

    def known(self, key: str) -> str:
        """Return the key of the term that a name of the key `key` stands for, else `key` itself."""
        return key_of(self.terms[key].name) if key in self.terms else key

    def places_in(self, briefing: Briefing) -> Iterator[Place]:
        """Yield where a briefing names the terms, as whole words and in the letters' own case.

        Of names that overlap it is the first, and the longest that begins there.
        """
        if not self.terms:
            return
        for index, paragraph in enumerate(briefing.paragraphs):
            text = paragraph.text
            free = 0
            for start, end, term in sorted(self.hits(text), key=lambda hit: (hit[0], -hit[1])):
                if start >= free:
                    free = end
                    yield term, index, start, end

    def hits(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield every range that is a name as whole words, also those within others."""
        for last, (length, term) in self.finder.iter(straighten(text)):
            start, end = last + 1 - length, last + 1
            if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
                yield start, end, term
