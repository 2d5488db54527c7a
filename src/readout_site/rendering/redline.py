"""Earlier texts of a readout → what was taken out of each and put in since: paragraph by paragraph, word by word."""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from readout_site.alignment import Aligner
from readout_site.records import Briefing
from readout_site.rendering import dates
from readout_site.rendering.links import beside, earlier_suffix, relative
from readout_site.rendering.summaries import published_title

CONTEXT = 12
"""Words that are shown on either side of a change."""
PARAGRAPH = "¶"
"""Stands between paragraphs that were compared as one passage."""


class Stretch(Struct, frozen=True):
    """Words that stayed, were taken out, or were put in."""

    kind: Literal["same", "out", "in"]
    text: str


class Change(Struct, frozen=True):
    """A passage that differs."""

    number: int  #: Of its first paragraph in the later text, from 1; where none is there, of the one that follows.
    stretches: tuple[Stretch, ...]  #: In order; long ones that stayed are cut short by `…`.


class Revision(Struct, frozen=True):
    """How one text of a readout became the next."""

    number: int  #: Of the earlier text, from 1.
    captured: str  #: Day on which the earlier text was scraped, in words; empty where it is not known.
    capture: str  #: Link to the earlier capture.
    sha256: str  #: Of the earlier capture, in hexadecimal.
    title: tuple[Stretch, ...]  #: The title's change; empty where it is the same.
    changes: tuple[Change, ...]  #: In text order; empty where only furniture changed.


def revisions(briefing: Briefing, path: str) -> Iterator[Revision]:
    """Yield, the newest first, how each earlier text of the briefing on the page at `path` became the next."""
    now = tuple(paragraph.text for paragraph in briefing.paragraphs)
    texts = [*((version.title, version.paragraphs) for version in briefing.versions), (published_title(briefing), now)]
    for number in range(len(briefing.versions), 0, -1):
        version, (title, later) = briefing.versions[number - 1], texts[number]
        yield Revision(
            number=number,
            captured=dates.long_date(version.captured) if version.captured else "",
            capture=relative(path, beside(path, earlier_suffix(number))),
            sha256=version.sha256,
            title=tuple(compare(version.title.split(), title.split(), Aligner())) if title != version.title else (),
            changes=tuple(redline(version.paragraphs, later)),
        )


def redline(earlier: Sequence[str], later: Sequence[str]) -> Iterator[Change]:
    """Yield the passages in which two texts differ; what takes too much work to compare is shown out and in whole."""
    aligner = Aligner()
    for kind, a, b, c, d in aligner.changes(earlier, later):
        if kind == "equal":
            continue
        if b - a == d - c:
            pairs = zip(earlier[a:b], later[c:d], strict=True)
            for place, (old, new) in enumerate(pairs, start=c + 1):
                yield Change(place, tuple(compare(old.split(), new.split(), aligner)))
        else:
            yield Change(c + 1, tuple(compare(words_of(earlier[a:b]), words_of(later[c:d]), aligner)))


def words_of(paragraphs: Sequence[str]) -> list[str]:
    """Return the words of a passage, with a sign between its paragraphs."""
    return f" {PARAGRAPH} ".join(paragraphs).split()


def compare(old: Sequence[str], new: Sequence[str], aligner: Aligner) -> Iterator[Stretch]:
    """Yield how `old` became `new`."""
    for kind, a, b, c, d in aligner.changes(old, new):
        if kind == "equal":
            yield from stretch("same", shorten(old[a:b], first=a == 0, last=b == len(old)))
        else:
            yield from stretch("out", old[a:b])
            yield from stretch("in", new[c:d])


def stretch(kind: Literal["same", "out", "in"], words: Sequence[str]) -> Iterator[Stretch]:
    """Yield words as one stretch, if there are any."""
    if words:
        yield Stretch(kind, " ".join(words))


def shorten(words: Sequence[str], *, first: bool, last: bool) -> Sequence[str]:
    """Return words that stayed, with those left out that are far from any change."""
    before, after = 0 if first else CONTEXT, 0 if last else CONTEXT
    if len(words) <= before + after + 1:
        return words
    return [*words[:before], "…", *words[len(words) - after :]]
