"""`corrections` of a meta file → Corrections: what a person knows better, checked before it stands on a page."""

import datetime as dt
import re
from typing import Any

from readout_site.labels import KINDS
from readout_site.records import Corrections, Participant
from readout_site.settings import (
    LANGUAGE,
    Reader,
    matching,
    read_country,
    read_fields,
    read_issuer,
    read_text,
    word_of,
)
from readout_site.strictyaml import Mapping, YamlError

NOTHING: dict[str, Any] = {"date": None, "place": None, "issuer": None, "participants": ()}
"""What a key with nothing after it says, where it may say that there is none."""


def read_corrections(value: object, key: str, line: int) -> Corrections:
    """Return what a person knows better; a key with nothing after it says that there is none."""
    fields = read_fields(value, FIELDS, key, line)
    lines = value.lines if isinstance(value, Mapping) else {}
    for name in lines:
        if name not in fields and name not in NOTHING:
            raise YamlError(lines[name], f"`{name}` has nothing after it; write it, or remove the key")
        fields.setdefault(name, NOTHING.get(name))
    return Corrections(**fields)


def read_day(value: object, key: str, line: int) -> str:
    """Return a day, checked, or nothing."""
    text = matching(re.compile(r"\d{4}-\d\d-\d\d"), "a day as YYYY-MM-DD")(value, key, line)
    try:
        return text and dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise YamlError(line, f"`{text}` is no day of the calendar; write another for `{key}`") from error


def read_language(value: object, key: str, line: int) -> str:
    """Return a language tag, its language in small letters."""
    tag: str = matching(LANGUAGE, "a language tag, such as en or pt-BR")(value, key, line)
    primary, mark, rest = tag.partition("-")
    return primary.lower() + mark + rest


def read_participants(value: object, key: str, line: int) -> tuple[Participant, ...]:
    """Return all who took part, in order."""
    if not isinstance(value, list):
        raise YamlError(line, f"`{key}` must be a list; begin each item with `- name:`, `role:` below it")
    return tuple(read_participant(item, key, line) for item in value)


def read_participant(value: object, key: str, line: int) -> Participant:
    """Return one of those who took part."""
    here = min(value.lines.values(), default=line) if isinstance(value, Mapping) else line
    fields = read_fields(value, PARTICIPANT, key, here)
    if not fields.get("name"):
        raise YamlError(here, f"an item of `{key}` needs a `name`; write one")
    return Participant(fields["name"], fields.get("role", ""), fields.get("country"))


FIELDS: dict[str, Reader] = {
    "title": read_text,
    "date": read_day,
    "kind": word_of(KINDS),
    "place": read_text,
    "language": read_language,
    "issuer": read_issuer,
    "participants": read_participants,
}
PARTICIPANT: dict[str, Reader] = {"name": read_text, "role": read_text, "country": read_country}
