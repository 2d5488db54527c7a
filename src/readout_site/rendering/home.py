"""Latest readouts → the home page."""

from collections.abc import Iterator, Sequence

from readout_site.records import Briefing
from readout_site.rendering.clauses import clauses, figure_cards
from readout_site.rendering.corpus import day
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import entry, months
from readout_site.rendering.links import HOME, briefing_path, instrument_path, relative
from readout_site.rendering.lists import country_shares, topic_shares
from readout_site.rendering.views import HomeView, Link, Page, Tally

LATEST = 40
OPENING = 420
SHOWN = 3
COUNTRIES = 12
INSTRUMENTS = 8


def home_page(edition: Edition) -> Iterator[Page]:
    """Yield the home page."""
    corpus = edition.corpus
    lead = corpus.briefings[0] if corpus.briefings else None
    href = relative(HOME, briefing_path(lead.id)) if lead else ""
    view = HomeView(
        site=edition.settings.title,
        description=edition.settings.description,
        lead=entry(lead, corpus, HOME) if lead else None,
        opening=opening(lead) if lead else "",
        figures=tuple(figure_cards(lead, href))[:SHOWN] if lead else (),
        clauses=tuple(clauses(lead, href))[:SHOWN] if lead else (),
        groups=months(corpus.briefings[1 : LATEST + 1], corpus, HOME),
        more=Link("Archive", "archive/index.html") if len(corpus.briefings) > LATEST + 1 else None,
        total=len(corpus.briefings),
        span=span(corpus.briefings),
        topics=topic_shares(edition, corpus.briefings, HOME),
        countries=country_shares(edition, corpus.briefings, HOME, COUNTRIES),
        instruments=instruments(edition),
    )
    yield Page(HOME, "home.html", frame(edition, HOME, "", current="Latest"), view)


def opening(briefing: Briefing) -> str:
    """Return the first sentences of a briefing, as many as fit, else the beginning of the first."""
    if not briefing.paragraphs:
        return ""
    first = briefing.paragraphs[0]
    ends = [sentence.end for sentence in first.sentences if sentence.end <= OPENING]
    return first.text[: ends[-1]] if ends else f"{first.text[:OPENING].rsplit(' ', 1)[0]} …"


def span(briefings: Sequence[Briefing]) -> str:
    """Return the years that the collection covers, such as `2021–2023`."""
    years = sorted({day(briefing)[:4] for briefing in briefings if day(briefing)})
    if not years:
        return ""
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def instruments(edition: Edition) -> tuple[Tally, ...]:
    """Return the agreements and bodies that most readouts name."""
    ranked = sorted(edition.corpus.instruments.values(), key=lambda thing: (-len(thing.briefings), thing.slug))
    return tuple(
        Tally(thing.name, relative(HOME, instrument_path(thing.slug)), len(thing.briefings))
        for thing in ranked[:INSTRUMENTS]
    )
