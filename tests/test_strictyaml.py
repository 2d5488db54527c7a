"""Strict YAML: scalars stay what was typed, lines are known, surprises are errors."""

import time
from typing import Any

import pytest
import yaml

from readout_site import strictyaml
from readout_site.strictyaml import Mapping, YamlError, load_yaml

LOADERS = sorted({yaml.BaseLoader, strictyaml.LOADER}, key=lambda loader: loader.__name__)


@pytest.fixture(params=LOADERS, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with PyYAML's own scanner and with libyaml's."""
    monkeypatch.setattr(strictyaml, "LOADER", request.param)


READ: dict[str, Any] = {
    "": None,
    "# only a comment": None,
    "country: NO": {"country": "NO"},
    "time: 12:30": {"time": "12:30"},
    "day: 2023-11-17": {"day": "2023-11-17"},
    "n: 0x1f\nm: 1_000\no: 1e3\np: yes": {"n": "0x1f", "m": "1_000", "o": "1e3", "p": "yes"},
    "a:\nb: ~\nc: null": {"a": None, "b": None, "c": None},
    "a: ''\nb: \"null\"\nc: '~'": {"a": "", "b": "null", "c": "~"},
    "- a\n- [b, {c: d}]": ["a", ["b", {"c": "d"}]],
    "a: |\n  one\n  two\n": {"a": "one\ntwo\n"},
    "a: >\n  one\n  two\n": {"a": "one two\n"},
    "a: b\n c": {"a": "b c"},
    "a: 'x # y'": {"a": "x # y"},
    "\ufeffa: b": {"a": "b"},
    "{}": {},
    "[]": [],
}


@pytest.mark.parametrize("text", READ)
def test_values_are_what_was_typed(text: str) -> None:
    assert load_yaml(text) == READ[text]


ERRORS = {
    "a: 1\nb: 2\na: 3": (3, "`a` stands here twice, first on line 1; keep one"),
    "a: &x 1": (1, "anchors and aliases are not read; write the value out, or quote the text"),
    "a: 1\nb: *a": (2, "anchors and aliases are not read; write the value out, or quote the text"),
    "&k a: 1": (1, "anchors and aliases are not read; write the value out, or quote the text"),
    "- &x\n  - *x": (1, "anchors and aliases are not read; write the value out, or quote the text"),
    "a: !!python/object/apply:os.system ['x']": (
        1,
        "the tag `tag:yaml.org,2002:python/object/apply:os.system` is not read; remove it, or quote the text",
    ),
    "a: !!str 1": (1, "the tag `tag:yaml.org,2002:str` is not read; remove it, or quote the text"),
    "a: 1\n---\nb: 2": (2, "a second document begins; keep one"),
    "? [a, b]\n: c": (1, "a key must be a word; quote or rename it"),
    "a: b\n? {}\n: c": (2, "a key must be a word; quote or rename it"),
    "{{}: a}": (1, "a key must be a word; quote or rename it"),
    "<<: {a: b}\n<<: {c: d}": (2, "`<<` stands here twice, first on line 1; keep one"),
    "[" * 22 + "]" * 22: (1, "nested deeper than 20 levels; flatten it"),
    "a: \x07": (1, "holds a character that YAML does not allow; remove it"),
    "a: \ud800": (1, "holds a character that YAML does not allow; remove it"),
}


@pytest.mark.parametrize("text", ERRORS)
def test_surprises_are_errors_with_their_line(text: str) -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml(text)
    assert (caught.value.line, caught.value.message) == ERRORS[text]
    assert str(caught.value) == f"line {caught.value.line}: {caught.value.message}"


@pytest.mark.parametrize(("text", "line"), [("a: [", 1), ("a: b\nc: d: e", 2), ("a: 'b\n", 1), ("\ta: b", 1)])
def test_what_is_no_yaml_is_an_error_near_its_line(text: str, line: int) -> None:
    with pytest.raises(YamlError, match=r"; mend the YAML$") as caught:
        load_yaml(text)
    assert line <= caught.value.line <= line + 1


def test_a_mapping_knows_the_lines_of_its_keys() -> None:
    data = load_yaml("a: 1\n\nb:\n  - c: 2\n    d: 3\n")
    assert isinstance(data, Mapping)
    assert data.lines == {"a": 1, "b": 3}
    assert data["b"][0].lines == {"c": 4, "d": 5}


def test_a_bomb_is_refused_before_it_expands() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(9 * [f'*{chr(97 + n)}'])}]\n" for n in range(20)
    )
    before = time.process_time()
    with pytest.raises(YamlError, match="anchors"):
        load_yaml(bomb)
    assert time.process_time() - before < 5  # seconds; expanded it would take years


def test_five_thousand_levels_are_refused_quickly() -> None:
    before = time.process_time()
    with pytest.raises(YamlError, match="nested deeper"):
        load_yaml("[" * 5000)
    assert time.process_time() - before < 5  # seconds, on any machine
