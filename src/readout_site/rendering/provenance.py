"""Briefing → where its text comes from: the source, and the capture in order with what was cut and what was kept."""

from collections.abc import Iterator

from readout_site.records import Briefing, Source
from readout_site.rendering import dates
from readout_site.rendering.edition import Edition
from readout_site.rendering.entries import to_day
from readout_site.rendering.links import CAPTURE_SUFFIX, METHOD, RECORD_SUFFIX, beside, outward, relative
from readout_site.rendering.views import Edit, Link, Piece, Provenance
from readout_site.rendering.vocabulary import FIELD_NAMES, VALUE_NAMES

ALLOWANCE = 60_000
"""The most characters of cut text on a page; the raw capture beside it has all."""
SHORT = 160
FIRST = 36
LAST = 28
"""The most characters of a kept paragraph's first and last words, which tell where it begins and ends."""


def provenance(briefing: Briefing, edition: Edition, path: str) -> Provenance:
    """Return the provenance panel of the page at `path`."""
    source = briefing.source
    pieces = sorted((*cut_pieces(briefing, edition, path), *kept_pieces(briefing)), key=lambda piece: piece.at)
    return Provenance(
        source=address(source.url),
        via=address(source.via),
        file=source.file,
        sha256=source.sha256,
        captured=to_day(source.captured),
        capture=relative(path, beside(path, CAPTURE_SUFFIX)) if source.sha256 else "",
        record=relative(path, beside(path, RECORD_SUFFIX)),
        edits=tuple(edits(briefing)),
        pieces=tuple(pieces),
        cuts=len(briefing.removed),
        citation=citation(briefing, source, edition.address(path)),
    )


def edits(briefing: Briefing) -> Iterator[Edit]:
    """Yield what an editor set, and what was read there."""
    for field, read in briefing.corrected.items():
        words = dates.long_date(read) if field == "date" and read else read or ""
        yield Edit(FIELD_NAMES[field], VALUE_NAMES.get(field, {}).get(words, words))


def address(url: str | None) -> Link | None:
    """Return an address as a link, or without one where it must not be linked."""
    return Link(url, outward(url) or "") if url else None


def cut_pieces(briefing: Briefing, edition: Edition, path: str) -> Iterator[Piece]:
    """Yield what was cut, whole as long as the allowance lasts."""
    allowance = ALLOWANCE
    method = relative(path, METHOD)
    for cut in briefing.removed:
        shown = cut.text if len(cut.text) <= max(allowance, SHORT) else f"{cut.text[:SHORT]}…"
        allowance -= len(shown)
        anchor = edition.rules.get(cut.rule)
        href = f"{method}#{anchor}" if anchor else ""
        yield Piece(cut.start, cut.line, shown.strip("\n"), cut.rule, href, 0, len(cut.text))


def kept_pieces(briefing: Briefing) -> Iterator[Piece]:
    """Yield the paragraphs, each by its first and last words."""
    for number, paragraph in enumerate(briefing.paragraphs, start=1):
        at = paragraph.source[0][0] if paragraph.source else 0
        yield Piece(at, paragraph.line, bounds(paragraph.text), "", f"#{paragraph.id}", number, len(paragraph.text))


def bounds(text: str) -> str:
    """Return the first and the last words of a text, or all of a short one."""
    if len(text) <= FIRST + LAST:
        return text
    return f"{text[:FIRST].rsplit(' ', 1)[0]} … {text[-LAST:].split(' ', 1)[-1]}"


def citation(briefing: Briefing, source: Source, address: str | None) -> str:
    """Return how to cite the readout: the text at its source, and this edition where its `address` is known.

    A title that was not published stands in square brackets, as libraries have it.
    """
    issuer = briefing.issuer.name if briefing.issuer else ""
    when = briefing.published or briefing.date
    parts = (
        issuer[:1].upper() + issuer[1:],
        f"[{briefing.title}]" if "title" in briefing.corrected else f"“{briefing.title}”",
        dates.long_date(when) if when else "",
        source.url or source.via or "",
        f"annotated at {address}" if address else "",
    )
    return ", ".join(part for part in parts if part)
