"""A site's own rules are added to the shipped ones."""

from pathlib import Path

import pytest

from readout_site.shell import rulebook
from readout_site.shell.disk import PACKAGE
from readout_site.shell.rulebook import RulesError, load_rules, merge
from readout_site.strictyaml import YamlError, load_yaml

MERGED = [
    ("[a]", "[b]", ["a", "b"]),
    ("{a: x}", "{b: y}", {"a": "x", "b": "y"}),
    ("{a: [x], b: {c: d}}", "{a: [y], b: {e: f}}", {"a": ["x", "y"], "b": {"c": "d", "e": "f"}}),
    ("{a: x}", "{a: y}", {"a": "y"}),
    ("{a: [x]}", "{a: }", {"a": ["x"]}),
    ("[a]", "", ["a"]),
]


@pytest.mark.parametrize(("shipped", "own", "merged"), MERGED)
def test_what_a_site_says_is_added(shipped: str, own: str, merged: object) -> None:
    assert merge(load_yaml(shipped), load_yaml(own), 1) == merged


@pytest.mark.parametrize(
    ("shipped", "own", "line", "form"),
    [("[a]", "a: b", 1, "a list"), ("{a: {b: c}}", "\na: [x]", 2, "a mapping"), ("{a: b}", "a: [c]", 1, "text")],
)
def test_another_form_than_the_shipped_one_is_refused(shipped: str, own: str, line: int, form: str) -> None:
    with pytest.raises(YamlError, match=f"line {line}: must be {form}, as in the shipped rules"):
        merge(load_yaml(shipped), load_yaml(own), 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the rules of an empty site."""
    path = tmp_path / "content" / "rules"
    path.mkdir(parents=True)
    return path


def test_every_shipped_file_survives_the_merging(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = {path.stem: path.read_text() for path in (PACKAGE / "rules").glob("*.yaml")}
    for name in shipped:
        (folder / f"{name}.yaml").write_text("# nothing to add yet\n")
    merged: dict[str, str] = {}
    monkeypatch.setattr(rulebook, "parse_rules", merged.update)
    load_rules(tmp_path)
    assert {name: load_yaml(text) for name, text in merged.items()} == {n: load_yaml(t) for n, t in shipped.items()}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("boilerplat.yaml", "", r"boilerplat\.yaml: is no rule file; did you mean boilerplate\.yaml\?"),
        ("zzz.yaml", "", r"zzz\.yaml: is no rule file; rule files are "),
        ("units.yml", "", r"units\.yml: is no rule file; did you mean units\.yaml\?"),
        ("units.yaml", "a: b: c", r"units\.yaml:1: "),
    ],
)
def test_a_rule_file_that_cannot_be_used_is_told(
    folder: Path, tmp_path: Path, name: str, text: str, message: str
) -> None:
    (folder / name).write_text(text)
    with pytest.raises(RulesError, match=message):
        load_rules(tmp_path)


def test_a_rule_of_another_form_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(texts: dict[str, str]) -> None:
        raise KeyError(len(texts))

    monkeypatch.setattr(rulebook, "parse_rules", refuse)
    with pytest.raises(KeyError):
        load_rules(tmp_path)
    (folder / "units.yaml").write_text("x: y")
    with pytest.raises(RulesError, match=r"units\.yaml: is not of the form of the shipped rules \(KeyError: "):
        load_rules(tmp_path)


def test_a_site_without_rules_has_the_shipped_ones(tmp_path: Path) -> None:
    assert type(load_rules(tmp_path)) is type(load_rules())
