"""Fixtures for the tests of reading: the rules about furniture, the seed, the check that nothing is lost."""

import html
from collections.abc import Callable
from pathlib import Path

import pytest

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


def faults(cleaned: CleanText) -> list[str]:
    """Return what is wrong with a text's passages and removals: lost, doubled or changed characters."""
    text, found = cleaned.text, []
    taken = bytearray(len(text))
    for passage in cleaned.passages:
        if not passage.text or passage.text != " ".join(passage.text.split()):
            found.append(f"white space not folded: {passage.text!r}")
        source = "".join(text[start:end] for start, end in passage.source)
        if squash(passage.text) not in {squash(source), squash(html.unescape(source))}:
            found.append(f"not the text of its ranges: {passage.text!r}")
    spans = [span for passage in cleaned.passages for span in passage.source]
    for start, end in (*spans, *((removal.start, removal.end) for removal in cleaned.removed)):
        if not 0 <= start < end <= len(text) or any(taken[start:end]):
            found.append(f"twice or nowhere: {start}, {end}")
        taken[start:end] = b"\x01" * (end - start)
    found += [f"not the capture's text: {r.rule}" for r in cleaned.removed if text[r.start : r.end] != r.text]
    lost = [n for n, character in enumerate(text) if not taken[n] and not character.isspace()]
    found += [f"lost {len(lost)} characters, from {lost[0]}"] if lost else []
    order = [spans[0][0] for spans in (p.source for p in cleaned.passages)], [r.start for r in cleaned.removed]
    found += ["out of order"] if any(starts != sorted(starts) for starts in order) else []
    return found


def squash(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())
