"""Fixtures for the tests of reading: the rules about furniture, the seed, the check that nothing is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reading.tiling import faults

from readout_site.reading.clean import clean
from readout_site.reading.cleaning.boilerplate import Boilerplate, parse_boilerplate
from readout_site.records import Capture, CleanText
from readout_site.strictyaml import load_yaml

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def boilerplate() -> Boilerplate:
    folder = ROOT / "src" / "readout_site" / "rules"
    texts = ((folder / name).read_text(encoding="utf-8") for name in ("boilerplate.yaml", "furniture.yaml"))
    return parse_boilerplate(*map(load_yaml, texts))


@pytest.fixture(scope="session")
def seed() -> Capture:
    path = ROOT / "content" / "captures" / "2023-11-17-biden-lopez-obrador.txt"
    return Capture(path.name, path.read_bytes())


@pytest.fixture(scope="session")
def tidy(boilerplate: Boilerplate) -> Callable[[Capture], CleanText]:
    """Return `clean` with the shipped rules; every text that it returns is checked to tile its capture."""

    def tidied(capture: Capture) -> CleanText:
        cleaned = clean(capture, boilerplate)
        assert faults(cleaned) == []
        return cleaned

    return tidied
