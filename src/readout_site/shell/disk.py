"""A site's folder → the files in it: what is there, read as it is, and never written."""

import os
from collections.abc import Iterator
from pathlib import Path

from readout_site.errors import SiteError
from readout_site.records import Problem
from readout_site.shell.bounds import TooLargeError, read_bounded
from readout_site.shell.stamps import Stamp, source_stamp

PACKAGE = Path(__file__).resolve().parent.parent
BYTECODE = "__pycache__"


class NoSiteError(SiteError):
    """A folder that holds no site."""


class UnreadableError(SiteError):
    """A file that the site cannot do without, and that cannot be read."""


def is_site(folder: Path) -> bool:
    """Return whether `folder` holds a site."""
    return (folder / "site.yaml").is_file() or (folder / "content").is_dir()


def find_site(folder: Path) -> Path:
    """Return `folder` where it holds a site; raise `NoSiteError` where it does not."""
    if is_site(folder):
        return folder
    raise NoSiteError(
        f"{folder}: no site is here, neither a site.yaml nor a content folder; "
        "make one with `readout-site new DIR`, or name its folder with --site",
    )


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file; raise `UnreadableError` where it is none."""
    try:
        return read_bounded(path).decode("utf-8-sig")
    except TooLargeError as error:
        raise UnreadableError(str(error)) from error
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}); mend its permissions") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableError(f"{path}:{line}: is not UTF-8; save it as UTF-8") from error


def shipped_templates() -> Path:
    """Return the folder of the default theme: inside the installed package, or at the root of a checkout."""
    for folder in (PACKAGE / "templates", PACKAGE.parent.parent / "templates"):
        if folder.is_dir():
            return folder
    raise UnreadableError(f"{PACKAGE / 'templates'}: the shipped templates are missing; install readout-site again")


def walk(folder: Path, site: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files below `folder` in the order of their names, and what stands there but is not read.

    Hidden and backup files are passed over. A link is followed only to a file inside `site`.
    """
    stamps, problems = survey(folder, site)
    return [folder / name for name in stamps], problems


def survey(folder: Path, site: Path) -> tuple[dict[str, Stamp], list[Problem]]:
    """Return the files that `walk` finds, by path below `folder` with `/`, with their stamps; and its problems."""
    found = list(scan(os.fspath(folder), "", site)) if folder.is_dir() else []
    stamps = sorted(item for item in found if not isinstance(item, Problem))
    return dict(stamps), [item for item in found if isinstance(item, Problem)]


def scan(folder: str, base: str, site: Path) -> Iterator[tuple[str, Stamp] | Problem]:
    """Yield each file below `folder`, its name after `base`, or what is wrong with it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = f"cannot be listed ({error.strerror}); mend its permissions"
        yield Problem(below_content(Path(folder), site), None, reason)
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~") or entry.name == BYTECODE:
            continue
        plain = entry.name.isascii() and not entry.is_symlink()
        if plain and entry.is_file(follow_symlinks=False):
            yield f"{base}{entry.name}", source_stamp(entry.stat(follow_symlinks=False))
        elif plain and entry.is_dir(follow_symlinks=False):
            yield from scan(entry.path, f"{base}{entry.name}/", site)
        elif fault := fault_of(entry, site):
            yield Problem(below_content(Path(entry.path), site), None, fault)
        elif entry.is_dir():
            yield from scan(entry.path, f"{base}{entry.name}/", site)
        else:
            yield f"{base}{entry.name}", source_stamp(entry.stat())


def fault_of(entry: os.DirEntry[str], site: Path) -> str:
    """Return why an entry is not read, or nothing."""
    if os.fsencode(entry.name).decode("utf-8", "replace") != entry.name:
        return "its name is not UTF-8; rename it"
    if entry.is_symlink():
        target = Path(os.path.realpath(entry.path))
        if not target.is_relative_to(os.path.realpath(site)):
            return "is a link out of the site, which is not followed; copy the file here"
        return "" if target.is_file() else "is a link to no file, which is not followed; remove it"
    return "" if entry.is_dir() or entry.is_file() else "is neither a file nor a folder; remove it"


def below_content(path: Path, site: Path) -> str:
    """Return the path below `content/` as problems name it."""
    relative = os.path.relpath(path, site / "content")
    return os.fsencode(relative).decode("utf-8", "backslashreplace").replace(os.sep, "/")
