"""A whole invented site, built and compared file by file with the one kept here: `make golden` writes it anew."""

import shutil
from pathlib import Path

import pytest

from readout_site.shell.build import build
from readout_site.shell.standing import Report
from readout_site.shell.track import silently

HERE = Path(__file__).resolve().parent
KEPT = HERE / "site"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    site = tmp_path_factory.mktemp("golden")
    shutil.copytree(HERE / "content", site / "content")
    shutil.copy(HERE / "site.yaml", site)
    report = build(site, site / "build", silently)
    return site / "build", report


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the files that tell the reading and the pages apart from the theme's own and the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".json", ".txt"} and not path.name.startswith(".")
    }


def test_the_golden_site_is_as_it_was(built: tuple[Path, Report], request: pytest.FixtureRequest) -> None:
    new = files_below(built[0])
    if request.config.getoption("--update"):
        shutil.rmtree(KEPT, ignore_errors=True)
        for name, data in new.items():
            (KEPT / name).parent.mkdir(parents=True, exist_ok=True)
            (KEPT / name).write_bytes(data)
    kept = files_below(KEPT)
    assert sorted(new) == sorted(kept)
    assert [name for name in new if new[name] != kept[name]] == []


def test_its_problems_are_the_expected_ones(built: tuple[Path, Report]) -> None:
    assert [str(problem) for problem in built[1].problems] == (HERE / "problems.txt").read_text().splitlines()
