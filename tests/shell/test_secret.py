"""The user's secret is one, whoever of two processes makes it first."""

import os
from pathlib import Path

import pytest

from readout_site.shell.secret import SIZE, keep, secret_at

ONE, OTHER = bytes(SIZE), bytes([1]) * SIZE


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where a secret is to be kept."""
    return tmp_path / "state" / "secret"


def test_of_two_that_begin_at_once_the_first_is_kept(place: Path) -> None:
    assert keep(place, ONE) == ONE
    assert keep(place, OTHER) == ONE
    assert list(place.parent.iterdir()) == [place]


def test_a_disk_without_hard_links_keeps_it_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert keep(place, ONE) == ONE
    assert list(place.parent.iterdir()) == [place]
    assert place.read_bytes() == ONE


def test_one_that_was_cut_short_is_made_anew(place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"short")
    made = secret_at(place)
    assert (len(made), place.read_bytes()) == (SIZE, made)
