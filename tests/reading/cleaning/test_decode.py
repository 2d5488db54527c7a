"""Bytes → text by the stated rule."""

import codecs

import pytest

from readout_site.reading.cleaning.decode import HEAD, decode, is_binary
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
        ("a.txt", "Zoë ".encode() + b"\xe9", "ZoÃ« é", "Windows-1252"),
        ("a.txt", "Zoë, Zoë ".encode() + b"\xe9", "Zoë, Zoë \ufffd", "UTF-8"),
        ("a.txt", "Zoë, Zoë, Zoë ".encode() + b"\xe9 \xe9", "Zoë, Zoë, Zoë \ufffd \ufffd", "UTF-8"),
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


LETTERS = {
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii"), "cp1252"),
    "iso-8859-9": "cp1254",
    "koi8-r": "koi8_r",
    "koi8-u": "koi8_u",
    "ibm866": "cp866",
    "macintosh": "mac_roman",
}
"""What the web means by a charset of single bytes (https://encoding.spec.whatwg.org/)."""
SIGNS = {
    **dict.fromkeys(("gb18030", "gb2312", "gbk"), ("gb18030", "会见€")),
    "big5": ("big5", "會見"),
    "euc-jp": ("euc_jp", "会談"),
    "shift_jis": ("shift_jis", "会談"),
    "euc-kr": ("euc_kr", "회담"),
}
"""Likewise of several bytes, with words to write in it."""


@pytest.mark.parametrize("name", [*LETTERS, *SIGNS])
def test_a_page_is_read_in_the_charset_that_it_declares(name: str) -> None:
    codec, words = SIGNS.get(name) or (LETTERS[name], b"\xe6\xe9".decode(LETTERS[name]))
    page = f'<meta charset="{name}"><p>{words}'
    decoded, problem = decode(Capture("a.html", page.encode(codec)))
    assert decoded == page
    assert problem is not None
    assert f"read as {name}" in problem.message


def test_a_charset_is_looked_for_at_the_head_of_a_page() -> None:
    declared = b"<meta charset=koi8-r"
    for far, told in ((0, "koi8-r"), (1, "Windows-1252")):
        page = b" " * (HEAD - len(declared) + far) + declared + b"><p>caf\xe9"
        _, problem = decode(Capture("a.html", page))
        assert problem is not None
        assert f"read as {told}" in problem.message


def test_only_what_was_lost_is_to_be_mended() -> None:
    for data, lost in ((b"caf\xe9", False), (b"\x81\x8d", True)):
        for mark in (b"", codecs.BOM_UTF16_LE):
            _, problem = decode(Capture("a.txt", mark + (b"\x00\xd8" if mark and lost else data + b"." * len(mark))))
            assert problem is not None
            assert (problem.notice, lost) in {(True, False), (False, True)}


def test_bytes_that_no_text_needs_tell_a_picture_or_a_program() -> None:
    def told_by(byte: int) -> bool:
        return is_binary(b"\0" + bytes([byte]) + b"a" * 60)

    white_and_escape = {9, 10, 11, 12, 13, 27}
    assert {byte for byte in range(256) if told_by(byte)} == set(range(32)) - white_and_escape
    assert not is_binary(b"\1" * 100)
    assert not is_binary(codecs.BOM_UTF16_LE + b"\0" * 100)
    assert [is_binary(b"\0" + b"a" * more) for more in (48, 49)] == [True, False]


def test_a_problem_names_file_line_and_remedy() -> None:
    _, problem = decode(Capture("2023/a.txt", b"one\ntwo\ncaf\xe9\n"))
    assert str(problem) == "captures/2023/a.txt:3: is not UTF-8 and was read as Windows-1252; save it as UTF-8"


def test_what_could_not_be_read_is_said() -> None:
    _, problem = decode(Capture("a.txt", b"\x81\x8d"))
    assert problem is not None
    assert "U+FFFD" in problem.message
