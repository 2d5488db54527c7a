"""Glossary files → Terms: agreements, initiatives and bodies, with what their own pages and the margin notes say."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from readout_site.records import Problem
from readout_site.rendering.links import outward
from readout_site.strictyaml import Mapping as Yaml
from readout_site.strictyaml import YamlError, load_yaml

KEYS = ("name", "aliases", "kind", "url", "sources")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
QUOTES = str.maketrans("‘’ʼ“”\u00a0", "'''\"\" ")


class Term(Struct, frozen=True):
    """An entry of the glossary."""

    name: str  #: As its page is headed.
    aliases: tuple[str, ...]  #: Other names and acronyms, as texts write them.
    kind: str  #: What it is, such as `agreement`; empty where not told.
    url: str | None  #: Its official address, http or https.
    sources: tuple[str, ...]  #: Addresses that bear the entry out.
    body: str  #: Markdown by the site's editors.
    file: str  #: The file that it stands in.


def parse_glossary(files: Mapping[str, str]) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return the entries of the glossary files (path → text) by name, and what is wrong in files left out."""
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    for path in sorted(files):
        try:
            term = parse_term(path, files[path])
        except YamlError as error:
            problems.append(Problem(path, error.line, error.message))
            continue
        for name in (term.name, *term.aliases):
            other = terms.setdefault(fold(name), term)
            if other is not term:
                problems.append(Problem(path, 1, f"`{name}` stands in {other.file} too; keep it in one of the two"))
    unique = {term.file: term for term in terms.values()}
    return tuple(sorted(unique.values(), key=lambda term: (fold(term.name), term.file))), tuple(problems)


def fold(name: str) -> str:
    """Return a name as it is compared: case, shape of quotes and a leading article aside."""
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
        kind=read_text(data, "kind"),
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
