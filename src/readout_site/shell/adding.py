"""Captures from anywhere → content/captures/, byte for byte, under a name that says who met whom and when."""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from readout_site.errors import SiteError
from readout_site.reading import Rules
from readout_site.reading.section import make_id
from readout_site.reading.section import stem as stem_of
from readout_site.records import Briefing, Capture, Issuer, Meta, Participant, Problem
from readout_site.rendering.links import slug
from readout_site.shell.captures import META, SUFFIXES, stem
from readout_site.shell.disk import below_content, walk
from readout_site.shell.fixity import record
from readout_site.shell.tree import NO_LINKS
from readout_site.shell.workers import read_one

NAME_BYTES = 80
FEW = 3
"""More participants than these do not stand in a file name."""
KINDS = {
    ".txt": ".txt", ".text": ".txt", ".md": ".md", ".markdown": ".md", ".html": ".html", ".htm": ".html",
    ".xhtml": ".html",
}  # fmt: skip
FAMILY_FIRST = frozenset({"CN", "HK", "KH", "KP", "KR", "SG", "TW", "VN"})
COMPOUND = frozenset({"AO", "BR", "CV", "GW", "MZ", "PT", "ST", "TL"})
"""Where the word before a particle belongs to the family name: Rebelo de Sousa."""
PARTICLES = frozenset("al bin da das de del della der di do dos du e el la le ten ter van von zu".split())  # noqa: SIM905
ENDINGS = frozenset("jr sr ii iii iv".split())  # noqa: SIM905
NO_NAME = re.compile(r"[^\w-]")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class RefusedError(SiteError):
    """A file that is not added."""


class Added(Struct, frozen=True):
    """A capture that was added."""

    path: Path  #: Where it lies now.
    briefing: Briefing  #: What was understood of it.


class Library(Struct, frozen=True):
    """A site as captures are added to it."""

    site: Path
    rules: Rules
    issuer: Issuer | None


def add_all(library: Library, captures: Iterable[Capture | RefusedError]) -> Iterator[Added | RefusedError]:
    """Copy captures into the site and list them in its manifest; yield where each lies, or why it was refused.

    `capture.file` is the name that it came under; its suffix must be one of `SUFFIXES`.
    """
    sizes, stems = survey(library.site)
    digests: dict[str, str] = {}
    try:
        for capture in captures:
            if isinstance(capture, RefusedError):
                yield capture
                continue
            same_size = sizes.setdefault(len(capture.data), [])
            try:
                refuse(capture, same_size, library.site)
                added = shelve(library, capture, stems)
            except RefusedError as error:
                yield error
                continue
            same_size.append(added.path)
            stems.add(make_id(added.path.stem))
            digests[below_content(added.path, library.site)] = added.briefing.source.sha256
            yield added
    finally:
        if digests:
            record(library.site, digests)


def survey(site: Path) -> tuple[dict[int, list[Path]], set[str]]:
    """Return the captures that are there by their sizes, and the ids that their names and meta files' names make."""
    sizes: dict[int, list[Path]] = {}
    stems: set[str] = set()
    for path in walk(site / "content" / "captures", site)[0]:
        if path.suffix.lower() in SUFFIXES:
            sizes.setdefault(path.stat().st_size, []).append(path)
            stems.add(make_id(path.stem))
        elif path.name.endswith(META):
            stems.add(make_id(stem(path.name)))
    return sizes, stems


def shelve(library: Library, capture: Capture, taken: set[str]) -> Added:
    """Write a capture under a name that is free, and what a person says of it beside it."""
    briefing = read_one(capture, library.rules, library.issuer)
    free = free_stem(name_stem(briefing, NAME_BYTES - len(META)), taken)
    path = library.site / "content" / "captures" / f"{free}{Path(capture.file).suffix}"
    meta = path.with_name(f"{free}{META}")
    if capture.meta != Meta():
        write(meta, dump_meta(capture.meta))
    try:
        write(path, capture.data)
    except BaseException:
        if capture.meta != Meta():
            meta.unlink(missing_ok=True)
        raise
    return Added(path, replace(briefing, problems=tuple(as_added(briefing.problems, capture.file, str(meta)))))


def as_added(problems: Iterable[Problem], file: str, meta: str) -> Iterator[Problem]:
    """Yield the problems of a capture that came as `file`; their advice names the meta file where it lies now."""
    given = f"{stem_of(file)}{META}"
    return (replace(problem, message=problem.message.replace(given, meta)) for problem in problems)


def suffix_of(name: str, data: bytes) -> str:
    """Return the suffix that tells the format of a capture: that of its name, else what its first bytes show."""
    known = KINDS.get(Path(name).suffix.lower())
    if known:
        return known
    start = data.removeprefix(MARKS[0]).lstrip()[:4]
    if (start[:1] == b"<" and start[1:2].isalpha()) or start.startswith((b"<!", b"<?")):
        return ".html"
    return ".md" if start.startswith((b"---\n", b"---\r")) else ".txt"


def refuse(capture: Capture, same_size: Iterable[Path], site: Path) -> None:
    """Raise where a capture is empty, no text, or there already."""
    if not capture.data.strip():
        raise RefusedError(f"{capture.file}: is empty; nothing was added")
    if b"\0" in capture.data and not capture.data.startswith(MARKS):
        raise RefusedError(f"{capture.file}: is no text; save the page as text or HTML and add that")
    digest = hashlib.sha256(capture.data).digest()
    for path in same_size:
        if hashlib.sha256(path.read_bytes()).digest() == digest:
            place = f"content/{below_content(path, site)}"
            raise RefusedError(f"{capture.file}: is already here as {place}, byte for byte; nothing was added")


def name_stem(briefing: Briefing, limit: int) -> str:
    """Return day and parties, or the title where fewer than two took part by name, in at most `limit` bytes."""
    names = [surname(party, calls_of(briefing, party.name)) for party in briefing.participants]
    what = "-".join(names) if 1 < len(names) <= FEW else slug(briefing.title, len(briefing.title) * 4 + 20)
    stem = "-".join(part for part in (briefing.date or briefing.published, what) if part)
    return stem if len(stem) <= limit else stem[: limit + 1].rpartition("-")[0] or stem[:limit]


def surname(party: Participant, calls: Iterable[str]) -> str:
    """Return the family name as a part of a file name: what the text calls the person for short, else a guess."""
    words = [word for word in words_of(party.name) if word.casefold() not in ENDINGS]
    short = min((ending(words_of(call), words) for call in calls), key=len, default=words)
    if len(short) < len(words):
        return slug(" ".join(short))
    if party.country in FAMILY_FIRST:
        return slug(words[0])
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in PARTICLES:
        at -= 1
    compound = party.country in COMPOUND and 1 < at < len(words) - 1
    return slug(" ".join(words[at - compound :]))


def words_of(name: str) -> list[str]:
    """Return the words of a name without stops and commas."""
    return [word.strip(".,") for word in name.split()]


def ending(call: list[str], name: list[str]) -> list[str]:
    """Return the last words of `call` that are words of `name`; all of `name` where the last one is not."""
    at = len(call)
    while at and call[at - 1] in name:
        at -= 1
    return call[at:] or name


def calls_of(briefing: Briefing, name: str) -> Iterator[str]:
    """Yield what the title calls a person, and the text, mention by mention."""
    yield called(words_of(name), NO_NAME.sub(" ", f" {briefing.title} "))
    for mention in briefing.mentions:
        if mention.kind == "person" and mention.ref == name:
            yield briefing.paragraphs[mention.paragraph].text[mention.start : mention.end]


def called(name: Sequence[str], title: str) -> str:
    """Return the most words of a name that stand in a row in `title`, which has spaces for marks."""
    runs = (name[start:end] for start, end in combinations(range(len(name) + 1), 2) if name[end - 1][:1].isupper())
    found = [" ".join(run) for run in runs if run[0][:1].isupper() and f" {' '.join(run)} " in title]
    return max(found, key=len, default="")


def free_stem(stem: str, taken: set[str]) -> str:
    """Return `stem`, with a number where another capture has it."""
    number = 1
    name = stem
    while make_id(name) in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def dump_meta(meta: Meta) -> bytes:
    """Return a meta file that says what is known."""
    said = {key: value for key, value in msgspec.to_builtins(meta).items() if value}
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000).encode()


def write(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        name(part, path)
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written ({error.strerror}); nothing was added") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def name(part: Path, path: Path) -> None:
    """Give a file the name `path`; raise `FileExistsError` where another has it."""
    try:
        os.link(part, path)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        path.open("xb").close()
        part.replace(path)
