"""Glossary files → Terms: agreements, initiatives and bodies, with what their own pages and the margin notes say."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readout_site.records import Problem
from readout_site.rendering.links import outward
from readout_site.rendering.prose import lost_links
from readout_site.strictyaml import Mapping as Yaml
from readout_site.strictyaml import YamlError, load_yaml

KEYS = ("name", "aliases", "kind", "url", "sources")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
KINDS = (
    "accord", "act", "agreement", "alliance", "body", "charter", "coalition", "commission", "compact", "convention",
    "council", "court", "declaration", "dialogue", "forum", "framework", "fund", "group", "initiative", "law",
    "mission", "organisation", "pact", "partnership", "plan", "programme", "protocol", "resolution", "summit",
    "treaty",
)  # fmt: skip
"""What a thing of the glossary can be."""
QUOTES = str.maketrans("‘’ʼ“”\u00a0", "'''\"\" ")


ABBREVIATIONS = {
    re.compile(r"\bunited states(?: of america)?\b"): "us",
    re.compile(r"\bunited kingdom\b"): "uk",
    re.compile(r"\bunited nations\b"): "un",
    re.compile(r"&"): " and ",
}
ACCENTS = re.compile("[\u0300-\u036f]")
DROPPED = re.compile(r"[.']")
APART = re.compile(r"[\W_]+")
NUMBERED = re.compile(r"(?<=[^\W\d]) (?=\d)")
INITIALS = re.compile(r" \([“\"]?[A-Z][A-Za-z&-]{1,9}[”\"]?\)$")
PLURAL = re.compile(r"(?<=\w{3}[^\Wsui])s$| s$")


class Term(Struct, frozen=True):
    """An entry of the glossary."""

    name: str  #: As its page is headed.
    aliases: tuple[str, ...]  #: Other names and acronyms, as texts write them.
    kind: str  #: What it is, one of `KINDS`; empty where not told.
    url: str | None  #: Its official address, http or https.
    sources: tuple[str, ...]  #: Addresses that bear the entry out.
    body: str  #: Markdown by the site's editors.
    file: str  #: The file that it stands in.


def parse_glossary(files: Mapping[str, str]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the entries of the glossary files (path → text) by name, and what is wrong in them.

    No two have a name in common: it stays with the first file, by path, and an entry whose own name is taken is left
    out.
    """
    terms: list[Term] = []
    owners: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(files):
        try:
            term = parse_term(path, files[path])
        except YamlError as error:
            problems.append(Problem(path, error.line, error.message))
            continue
        problems += lost_links(term.body, files[path], path)
        if not term.body:
            problems.append(Problem(path, None, "has no text, so no note is shown; write some below the second `---`"))
        others = {name: owners[key] for name in (term.name, *term.aliases) if (key := key_of(name)) in owners}
        for name, other in others.items():
            problems.append(Problem(path, 1, f"`{name}` stands in {other} too; keep it in one of the two"))
        if term.name not in others:
            own = tuple(name for name in term.aliases if name not in others)
            terms.append(replace(term, aliases=own))
            owners.update(dict.fromkeys(map(key_of, (term.name, *own)), path))
    return tuple(sorted(terms, key=lambda term: (fold(term.name), term.file))), tuple(problems)


@lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """Return what tells the thing called `name` from others, however it is spelt.

    Case, accents, dashes, full stops, a leading article, a plural or letters in brackets at the end and `United
    States` for `U.S.` tell nothing apart: `The East-Asia Summits` and `East Asia Summit (EAS)` are one. Letters with
    a number tell an edition: `Sea Conference (SEA26)` is another than `(SEA27)`.
    """
    letters = ACCENTS.sub("", unicodedata.normalize("NFKD", fold(INITIALS.sub("", name))))
    for long, short in ABBREVIATIONS.items():
        letters = long.sub(short, letters)
    words = APART.sub(" ", DROPPED.sub("", letters)).strip()
    return PLURAL.sub("", NUMBERED.sub("", words)) or fold(name)


def fold(name: str) -> str:
    """Return a name as it is sorted: case, shape of quotes and a leading article aside."""
    return " ".join(straighten(name).casefold().split()).removeprefix("the ")


def straighten(text: str) -> str:
    """Return `text` with straight quotes and common spaces, each character in its place."""
    return text.translate(QUOTES)


def parse_term(path: str, text: str) -> Term:
    """Read one file; raise `YamlError` where it cannot be used."""
    match = FRONT.match(text)
    if not match:
        raise YamlError(1, "a glossary file begins with `---`, then `name:`, then `---`; the Markdown stands below")
    data = load_front(match[1])
    for key in data:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"valid are {', '.join(KEYS)}"
            raise YamlError(data.lines[key] + 1, f"unknown key `{key}`; {hint}")
    url = read_text(data, "url")
    return Term(
        name=read_text(data, "name") or refuse(data, "name", "an entry needs a `name`; write it"),
        aliases=read_list(data, "aliases"),
        kind=read_kind(data),
        url=check_address(data, "url", url) if url else None,
        sources=tuple(check_address(data, "sources", value) for value in read_list(data, "sources")),
        body=text[match.end() :].strip(),
        file=path,
    )


def load_front(text: str) -> Yaml:
    """Read the front matter, its lines counted from the file's own first."""
    try:
        data = load_yaml(text)
    except YamlError as error:
        raise YamlError(error.line + 1, error.message) from error
    if not isinstance(data, Yaml):
        raise YamlError(1, "the front matter must be a mapping with a `name`; write `name: …`")
    return data


def read_text(data: Yaml, key: str) -> str:
    """Return the text under `key`, its white space folded, or an empty one."""
    value: Any = data.get(key)
    if value is not None and not isinstance(value, str):
        refuse(data, key, f"`{key}` must be text; write it on one line")
    return " ".join((value or "").split())


def read_kind(data: Yaml) -> str:
    """Return the kind in small letters, or an empty text."""
    kind = read_text(data, "kind").lower()
    if kind and kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"valid are {', '.join(KINDS)}"
        refuse(data, "kind", f"unknown kind `{kind}`; {hint}")
    return kind


def read_list(data: Yaml, key: str) -> tuple[str, ...]:
    """Return the texts listed under `key`."""
    values: Sequence[Any] = data.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        refuse(data, key, f"`{key}` must be a list of texts; begin each with `- `")
    return tuple(" ".join(value.split()) for value in values)


def check_address(data: Yaml, key: str, url: str) -> str:
    """Return `url` where it is a web address."""
    if not url.startswith(("http://", "https://")) or not outward(url):
        refuse(data, key, f"`{url}` is no web address; write one that begins with https://")
    return url


def refuse(data: Yaml, key: str, message: str) -> str:
    """Raise `YamlError` at the line of `key`."""
    raise YamlError(data.lines.get(key, 0) + 1, message)
