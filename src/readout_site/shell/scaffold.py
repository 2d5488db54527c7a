"""`new`: the example site in the package → a folder that is ready to build, and to publish by a host's own means."""

from collections.abc import Iterable
from pathlib import Path

from readout_site.errors import SiteError
from readout_site.shell.disk import PACKAGE, walk

RENAMED = {"gitignore": ".gitignore", "github": ".github", "python-version": ".python-version"}


class NotEmptyError(SiteError):
    """A folder that holds something already."""


def create_site(folder: Path) -> list[str]:
    """Fill a new or empty folder with the example site, and return its files; raise `NotEmptyError` for any other."""
    example = PACKAGE / "scaffold"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise NotEmptyError(f"{folder}: is not empty; name a new folder")
        return sorted(copy(path, folder / path.relative_to(example), folder) for path in walk(example, example)[0])
    except OSError as error:
        raise NotEmptyError(f"{error.filename}: {error.strerror}; name another folder") from error


def add_hosting(folder: Path, hosts: Iterable[str]) -> list[str]:
    """Add what `hosts` need to a site, and return the files that were; what is there already is kept."""
    tops = [PACKAGE / "hosting" / name for name in ("any", *hosts)]
    files = [(path, folder / path.relative_to(top)) for top in tops for path in walk(top, top)[0]]
    new = [(path, target) for path, target in files if not renamed(target, folder).exists()]
    return sorted(copy(path, target, folder) for path, target in new)


def examples_in(site: Path) -> list[str]:
    """Return the captures of a site that are still those of the example, byte for byte."""
    example = PACKAGE / "scaffold"
    names = [path.relative_to(example).as_posix() for path in walk(example / "content" / "captures", example)[0]]
    same = [name for name in names if (site / name).is_file()]
    return [name for name in same if (site / name).read_bytes() == (example / name).read_bytes()]


def renamed(target: Path, top: Path) -> Path:
    """Return where a file goes, hidden names, which the package has without their dots, as they are to be."""
    return top.joinpath(*(RENAMED.get(part, part) for part in target.relative_to(top).parts))


def copy(path: Path, target: Path, top: Path) -> str:
    """Copy one file and return its path below `top`."""
    place = renamed(target, top)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(path.read_bytes())
    return place.relative_to(top).as_posix()
