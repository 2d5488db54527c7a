"""A figure in its sentence → what it measures and the time that it holds for, both as verbatim spans."""

import re

from readout_site.labels import FigureKind
from readout_site.records import Span

COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few)"
TIME = r"(?:days?|weeks?|months?|years?|decades?)"
KIND = r"(?:fiscal |calendar |financial )?"
YEAR = r"(?:19|20)\d\d"
MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|spring|summer|autumn|fall|winter)"
)
PERIOD = re.compile(
    rf"\b(?:(?:in|during|for|throughout|over|within|of|these) (?:the )?(?P<span>"
    rf"(?:last|past|next|coming|previous) (?:{COUNT} )?{KIND}{TIME}"
    rf"|(?:(?:early|late|mid|fy|fiscal year|fiscal|{MONTH}),?[ -]?)?{YEAR}(?:[-\u2013/](?:20)?\d\d)?"
    rf"|first (?:half|quarter|{COUNT} months) of {YEAR})"
    rf"|(?P<whole>(?:since|by|until|from) (?:the (?:end|start|beginning|middle) of )?(?:last |early |late |mid-)?"
    rf"(?:{MONTH} {YEAR}|{MONTH}|{YEAR}(?: (?:to|until|through) {YEAR})?)"
    rf"|(?:earlier |later |so far )?this {KIND}(?:year|month|week|quarter|decade)"
    rf"|(?:last|next) {KIND}(?:year|month|week|quarter|summer|winter|spring|autumn|fall)"
    r"|(?:per|a|each|every) (?:year|annum|month|week|day)|annually|yearly|monthly|daily|to date|so far|thus far"
    rf"|between {YEAR} and {YEAR}))\b"
)
"""A time in a text in lower case."""
PARTED = re.compile(r";\s|,\s(?:but|while|whereas|and (?:both|the|its|their|they|he|she|it|we))\s")
"""What parts two clauses of a text in lower case; “and” before one more noun or amount does not."""
DIGIT = re.compile(r"\d")
QUOTED_VERB = re.compile(r"(?:exceed|surpass|reach|total)\w*\s")
"""What a quote begins with that has its verb as a qualifier, as in “exceeded $5 billion”."""
BEFORE_VERB = re.compile(r"(?:,?\s(?:which|that|has|have|had|now|already|currently|also))*\s\Z")
END = re.compile(
    r",(?! and other |(?: [\w\u2019'-]+){1,3}, and )|[;:()\"\u2013\u2014\u201c\u201d]| - |(?<!\b[A-Z])[.!?](?=\s|$)"
    r"|\s(?:that|which|who|while|as well as|when|where|after|because|since|so far|to date|annually|with|is|are|was|were"
    rf"|in {YEAR}|by {YEAR}|and (?:the|to|also|will|has|have|is|are|\w+ed|more|{COUNT}|\$\S*))\b",
)
AFTER = re.compile(
    r"\s(?:of (?:it|them) )?(?:worth of|in|of|for|towards?|on) "
    rf"(?!(?:the )?(?:{YEAR}|last |past |next |coming ))(?:the )?(?P<what>\S)"
    r"|\s(?P<aim>to \w)"
)
MEASURED_VERB = re.compile(
    r",?\s(?:(?:is|was|has|have|had|are|were|now|already|currently|also|which|that|will|would|be) )*"
    r"(?:total(?:s|l?ing|l?ed)?|worth|valued at|reach(?:ed|es|ing)?|amount(?:ed|ing|s)? to|exceed(?:ed|ing|s)?"
    r"|st(?:oo|an)ds? at|surpass(?:ed|es|ing)?|grew by|increas(?:ed|ing) (?:by|to)|rose (?:by|to)|fell (?:by|to)"
    r"|declined by|dropped by)\s$"
)
NOUN_OF = re.compile(r"(?:\s(?:in|to) the amount)?\s(?:of|is|was|at)\s$")
START = re.compile(
    r"[,;:()\"\u2013\u2014\u201c\u201d]\s?"
    r"|\b(?:with|that|which|where|while|including|for|to|provides?|\w+ed|\w+ing) (?=\S)"
)
NOUN_AFTER = re.compile(
    r"[\s-](?!(?:and|or|to|in|at|on|by|from|for|of|as|with|will|have|has|is|are|was|were|ago|later|between|over|since"
    r"|this|that|per|a|annually)\b)(?P<what>[a-z])"
)
PREPOSITION = re.compile(r"\s(?:in|of|for|to|from|with|between|among|at|on|by|and|over|under|through)\b")
ARTICLE = re.compile(r"(?:(?:with|the|a|an|its|their|our|and|of) )+", re.IGNORECASE)
LOOSE = frozenset(
    (
        *("in", "on", "of", "for", "to", "by", "at", "with", "and", "or", "over", "during", "within", "from"),
        *("since", "until", "the", "a", "an", "as", "is"),
    )
)
"""Words that do not end a phrase."""
LONGEST = 120


def period_of(small: str, sentence: Span, quote: Span) -> Span | None:
    """Return the time nearest to the quote within its clause, that after it first; None where none is told.

    A time of another clause holds only where it opens the sentence, before any number. `small` is the text in lower
    case.
    """
    spans = [match.span(match.lastgroup or 0) for match in PERIOD.finditer(small, *sentence)]
    after = [span for span in spans if span[0] >= quote[1] and not PARTED.search(small, quote[1], span[0])]
    told = [span for span in spans if span[1] <= quote[0]]
    before = [
        span
        for span in told
        if not (PARTED.search(small, span[1], quote[0]) and DIGIT.search(small, sentence[0], span[0]))
    ]
    return after[0] if after else before[-1] if before else None


def measured(text: str, bounds: Span, quote: Span, unit: tuple[FigureKind, str]) -> str:
    """Return the words that tell what a figure measures, within `bounds`; empty where none do.

    `unit` is the figure's kind and unit: a counted noun begins what is measured, an amount has it before or after.
    """
    kind, name = unit
    if kind == "duration":
        return run_after(text, quote, bounds)
    if kind == "count" or (kind == "other" and name and text.endswith(name, 0, quote[1]) and " " in name):
        return trimmed(text, quote[1] - len(name), bounds[1]) if name else ""
    if kind == "other" and name.lower() in ("anniversary", "birthday", "jubilee"):
        return phrase_after(text, quote, bounds)
    verb = MEASURED_VERB.search(text, bounds[0], quote[0])
    if QUOTED_VERB.match(text, quote[0]):
        verb = BEFORE_VERB.search(text, bounds[0], quote[0])
    if verb:
        return noun_before(text, bounds[0], verb.start())
    return phrase_after(text, quote, bounds) or noun_of(text, quote, bounds)


def run_after(text: str, quote: Span, bounds: Span) -> str:
    """Return the noun that a duration qualifies: `consultation period` after `18-month`."""
    noun = NOUN_AFTER.match(text, quote[1], bounds[1])
    if not noun or "-" not in text[slice(*quote)]:
        return ""
    start = noun.start("what")
    end = PREPOSITION.search(text, start, bounds[1])
    return trimmed(text, start, end.start() if end else bounds[1])


def phrase_after(text: str, quote: Span, bounds: Span) -> str:
    """Return what an amount is in, of or for, or the noun that it qualifies."""
    after = AFTER.match(text, quote[1], bounds[1])
    if after:
        return trimmed(text, max(after.start("what"), after.start("aim")), bounds[1])
    noun = NOUN_AFTER.match(text, quote[1], bounds[1])
    return trimmed(text, noun.start("what"), bounds[1]) if noun else ""


def noun_of(text: str, quote: Span, bounds: Span) -> str:
    """Return the noun that an amount belongs to: `contribution` before `of $5 million`."""
    of = NOUN_OF.search(text, bounds[0], quote[0])
    return noun_before(text, bounds[0], of.start()) if of else ""


def noun_before(text: str, start: int, end: int) -> str:
    """Return the words of the clause that ends at `end`, without its first article."""
    for match in START.finditer(text, start, end):
        start = match.end()
    article = ARTICLE.match(text, start, end)
    words = text[article.end() if article else start : end]
    return words if len(words) <= LONGEST else ""


def trimmed(text: str, start: int, limit: int) -> str:
    """Return the words from `start` to the end of their phrase, without a loose preposition."""
    end = END.search(text, start, limit)
    words = text[start : end.start() if end else limit]
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition(" ")[0]
    words = words.rstrip(" ,.;")
    while words and words[words.rfind(" ") + 1 :] in LOOSE:
        words = words[: max(0, words.rfind(" "))]
    return words
