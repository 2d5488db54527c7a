"""`new`: the example site in the package → a folder that is ready to build."""

from pathlib import Path

from readout_site.errors import SiteError
from readout_site.shell.disk import PACKAGE, walk

RENAMED = {"gitignore": ".gitignore"}


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


def copy(path: Path, target: Path, top: Path) -> str:
    """Copy one file and return its path below `top`."""
    place = target.with_name(RENAMED.get(target.name, target.name))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(path.read_bytes())
    return place.relative_to(top).as_posix()
