"""Latest readouts → the home page."""

from collections.abc import Iterator, Sequence

from readout_site.records import Briefing
from readout_site.rendering.clauses import clauses, figure_cards
from readout_site.rendering.corpus import Corpus
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import entry, months
from readout_site.rendering.links import HOME, instrument_path, relative
from readout_site.rendering.lists import country_shares, topic_shares
from readout_site.rendering.summaries import Summary
from readout_site.rendering.values import Page, Text
from readout_site.rendering.views import HomeView, Layout, Link, Tally

LATEST = 40
OPENING = 420
SHOWN = 3
COUNTRIES = 12
INSTRUMENTS = 8


def home_page(corpus: Corpus) -> Iterator[Page]:
    """Yield the home page."""
    lead = corpus.summaries[0] if corpus.summaries else None
    text = Text(lead.id, lead.record) if lead else None
    yield Page(HOME, lay_out_home, (text, corpus.summaries, instruments(corpus)))


def lay_out_home(
    edition: Edition, path: str, text: Text | None, summaries: Sequence[Summary], named: tuple[Tally, ...]
) -> Layout:
    """Lay out the home page: the newest readout, whose text is `text`, leads it."""
    lead = edition.load(text.id) if text else None
    href = relative(path, summaries[0].listed.path) if summaries else ""
    view = HomeView(
        site=edition.settings.title,
        description=edition.settings.description,
        lead=entry(summaries[0], path) if summaries else None,
        opening=opening(lead) if lead else "",
        figures=tuple(figure_cards(lead, href))[:SHOWN] if lead else (),
        clauses=tuple(clauses(lead, href))[:SHOWN] if lead else (),
        groups=months(summaries[1 : LATEST + 1], path),
        more=Link("Archive", "archive/index.html") if len(summaries) > LATEST + 1 else None,
        total=len(summaries),
        span=span(summaries),
        topics=topic_shares(summaries, path),
        countries=country_shares(summaries, path, COUNTRIES),
        instruments=named,
    )
    return Layout("home.html", frame(edition, path, "", current="Latest"), view)


def opening(briefing: Briefing) -> str:
    """Return the first sentences of a briefing, as many as fit, else the beginning of the first."""
    if not briefing.paragraphs:
        return ""
    first = briefing.paragraphs[0]
    ends = [sentence.end for sentence in first.sentences if sentence.end <= OPENING]
    return first.text[: ends[-1]] if ends else f"{first.text[:OPENING].rsplit(' ', 1)[0]} …"


def span(summaries: Sequence[Summary]) -> str:
    """Return the years that the collection covers, such as `2021–2023`."""
    years = sorted({summary.listed.day[:4] for summary in summaries if summary.listed.day})
    if not years:
        return ""
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def instruments(corpus: Corpus) -> tuple[Tally, ...]:
    """Return the agreements and bodies that most readouts name."""
    ranked = sorted(corpus.instruments.values(), key=lambda named: (-len(named.summaries), named.thing.slug))
    return tuple(
        Tally(named.thing.name, relative(HOME, instrument_path(named.thing.slug)), len(named.summaries))
        for named in ranked[:INSTRUMENTS]
    )
