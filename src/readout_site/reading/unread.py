"""A capture that could not be read → a briefing that says so: its name, where it comes from, and why; no word of it."""

import hashlib

from msgspec import UNSET

from readout_site.reading.section import first_words, make_id, stem
from readout_site.reading.sectioning.corrections import settle
from readout_site.reading.sectioning.languages import UNKNOWN
from readout_site.records import Briefing, Capture, Problem, Source


def unread(capture: Capture, reason: str) -> Briefing:
    """Return the briefing of a capture for which there is a `reason` that it cannot be read.

    `capture.data` is empty where not even its bytes could be had; the digest in `source` is empty then.
    """
    given = capture.meta.corrections.title
    return Briefing(
        id=make_id(stem(capture.file)),
        title=settle(given, first_words((), capture.file)),
        date=None,
        date_source=None,
        published=capture.meta.date,
        kind="other",
        place=None,
        language=UNKNOWN,
        issuer=None,
        participants=(),
        countries=(),
        instruments=(),
        paragraphs=(),
        sections=(),
        figures=(),
        source=Source(
            url=capture.meta.url,
            via=capture.meta.via,
            file=capture.file,
            sha256=hashlib.sha256(capture.data).hexdigest() if capture.data else "",
            captured=capture.meta.captured,
        ),
        mentions=(),
        removed=(),
        problems=(Problem(f"captures/{capture.file}", None, reason),),
        corrected={} if given is UNSET else {"title": None},
    )
