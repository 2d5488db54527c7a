"""CleanText → Readout: title, dates, place, form, who published it, who took part, and the text in sentences."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import UNSET, structs

from readout_site.labels import Kind
from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.attendance import Scene
from readout_site.reading.sectioning.corrections import correct, settle
from readout_site.reading.sectioning.dates import encounter_day, left_dateline
from readout_site.reading.sectioning.encounter import find_kind, find_place, tell
from readout_site.reading.sectioning.home import find_home
from readout_site.reading.sectioning.issuers import find_holder, find_issuer, government
from readout_site.reading.sectioning.languages import UNKNOWN, find_language
from readout_site.reading.sectioning.participants import find_participants
from readout_site.reading.sectioning.people import Lexicon
from readout_site.reading.sectioning.sentences import SentenceRules, split_sentences
from readout_site.records import Capture, CleanText, Corrections, Issuer, Problem, Prose, Readout, Source

LONGEST = 4000
"""How much of a title or sentence is read for people, days and places, in code points: furniture may run for miles."""
LONGEST_ID = 80
"""The longest id, in bytes, without the digest that tells a cut one."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""Names that some file systems keep for devices."""
DIGEST = 8
"""The length of the digest that tells a cut or emptied id, in hexadecimal digits."""
HARD_BREAK = re.compile(r" {2,}\n\s*")
"""What breaks a line in Markdown."""
SHORTEST_LIST = 3
"""How many lines make a list."""
STOPS = (".", "!", "?", ",")
"""What a line ends with that is no item of a list."""
UNDERSTOOD = ("en", UNKNOWN)
"""Languages in which people, form and place are read."""
UNCORRECTED = Corrections()
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "AE", "đ": "d", "Đ": "D", "ı": "i"}
)
"""Latin letters that no decomposition makes ASCII."""
NOT_IN_ID = re.compile(r"[^a-z0-9]+")
LONGEST_OPENING = 90
"""How much of its beginning names a text without a title, in code points."""


def section(capture: Capture, text: CleanText, rules: Rules, issuer: Issuer | None) -> Readout:
    """Return the readout of a capture, with what a person knows better; `issuer` publishes where nothing tells."""
    by_hand = capture.meta.corrections
    readout = find_readout(capture, text, rules, issuer)
    if by_hand == UNCORRECTED:
        return readout
    return correct(find_readout(capture, text, rules, issuer, by_hand), by_hand, readout, text.told.title)


def find_readout(
    capture: Capture, text: CleanText, rules: Rules, issuer: Issuer | None, by_hand: Corrections = UNCORRECTED
) -> Readout:
    """Return the readout as it is read, where issuer, language, form and place are as given `by_hand`."""
    told = text.told
    paragraphs = tuple(prose(text, rules.sentences))
    sentences = [[said[:LONGEST] for said in lines_of(part, text.text) or sentences_of(part)] for part in paragraphs]
    telling = tell((told.title or "")[:LONGEST], [one for part in sentences for one in part], rules.encounters)
    publisher = settle(by_hand.issuer, find_issuer(text, telling.lead, rules.issuers, rules.gazetteer) or issuer)
    opening = " ".join(part.text for part in paragraphs[:4])
    language = settle(by_hand.language, find_language(opening, told.language, rules.languages))
    english = is_understood(language)
    kind = settle(by_hand.kind, find_kind(telling, rules.encounters) if english else "other")
    lines = [*passed_over(text), *(part[0] for part in sentences if part)]
    released = told.dates[0] if told.dates else left_dateline(lines)
    date, date_source = encounter_day(telling, released)
    places = find_place(telling, kind, rules.encounters.places, rules.gazetteer) or held_at(told.place, kind)
    place = settle(by_hand.place, places)
    lexicon = Lexicon(rules.roles, rules.gazetteer, rules.encounters, rules.issuers)
    scene = Scene(telling, kind, sentences, place, publisher.country if publisher else None, find_holder(text))
    if publisher is None and english and (home := find_home(scene, told.place, lexicon)):
        publisher, scene = government(home), structs.replace(scene, home=home)
    return Readout(
        id=make_id(stem(capture.file)),
        title=told.title or first_words(paragraphs, capture.file),
        date=date,
        date_source=date_source,
        published=released.date if released else None,
        kind=kind,
        place=place,
        language=language,
        issuer=publisher,
        participants=find_participants(scene, lexicon) if english else (),
        paragraphs=paragraphs,
        source=source(capture, text),
        removed=text.removed,
        problems=(*text.problems, *problems(capture, text, language, dated=released is not None)),
    )


def is_understood(language: str) -> bool:
    """Tell whether people, form and place are read in a language, of whatever region."""
    return language.partition("-")[0] in UNDERSTOOD


def held_at(place: str | None, kind: Kind) -> str | None:
    """Return the place of a dateline, which is that of a meeting or visit and of no call."""
    return place if kind in ("meeting", "visit") else None


def passed_over(text: CleanText) -> Iterator[str]:
    """Yield the lines above the text that the classifier cut without a rule."""
    start = text.passages[0].source[0][0] if text.passages else 0
    for removal in text.removed:
        if removal.rule == "classifier" and removal.start < start:
            yield from removal.text.split("\n")


def prose(text: CleanText, rules: SentenceRules) -> Iterator[Prose]:
    """Yield each passage in sentences, under an id of its own."""
    seen: Counter[str] = Counter()
    line, position = 1, 0
    for passage in text.passages:
        start = passage.source[0][0] if passage.source else position
        line += text.text.count("\n", position, start)
        position = start
        name = "p" + hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        seen[name] += 1
        own = name if seen[name] == 1 else f"{name}-{seen[name]}"
        yield Prose(own, passage.text, passage.source, split_sentences(passage.text, rules), line)


def sentences_of(part: Prose) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part.text[start:end] for start, end in part.sentences]


def lines_of(part: Prose, text: str) -> list[str]:
    """Return the lines of a paragraph that is a list with hard line breaks, as Markdown has them; none of another."""
    raw = "\n".join(text[start:end] for start, end in part.source)
    lines = [" ".join(line.split()) for line in HARD_BREAK.split(raw)] if "  \n" in raw else []
    items = len(lines) >= SHORTEST_LIST and not any(line.endswith(STOPS) for line in lines)
    return lines if items and all(line[:1].isupper() for line in lines) else []


def source(capture: Capture, text: CleanText) -> Source:
    """Return where the readout comes from."""
    return Source(
        url=text.told.url,
        via=text.told.via,
        file=capture.file,
        sha256=hashlib.sha256(capture.data).hexdigest(),
        captured=capture.meta.captured,
    )


def problems(capture: Capture, text: CleanText, language: str, *, dated: bool) -> Iterator[Problem]:
    """Yield what a person should know."""
    path = f"captures/{capture.file}"
    meta = f"{stem(capture.file)}.meta.yaml"
    if not text.passages:
        return
    if not text.told.title and capture.meta.corrections.title is UNSET:
        message = f"no title found, the first words stand for it; give `title` below `corrections` in {meta}"
        yield Problem(path, None, message, notice=True)
    if not dated:
        message = f"no day of publication found; give `date` in {meta}"
        yield Problem(path, None, message, notice=True)
    if not is_understood(language):
        message = f"is in the language `{language}` and is shown without annotations; add an English copy"
        yield Problem(path, None, message, notice=True)


def stem(file: str) -> str:
    """Return the file name without folders and suffix."""
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def first_words(paragraphs: Sequence[Prose], file: str) -> str:
    """Return the words that a text begins with, as archives name what has no title; the file's name without a text."""
    text = paragraphs[0].text if paragraphs else ""
    if len(text) <= LONGEST_OPENING:
        return text or file.rpartition("/")[2]
    return f"{text[: LONGEST_OPENING + 1].rpartition(' ')[0] or text[:LONGEST_OPENING]} …"


def make_id(name: str) -> str:
    """Return a slug of a name: ASCII letters, digits and hyphens, safe as a file name, stable, never empty."""
    folded = unicodedata.normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    slug = NOT_IN_ID.sub("-", folded).strip("-")
    whole = slug and not RESERVED.match(slug) and len(slug) <= LONGEST_ID and keeps(name, slug)
    if whole:
        return slug
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
    return f"{slug[: LONGEST_ID - DIGEST - 1].strip('-') or 'readout'}-{digest}"


def keeps(name: str, slug: str) -> bool:
    """Tell whether a slug keeps the letters of a name: a name in another script loses most of them."""
    if name.isascii():
        return True
    letters = sum(character.isalnum() for character in unicodedata.normalize("NFC", name))
    return letters <= 2 * sum(character.isalnum() for character in slug)
