"""content/captures/ → the captures to read, each with what a person says of it in `NAME.meta.yaml` beside it."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.records import Meta, Problem
from readout_site.settings import WEB, Reader, matching, read_fields, read_text
from readout_site.shell.corrections import FIELDS as CORRECTIONS
from readout_site.shell.corrections import read_corrections, read_day
from readout_site.shell.disk import UnreadableError
from readout_site.shell.disk import read_text as read_file
from readout_site.strictyaml import Mapping, YamlError, load_yaml

SUFFIXES = (".txt", ".md", ".html", ".htm")
META = ".meta.yaml"
NOTES = ".yaml"
VERSIONS = "versions"
"""The folder below `content/` of captures that later ones replaced."""
DRAFT = re.compile(rb"^[^#\w]*draft[\"']?\s*:\s*[\"']?(?:true|yes|on)\b", re.IGNORECASE | re.MULTILINE)
"""A line of a meta file that says, rightly written or not, that its capture is a draft."""
NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class MetaError(SiteError):
    """A meta file that cannot be understood."""


class CaptureFile(Struct, frozen=True):
    """A capture before it is read: where it lies, and what lies beside it."""

    file: str  #: Its path below `content/captures/`, with `/`.
    path: str  #: Where it lies.
    meta: str | None = None  #: Where its meta file lies, if there is one.
    notes: str | None = None  #: Where its file of notes lies, if there is one.
    versions: tuple["CaptureFile", ...] = ()  #: Its earlier texts, the first one first; their files are below VERSIONS.


def find_captures(
    content: Path, captures: Collection[str], notes: Collection[str], versions: Collection[str] = ()
) -> tuple[list[CaptureFile], list[Problem]]:
    """Return the captures among the files of `content/captures/`, `notes/` and `versions/`, in their order.

    Beside them stands what is wrong with the others.
    """
    earlier, amiss = find_versions(content, versions)
    own = {stem(name): name for name in captures if name.endswith(META)}
    known = {without_suffix(name): name for name in captures if is_capture(name)}
    remarks = {name.removesuffix(NOTES): name for name in notes if name.endswith(NOTES)}
    places = [f"{content}/{folder}/" for folder in ("captures", "notes")]
    files = [
        CaptureFile(
            name,
            places[0] + name,
            places[0] + own[bare] if (bare := without_suffix(name)) in own else None,
            places[1] + remarks[bare] if bare in remarks else None,
            tuple(earlier.get(bare, ())),
        )
        for name in captures
        if is_capture(name)
    ]
    other = f"is no capture: these end in {', '.join(SUFFIXES)}; rename it or move it away"
    orphan = "describes no capture that is here; rename or remove it"
    remark = "holds notes on no capture that is here; give it the capture's name and `.yaml`, or remove it"
    wrong = [(f"captures/{n}", other) for n in captures if not n.endswith(META) and not is_capture(n)]
    wrong += [(f"captures/{name}", orphan) for bare, name in own.items() if bare not in known]
    wrong += [(f"notes/{name}", remark) for name in notes if name.removesuffix(NOTES) not in known]
    past = "holds earlier texts of no capture that is here; give it the capture's name, or remove it"
    wrong += [(f"{VERSIONS}/{name}", past) for name in earlier if name not in known]
    return files, [*(Problem(name, None, reason) for name, reason in wrong), *amiss]


def find_versions(content: Path, names: Collection[str]) -> tuple[dict[str, list[CaptureFile]], list[Problem]]:
    """Return the earlier texts of captures, by the capture's path without its suffix, and what is wrong with the rest.

    They are numbered from 1 in the order in which they were replaced: `versions/NAME/1.txt`.
    """
    earlier: dict[str, list[tuple[int, CaptureFile]]] = {}
    metas = {name for name in names if name.endswith(META)}
    amiss: list[Problem] = []
    for name in sorted(set(names) - metas):
        folder, _, last = name.rpartition("/")
        number = without_suffix(last)
        if not folder or not NUMBER.fullmatch(number) or not is_capture(name):
            amiss.append(
                Problem(f"{VERSIONS}/{name}", None, "is no earlier text: those are named NAME/1.txt; rename it")
            )
            continue
        meta = without_suffix(name) + META
        place = f"{content}/{VERSIONS}/"
        file = CaptureFile(name, place + name, place + meta if meta in metas else None)
        earlier.setdefault(folder, []).append((int(number), file))
    return {
        name: [file for _, file in sorted(pairs, key=lambda pair: pair[0])] for name, pairs in earlier.items()
    }, amiss


def is_capture(name: str) -> bool:
    """Return whether a file of that name is a capture."""
    return name.lower().endswith(SUFFIXES)


def stem(meta: str) -> str:
    """Return the path of a meta file without its ending."""
    return meta.removesuffix(META)


def without_suffix(name: str) -> str:
    """Return the path of a capture without its suffix."""
    return name.rpartition(".")[0]


def locate(path: Path) -> CaptureFile:
    """Return any file as a capture, with the meta file beside it and, where it lies in a site, the notes on it."""
    place = path.absolute()
    homes = [f for f in place.parents if f.name == "captures" and f.parent.name == "content"]
    folder = homes[0] if homes else place.parent
    meta = place.with_suffix(META)
    name = place.relative_to(folder).as_posix()
    notes = folder.parent / "notes" / f"{without_suffix(name)}{NOTES}"
    past = folder.parent / VERSIONS / without_suffix(name)
    found = [f"{without_suffix(name)}/{path.name}" for path in past.iterdir()] if homes and past.is_dir() else []
    return CaptureFile(
        name,
        str(place),
        str(meta) if meta.is_file() else None,
        str(notes) if homes and notes.is_file() else None,
        tuple(find_versions(folder.parent, found)[0].get(without_suffix(name), ())),
    )


def meta_of(file: CaptureFile) -> Meta:
    """Return what a person says of a capture; raise `YamlError` where that cannot be understood."""
    return parse_meta(read_meta(Path(file.meta))) if file.meta else Meta()


def understood_meta(file: CaptureFile, folder: str = "captures") -> tuple[Meta, Problem | None]:
    """Return what a person says of a capture; where that cannot be understood nothing, and the problem that it cannot.

    A mistake takes no page away, and brings none: a capture that is plainly a draft stays one. `folder` is the one
    below `content/` that it lies in.
    """
    try:
        return meta_of(file), None
    except YamlError as error:
        draft = bool(file.meta) and says_draft(Path(file.meta or ""))
        until = "until then the capture stays a draft" if draft else "until then nothing that it says is used"
        meta = f"{folder}/{without_suffix(file.file)}{META}"
        return Meta(draft=draft), Problem(meta, error.line, f"{error.message}; {until}")


def says_draft(meta: Path) -> bool:
    """Return whether a meta file that cannot be understood says `draft: true`, or may, since it cannot be opened."""
    try:
        return bool(DRAFT.search(meta.read_bytes().replace(b"\0", b"")))
    except OSError:
        return True


def read_meta(path: Path) -> str:
    """Return the text of a meta file."""
    try:
        return read_file(path)
    except UnreadableError as error:
        raise YamlError(1, str(error).partition(": ")[2]) from error


def parse_meta(text: str) -> Meta:
    """Return what a meta file says; raise `YamlError` with the line where it is wrong."""
    data = load_yaml(text)
    for key in data if isinstance(data, Mapping) else ():
        if key in CORRECTIONS and key not in FIELDS:
            raise YamlError(data.lines[key], f"`{key}` stands below `corrections`; write `corrections:` before it")
    return Meta() if data is None else Meta(**read_fields(data, FIELDS, "", 1))


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
    "corrections": read_corrections,
}
