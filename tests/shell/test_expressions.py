"""Expressions are compiled once for many processes, and are what Python makes of them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from readout_site.shell import expressions
from readout_site.shell.cache import Cache
from readout_site.shell.expressions import compiled_before

PATTERNS = (
    (r"(?P<day>\d{1,2}) (?:May|June)(?=,)", re.IGNORECASE),
    (r"[\u0e00-\u0e7f\u3040-\u30ff]+|(?<!\w)[^\W\d_]{2,}", 0),
    (r"^\s*(a|b(?P<rest>c*))\1$", re.MULTILINE | re.DOTALL),
    (r"x*+(?>y|yz)", re.VERBOSE),
    ("[\ud800-\udfff]", 0),
)
TEXT = "7 may, 12 June, สวัสดี bcc\nbccbcc\na"
READING = """
import sys
from pathlib import Path
from readout_site.shell.cache import Cache
from readout_site.shell.expressions import Row, compiled_before
with compiled_before(Cache(Path(sys.argv[1]), b"")):
    from readout_site.shell.rulebook import load_rules
    load_rules()
import re
plain = re._compiler.compile
for key, row in Cache(Path(sys.argv[1]), b"").load("expressions", tuple[str, dict[bytes, Row]])[1].items():
    flags, _, pattern = key.decode("utf-8", "surrogatepass").partition(" ")
    assert re._compiler._sre.compile(pattern, *row) == plain(pattern, int(flags)), key
    print(ascii(pattern[:20]))
"""


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Return a cache."""
    return Cache(tmp_path, b"1")


def compile_all(cache: Cache) -> list[re.Pattern[str]]:
    """Compile the patterns as a process does that has not compiled any."""
    re.purge()
    with compiled_before(cache):
        return [re.compile(pattern, flags) for pattern, flags in PATTERNS]


def refuse(*_: object) -> None:
    """Stand for a compiler that must not be asked."""
    raise AssertionError


def test_what_was_compiled_before_is_not_compiled_again_and_is_the_same(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = compile_all(cache)
    with monkeypatch.context() as patch:
        patch.setattr("re._compiler.compile", refuse)
        again = compile_all(cache)
    re.purge()
    anew = [re.compile(pattern, flags) for pattern, flags in PATTERNS]
    assert first == again == anew
    for one, other in zip(again, anew, strict=True):
        assert one is not other
        assert [m.groupdict() for m in one.finditer(TEXT)] == [m.groupdict() for m in other.finditer(TEXT)]
        assert (one.groups, one.groupindex, one.flags) == (other.groups, other.groupindex, other.flags)


def test_rows_of_another_python_or_that_the_engine_refuses_are_as_if_not_there(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = compile_all(cache)
    python, rows = cache.load("expressions", tuple[str, dict[bytes, expressions.Row]]) or ("", {})
    assert len(rows) == len(PATTERNS)
    cache.store("expressions", (python, {key: (flags, code[:-3], *rest) for key, (flags, code, *rest) in rows.items()}))
    assert compile_all(cache) == plain
    monkeypatch.setattr(expressions, "PYTHON", "another")
    monkeypatch.setattr("re._compiler._sre.compile", refuse, raising=True)
    with pytest.raises(AssertionError):
        compile_all(cache)


def test_expressions_that_are_wrong_raise_as_ever_and_re_is_left_as_it_was(cache: Cache) -> None:
    before = vars(re)["_compiler"].compile, vars(re)["_compiler"]._sre  # noqa: SLF001 - it is what is put in their place
    with pytest.raises(re.error, match="unterminated"), compiled_before(cache):
        re.compile("(unterminated")
    assert (vars(re)["_compiler"].compile, vars(re)["_compiler"]._sre) == before  # noqa: SLF001


def test_all_expressions_of_the_reading_come_from_the_cache_as_python_makes_them(tmp_path: Path) -> None:
    for _ in range(2):
        said = subprocess.check_output([sys.executable, "-c", READING, str(tmp_path)], text=True)
        assert len(said.splitlines()) > 300
