"""Summaries → their lines in lists, by month, in as many parts as a list needs to stay short."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil

from msgspec import Struct

from readout_site.countries import country_name
from readout_site.rendering import dates
from readout_site.rendering.links import link_from, part_path
from readout_site.rendering.summaries import Listed, Summary
from readout_site.rendering.views import Day, Entry, Group, Link
from readout_site.rendering.vocabulary import TOPIC_WORDS, UNREAD, direction, kind_label

LONGEST = 400
"""The most entries on one page; at a kilobyte each it stays under 500 KB."""
UNDATED = "undated"
"""The name of the part for readouts without a day."""
KEPT = 10_000
"""So many entries are kept, to be shown again."""
PARTIES = 4
TOPICS_SHOWN = 3
NUMBERED = re.compile(r"(undated|\d{4}-\d{2})-(\d+)")


class Part(Struct, frozen=True):
    """A part of a list that is too long for one page, or all of one that is not."""

    name: str  #: A year, a month or `undated`, with a number where even that is long; empty for the whole.
    path: str
    summaries: tuple[Summary, ...]


def split(path: str, summaries: Sequence[Summary], longest: int = LONGEST) -> tuple[Part, ...]:
    """Return the parts of a list whose page lies at `path`: the whole, else its years, else the months of long ones.

    A part is named by its time, so that a new readout changes the part that it falls into and no other.
    """
    if len(summaries) <= longest:
        return (Part("", path, tuple(summaries)),)
    return tuple(Part(name, part_path(path, name), items) for name, items in shelve(summaries, longest))


def shelve(summaries: Sequence[Summary], longest: int) -> Iterator[tuple[str, tuple[Summary, ...]]]:
    """Yield the years of a list, the months of a year that is too long, and numbered parts of such a month."""
    for year, items in by_prefix(summaries, 4):
        if len(items) <= longest:
            yield year, items
            continue
        for month, group in by_prefix(items, 7):
            yield from number(month, group, longest)


def number(name: str, items: tuple[Summary, ...], longest: int) -> Iterator[tuple[str, tuple[Summary, ...]]]:
    """Yield `items` in parts counted from the oldest, so that a new readout changes the newest alone."""
    count = ceil(len(items) / longest)
    first = len(items) - longest * (count - 1)
    bounds = [0, *range(first, len(items) + 1, longest)]
    for part, (start, end) in enumerate(pairwise(bounds)):
        yield (f"{name}-{count - part}" if count > 1 else name), items[start:end]


def by_prefix(summaries: Sequence[Summary], length: int) -> Iterator[tuple[str, tuple[Summary, ...]]]:
    """Yield runs of readouts whose days begin alike: 4 characters for a year, 7 for a month; they are in order."""
    start = 0
    while start < len(summaries):
        name = summaries[start].listed.day[:length]
        end = bisect(summaries, False, start, key=lambda item: item.listed.day[:length] != name)  # noqa: FBT003
        yield name or UNDATED, tuple(summaries[start:end])
        start = end


def months(summaries: Sequence[Summary], source: str) -> tuple[Group, ...]:
    """Return the entries by month, as the page at path `source` shows them."""
    return tuple(
        Group(f"m{month}", period_name(month), tuple(entry(item, source) for item in items))
        for month, items in by_prefix(summaries, 7)
    )


def period_name(name: str) -> str:
    """Return the words for the name of a part: a year, a month or `undated`, with a number after it or without."""
    match = NUMBERED.fullmatch(name)
    if match:
        return f"{period_name(match[1])}, part {match[2]}"
    if name == UNDATED:
        return dates.UNDATED
    return dates.month_name(name) if "-" in name else name


def entry(summary: Summary, source: str) -> Entry:
    """Return what the page at path `source` shows of a readout in a list."""
    return entry_in(summary.listed, source.rpartition("/")[0])


@lru_cache(maxsize=KEPT)
def entry_in(listed: Listed, folder: str) -> Entry:
    """Return what pages in `folder` show of a readout in a list: many of them show the same."""
    return Entry(
        title=listed.title,
        href=link_from(folder, listed.path),
        language=listed.language,
        direction=direction(listed.language),
        day=to_day(listed.day),
        kind=UNREAD if listed.unread else kind_label(listed.kind, listed.language),
        place=listed.place,
        topics=tuple(
            Link(TOPIC_WORDS[topic].name, topic) for topic in listed.topics[:TOPICS_SHOWN] if not listed.unread
        ),
        parties=tuple(country_name(code) for code in listed.countries[:PARTIES]),
        more=max(len(listed.countries) - PARTIES, 0),
        edited=listed.edited,
    )


def to_day(iso: str | None) -> Day | None:
    """Return a day in all its forms."""
    if not iso:
        return None
    return Day(iso, dates.short_date(iso), dates.long_date(iso), dates.full_date(iso))
