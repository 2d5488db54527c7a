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
    (folder / "units.yaml").write_text("currencies: []")
    with pytest.raises(RulesError, match=r"units\.yaml: is not of the form of the shipped rules \(KeyError: "):
        load_rules(tmp_path)


def test_the_one_of_several_rule_files_that_is_wrong_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "acts.yaml").write_text("rules: []\n")
    (folder / "boilerplate.yaml").write_text("lines:\n  - name: own\n    says: Mine.\n    patterns: ['(']\n")
    (folder / "topics.yaml").write_text("groups: []\n")
    with pytest.raises(RulesError, match=r"/boilerplate\.yaml: is not of the form of the shipped rules"):
        load_rules(tmp_path)


WRONG = [
    ("boilerplate", "lines:\n  - name: own\n    phrases: [x]\n", "2: a rule needs `says`, as the shipped ones have"),
    ("boilerplate", "lines:\n  - says: Mine.\n    name:\n    phrases: [x]\n", "3: a rule needs `name`"),
    ("boilerplate", "lines:\n  - name: own\n    phrase: [x]\n", "3: unknown key `phrase`; did you mean `phrases`?"),
    ("boilerplate", "lins: []\n", "1: unknown key `lins`; did you mean `lines`?"),
    ("boilerplate", "lines:\n  - own\n", "1: must be a mapping, as in the shipped rules"),
    ("boilerplate", "lines:\n  -\n", "1: an item is empty; fill or remove it"),
    ("boilerplate", "lines:\n  - {name: a, says: b, phrases: [{c: d}]}\n", "2: must be text, as in the shipped rules"),
    (
        "topics",
        "groups:\n  - {name: a, says: b, topic: trad, weight: 1, terms: [c]}\n",
        "2: `trad` is no topic; did you m",
    ),
    ("acts", "rules:\n  - {name: a, says: b, act: zzz, verbs: [c]}\n", "2: `zzz` is no act; valid are `commit`, "),
    ("encounters", "verbs:\n  wods: x\n", "2: unknown key `wods`; did you mean `words`?"),
    ("issuers", "issuers:\n  - name: x\n    host: y\n", "3: unknown key `host`; did you mean `hosts`?"),
]


@pytest.mark.parametrize(("name", "text", "message"), WRONG)
def test_a_wrong_rule_is_told_with_its_line(folder: Path, tmp_path: Path, name: str, text: str, message: str) -> None:
    (folder / f"{name}.yaml").write_text(text)
    with pytest.raises(RulesError) as caught:
        load_rules(tmp_path)
    assert f"/{name}.yaml:{message}" in str(caught.value)


def test_every_shipped_rule_would_pass_as_a_site_s_own() -> None:
    for path in (PACKAGE / "rules").glob("*.yaml"):
        data = load_yaml(path.read_text())
        rulebook.check([data], data, 1, closed=True)


def test_a_site_adds_countries_and_rules(folder: Path, tmp_path: Path) -> None:
    (folder / "gazetteer.yaml").write_text("countries:\n  XX: Freedonia; Freedonian; Freedonians; Fredville\n")
    (folder / "boilerplate.yaml").write_text("lines:\n  - {name: own, says: Mine., phrases: [x]}\n")
    load_rules(tmp_path)


def test_a_site_without_rules_has_the_shipped_ones(tmp_path: Path) -> None:
    assert type(load_rules(tmp_path)) is type(load_rules())
