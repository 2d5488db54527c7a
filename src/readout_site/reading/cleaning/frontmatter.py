"""Front matter of a capture → what it tells of the readout, whatever its keys are called."""

import re
from collections.abc import Mapping as Items

from msgspec import Struct

from readout_site.strictyaml import Mapping, YamlError, load_yaml

FENCE = re.compile(r"\s*?---[ \t]*(?:\r\n|\r|\n)")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
PAIR = re.compile(r"^([A-Za-z_]\w*):[ \t]+(\S.*?)[ \t\r]*$", re.MULTILINE)
KEYS = {
    "title": ("title", "headline", "name"),
    "date": (
        *("date", "published", "published_time", "published_at", "publish_date", "date_published"),
        *("datepublished", "pubdate", "created"),
    ),
    "url": ("source_url", "original_url", "url", "link", "canonical", "canonical_url", "original", "source"),
    "via": ("via", "mirror", "mirror_url"),
    "issuer": ("issuer", "publisher", "organization", "organisation", "site_name", "agency"),
    "place": ("place", "location"),
    "language": ("lang", "language", "locale"),
}
"""What each thing that we look for is called, most usual first; `-` and capitals do not count."""


class FrontMatter(Struct, frozen=True):
    """The front matter of a capture: where it ends and what it says, by our names of things."""

    end: int = 0  #: The code point after its closing fence; 0 where there is none.
    values: Items[str, str] = {}  #: What it tells, as written, under the names of `KEYS`.
    lines: Items[str, int] = {}  #: The line of the capture that tells it.
    problem: tuple[int, str] | None = None  #: The line and what is wrong with it.


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter that `text` begins with; a broken one is read line by line and has a problem."""
    opening = FENCE.match(text)
    if opening is None:
        return FrontMatter()
    closing = CLOSE.search(text, opening.end())
    first = text.count("\n", 0, opening.end() - 1) + 2  # The line after the fence, however that ends.
    if closing is None:
        problem = (first - 1, "the front matter does not end; close it with a line `---`")
        return FrontMatter(problem=problem)
    block = text[opening.end() : closing.start()]
    try:
        data = load_yaml(block)
    except YamlError as error:
        problem = (first + error.line - 1, f"the front matter is not YAML: {error.message}")
        pairs = loose_pairs(block)
        return told(closing.end(), pairs, first, problem) if pairs else FrontMatter(problem=problem)
    if isinstance(data, Mapping):
        pairs = {key: (data.lines[key], value) for key, value in data.items() if isinstance(value, str)}
        return told(closing.end(), pairs, first, None)
    if data is None or isinstance(data, str):  # Two rulers with prose or nothing between them are no front matter.
        return FrontMatter()
    problem = (first, "the front matter is no list of `key: value` lines; write it so")
    return FrontMatter(closing.end(), problem=problem)


def loose_pairs(block: str) -> dict[str, tuple[int, str]]:
    """Return what a broken block says in lines of the form `key: value`."""
    return {
        match[1]: (block.count("\n", 0, match.start()) + 1, match[2].strip("\"'")) for match in PAIR.finditer(block)
    }


def told(end: int, pairs: Items[str, tuple[int, str]], first: int, problem: tuple[int, str] | None) -> FrontMatter:
    """Return what `pairs` say under our names; `first` is the line of the capture at which the block begins."""
    found = {key.casefold().replace("-", "_"): pair for key, pair in pairs.items()}
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for name, keys in KEYS.items():
        for key in keys:
            words = " ".join(found[key][1].split()) if key in found else ""
            if words and (name not in {"url", "via"} or words.startswith(("http://", "https://"))):
                values[name], lines[name] = words, found[key][0] + first - 1
                break
    return FrontMatter(end, values, lines, problem)
