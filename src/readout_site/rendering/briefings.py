"""Briefings → their pages."""

from collections.abc import Iterator
from itertools import accumulate, takewhile

from readout_site.countries import country_name
from readout_site.records import Briefing, Participant, Section
from readout_site.rendering.clauses import clauses, figure_cards
from readout_site.rendering.corpus import Corpus, Neighbours, Surroundings, Thing
from readout_site.rendering.edition import Edition, frame
from readout_site.rendering.entries import entry, to_day
from readout_site.rendering.links import country_path, instrument_path, relative
from readout_site.rendering.margin import line_of, set_notes
from readout_site.rendering.marks import Marking, Scope, mark_briefing
from readout_site.rendering.markup import mark_up
from readout_site.rendering.provenance import provenance
from readout_site.rendering.redline import revisions
from readout_site.rendering.summaries import Summary, published_title
from readout_site.rendering.values import Page, Text
from readout_site.rendering.views import BriefingView, Layout, Link, Party, Passage, SectionView
from readout_site.rendering.vocabulary import UNREAD, direction, kind_label, section_topic

ALONE: Neighbours = (None, None)
MOST_ROWS = 9
"""The style sheet knows no more paragraphs for notes to stand beside."""


def briefing_pages(corpus: Corpus) -> Iterator[Page]:
    """Yield a page for each readout."""
    for summary in (*corpus.summaries, *corpus.unread):
        yield briefing_page(summary, corpus)


def briefing_page(summary: Summary, corpus: Corpus) -> Page:
    """Return the page of one readout."""
    text = Text(summary.id, summary.record)
    return Page(
        summary.listed.path, lay_out_briefing, (text, corpus.around(summary), corpus.neighbours.get(summary.id, ALONE))
    )


def lay_out_briefing(edition: Edition, path: str, text: Text, around: Surroundings, beside: Neighbours) -> Layout:
    """Lay out the page of a readout."""
    briefing = edition.load(text.id)
    older, newer = beside
    scope = Scope(around)
    marking = mark_briefing(briefing, scope, path)
    view = BriefingView(
        title=briefing.title,
        language=briefing.language,
        direction=direction(briefing.language),
        kind=kind_label(briefing.kind, briefing.language) if briefing.paragraphs else UNREAD,
        day=to_day(briefing.date),
        published=to_day(briefing.published) if briefing.published != briefing.date else None,
        place=briefing.place,
        issuer=briefing.issuer.name if briefing.issuer else "",
        edited=tuple(briefing.corrected),
        headline=published_title(briefing),
        parties=tuple(party_view(party, scope, path) for party in briefing.participants),
        reasons=() if briefing.paragraphs else tuple(reasons(briefing)),
        sections=tuple(section_views(briefing, marking, path)),
        headed=len(briefing.sections) > 1,
        figures=tuple(figure_cards(briefing)),
        clauses=tuple(clauses(briefing)),
        instruments=tuple(instrument_links(briefing, scope, path)),
        countries=tuple(country_links(briefing, scope, path)),
        provenance=provenance(briefing, edition, path),
        revisions=tuple(revisions(briefing, path)),
        older=entry(older, path) if older else None,
        newer=entry(newer, path) if newer else None,
    )
    opening = briefing.paragraphs[0].text if briefing.paragraphs else ""
    return Layout("briefing.html", frame(edition, path, briefing.title, opening), view)


def reasons(briefing: Briefing) -> Iterator[str]:
    """Yield why nothing of a capture could be read; what to do is told to its editors alone."""
    for problem in briefing.problems:
        yield problem.message.partition(";")[0]


def party_view(party: Participant, scope: Scope, path: str) -> Party:
    """Return who took part, with a link to the page of the country where it has one."""
    code = party.country
    href = relative(path, country_path(code)) if code and code in scope.lands else None
    return Party(party.name, party.role, country_name(code) if code else None, href)


def section_views(briefing: Briefing, marking: Marking, path: str) -> Iterator[SectionView]:
    """Yield the sections with their share of the text."""
    sizes = [sum(len(briefing.paragraphs[index].text) for index in item.paragraphs) for item in briefing.sections]
    total = sum(sizes) or 1
    for section, size, end in zip(briefing.sections, sizes, accumulate(sizes), strict=True):
        yield SectionView(
            id=section.id,
            title=section.title,
            tone=section_topic(section.id),
            passages=tuple(passages(section, briefing, marking, path)),
            offset=round(100 * (end - size) / total, 2),
            width=round(100 * size / total, 2),
            range=number_range(section),
        )


def number_range(section: Section) -> str:
    """Return the numbers of a section's paragraphs, such as `3–5`."""
    if not section.paragraphs:
        return ""
    first, last = section.paragraphs[0] + 1, section.paragraphs[-1] + 1
    return str(first) if first == last else f"{first}–{last}"


def passages(section: Section, briefing: Briefing, marking: Marking, path: str) -> Iterator[Passage]:
    """Yield the paragraphs of a section, marked up; the notes of each stand beside it and those after without any."""
    for place, index in enumerate(section.paragraphs):
        text = briefing.paragraphs[index].text
        following = section.paragraphs[place + 1 : place + MOST_ROWS]
        beside = [index, *takewhile(lambda later: later not in marking.notes, following)]
        lines = sum(line_of(len(briefing.paragraphs[each].text)) for each in beside)
        yield Passage(
            id=briefing.paragraphs[index].id,
            number=index + 1,
            html=mark_up(text, marking.marks.get(index, ())),
            notes=set_notes(marking.notes.get(index, ()), text, path, lines),
            rows=len(beside),
        )


def instrument_links(briefing: Briefing, scope: Scope, path: str) -> Iterator[Link]:
    """Yield the named agreements, bodies and initiatives."""
    seen: dict[str, Thing] = {}
    for instrument in briefing.instruments:
        thing = scope.named(instrument.name)
        seen.setdefault(thing.slug, thing)
    for thing in seen.values():
        yield Link(thing.name, relative(path, instrument_path(thing.slug)))


def country_links(briefing: Briefing, scope: Scope, path: str) -> Iterator[Link]:
    """Yield the countries that the text names."""
    for code in briefing.countries:
        if code in scope.lands:
            yield Link(country_name(code), relative(path, country_path(code)))
