"""YAML text → plain values with their lines: strict, so that nothing in it surprises.

A subset of YAML 1.2 (https://yaml.org/spec/1.2.2/): mappings, sequences and scalars. Every scalar is a string (`NO`,
`12:30` and `2023-11-17` stay what was typed; an empty one or `null` is None). Anchors, aliases, tags, duplicate keys,
a second document and nesting deeper than `DEPTH` are errors.
"""

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from readout_site.errors import SiteError

DEPTH = 20
"""The deepest nesting that is read."""

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NULLS = ("", "~", "null")


class YamlError(SiteError):
    """Text that is not the YAML that we read."""

    def __init__(self, line: int, message: str) -> None:
        """Keep the line, from 1, and what is wrong there."""
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message


class Mapping(dict[str, Any]):
    """A mapping that knows the line of each key."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.lines: dict[str, int] = {}


def load_yaml(text: str) -> Any:  # noqa: ANN401 - the shape is the text's own
    """Return the values in `text`; raise `YamlError` at the first thing that is not strict YAML."""
    try:
        loader = LOADER(text)
        try:
            return read_document(loader.get_event)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"{error.problem or error.context}; mend the YAML") from error
    except (yaml.reader.ReaderError, UnicodeEncodeError) as error:
        raise YamlError(1, "holds a character that YAML does not allow; remove it") from error


def read_document(following: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Read the one document of a stream, whose events `following` returns one by one."""
    value: Any = None
    seen = False
    while not isinstance(event := following(), yaml.StreamEndEvent):
        if isinstance(event, yaml.DocumentStartEvent):
            if seen:
                raise YamlError(line_of(event), "a second document begins; keep one")
            seen = True
        elif isinstance(event, yaml.NodeEvent):
            value = read_node(event, following, DEPTH)
    return value


def read_node(event: Any, following: Callable[[], Any], depth: int) -> Any:  # noqa: ANN401
    """Read the value that `event` begins."""
    kind = type(event)
    if event.anchor is not None or event.tag:
        refuse(event)
    if kind is yaml.ScalarEvent:
        return None if not event.style and event.value in NULLS else event.value
    if not depth:
        raise YamlError(line_of(event), f"nested deeper than {DEPTH} levels; flatten it")
    if kind is yaml.SequenceStartEvent:
        return list(read_items(following, depth - 1))
    mapping = Mapping()
    while type(key := following()) is not yaml.MappingEndEvent:
        check_key(mapping, key)
        mapping[key.value] = read_node(following(), following, depth - 1)
        mapping.lines[key.value] = line_of(key)
    return mapping


def read_items(following: Callable[[], Any], depth: int) -> Iterator[Any]:
    """Yield the values of a sequence."""
    while type(item := following()) is not yaml.SequenceEndEvent:
        yield read_node(item, following, depth)


def check_key(mapping: Mapping, key: Any) -> None:  # noqa: ANN401
    """Raise where `key` is no word, or stands in `mapping` already."""
    line = line_of(key)
    if type(key) is not yaml.ScalarEvent:
        raise YamlError(line, "a key must be a word; quote or rename it")
    if key.anchor is not None or key.tag:
        refuse(key)
    if key.value in mapping:
        raise YamlError(line, f"`{key.value}` stands here twice, first on line {mapping.lines[key.value]}; keep one")


def refuse(event: Any) -> None:  # noqa: ANN401
    """Raise because of an alias, an anchor or a tag."""
    if event.anchor is not None:
        raise YamlError(line_of(event), "anchors and aliases are not read; write the value out, or quote the text")
    raise YamlError(line_of(event), f"the tag `{event.tag}` is not read; remove it, or quote the text")


def line_of(event: Any) -> int:  # noqa: ANN401
    """Return the line at which `event` begins, from 1."""
    return int(event.start_mark.line) + 1 if event.start_mark else 1
