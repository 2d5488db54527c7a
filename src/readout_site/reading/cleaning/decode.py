"""Bytes of a capture → its text, by a stated rule."""

import codecs
import re

from readout_site.records import Capture, Problem

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE
)
HEAD = 4096
"""How many bytes of a page are searched for its declared charset."""

CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
"""Bytes that text does not need; a picture or a program holds about a tenth of them."""
MOST_CONTROLS = 0.02

NAMES = (
    *(f"windows-125{n}" for n in range(9)),
    *(f"iso-8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *("koi8-r", "koi8-u", "ibm866", "macintosh", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr"),
)
KNOWN = {name: codecs.lookup(name) for name in NAMES} | {
    "iso-8859-1": codecs.lookup(
        "cp1252"
    ),  # The web reads these labels as Windows-1252 (https://encoding.spec.whatwg.org/).
    "latin1": codecs.lookup("cp1252"),
    "us-ascii": codecs.lookup("cp1252"),
    "iso-8859-9": codecs.lookup("cp1254"),
    "gb2312": codecs.lookup("gb18030"),
    "gbk": codecs.lookup("gb18030"),
}


def is_binary(data: bytes) -> bool:
    """Return whether bytes are no text in any encoding: they hold NULs, and more controls than a slip would leave."""
    if b"\0" not in data or data.startswith(tuple(mark for mark, _ in MARKS)):
        return False
    return len(data) - len(data.translate(None, CONTROLS)) > MOST_CONTROLS * len(data)


def decode(capture: Capture) -> tuple[str, Problem | None]:
    """Return the text of a capture without its byte order mark, and the problem where it is not UTF-8; never raise.

    In this order: the encoding of a byte order mark (UTF-8, UTF-16, UTF-32); strict UTF-8; for HTML the charset that
    the page declares; Windows-1252, unless the bytes hold more whole UTF-8 sequences than broken ones (a text that was
    cut within a character); last UTF-8 with U+FFFD for what cannot be read. Line ends stay as they are.
    """
    data = capture.data
    for mark, name in MARKS:
        if data.startswith(mark):
            return decode_marked(capture, data[len(mark) :], name)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    text, name = decode_other(capture)
    lost = "; what it could not read shows as U+FFFD" if "\ufffd" in text else ""
    message = f"is not UTF-8 and was read as {name}{lost}; save it as UTF-8"
    return text, Problem(f"captures/{capture.file}", line, message, notice=not lost)


def decode_marked(capture: Capture, data: bytes, name: str) -> tuple[str, Problem | None]:
    """Decode bytes whose byte order mark told the encoding."""
    text = data.decode(name, errors="replace")
    if name == "utf-8" and "\ufffd" not in text:
        return text, None
    lost = "; what it could not read shows as U+FFFD" if "\ufffd" in text else ""
    message = f"was read as {name.upper()}, as its byte order mark says{lost}; save it as UTF-8"
    return text, Problem(f"captures/{capture.file}", 1, message, notice=not lost)


def decode_other(capture: Capture) -> tuple[str, str]:
    """Decode bytes that are not UTF-8; return the text and the name of the encoding."""
    if capture.file.casefold().endswith((".html", ".htm")) and (match := DECLARED.search(capture.data, 0, HEAD)):
        name = match[1].decode("ascii").casefold()
        if (codec := KNOWN.get(name)) and (text := attempt(codec, capture.data)) is not None:
            return text, name
    repaired = capture.data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    text = attempt(KNOWN["windows-1252"], capture.data)
    if text is None or sum(character > "\x7f" for character in repaired) > 2 * broken:
        return repaired, "UTF-8"
    return text, "Windows-1252"


def attempt(codec: codecs.CodecInfo, data: bytes) -> str | None:
    """Decode strictly, or return None."""
    try:
        return codec.decode(data, "strict")[0]
    except UnicodeError:
        return None
