"""Settings + rules → Edition: what all pages of a site have in common, and the frame around each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from readout_site.records import Briefing, RuleDoc
from readout_site.rendering.accuracy import Quality
from readout_site.rendering.links import HOME, METHOD, MISSING, outward, relative, slug, to_root
from readout_site.rendering.views import Frame, Tab
from readout_site.settings import Settings

SECTIONS = (
    ("Latest", HOME),
    ("Topics", "topics/index.html"),
    ("Countries", "countries/index.html"),
    ("Agreements", "instruments/index.html"),
    ("Archive", "archive/index.html"),
    ("Method", METHOD),
)
"""The site's own navigation: labels and paths."""
DESCRIPTION = 200
"""The most characters of a page's description."""


@dataclass(frozen=True)
class Edition:
    """What all pages of a site have in common, and where their texts come from."""

    settings: Settings
    rule_docs: Sequence[RuleDoc]
    rules: Mapping[str, str]  #: The place of each rule on the method page, by its name.
    quality: Quality | None  #: How well it is known to be read, where that was measured.
    load: Callable[[str], Briefing]  #: Returns the whole briefing of an id.

    def address(self, path: str) -> str | None:
        """Return the whole address of the page at `path`, where the site's own is known and the page has one."""
        base = self.settings.base_url
        return f"{base}{path.removesuffix(HOME)}" if base and path != MISSING else None


def make_edition(
    settings: Settings, rule_docs: Sequence[RuleDoc], load: Callable[[str], Briefing], quality: Quality | None = None
) -> Edition:
    """Return the edition."""
    rules: dict[str, str] = {}
    for rule in rule_docs:
        rules.setdefault(rule.name, rule_anchor(rule))
    return Edition(settings, tuple(rule_docs), rules, quality, load)


def rule_anchor(rule: RuleDoc) -> str:
    """Return the id of a rule on the method page."""
    return f"rule-{slug(rule.group)}-{slug(rule.name)}"


def frame(edition: Edition, path: str, title: str, description: str = "", current: str = "") -> Frame:
    """Return what stands around the page at `path`."""
    settings = edition.settings
    words = description or settings.description
    return Frame(
        site=settings.title,
        title=title,
        description=words if len(words) <= DESCRIPTION else f"{words[:DESCRIPTION].rsplit(' ', 1)[0]}…",
        language=settings.language,
        root=root_of(settings, path),
        canonical=edition.address(path),
        navigation=navigation(settings, path, current),
    )


def root_of(settings: Settings, path: str) -> str:
    """Return what leads from the page at `path` to the site's root: for 404, shown anywhere, a path from the host's."""
    if path != MISSING:
        return to_root(path)
    rest = settings.base_url.partition("://")[2]
    return f"/{rest.partition('/')[2]}" if rest else "/"


def navigation(settings: Settings, path: str, current: str) -> tuple[Tab, ...]:
    """Return the links in the head of the page at `path`: the site's own, one perhaps `current`, then its owner's."""
    root = root_of(settings, path)
    own = tuple(
        Tab(label, f"{root}{target}" if path == MISSING else relative(path, target), label == current)
        for label, target in SECTIONS
    )
    return own + tuple(
        Tab(item.label, item.url if outward(item.url) else f"{root}{item.url}", current=False)
        for item in settings.navigation
    )
