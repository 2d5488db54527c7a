"""File names that say who met whom and when."""

import errno
import os
from pathlib import Path

import pytest

from readout_site.records import Briefing, Capture, Meta, Participant
from readout_site.shell import adding
from readout_site.shell.adding import Library, add_all, called, dump_meta, name_stem, suffix_of, surname
from readout_site.shell.captures import parse_meta
from readout_site.shell.rulebook import load_rules


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Ada Example", "PT", "example"),
        ("Ada B. Example, Jr.", "US", "example"),
        ("Ada Example III", None, "example"),
        ("Ursula von der Beispiel", "EU", "von-der-beispiel"),
        ("Žofie Příkladová", "CZ", "prikladova"),
        ("Exemplum", None, "exemplum"),
        ("Yi Jeon Ja", "KR", "yi"),
        ("Al Sample", "US", "sample"),
        ("José del Ejemplo", "ES", "del-ejemplo"),
        ("Ana do Exemplo", "BR", "do-exemplo"),
        ("Luís Ana Bela da Amostra", "PT", "bela-da-amostra"),
        ("Luís Ana Amostra", "PT", "amostra"),
    ],
)
def test_a_surname_is_found_in_a_name(name: str, country: str | None, expected: str) -> None:
    assert surname(Participant(name, "", country), [name]) == expected


@pytest.mark.parametrize(
    ("name", "calls", "expected"),
    [
        (
            "Ada María Ejemplo Muestra",
            ["President Ada María Ejemplo Muestra", "President Ejemplo Muestra"],
            "ejemplo-muestra",
        ),
        ("Yi Jeon Ja", ["President Yi", "Yi Jeon Ja"], "yi"),
        ("Ada B. Example, Jr.", ["President Ada B. Example, Jr.", "President Example"], "example"),
        ("Ada Example", ["the President"], "example"),
        ("Ada Example", [], "example"),
    ],
)
def test_what_the_text_calls_a_person_for_short_is_the_surname(name: str, calls: list[str], expected: str) -> None:
    assert surname(Participant(name, "", None), calls) == expected


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("Ana Bela da Amostra", "Bela and Yi speak", "bela"),
        ("Ana Bela da Amostra", "Palace da Vinci: Bela da Amostra’s call", "bela-da-amostra"),
        ("Ana Bela da Amostra", "Belarus da Vinci", "bela-da-amostra"),
        ("Ada Example", "Ada Example meets Yi", "example"),
    ],
)
def test_what_the_title_calls_a_person_for_short_is_the_surname(name: str, title: str, expected: str) -> None:
    assert surname(Participant(name, "", "BR"), [called(name.split(), " " + title.replace("’", " ") + " ")]) == expected


@pytest.fixture
def library(site: Path) -> Library:
    """Return a site to add to."""
    return Library(site, load_rules(site), None)


def add_one(library: Library, text: str, date: str | None = None) -> Briefing:
    """Add one capture and return what was understood."""
    (added,) = add_all(library, [Capture("x.txt", text.encode(), Meta(date=date))])
    assert not isinstance(added, Exception)
    return added.briefing


def test_without_two_names_the_title_makes_the_name(library: Library, site: Path) -> None:
    title = "Readout of the Third Ministerial Meeting on the Reform of the Lighthouses of the Northern Coasts"
    briefing = add_one(library, f"{title}\n\nMinisters met in Lisbon.\n", "2024-05-14")
    stem = name_stem(briefing, 70)
    assert stem.startswith("2024-05-14-readout-of-the-third-ministerial-meeting")
    assert len(stem) <= 70
    assert not stem.endswith("-")
    names = {path.name for path in (site / "content" / "captures").iterdir()}
    assert max(len(name.encode()) for name in names) <= 80


def test_a_title_without_latin_letters_still_makes_a_name(library: Library, site: Path) -> None:
    add_one(library, "Пример сообщения\n\nОни встретились.\n")
    (path,) = {p for p in (site / "content" / "captures").iterdir() if "example" not in p.name}
    assert path.name.isascii()
    assert path.stem


def test_a_name_that_is_taken_gets_a_number_whatever_the_suffix(library: Library, site: Path) -> None:
    for number in range(3):
        add_one(library, f"Readout of a Call\n\nThey spoke {number} times.\n", "2024-01-02")
    names = sorted(path.stem for path in (site / "content" / "captures").glob("2024-01-02*.txt"))
    assert [name.removeprefix(min(names, key=len)) for name in names] == ["", "-2", "-3"]


@pytest.mark.parametrize("suffix", [".txt", ".meta.yaml", ".html"])
def test_a_name_of_the_same_id_is_taken(library: Library, site: Path, suffix: str) -> None:
    folder = site / "content" / "captures"
    (folder / f"2024-01-02-readout'of-a-call{suffix}").write_text("draft: true\n")
    (added,) = add_all(library, [Capture("x.txt", b"Readout of a Call\n\nThey spoke.\n", Meta(date="2024-01-02"))])
    assert not isinstance(added, Exception)
    assert added.path.name == "2024-01-02-readout-of-a-call-2.txt"
    assert parse_meta(added.path.with_suffix(".meta.yaml").read_text()).date == "2024-01-02"


@pytest.mark.parametrize("links", [True, False])
def test_nothing_is_overwritten_and_nothing_half_added(
    library: Library, site: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    captures = [Capture("x.txt", b"Readout of a Call\n\nThey spoke.\n", Meta(date="2024-01-02"))]
    folder = site / "content" / "captures"
    for path in folder.iterdir():
        path.unlink()
    (added,) = add_all(library, captures)
    assert not isinstance(added, Exception)
    assert added.path.read_bytes() == captures[0].data
    added.path.with_suffix(".meta.yaml").unlink()
    added.path.write_text("another's")
    monkeypatch.setattr(adding, "survey", lambda _: ({}, set()))
    (refused,) = add_all(library, captures)
    assert str(refused).endswith("call.txt: cannot be written (File exists); nothing was added")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(added.path.name, "another's")]


def test_nothing_is_left_behind_where_the_folder_cannot_be_written(library: Library, site: Path) -> None:
    folder = site / "content" / "captures"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.touch()
    (refused,) = add_all(library, [Capture("x.txt", b"They spoke.")])
    assert isinstance(refused, Exception)
    assert "cannot be written" in str(refused)


@pytest.mark.parametrize(
    "meta",
    [
        Meta(url="https://example.org/#a:b", date="2024-01-02"),
        Meta(draft=True, aliases=("no", "12:30"), encounter="null"),
    ],
)
def test_a_meta_file_is_read_as_it_was_written(meta: Meta) -> None:
    assert parse_meta(dump_meta(meta).decode()) == meta


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.TXT", ".txt"), ("a.htm", ".html"), ("a.markdown", ".md"), ("a.asp", ".txt"), ("-", ".txt")]
)
def test_the_name_tells_the_format(name: str, suffix: str) -> None:
    assert suffix_of(name, b"plain") == suffix
