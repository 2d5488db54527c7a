"""Things → their addresses: one place that knows where each page lies and which links may lead outward."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

HOME = "index.html"
METHOD = "method.html"
MISSING = "404.html"

CAPTURE_SUFFIX = ".txt"
"""Of the raw capture, whatever its format, so that scraped HTML is never served as HTML."""
RECORD_SUFFIX = ".json"

DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})-(?=.)")
UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INWARD = re.compile(r"(?![^/?#]*:)[^/?#]")
DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
SCHEMES = ("http", "https")
SLUG_LENGTH = 80


def outward(url: str | None) -> str | None:
    """Return `url` where it is an http, https or mailto address that may be linked, else None."""
    if not url or UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in SCHEMES:
        return url if parts.hostname else None
    return url if parts.scheme == "mailto" and parts.path else None


def inward(url: str) -> bool:
    """Tell whether `url` is a path from the site's root, without a `/` before it, to something on the site."""
    return not UNSAFE.search(url) and bool(INWARD.match(url)) and ".." not in unquote(url).split("/")


def to_root(source: str) -> str:
    """Return what leads from the page at path `source` to the site's root."""
    return "../" * source.count("/")


def relative(source: str, target: str) -> str:
    """Return the link from the page at path `source` to the path `target`, which may hold a fragment."""
    return link_from(source.rpartition("/")[0], target)


@lru_cache(maxsize=50_000)
def link_from(folder: str, target: str) -> str:
    """Return the link from a page in `folder` to the path `target`: many pages have the same."""
    here = folder.split("/") if folder else []
    there = target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def briefing_path(briefing_id: str) -> str:
    """Return the path of a briefing's page: a date that leads its id becomes folders, so it never moves."""
    return f"{stem(briefing_id)}.html"


def beside(page: str, suffix: str) -> str:
    """Return the path of a file that stands beside the page of a briefing."""
    return page.removesuffix(".html") + suffix


def earlier_suffix(number: int) -> str:
    """Return the suffix of the raw capture of an earlier text, by its number from 1."""
    return f".v{number}{CAPTURE_SUFFIX}"


def topic_path(topic: str) -> str:
    """Return the path of a topic's page."""
    return f"topics/{topic}.html"


@lru_cache(maxsize=1000)
def country_path(code: str) -> str:
    """Return the path of the page of a country or body."""
    return f"countries/{slug(code)}.html"


def instrument_path(instrument_slug: str) -> str:
    """Return the path of an instrument's page."""
    return f"instruments/{instrument_slug}.html"


def part_path(path: str, part: str) -> str:
    """Return the path of a part of a long list: `2023` or `2023-11` after the list's own name.

    Two hyphens part them among the instruments, one of which may end with a year itself; no slug has two.
    """
    joint = "--" if path.startswith("instruments/") else "-"
    return f"{path.removesuffix('.html')}{joint}{part}.html"


def stem(briefing_id: str) -> str:
    """Return the path of a briefing without a suffix; different ids have different ones."""
    name = slug(briefing_id, length=200)
    if name != briefing_id:
        name = f"{name}-{digest(briefing_id)}"
    return "readouts/" + DATED.sub(r"\1/\2/\3-", name, count=1)


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Return `text` as a part of an address: lower-case ASCII words joined by hyphens.

    A text without any such word, one longer than `length`, or a name that Windows keeps for a device is told apart by
    digits of its SHA-256.
    """
    ascii_text = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"['’]", "", ascii_text)
    plain = re.sub(r"[^a-z0-9]+", "-", words).strip("-")
    if plain and len(plain) <= length and not DEVICE.fullmatch(plain):
        return plain
    return f"{plain[: length - 9].strip('-')}-{digest(text)}".lstrip("-")


def digest(text: str) -> str:
    """Return eight hexadecimal digits of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
