"""Bytes → text by the stated rule."""

import codecs

import pytest

from readout_site.reading.cleaning.decode import decode
from readout_site.records import Capture

FRENCH = "Le président a reçu l’ambassadeur à Genève"


@pytest.mark.parametrize(
    ("file", "data", "text", "told"),
    [
        ("a.txt", FRENCH.encode(), FRENCH, None),
        ("a.txt", codecs.BOM_UTF8 + FRENCH.encode(), FRENCH, None),
        ("a.txt", codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"), FRENCH, "UTF-16-LE"),
        ("a.txt", codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), FRENCH, "UTF-16-BE"),
        ("a.txt", codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"), FRENCH, "UTF-32-LE"),
        ("a.txt", codecs.BOM_UTF32_BE + FRENCH.encode("utf-32-be"), FRENCH, "UTF-32-BE"),
        ("a.txt", FRENCH.encode("cp1252"), FRENCH, "Windows-1252"),
        (
            "a.html",
            b'<meta charset="windows-1251"><p>' + "Встреча".encode("cp1251"),
            '<meta charset="windows-1251"><p>Встреча',
            "windows-1251",
        ),
        ("a.HTM", b"<meta charset=iso-8859-1>caf\xe9", "<meta charset=iso-8859-1>café", "iso-8859-1"),
        ("a.html", b"<meta charset=idna>caf\xe9", "<meta charset=idna>café", "Windows-1252"),
        ("a.txt", b'<meta charset="windows-1251">\xcf', '<meta charset="windows-1251">Ï', "Windows-1252"),
        ("a.txt", b"caf\xe9 \x81", "caf\ufffd \ufffd", "UTF-8"),
        ("a.txt", (FRENCH + "é").encode()[:-1], FRENCH + "\ufffd", "UTF-8"),
        ("a.txt", codecs.BOM_UTF8 + b"caf\xe9", "caf\ufffd", "UTF-8"),
        ("a.txt", codecs.BOM_UTF16_LE + b"\x00\xd8a\x00b", "\ufffdab"[:2] + "\ufffd", "UTF-16-LE"),
        ("a.txt", b"a\r\nb\rc", "a\r\nb\rc", None),
        ("a.txt", b"", "", None),
    ],
)
def test_decodes_by_the_stated_rule(file: str, data: bytes, text: str, told: str | None) -> None:
    decoded, problem = decode(Capture(file, data))
    assert decoded == text
    assert (
        problem is None
        if told is None
        else problem is not None and f"read as {told}" in problem.message.replace("was ", "")
    )


def test_a_problem_names_file_line_and_remedy() -> None:
    _, problem = decode(Capture("2023/a.txt", b"one\ntwo\ncaf\xe9\n"))
    assert str(problem) == "captures/2023/a.txt:3: is not UTF-8 and was read as Windows-1252; save it as UTF-8"


def test_what_could_not_be_read_is_said() -> None:
    _, problem = decode(Capture("a.txt", b"\x81\x8d"))
    assert problem is not None
    assert "U+FFFD" in problem.message
