"""site.yaml text → Settings: says what is wrong with it, with the line and the nearest valid key."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.records import Issuer
from readout_site.strictyaml import Mapping, YamlError, load_yaml

WEB = re.compile(r"https?://[^\s/?#\\<>\"]+(?:/[^\s\\<>\"]*)?", re.IGNORECASE)
BASE = re.compile(r"https?://[^\s/?#\\<>\"@]+(?:/(?!/)[^\s/?#\\<>\"]*)*", re.IGNORECASE)
RELATIVE = re.compile(r"(?![/?])(?![^/?#]*:)[^\s\\<>\"]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
COUNTRY = re.compile(r"[A-Z]{2,10}")

Reader = Callable[[Any, str, int], Any]
"""Turns the value under a key, given with the key's name and line, into that of a field."""


class SettingsError(SiteError):
    """A `site.yaml` that cannot be used."""


class NavigationItem(Struct, frozen=True):
    """A link in the head of every page."""

    label: str  #: What it says.
    url: str  #: Where it leads: http or https, or a path from the site's root without a `/` before it.


class Settings(Struct, frozen=True):
    """What a site's owner says of the whole site."""

    title: str = "Readouts"  #: Name of the site.
    base_url: str = ""  #: Address that the site is published at, with a `/` at its end; empty where it is not known.
    description: str = ""  #: What the site is, in a sentence or two.
    language: str = "en"  #: Language of the site's own words.
    issuer: Issuer | None = None  #: Who is taken to have published a readout that does not tell.
    navigation: tuple[NavigationItem, ...] = ()  #: Links of the owner's, in order.


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
            raise YamlError(line, f"`{text}` is not what `{key}` takes; write {expected}")
        return text

    return read


def read_base(value: object, key: str, line: int) -> str:
    """Return the site's address with a `/` at its end, or nothing."""
    url = matching(BASE, "the site's address, such as https://example.org/readouts/")(value, key, line)
    return url if not url or url.endswith("/") else f"{url}/"


def read_issuer(value: object, key: str, line: int) -> Issuer:
    """Return the default issuer."""
    fields = read_fields(value, ISSUER, key, line)
    if not fields.get("name"):
        raise YamlError(line, f"`{key}` needs a `name`; write one, or remove `{key}`")
    return Issuer(name=fields["name"], country=fields.get("country"))


def read_navigation(value: object, key: str, line: int) -> tuple[NavigationItem, ...]:
    """Return the links, in order."""
    if not isinstance(value, list):
        raise YamlError(line, f"`{key}` must be a list; begin each item with `- label:`, and `url:` below it")
    return tuple(read_item(item, key, line) for item in value)


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
}
ISSUER: dict[str, Reader] = {
    "name": read_text,
    "country": matching(COUNTRY, "an ISO 3166 code, such as MX, or the acronym of a body, such as EU"),
}
ITEM: dict[str, Reader] = {
    "label": read_text,
    "url": matching(
        re.compile(f"{WEB.pattern}|{RELATIVE.pattern}", re.IGNORECASE),
        "an http or https address, or a path from the site's root without a / before it",
    ),
}
