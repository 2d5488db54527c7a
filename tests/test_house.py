"""The house keeps its own rules: floors, budgets, docstrings, no back doors."""

import ast
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
GENERATED = {"countries.py"}
MAY_IMPORT_LATE = {"build.py", "cli.py", "html.py", "library.py", "opening.py", "options.py", "prose.py"}
WRITTEN = (
    "src/**/*", "tests/**/*", "templates/**/*", "content/**/*", "scripts/*", "bench/*", "docs/**/*",
    "*.md", "*.toml", "*.yaml", "*.txt", "Makefile", ".ci/run",
)  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[Path, Function]]:
    """Yield every function of the package with its file."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield path, node


def lines_of(node: Function) -> int:
    """Count the lines of a function, its docstring included, from `def` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def body_lines_of(node: Function) -> int:
    """Count the lines of a function's body without its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or node.lineno) - first.lineno + 1


def test_import_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_file_is_longer_than_300_lines() -> None:
    sizes = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES if p.name not in GENERATED}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_functions_are_short() -> None:
    assert [f"{path.name}:{node.name}" for path, node in functions() if lines_of(node) > 40] == []
    bodies = sorted(body_lines_of(node) for _, node in functions())
    assert statistics.median(bodies) <= 7
    assert bodies[int(len(bodies) * 0.9)] <= 25


def test_arguments_are_few() -> None:
    counts = sorted(len(node.args.args) + len(node.args.kwonlyargs) for _, node in functions())
    assert counts[int(len(counts) * 0.9)] <= 4


def test_no_type_checking_blocks_and_no_late_imports() -> None:
    assert [p.name for p in SOURCES if "TYPE_CHECKING" in p.read_text(encoding="utf-8")] == []
    late = {
        path.name
        for path, node in functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    assert late <= MAY_IMPORT_LATE


def test_no_rooms_without_a_name() -> None:
    vague = re.compile(r"util|helper|manager|handler|processor|context|misc|common")
    assert [str(p) for p in SOURCES if vague.search(p.stem)] == []


def test_every_record_field_is_documented() -> None:
    lines = (ROOT / "src/readout_site/records.py").read_text(encoding="utf-8").splitlines()
    briefing = lines.index(next(line for line in lines if line.startswith("class Briefing(")))
    fields = [(n, line) for n, line in enumerate(lines) if re.match(r"    \w+: ", line)]
    bare = [line for n, line in fields if "#:" not in line and "#:" not in lines[n - 1] and n < briefing]
    assert bare == []


def test_every_ruff_ignore_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignores = re.findall(r'^    "[A-Z]+\d*",.*$', text, re.MULTILINE)
    assert len(ignores) >= len(tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"])
    assert [line for line in ignores if "#" not in line] == []


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile"]
)
def test_the_front_door_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_architecture_is_short() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 120


def test_architecture_names_every_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    missing = [
        p.stem for p in SOURCES if p.stem not in {"__init__", "__main__"} and not re.search(rf"\b{p.stem}\b", text)
    ]
    assert missing == []


def test_nothing_written_names_a_registry_or_a_path_of_one_machine() -> None:
    place = re.compile(r"https?://[\w.-]*(?:py[p]i|pythonhosted|npm[j]s)[\w.-]*|(?<![\w.])/(?:r[o]ot|w[o]rk)/\w")
    for pattern in WRITTEN:
        for path in ROOT.glob(pattern):
            if path.is_file() and path.suffix not in {".png", ".pyc"}:
                assert place.search(path.read_text(encoding="utf-8", errors="replace")) is None, path
