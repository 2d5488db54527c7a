"""Shipped rules + a site's own in content/rules/ → Rules.

A site's file adds to the shipped one of the same name: lists grow at their end, mappings gain keys, and a single
value under a key that is shipped takes its place. Nothing shipped can be taken away.
"""

import re
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


class RulesError(SiteError):
    """A rule file of the site's that cannot be used."""


def load_rules(site: Path | None = None) -> Rules:
    """Return the shipped rules, with those of `site` added; raise `RulesError` where these cannot be used."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "rules").glob("*.yaml"))}
    own = walk(site / "content" / "rules", site)[0] if site else []
    for path in own:
        texts[path.stem] = add_rules(texts, path)
    try:
        return parse_rules(texts)
    except UNLIKE as error:
        if not own:
            raise
        where = own[0] if len(own) == 1 else own[0].parent
        reason = f"{type(error).__name__}: {error}"
        raise RulesError(
            f"{where}: is not of the form of the shipped rules ({reason}); compare it with them"
        ) from error


def add_rules(shipped: dict[str, str], path: Path) -> str:
    """Return a shipped rule file with what `path` adds to it, as YAML."""
    if path.suffix != ".yaml" or path.stem not in shipped:
        near = get_close_matches(path.stem, shipped, n=1)
        hint = f"did you mean {near[0]}.yaml?" if near else f"rule files are {', '.join(f'{s}.yaml' for s in shipped)}"
        raise RulesError(f"{path}: is no rule file; {hint}")
    try:
        merged = merge(load_yaml(shipped[path.stem]), load_yaml(read_text(path)), 1)
    except YamlError as error:
        raise RulesError(f"{path}:{error.line}: {error.message}") from error
    return msgspec.json.encode(merged).decode()  # JSON is YAML.


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
