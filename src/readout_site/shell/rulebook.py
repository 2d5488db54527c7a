"""Shipped rules + a site's own in content/rules/ → Rules.

A site's file adds to the shipped one of the same name: lists grow at their end, mappings gain keys, and a single
value under a key that is shipped takes its place. Nothing shipped can be taken away.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from readout_site.errors import SiteError
from readout_site.reading import Rules, parse_rules
from readout_site.shell.disk import PACKAGE, read_text, walk
from readout_site.strictyaml import Mapping, YamlError, load_yaml

UNLIKE = (YamlError, re.error, LookupError, TypeError, ValueError, AttributeError)
"""What the reading of rules of another form raises; with shipped rules alone that is a bug, and shows."""


NEEDED = ("name", "says", "topic", "act", "code")
"""Keys that a rule needs where all shipped rules of its list have them."""
CHOSEN = ("topic", "act")
"""Keys under which one of the shipped values stands."""


class RulesError(SiteError):
    """A rule file of the site's that cannot be used."""


def load_rules(site: Path | None = None) -> Rules:
    """Return the shipped rules, with those of `site` added; raise `RulesError` where these cannot be used."""
    try:
        return parse_rules(rule_texts(site))
    except UNLIKE:
        shipped = shipped_texts()
        for path in own_paths(site):
            try_rules(path, shipped | {path.stem: add_rules(shipped, path)})
        raise


def rule_texts(site: Path | None) -> dict[str, str]:
    """Return the shipped rule files with what `site` adds to them, by name; raise `RulesError` where it is amiss."""
    shipped = shipped_texts()
    return shipped | {path.stem: add_rules(shipped, path) for path in own_paths(site)}


def shipped_texts() -> dict[str, str]:
    """Return the shipped rule files by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "rules").glob("*.yaml"))}


def own_paths(site: Path | None) -> list[Path]:
    """Return the rule files of a site."""
    return walk(site / "content" / "rules", site)[0] if site else []


def try_rules(path: Path, texts: dict[str, str]) -> None:
    """Raise `RulesError` where the rules cannot be used with what one file of the site's adds."""
    try:
        parse_rules(texts)
    except UNLIKE as error:
        reason = f"{type(error).__name__}: {error}"
        message = f"{path}: is not of the form of the shipped rules ({reason}); compare it with them"
        raise RulesError(message) from error


def add_rules(shipped: dict[str, str], path: Path) -> str:
    """Return a shipped rule file with what `path` adds to it, as YAML."""
    if path.suffix != ".yaml" or path.stem not in shipped:
        near = get_close_matches(path.stem, shipped, n=1)
        hint = f"did you mean {near[0]}.yaml?" if near else f"rule files are {', '.join(f'{s}.yaml' for s in shipped)}"
        raise RulesError(f"{path}: is no rule file; {hint}")
    try:
        known, own = load_yaml(shipped[path.stem]), load_yaml(read_text(path))
        check([known], own, 1, closed=True)
        merged = merge(known, own, 1)
    except YamlError as error:
        raise RulesError(f"{path}:{error.line}: {error.message}") from error
    return msgspec.json.encode(merged).decode()  # JSON is YAML.


def check(known: Sequence[Any], own: Any, line: int, *, closed: bool) -> None:  # noqa: ANN401 - of any shape
    """Raise `YamlError` where `own` is not like the `known` values of its place; a `closed` mapping gains no keys."""
    forms = sorted({form_of(value) for value in known if value is not None})
    if own is None or not forms:
        return
    if form_of(own) not in forms:
        raise YamlError(line, f"must be {' or '.join(forms)}, as in the shipped rules; mend it")
    if isinstance(own, list):
        items = [item for value in known if isinstance(value, list) for item in value]
        for item in own:
            check_item(items, item, line)
    if isinstance(own, Mapping):
        check_mapping([value for value in known if isinstance(value, dict)], own, closed=closed)


def form_of(value: Any) -> str:  # noqa: ANN401
    """Return the form of a value in words."""
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"


def check_item(known: Sequence[Any], own: Any, line: int) -> None:  # noqa: ANN401
    """Check one item of a list, which is a rule where the shipped ones are."""
    here = min(own.lines.values(), default=line) if isinstance(own, Mapping) else line
    if own is None:
        raise YamlError(here, "an item is empty; fill or remove it")
    check(known, own, here, closed=True)
    if isinstance(own, Mapping):
        for key in NEEDED:
            if not own.get(key) and all(key in value for value in known):
                raise YamlError(own.lines.get(key, here), f"a rule needs `{key}`, as the shipped ones have; write it")


def check_mapping(known: Sequence[dict[str, Any]], own: Mapping, *, closed: bool) -> None:
    """Check the keys of a mapping and what stands under each."""
    samples: dict[str, list[Any]] = {}
    for key, value in [item for mapping in known for item in mapping.items()]:
        samples.setdefault(key, []).append(value)
    for key, value in own.items():
        line = own.lines[key]
        if key not in samples and (closed or "says" in samples):
            raise YamlError(line, f"unknown key `{key}`; {hint_for(key, samples)}")
        like = samples.get(key) or [sample for values in samples.values() for sample in values]
        check(like, value, line, closed=False)
        if key in CHOSEN and value not in like:
            raise YamlError(line, f"`{value}` is no {key}; {hint_for(value or '', like)}")


def hint_for(word: str, valid: Iterable[str]) -> str:
    """Return the valid word that is nearest, else all of them."""
    words = list(dict.fromkeys(valid))
    near = get_close_matches(word, words, n=1)
    return f"did you mean `{near[0]}`?" if near else f"valid are {', '.join(f'`{word}`' for word in words)}"


def merge(shipped: Any, own: Any, line: int) -> Any:  # noqa: ANN401 - rules are of any shape
    """Return `shipped` with `own` added to it; `line` is where the site says so."""
    if own is None:
        return shipped
    if isinstance(shipped, dict) and isinstance(own, Mapping):
        lines = own.lines
        return shipped | {k: merge(shipped[k], v, lines[k]) if k in shipped else v for k, v in own.items()}
    if isinstance(shipped, list) and isinstance(own, list):
        return shipped + own
    if isinstance(shipped, dict | list) or isinstance(own, dict | list):
        form = "a mapping" if isinstance(shipped, dict) else "a list" if isinstance(shipped, list) else "text"
        raise YamlError(line, f"must be {form}, as in the shipped rules; mend it")
    return own
