"""All briefings → pages → bytes. Pure: no disk, clock, network or terminal.

`templates`, which makes the bytes, is imported by its own name: Jinja takes as long as all else here.
"""

from readout_site.rendering.corpus import Corpus, DuplicateIdError, arrange
from readout_site.rendering.edition import Edition, make_edition
from readout_site.rendering.glossary import Term, parse_glossary
from readout_site.rendering.links import briefing_path
from readout_site.rendering.pages import PAGES, plan
from readout_site.rendering.summaries import Summary, summarise
from readout_site.rendering.terms import TermNames
from readout_site.rendering.values import Page

__all__ = [
    "PAGES",
    "Corpus",
    "DuplicateIdError",
    "Edition",
    "Page",
    "Summary",
    "Term",
    "TermNames",
    "arrange",
    "briefing_path",
    "make_edition",
    "parse_glossary",
    "plan",
    "summarise",
]
