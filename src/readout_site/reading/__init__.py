"""One capture → one briefing: decode, clean, section, annotate. Pure: no disk, clock, network or terminal."""

from readout_site.reading.annotate import annotate
from readout_site.reading.clean import clean
from readout_site.reading.cleaning.decode import is_binary
from readout_site.reading.cleaning.html import load_extractor
from readout_site.reading.notes import anchor_notes
from readout_site.reading.rules import Rules, describe_rules, parse_rules
from readout_site.reading.section import section
from readout_site.reading.unread import unread
from readout_site.records import Briefing, Capture, Issuer

__all__ = ["Rules", "anchor_notes", "describe_rules", "load_extractor", "parse_rules", "read", "unread"]


def read(capture: Capture, rules: Rules, issuer: Issuer | None = None) -> Briefing:
    """Return what is understood of `capture`; it never fails: what is doubtful is among its problems.

    `issuer` is who is taken to have published it where the capture does not tell.
    """
    if is_binary(capture.data):
        return unread(capture, "is no text but a picture, program or the like; save the page as text or HTML")
    text = clean(capture, rules.boilerplate)
    readout = section(capture, text, rules, issuer)
    return annotate(readout, rules)
