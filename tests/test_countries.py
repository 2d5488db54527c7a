"""countries.py: the table is what its script makes of CLDR, and its names are those of newspapers."""

import importlib.util
from pathlib import Path

import pytest

from readout_site.countries import BODIES, COUNTRY_NAMES, country_code, country_name

ROOT = Path(__file__).resolve().parent.parent


def test_the_table_is_what_the_script_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_countries", ROOT / "scripts" / "make_countries.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.module_text() == (ROOT / "src" / "readout_site" / "countries.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("MX", "Mexico"),
        ("XK", "Kosovo"),
        ("TW", "Taiwan"),
        ("PS", "Palestine"),
        ("CI", "Ivory Coast"),
        ("CD", "Democratic Republic of the Congo"),
        ("TT", "Trinidad and Tobago"),
        ("EU", "European Union"),
        ("AU", "Australia"),
        ("AUC", "African Union"),
        ("??", "??"),
    ],
)
def test_names_are_those_of_newspapers(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mx", "MX"),
        ("Mexico", "MX"),
        ("THE NETHERLANDS", "NL"),
        ("Nato", "NATO"),
        ("Freedonia", None),
        ("", None),
        ("UK", "GB"),
    ],
)
def test_a_country_is_known_by_code_and_by_name(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_every_country_has_a_name_of_its_own() -> None:
    assert len(set(COUNTRY_NAMES.values())) == len(COUNTRY_NAMES)
    assert not [name for name in COUNTRY_NAMES.values() if not name.strip() or "&" in name or "SAR" in name]


def test_bodies_are_told_from_countries() -> None:
    assert set(COUNTRY_NAMES) > BODIES
    assert {code for code in COUNTRY_NAMES if code not in BODIES and len(code) != 2} == set()
    assert len(COUNTRY_NAMES) - len(BODIES) == 250
