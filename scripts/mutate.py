"""Break the code on purpose, one place at a time, and count how often the tests notice; `make mutants` runs it.

    python scripts/mutate.py [--sample N] [--seed N] [MODULE]...

A sample of the mutants of each module is tried against the tests that MODULES names for it. The tests are collected
once; for each mutant a process is forked from there, in which the module's code is changed in place. No file is
written. What the tests let live is printed with its line: a test is missing there, or the change makes no difference.
Exit 1 where less than FLOOR of a sample is killed.
"""

import argparse
import ast
import copy
import inspect
import itertools
import os
import random
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path("src") / "readout_site"
FLOOR = 0.85
"""The share of a sample that must be killed."""
SECONDS = 60
"""Seconds of computing after which a mutant counts as killed: it does not end."""
MODULES = {
    "reading/clean.py": ["reading/test_clean.py", "reading/cleaning/test_html.py"],
    "reading/cleaning/decode.py": ["reading/cleaning/test_decode.py"],
    "reading/cleaning/frontmatter.py": ["reading/cleaning/test_frontmatter.py"],
    "reading/cleaning/lines.py": ["reading/cleaning/test_lines.py", "reading/test_clean.py"],
    "reading/cleaning/furniture.py": ["reading/test_clean.py"],
    "reading/cleaning/markdown.py": ["reading/cleaning/test_markdown.py", "reading/test_clean.py"],
    "reading/cleaning/html.py": ["reading/cleaning/test_html.py", "reading/test_clean.py"],
    "reading/notes.py": ["reading/test_notes.py"],
    "reading/carrying.py": ["reading/test_carrying.py"],
    "alignment.py": ["test_alignment.py"],
    "rendering/redline.py": ["rendering/test_redline.py"],
    "shell/publishing/plan.py": ["shell/publishing/test_plan.py"],
    "shell/publishing/ledger.py": ["shell/publishing/test_plan.py", "shell/publishing/test_ledger.py"],
    "shell/publishing/selection.py": ["shell/publishing/test_selection.py"],
    "shell/publishing/publish.py": ["shell/publishing/test_publish.py"],
    "shell/publishing/verify.py": ["shell/publishing/test_publish.py"],
    "shell/publishing/folder.py": ["shell/publishing/test_target.py", "-k=folder"],
    "shell/publishing/branch.py": ["shell/publishing/test_target.py", "shell/publishing/test_branch.py", "-k=branch"],
    "shell/publishing/rsync.py": ["shell/publishing/test_target.py", "-k=rsync"],
    "shell/publishing/bucket.py": ["shell/publishing/test_target.py", "-k=bucket"],
    "shell/publishing/opening.py": ["shell/publishing/test_opening.py"],
    "shell/publishing/target.py": ["shell/publishing/test_target.py"],
    "shell/switch.py": ["shell/test_switch.py", "shell/test_stage.py"],
    "shell/stage.py": ["shell/test_stage.py", "shell/test_switch.py"],
    "shell/lock.py": ["shell/test_lock.py"],
    "shell/manifest.py": ["shell/test_manifest.py"],
    "shell/fixity.py": ["shell/test_fixity.py"],
}
"""The fast tests of each module: below `src/readout_site/`, below `tests/`; `-k` picks those that concern it."""
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip
"""What stands in the place of an operator."""
UNTOUCHED = {"annotation", "returns", "decorator_list", "bases"}
"""Fields that are of no effect, or that the whole module needs."""


class Mutant(NamedTuple):
    """A module with one place changed."""

    line: int
    what: str
    source: str


class Score(NamedTuple):
    """How a module's sample fared."""

    killed: int
    tried: int
    of: int
    survivors: list[Mutant]


def main() -> None:
    """Try a sample of the mutants of each module."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as shell/fixity.py (default: all)")
    parser.add_argument("--sample", type=int, default=15, help="mutants of each module (default 15)")
    parser.add_argument("--seed", type=int, default=0, help="which sample (default 0)")
    options = parser.parse_args()
    low = False
    for module in options.modules or MODULES:
        score = try_module(module, options.sample, random.Random(f"{options.seed} {module}"))  # noqa: S311 - no secret
        share = score.killed / max(1, score.tried)
        low = low or share < FLOOR
        print(f"{share:6.1%}  {score.killed:3} of {score.tried:3} tried, of {score.of:4}  {module}", flush=True)
        for mutant in score.survivors:
            print(f"        {PACKAGE / module}:{mutant.line}: {mutant.what}", flush=True)
    print(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime / 60:.1f} minutes of computing")
    sys.exit(low)


def try_module(module: str, sample: int, dice: random.Random) -> Score:
    """Try a sample of the mutants of one module, in a process of their own."""
    text = (ROOT / PACKAGE / module).read_text(encoding="utf-8")
    places = list(places_of(ast.parse(text)))
    chosen = sorted(mutant_at(text, place) for place in dice.sample(places, min(sample, len(places))))
    with tempfile.TemporaryDirectory() as folder:
        process = os.fork()
        if not process:
            run_tests(module, Trials(module, text, chosen, Path(folder)))
        if os.waitpid(process, 0)[1] or not (Path(folder) / "done").exists():
            sys.exit(f"the tests of {module} fail before anything is changed; mend them first")
        survivors = [mutant for number, mutant in enumerate(chosen) if (Path(folder) / str(number)).exists()]
    return Score(len(chosen) - len(survivors), len(chosen), len(places), survivors)


def run_tests(module: str, trials: "Trials") -> None:
    """Collect the tests of a module and try the mutants; end this process, and each that is forked in it."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(trials.notes / "hypothesis")
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    tests = [name if name.startswith("-") else str(ROOT / "tests" / name) for name in MODULES[module]]
    options = ["-x", "-q", "-m", "not long and not browser and not corpus", "-p", "no:cacheprovider"]
    os._exit(pytest.main([*options, "--hypothesis-seed=0", *tests], plugins=[trials]))


class Trials:
    """Runs the tests once as they are, and once for each mutant; notes the number of each that lives as a file."""

    def __init__(self, module: str, text: str, mutants: Sequence[Mutant], notes: Path) -> None:
        """Try the mutants of a module, whose source is `text`."""
        self.module = "readout_site." + module.removesuffix(".py").replace("/", ".")
        self.text = text
        self.mutants = mutants
        self.notes = notes

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Fork before the tests are run; in a forked process answer nothing, so that they are."""
        if session.testsfailed:
            return None
        for number in range(-1, len(self.mutants)):
            process = os.fork()
            if not process:
                resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
                source = self.mutants[number].source if number >= 0 else self.text
                change_in_place(sys.modules[self.module], self.text, source)
                return None
            lives = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
            if number < 0 and not lives:
                return True
            if number >= 0 and lives:
                (self.notes / str(number)).touch()
        (self.notes / "done").touch()
        return True


# --- a module changed in place ----------------------------------------------------------------------


def change_in_place(module: ModuleType, text: str, source: str) -> None:
    """Let a module that others have imported from be as `source` has it, where it was as `text` has it.

    Functions and classes stay the objects that they are and get other code, since others hold them. Constants are
    replaced wherever they stand under their own name, and so is a class whose fields are changed.
    """
    before = {name: old for name, old in vars(module).items() if not name.startswith("__")}
    for name in before:
        delattr(module, name)
    exec(compile(source, str(module.__file__), "exec"), vars(module))  # noqa: S102 - our own code, changed
    fields = fields_of(text), fields_of(source)
    for name, old in before.items():
        new = vars(module)[name]
        if new is old:
            continue
        if callable(old) and inspect.isfunction(inspect.unwrap(old)):
            recode(old, new)
            setattr(module, name, old)
        elif isinstance(old, type) and fields[0].get(name) == fields[1].get(name):
            for part in vars(old).keys() & vars(new).keys():
                recode(vars(old)[part], vars(new)[part])
            setattr(module, name, old)
        else:
            for other in [other for other in sys.modules.values() if vars(other).get(name) is old]:
                setattr(other, name, new)


def recode(old: object, new: object) -> None:
    """Give a function, or what is made of one, the code of another."""
    for part in ("__wrapped__", "__func__", "fget", "func"):
        if hasattr(old, part):
            recode(getattr(old, part), getattr(new, part))
    if inspect.isfunction(old) and inspect.isfunction(new) and not hasattr(old, "__wrapped__"):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__


def fields_of(text: str) -> dict[str, list[str]]:
    """Return by its name what each class of a module holds beside its methods."""
    classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
    kept = {each.name: [node for node in each.body if isinstance(node, ast.Assign | ast.AnnAssign)] for each in classes}
    return {name: [ast.unparse(node) for node in nodes] for name, nodes in kept.items()}


# --- one place changed ------------------------------------------------------------------------------


def places_of(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield every change that can be made: the number of a node, and which of its changes."""
    for number, node in enumerate(code_of(tree)):
        yield from ((number, index) for index, _ in enumerate(changes(node)))


def mutant_at(text: str, place: tuple[int, int]) -> Mutant:
    """Return a module with one change made."""
    tree = ast.parse(text)
    node = next(itertools.islice(code_of(tree), place[0], None))
    what, twin = list(changes(node))[place[1]]
    replace(tree, node, twin)
    return Mutant(getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree)))


def code_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that do something: no docstrings, annotations, imports and decorators."""
    untouched = UNTOUCHED | ({"keywords"} if isinstance(node, ast.ClassDef) else set())
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and field not in untouched and not is_idle(child):
                yield child
                yield from code_of(child)


def is_idle(node: ast.AST) -> bool:
    """Tell whether a node is a docstring, an import or words put together for people."""
    return isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:  # noqa: C901 - a table, a kind of node in each row
    """Yield what may stand in the place of a node, with what is done in words."""
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in OTHER:
            yield operator(node, first, "ops")
        case ast.BoolOp(op=first) | ast.BinOp(op=first) | ast.AugAssign(op=first) if type(first) in OTHER:
            yield operator(node, first, "op")
        case ast.UnaryOp(op=ast.Not()):
            yield f"`not` left out of `{ast.unparse(node)}`", node.operand
        case ast.Constant():
            yield from constants(node.value)
        case ast.Slice(lower=lower, upper=upper, step=step):
            if lower:
                yield f"`{ast.unparse(node)}` from the start", ast.Slice(None, upper, step)
            if upper:
                yield f"`{ast.unparse(node)}` to the end", ast.Slice(lower, None, step)
        case ast.Return(value=ast.expr()) if not is_none(node.value):
            yield f"`{ast.unparse(node)[:60]}` gives nothing", ast.Return(ast.Constant(None))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield turned(node, test)
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Continue | ast.Break):
        yield f"`{ast.unparse(node)[:60]}` left out", ast.Pass()


def constants(value: object) -> Iterator[tuple[str, ast.AST]]:
    """Yield what may stand in the place of a constant; words for people stay."""
    if isinstance(value, bool):
        yield f"{value} turned", ast.Constant(not value)
    elif isinstance(value, int):
        yield f"{value} made {value + 1}", ast.Constant(value + 1)
    elif isinstance(value, str) and value and " " not in value.strip():
        yield f"{value!r} emptied", ast.Constant("")


def turned(node: ast.If | ast.IfExp | ast.While, test: ast.expr) -> tuple[str, ast.AST]:
    """Return a branch with its condition turned round."""
    twin = copy.copy(node)
    twin.test = ast.UnaryOp(ast.Not(), test)
    return f"`{ast.unparse(test)[:60]}` turned", twin


def is_none(node: ast.AST | None) -> bool:
    """Tell whether a node is None."""
    return isinstance(node, ast.Constant) and node.value is None


def operator(node: ast.AST, first: ast.AST, field: str) -> tuple[str, ast.AST]:
    """Return a node with another operator."""
    twin = copy.copy(node)
    other = OTHER[type(first)]()
    setattr(twin, field, [other, *getattr(node, field)[1:]] if field == "ops" else other)
    return f"{type(first).__name__} made {type(other).__name__} in `{ast.unparse(node)[:60]}`", twin


def replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    """Put one node in the place of another."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list) and any(each is old for each in value):
                setattr(parent, field, [new if each is old else each for each in value])


if __name__ == "__main__":
    main()
