"""A site's folder → its settings, texts and templates."""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from readout_site.records import Problem
from readout_site.settings import Settings, parse_settings
from readout_site.shell.disk import UnreadableError, below_content, read_text, shipped_templates, walk

RESERVED = re.compile(
    r"https?://(?:(?:[^/:]*\.)?(?:example(?:\.com|\.net|\.org)?|invalid|test|localhost)|127(?:\.\d+){3}|\[::1\])(?=[:/])",
    re.IGNORECASE,
)
"""Addresses at which no reader finds a site: names kept for examples and tests (RFC 2606, RFC 6761), this machine."""


def read_settings(site: Path) -> Settings:
    """Return what `site.yaml` says, the defaults where there is none; raise `SiteError` where it is wrong."""
    path = site / "site.yaml"
    return parse_settings(read_text(path), str(path)) if path.exists() else Settings()


def is_placeholder(base_url: str) -> bool:
    """Return whether an address of a site only stands for one."""
    return bool(RESERVED.match(base_url))


def settings_notices(site: Path, settings: Settings) -> Iterator[Problem]:
    """Yield what is to be known of the settings."""
    if is_placeholder(settings.base_url):
        lines = read_text(site / "site.yaml").splitlines()
        line = next((number for number, text in enumerate(lines, start=1) if text.startswith("base_url")), None)
        yield Problem("../site.yaml", line, f"`base_url` {stands_for(settings.base_url)}", notice=True)


def stands_for(base_url: str) -> str:
    """Return what is said of an address that is none."""
    reason = f"is {base_url}, which only stands for an address, and citations and canonical links lead there"
    return f"{reason}; write the one that the site will have"


def read_texts(site: Path, folder: str, suffix: str) -> tuple[dict[str, str], list[Problem]]:
    """Return the texts of a folder below `content/`, by path below `content/`, and what is wrong with the others."""
    texts: dict[str, str] = {}
    paths, problems = walk(site / "content" / folder, site)
    for path in paths:
        name = below_content(path, site)
        if path.suffix != suffix:
            problems.append(Problem(name, None, f"files of {folder}/ end in {suffix}; rename it or move it away"))
            continue
        try:
            texts[name] = read_text(path)
        except UnreadableError as error:
            problems.append(Problem(name, None, str(error).partition(": ")[2]))
    return texts, problems


def read_templates(site: Path) -> tuple[dict[str, str], dict[str, Path], list[Problem]]:
    """Return the templates' texts and the static files' places by name, and what is wrong with the site's own.

    The site's own take the place of shipped ones.
    """
    shipped, own = shipped_templates(), site / "templates"
    paths, problems = walk(own, site)
    theme = {path.relative_to(shipped).as_posix(): path for path in walk(shipped, shipped)[0]}
    places = dict(sorted((theme | {path.relative_to(own).as_posix(): path for path in paths}).items()))
    static = {name: path for name, path in places.items() if name.startswith("static/")}
    texts = {name: read_text(path) for name, path in places.items() if name not in static}
    problems += [Problem(f"../templates/{name}", None, useless(name, theme)) for name in unused(texts, theme)]
    return texts, static, problems


def unused(texts: Mapping[str, str], theme: Collection[str]) -> list[str]:
    """Return the templates that neither the theme has nor another template names."""
    return [name for name in texts if name not in theme and not any(name in text for text in texts.values())]


def useless(name: str, theme: Collection[str]) -> str:
    """Return what is said of a template that is not used."""
    names = [other for other in theme if not other.startswith("static/")]
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"those are {', '.join(names)}"
    return f"is no template of the theme, and none includes it; {hint}"
