"""Corpus → Pages: which pages exist, at which address, and the values that each shows."""

from collections.abc import Callable, Iterator

from readout_site.rendering.briefings import briefing_pages
from readout_site.rendering.corpus import Corpus
from readout_site.rendering.home import home_page
from readout_site.rendering.lists import archive_lists, country_lists, instrument_lists, topic_lists, unread_list
from readout_site.rendering.method import method_page, missing_page
from readout_site.rendering.registers import archive_register, country_register, instrument_register, topic_register
from readout_site.rendering.values import Page

PAGES: tuple[Callable[[Corpus], Iterator[Page]], ...] = (
    home_page,
    briefing_pages,
    archive_register,
    archive_lists,
    unread_list,
    topic_register,
    topic_lists,
    country_register,
    country_lists,
    instrument_register,
    instrument_lists,
    method_page,
    missing_page,
)
"""Every kind of page."""


def plan(corpus: Corpus) -> Iterator[Page]:
    """Yield every page of the site, each at a path of its own."""
    for kind in PAGES:
        yield from kind(corpus)
