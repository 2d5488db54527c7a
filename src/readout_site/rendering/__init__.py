"""All briefings → pages → bytes. Pure: no disk, clock, network or terminal."""

from readout_site.rendering.corpus import Corpus, DuplicateIdError, arrange
from readout_site.rendering.glossary import Term, parse_glossary
from readout_site.rendering.links import briefing_path, capture_path, record_path
from readout_site.rendering.pages import PAGES, plan
from readout_site.rendering.templates import Theme, load_theme, render
from readout_site.rendering.views import Page

__all__ = [
    "PAGES",
    "Corpus",
    "DuplicateIdError",
    "Page",
    "Term",
    "Theme",
    "arrange",
    "briefing_path",
    "capture_path",
    "load_theme",
    "parse_glossary",
    "plan",
    "record_path",
    "render",
]
