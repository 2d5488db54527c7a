"""content/captures/ → the captures to read, each with what a person says of it in `NAME.meta.yaml` beside it."""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from readout_site.errors import SiteError
from readout_site.records import Meta, Problem
from readout_site.settings import WEB, Reader, matching, read_fields, read_text
from readout_site.shell.disk import UnreadableError, below_content, walk
from readout_site.shell.disk import read_text as read_file
from readout_site.strictyaml import YamlError, load_yaml

SUFFIXES = (".txt", ".md", ".html", ".htm")
META = ".meta.yaml"


class MetaError(SiteError):
    """A meta file that cannot be understood."""


class CaptureFile(Struct, frozen=True):
    """A capture before it is read: where it lies, and what lies beside it."""

    file: str  #: Its path below `content/captures/`, with `/`.
    path: Path  #: Where it lies.
    meta: Meta = Meta()  #: What a person says of it.
    notes: Path | None = None  #: Its file of notes, where there is one.


def find_captures(site: Path) -> tuple[list[CaptureFile], list[Problem]]:
    """Return the captures of a site in the order of their names, drafts left out, and what is wrong with the folder.

    A capture whose meta file cannot be understood is left out as well, since it may be a draft.
    """
    folder = site / "content" / "captures"
    paths, problems = walk(folder, site)
    metas = {stem(path): path for path in paths if path.name.endswith(META)}
    captures: list[CaptureFile] = []
    for path in paths:
        if path.suffix.lower() in SUFFIXES:
            try:
                captures.append(describe(path, folder, metas.get(path.with_suffix(""))))
            except YamlError as error:
                name = below_content(metas[path.with_suffix("")], site)
                problems.append(Problem(name, error.line, f"{error.message}; the capture is left out until then"))
        elif not path.name.endswith(META):
            reason = f"is no capture: these end in {', '.join(SUFFIXES)}; rename it or move it away"
            problems.append(Problem(below_content(path, site), None, reason))
    known = {path.with_suffix("") for path in paths if path.suffix.lower() in SUFFIXES}
    problems += orphans(metas, known, site)
    problems += orphan_notes(known, site)
    return [capture for capture in captures if not capture.meta.draft], problems


def stem(meta: Path) -> Path:
    """Return the path of a meta file without its ending."""
    return meta.with_name(meta.name.removesuffix(META))


def describe(path: Path, folder: Path, meta: Path | None) -> CaptureFile:
    """Return a capture with what lies beside it."""
    file = path.relative_to(folder).as_posix()
    notes = notes_of(path, folder)
    said = parse_meta(read_meta(meta)) if meta else Meta()
    return CaptureFile(file, path, said, notes if notes.is_file() else None)


def locate(path: Path) -> CaptureFile:
    """Return any file as a capture, with the meta file beside it and, where it lies in a site, the notes on it.

    Raises `MetaError` where the meta file cannot be understood.
    """
    meta = path.with_suffix(META)
    homes = [f for f in path.absolute().parents if f.name == "captures" and f.parent.name == "content"]
    folder = homes[0] if homes else path.absolute().parent
    try:
        found = describe(path.absolute(), folder, meta if meta.is_file() else None)
    except YamlError as error:
        raise MetaError(f"{meta}:{error.line}: {error.message}") from error
    return found if homes else replace(found, notes=None)


def notes_of(path: Path, folder: Path) -> Path:
    """Return where the notes on a capture are kept: at the same place below `content/notes/`."""
    return folder.parent / "notes" / path.relative_to(folder).with_suffix(".yaml")


def orphans(metas: dict[Path, Path], known: set[Path], site: Path) -> list[Problem]:
    """Report the meta files of no capture."""
    reason = "describes no capture that is here; rename or remove it"
    return [Problem(below_content(path, site), None, reason) for key, path in metas.items() if key not in known]


def orphan_notes(known: Iterable[Path], site: Path) -> list[Problem]:
    """Report the files of notes on no capture."""
    folder = site / "content" / "captures"
    kept = {notes_of(path.with_name(f"{path.name}.txt"), folder) for path in known}
    paths, problems = walk(site / "content" / "notes", site)
    reason = "holds notes on no capture that is here; give it the capture's name and `.yaml`, or remove it"
    return problems + [Problem(below_content(path, site), None, reason) for path in paths if path not in kept]


def read_meta(path: Path) -> str:
    """Return the text of a meta file."""
    try:
        return read_file(path)
    except UnreadableError as error:
        raise YamlError(1, str(error).partition(": ")[2]) from error


def parse_meta(text: str) -> Meta:
    """Return what a meta file says; raise `YamlError` with the line where it is wrong."""
    data = load_yaml(text)
    return Meta() if data is None else Meta(**read_fields(data, FIELDS, "", 1))


def read_day(value: object, key: str, line: int) -> str:
    """Return a day, checked, or nothing."""
    text = matching(re.compile(r"\d{4}-\d\d-\d\d"), "a day as YYYY-MM-DD")(value, key, line)
    try:
        return text and dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise YamlError(line, f"`{text}` is no day of the calendar; write another for `{key}`") from error


def read_flag(value: object, key: str, line: int) -> bool:
    """Return yes or no."""
    return bool(matching(re.compile("true|false"), "true or false")(value, key, line) == "true")


def read_list(value: object, key: str, line: int) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list):
        raise YamlError(line, f"`{key}` must be a list; begin each item with `- `")
    return tuple(read_text(item, key, line) for item in value)


ADDRESS: Any = matching(WEB, "an http or https address")
FIELDS: dict[str, Reader] = {
    "url": ADDRESS,
    "via": ADDRESS,
    "date": read_day,
    "captured": read_day,
    "draft": read_flag,
    "aliases": read_list,
    "encounter": read_text,
}
