"""Regular expressions as Python compiled them before → the same at once: else half of what a reader begins with.

Python compiles an expression, in Python, to a row of numbers for its engine, and keeps nothing from one process to the
next. The cache keeps these rows, as it keeps compiled templates; the engine checks whatever it is given. All this lies
behind `re`, so a row is used by the very Python alone that made it, and where `re` is built otherwise nothing is kept.
"""

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from readout_site.shell.cache import Cache

TABLE = "expressions"
MOST = 5_000
"""So many expressions are kept; where there are more, most are of rules that changed since."""
PYTHON = f"{sys.version} {sys.byteorder}"

Row = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]
"""What the engine takes beside the pattern: flags, code, how many groups, and their names in two ways."""


class Engine:
    """Stands before the engine, and keeps the row that it was given last."""

    def __init__(self, engine: Any) -> None:  # noqa: ANN401 - a module without types
        """Stand before `engine`."""
        self.engine = engine
        self.row: Row | None = None

    def compile(self, pattern: object, flags: int, code: list[int], *groups: Any) -> re.Pattern[Any]:  # noqa: ANN401
        """Return what the engine makes of a row."""
        self.row = (int(flags), [*map(int, code)], *groups)
        made: re.Pattern[Any] = self.engine.compile(pattern, flags, code, *groups)
        return made

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        """Return what else the engine has."""
        return getattr(self.engine, name)


@contextlib.contextmanager
def compiled_before(cache: Cache) -> Iterator[None]:
    """Take expressions that are compiled meanwhile from the cache, and keep there those that are new to it."""
    compiler = getattr(re, "_compiler", None)
    if not compiler or not hasattr(compiler, "_sre") or not hasattr(compiler, "compile"):
        yield
        return
    kept = cache.load(TABLE, tuple[str, dict[bytes, Row]])
    rows = dict(kept[1]) if kept and kept[0] == PYTHON else {}
    known = len(rows)
    engine, plain = Engine(compiler._sre), compiler.compile  # noqa: SLF001 - there is no other way
    compiler._sre, compiler.compile = engine, recalling(plain, engine, rows)  # noqa: SLF001
    try:
        yield
    finally:
        compiler._sre, compiler.compile = engine.engine, plain  # noqa: SLF001
    if len(rows) > known:
        cache.store(TABLE, (PYTHON, dict(list(rows.items())[-MOST:])))


def recalling(
    plain: Callable[[Any, int], re.Pattern[Any]], engine: Engine, rows: dict[bytes, Row]
) -> Callable[..., re.Pattern[Any]]:
    """Return what compiles an expression: by its row where there is one, else as ever, and then it has one."""

    def compile_once(pattern: Any, flags: int = 0) -> re.Pattern[Any]:  # noqa: ANN401 - text, bytes or parsed
        if not isinstance(pattern, str):
            return plain(pattern, flags)
        key = f"{int(flags)} {pattern}".encode("utf-8", "surrogatepass")
        if key in rows:
            with contextlib.suppress(RuntimeError, ValueError, TypeError, OverflowError):
                return engine.engine.compile(pattern, *rows[key])  # type: ignore[no-any-return]
        made = plain(pattern, flags)
        if engine.row:
            rows[key] = engine.row
        return made

    return compile_once
