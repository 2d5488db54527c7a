"""site.yaml text → Settings: says what is wrong with it, with the line and the nearest valid key."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, Literal, get_args

from msgspec import Struct

from readout_site.countries import COUNTRY_NAMES, country_code
from readout_site.errors import SiteError
from readout_site.records import Issuer
from readout_site.strictyaml import Mapping, YamlError, load_yaml

WEB = re.compile(r"https?://[^\s/?#\\<>\"]+(?:/[^\s\\<>\"]*)?", re.IGNORECASE)
BASE = re.compile(r"https?://[^\s/?#\\<>\"@]+(?:/(?!/)[^\s/?#\\<>\"]*)*", re.IGNORECASE)
RELATIVE = re.compile(r"(?![/?])(?![^/?#]*:)[^\s\\<>\"]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock$))[A-Za-z0-9_][A-Za-z0-9._/-]*(?<![./])")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]+[a-z0-9](?:/[^\s/?#\\]+)*/?")
REGION = re.compile(r"[a-z0-9-]+")
PLACE = re.compile(r"(?!-)[^\x00-\x1f]+")
PASSWORD = re.compile(r"(?i:https?)://[^/@\s]+@|//[^/@\s]*:[^/@\s]*@")

Kind = Literal["branch", "bucket", "rsync", "folder"]
"""Of a place to publish to."""

Reader = Callable[[Any, str, int], Any]
"""Turns the value under a key, given with the key's name and line, into that of a field."""


class SettingsError(SiteError):
    """A `site.yaml` that cannot be used."""


class NavigationItem(Struct, frozen=True):
    """A link in the head of every page."""

    label: str  #: What it says.
    url: str  #: Where it leads: http or https, or a path from the site's root without a `/` before it.


class Publication(Struct, frozen=True):
    """Where the site is published to."""

    kind: Kind  #: What sort of place it is.
    place: str  #: A branch; a bucket, and a prefix after `/`; a folder, on another host after `HOST:`.
    remote: str = "origin"  #: Of a branch: the name or address of the repository.
    endpoint: str = ""  #: Of a bucket: the address of the service; empty for Amazon's own.
    region: str = ""  #: Of a bucket; empty where the AWS tools' own settings tell it.


class Settings(Struct, frozen=True):
    """What a site's owner says of the whole site."""

    title: str = "Readouts"  #: Name of the site.
    base_url: str = ""  #: Address that the site is published at, with a `/` at its end; empty where it is not known.
    description: str = ""  #: What the site is, in a sentence or two.
    language: str = "en"  #: Language of the site's own words.
    issuer: Issuer | None = None  #: Who is taken to have published a readout that does not tell.
    navigation: tuple[NavigationItem, ...] = ()  #: Links of the owner's, in order.
    publish: Publication | None = None  #: Where the site is published to, unless the command line names another place.


def parse_settings(text: str, path: str = "site.yaml") -> Settings:
    """Return the settings that the YAML `text` holds; raise `SettingsError` naming `path` and the line."""
    try:
        data = load_yaml(text)
        if data is None:
            return Settings()
        return Settings(**read_fields(data, FIELDS, "", 1))
    except YamlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}") from error


def read_fields(data: object, fields: dict[str, Reader], within: str, line: int) -> dict[str, Any]:
    """Return the values of a mapping, read by the reader of each key; empty ones are left out."""
    names = ", ".join(f"`{name}`" for name in fields)
    if not isinstance(data, Mapping):
        raise YamlError(line, f"{f'`{within}`' if within else 'this file'} must be a mapping with the keys {names}")
    for key in data:
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"valid are {names}"
            raise YamlError(data.lines[key], f"unknown key `{key}`{f' in `{within}`' if within else ''}; {hint}")
    values = {key: fields[key](value, key, data.lines[key]) for key, value in data.items() if value is not None}
    return {key: value for key, value in values.items() if value != ""}


def read_text(value: object, key: str, line: int) -> str:
    """Return a text, its white space folded."""
    if not isinstance(value, str):
        raise YamlError(line, f"`{key}` must be text; write it on one line, or in a block after `>`")
    return " ".join(value.split())


def matching(pattern: re.Pattern[str], expected: str) -> Reader:
    """Return a reader of texts that are like `pattern` or empty; others are told what is `expected`."""

    def read(value: object, key: str, line: int) -> str:
        text = read_text(value, key, line)
        if text and not pattern.fullmatch(text):
            shown = "what stands here, with a password in it," if PASSWORD.search(text) else f"`{text}`"
            raise YamlError(line, f"{shown} is not what `{key}` takes; write {expected}")
        return text

    return read


def word_of(words: Sequence[str]) -> Reader:
    """Return a reader of one of `words`; others are told the nearest, or all."""

    def read(value: object, key: str, line: int) -> str:
        text = read_text(value, key, line)
        if text and text not in words:
            near = get_close_matches(text, words, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"write {', '.join(words[:-1])} or {words[-1]}"
            raise YamlError(line, f"`{text}` is not what `{key}` takes; {hint}")
        return text

    return read


def read_country(value: object, key: str, line: int) -> str:
    """Return the code of a country or body that is given by its code or its English name, or nothing."""
    text = read_text(value, key, line)
    code = country_code(text)
    if text and code is None:
        near = get_close_matches(text, COUNTRY_NAMES.values(), n=1)
        hint = f"did you mean {near[0]}?" if near else "write an ISO 3166 code, such as MX, or the English name"
        raise YamlError(line, f"`{text}` is no country or body that is known; {hint}")
    return code or ""


def read_base(value: object, key: str, line: int) -> str:
    """Return the site's address with a `/` at its end, or nothing."""
    url = matching(BASE, "the site's address, such as https://example.org/readouts/")(value, key, line)
    return url if not url or url.endswith("/") else f"{url}/"


def read_issuer(value: object, key: str, line: int) -> Issuer:
    """Return who publishes."""
    fields = read_fields(value, ISSUER, key, line)
    if not fields.get("name"):
        raise YamlError(line, f"`{key}` needs a `name`; write one, or remove `{key}`")
    return Issuer(name=fields["name"], country=fields.get("country"))


def read_navigation(value: object, key: str, line: int) -> tuple[NavigationItem, ...]:
    """Return the links, in order."""
    if not isinstance(value, list):
        raise YamlError(line, f"`{key}` must be a list; begin each item with `- label:`, and `url:` below it")
    return tuple(read_item(item, key, line) for item in value)


def read_publication(value: object, key: str, line: int) -> Publication:
    """Return where the site is published to."""
    fields = read_fields(value, PUBLICATION, key, line)
    kinds: list[Kind] = [kind for kind in get_args(Kind) if kind in fields]
    if len(kinds) != 1:
        raise YamlError(line, f"`{key}` needs one of {', '.join(f'`{kind}`' for kind in get_args(Kind))}; write one")
    for name, kind in BELONGS.items():
        if name in fields and kind not in fields:
            raise YamlError(line, f"`{name}` goes with `{kind}`, not with `{kinds[0]}`; remove it")
    return Publication(kind=kinds[0], place=fields.pop(kinds[0]), **fields)


def parse_target(text: str) -> Publication:
    """Return the place that `KIND:PLACE` names; raise `SettingsError` where it is none."""
    kind, _, place = text.partition(":")
    valid = ", ".join(f"{name}:PLACE" for name in get_args(Kind))
    if not place or kind not in get_args(Kind):
        near = get_close_matches(kind, get_args(Kind), n=1) if place else []
        raise SettingsError(f"no place to publish to; {f'did you mean {near[0]}:?' if near else f'write {valid}'}")
    data = Mapping()
    data[kind], data.lines[kind] = place, 1
    try:
        return read_publication(data, "publish", 1)
    except YamlError as error:
        raise SettingsError(error.message) from error


def without_password(pattern: re.Pattern[str], expected: str) -> Reader:
    """Return a reader of texts like `pattern` in which no password stands."""
    read_matching = matching(pattern, expected)

    def read(value: object, key: str, line: int) -> Any:  # noqa: ANN401 - as `Reader` has it
        if PASSWORD.search(read_text(value, key, line)):
            hint = "remove it: passwords come from where the tools keep them (docs/publishing.md)"
            raise YamlError(line, f"`{key}` holds a password, which would be read by all who see it; {hint}")
        return read_matching(value, key, line)

    return read


def read_item(value: object, key: str, line: int) -> NavigationItem:
    """Return one link."""
    here = min(value.lines.values(), default=line) if isinstance(value, Mapping) else line
    fields = read_fields(value, ITEM, key, here)
    for name in ITEM:
        if not fields.get(name):
            raise YamlError(here, f"an item of `{key}` needs a `{name}`; write one")
    return NavigationItem(**fields)


FIELDS: dict[str, Reader] = {
    "title": read_text,
    "base_url": read_base,
    "description": read_text,
    "language": matching(LANGUAGE, "a language tag, such as en or pt-BR"),
    "issuer": read_issuer,
    "navigation": read_navigation,
    "publish": read_publication,
}
ISSUER: dict[str, Reader] = {
    "name": read_text,
    "country": read_country,
}
ITEM: dict[str, Reader] = {
    "label": read_text,
    "url": matching(
        re.compile(f"{WEB.pattern}|{RELATIVE.pattern}", re.IGNORECASE),
        "an http or https address, or a path from the site's root without a / before it",
    ),
}
PUBLICATION: dict[str, Reader] = {
    "branch": without_password(BRANCH, "the name of a branch, such as gh-pages"),
    "bucket": without_password(BUCKET, "the name of a bucket, with a prefix after a /, such as example/readouts"),
    "rsync": without_password(PLACE, "a folder as rsync takes it, such as ada@example.org:/srv/www"),
    "folder": without_password(PLACE, "the path of a folder"),
    "remote": without_password(PLACE, "the name of a remote, such as origin, or its address"),
    "endpoint": without_password(BASE, "the address of the service, such as https://s3.example.org"),
    "region": without_password(REGION, "a region, such as eu-central-1"),
}
BELONGS = {"remote": "branch", "endpoint": "bucket", "region": "bucket"}
