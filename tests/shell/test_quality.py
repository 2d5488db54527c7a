"""The figures are those of the package; the site's version and its own rules are told beside them."""

import shutil
from pathlib import Path

import pytest

from readout_site.shell import quality
from readout_site.shell.disk import PACKAGE
from readout_site.shell.quality import load_quality, reading_version


def test_a_site_without_rules_of_its_own_reads_as_the_package_does(tmp_path: Path) -> None:
    known = load_quality(tmp_path)
    assert known.version == reading_version()
    assert not known.own_rules
    assert known.measurement.samples


def test_a_sites_own_rules_are_told(tmp_path: Path) -> None:
    (tmp_path / "content" / "rules").mkdir(parents=True)
    (tmp_path / "content" / "rules" / "units.yaml").write_text("")
    assert load_quality(tmp_path).own_rules


@pytest.mark.parametrize("name", ["rules/units.yaml", "reading/annotate.py", "rules/new.yaml"])
def test_another_rule_or_code_of_the_reading_is_another_version(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("rules", "reading"):
        shutil.copytree(PACKAGE / folder, tmp_path / folder)
    before = reading_version()
    monkeypatch.setattr(quality, "PACKAGE", tmp_path)
    assert reading_version() == before
    with (tmp_path / name).open("a") as file:
        file.write("# other\n")
    assert reading_version() != before
