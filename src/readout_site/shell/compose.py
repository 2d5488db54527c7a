"""A site's folder → its proof: every page planned, none made yet."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from readout_site.records import Briefing, Problem
from readout_site.rendering import (
    Corpus,
    Edition,
    Page,
    Summary,
    arrange,
    make_edition,
    plan,
)
from readout_site.rendering.links import CAPTURE_SUFFIX, RECORD_SUFFIX, beside, earlier_suffix
from readout_site.rendering.policy import HEADERS_FILE, headers_file
from readout_site.rendering.templates import Theme, load_theme, render
from readout_site.shell.cache import digest
from readout_site.shell.captures import CaptureFile
from readout_site.shell.contents import read_templates
from readout_site.shell.drafting import Draft
from readout_site.shell.fixity import FOLDERS, fixity_problems
from readout_site.shell.laying import Wanted
from readout_site.shell.library import (
    ChangedError,
    Desk,
    Known,
    gather,
    name_of,
    read_again,
)
from readout_site.shell.quality import load_quality
from readout_site.shell.sources import Sources
from readout_site.shell.track import Track

THEME = "theme"
PAGE, STATIC, CAPTURE, RECORD = b"page", b"static", b"capture", b"record"


@dataclass(frozen=True)
class Proof:
    """A site with every page planned."""

    desk: Desk
    files: Mapping[str, CaptureFile]  #: By path below `content/captures/`.
    known: Mapping[str, Known]  #: What is known of each that could be read, likewise.
    read: int  #: How many were read for this proof.
    corpus: Corpus
    edition: Edition
    theme: Theme
    pages: tuple[Page, ...]
    static: Mapping[str, Path]  #: The theme's static files, by path below the output folder.
    problems: tuple[Problem, ...]

    def render(self, page: Page) -> bytes:
        """Return a page's bytes."""
        return render(page, self.edition, self.theme).data


def compose(draft: Draft, track: Track) -> Proof:
    """Wait for what is read, and plan the site; raise `SiteError` where that is impossible."""
    desk = draft.errand.desk
    templates, static, odd = read_templates(draft.site)
    theme = ready_theme(templates, desk)
    fixity = fixity_problems(draft.site, captures_in(desk.sources))
    known, unread = gather(draft.errand, draft.learned, track)
    corpus = arrange([each.summary for each in known.values() if each.summary], desk.names)
    by_name = {file.file: file for file in draft.errand.files}
    by_id = {each.summary.id: each.summary for each in known.values() if each.summary}
    load = partial(load_briefing, desk, by_name, by_id)
    told = chain(draft.problems, fixity, unread, *(each.problems for each in known.values()), odd)
    return Proof(
        desk=desk,
        files=by_name,
        known=known,
        read=sum(draft.errand.before.get(name) != each for name, each in known.items()) + len(unread),
        corpus=corpus,
        edition=make_edition(draft.settings, draft.rules, load, load_quality(draft.site)),
        theme=theme,
        pages=tuple(plan(corpus)),
        static=static,
        problems=tuple(told),
    )


def captures_in(sources: Sources) -> dict[str, str | None]:
    """Return the SHA-256 of every capture and earlier text, in hexadecimal, by path; None where it was not read."""
    files = ((f"{folder}/{name}") for folder in FOLDERS for name in sources.below(f"content/{folder}"))
    read = ((name, sources.files[f"content/{name}"].digest) for name in files)
    return {name: found.hex() if len(found) == hashlib.sha256().digest_size else None for name, found in read}


def ready_theme(templates: Mapping[str, str], desk: Desk) -> Theme:
    """Return the theme made of these templates; they are compiled only where they or the tool are new."""
    key = desk.sources.rendering_key()
    kept = desk.cache.load(THEME, tuple[bytes, dict[str, bytes]])
    theme = load_theme(templates, kept[1] if kept and kept[0] == key else {})
    if not kept or kept != (key, theme.compiled):
        desk.cache.store(THEME, (key, theme.compiled))
    return theme


def load_briefing(
    desk: Desk, files: Mapping[str, CaptureFile], summaries: Mapping[str, Summary], name: str
) -> Briefing:
    """Return a whole briefing by id: from the cache, or read again where that lost it."""
    return msgspec.json.decode(load_record(desk, files, summaries[name]), type=Briefing)


def load_record(desk: Desk, files: Mapping[str, CaptureFile], summary: Summary) -> bytes:
    """Return the record of a readout; raise `ChangedError` where its capture gives another by now."""
    kept = desk.cache.record(summary.record)
    if kept is not None:
        return kept
    file = files[summary.file]
    record = read_again(desk, file)
    if hashlib.blake2b(record, digest_size=16).digest() != summary.record:
        raise ChangedError(f"{file.path}: was changed while the site was being built; build again")
    return record


def wanted_files(proof: Proof) -> Iterator[Wanted]:
    """Yield every file of the site with the key of what it is made of."""
    edition = proof.desk.sources.edition_key()
    for name, path in proof.static.items():
        yield Wanted(name, STATIC + static_key(proof, name), partial(read_bytes, path))
    yield Wanted(HEADERS_FILE, digest(STATIC, headers_file()), headers_file)
    for summary in (*proof.corpus.summaries, *proof.corpus.unread):
        file = proof.files[summary.file]
        if summary.raw:
            yield wanted_capture(proof, file, beside(summary.listed.path, CAPTURE_SUFFIX))
        for number, version in enumerate(file.versions, start=1):
            if not proof.desk.sources.files[name_of(version.path, proof.desk)].is_large():
                yield wanted_capture(proof, version, beside(summary.listed.path, earlier_suffix(number)))
        make = partial(load_record, proof.desk, proof.files, summary)
        yield Wanted(beside(summary.listed.path, RECORD_SUFFIX), RECORD + summary.record, make)
    for page in proof.pages:
        yield Wanted(page.path, PAGE + edition + page.key(), partial(proof.render, page))


def wanted_capture(proof: Proof, file: CaptureFile, path: str) -> Wanted:
    """Return a capture as it is published, byte for byte, at `path`."""
    seen = proof.desk.sources.files[name_of(file.path, proof.desk)].digest
    return Wanted(path, CAPTURE + seen, partial(read_as_seen, file.path, seen))


def static_key(proof: Proof, name: str) -> bytes:
    """Return the digest of a static file: the site's own stands before the theme's."""
    files = proof.desk.sources.files
    return (files.get(f"templates/{name}") or files[f"theme/{name}"]).digest


def read_as_seen(path: str, seen: bytes) -> bytes:
    """Return the bytes of a file whose digest was `seen`; raise `ChangedError` where it is another now."""
    data = read_bytes(Path(path))
    if hashlib.sha256(data).digest() != seen:
        raise ChangedError(f"{path}: was changed while the site was being built; build again")
    return data


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that was there a moment ago."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ChangedError(f"{path}: cannot be read any more ({error.strerror}); build again") from error
