"""Corpus → Pages: which pages exist, at which address, and all that each shows."""

from collections.abc import Callable, Iterator, Sequence

from readout_site.records import RuleDoc
from readout_site.rendering.accuracy import Quality
from readout_site.rendering.briefings import briefing_pages
from readout_site.rendering.corpus import Corpus
from readout_site.rendering.edition import Edition, make_edition
from readout_site.rendering.home import home_page
from readout_site.rendering.lists import archive_lists, country_lists, instrument_lists, topic_lists
from readout_site.rendering.method import method_page, missing_page
from readout_site.rendering.registers import archive_register, country_register, instrument_register, topic_register
from readout_site.rendering.views import Page
from readout_site.settings import Settings

PAGES: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    home_page,
    briefing_pages,
    archive_register,
    archive_lists,
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


def plan(
    corpus: Corpus, settings: Settings, rule_docs: Sequence[RuleDoc], quality: Quality | None = None
) -> Iterator[Page]:
    """Yield every page of the site, each at a path of its own."""
    edition = make_edition(corpus, settings, rule_docs, quality)
    for kind in PAGES:
        yield from kind(edition)
