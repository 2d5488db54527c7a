"""A finished site's folder → the links in it that lead nowhere, and the ids that stand twice on a page.

A link is internal where it is relative, or begins with the site's own address. It must lead to a file of the folder,
letter case included, and its fragment to an id there (https://html.spec.whatwg.org/#scrolling-to-a-fragment).
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html
from msgspec import Struct

from readout_site.shell.track import Track
from readout_site.shell.tree import files_below

HERE = "http://site.invalid/"
"""Stands for the folder while links are resolved; no such host can be (RFC 2606)."""
UPWARD = "../"
PAGES = (".html", ".htm")
STYLES = ".css"
LINKS = etree.XPath("//@href | //@src | //@poster | //@action | //@cite | //object/@data", smart_strings=False)
IDS = etree.XPath("//@id | //a/@name", smart_strings=False)
URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
TOP = ("", "top")
"""Fragments that lead to the top of any page."""
MANY = 4096

Split = tuple[str, str]
"""A path below the folder and a fragment."""


class Crossing(Struct, frozen=True):
    """What a page holds that matters to links."""

    path: str  #: Below the folder, with `/`.
    links: tuple[str, ...]  #: As written.
    ids: tuple[str, ...]  #: In order, each as often as it stands there.


class Fault(Struct, frozen=True):
    """A link that leads nowhere, or an id that stands twice."""

    path: str  #: Of the page.
    what: str  #: The link or the id as written.
    why: str  #: What is wrong; what to do.


def find_faults(folder: Path, base_url: str, track: Track) -> tuple[int, int, list[Fault]]:
    """Return how many pages and internal links there are, and what is wrong with them, page by page."""
    files = sorted(files_below(folder))
    known = frozenset(files)
    names = [name for name in files if name.endswith((*PAGES, STYLES))]
    crossings = {name: crossing(folder, name) for name in track(names, "Checking links", len(names))}
    faults: list[Fault] = []
    count = 0
    for page in crossings.values():
        faults += (Fault(page.path, name, doubled(name)) for name in repeated(page.ids))
        targets = [(link, target) for link in page.links if (target := resolve(page.path, link, base_url))]
        count += len(targets)
        for link, target in dict(targets).items():
            if why := fault_of(target, known, crossings):
                faults.append(Fault(page.path, link, why))
    return sum(name.endswith(PAGES) for name in names), count, faults


def crossing(folder: Path, name: str) -> Crossing:
    """Return the links and ids of a page or style sheet."""
    data = (folder / name).read_bytes()
    if name.endswith(STYLES):
        return Crossing(name, tuple(URL.findall(data.decode("utf-8", "replace"))), ())
    if not data.strip():
        return Crossing(name, (), ())
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    return Crossing(name, tuple(LINKS(tree)), tuple(IDS(tree)))


def repeated(ids: Iterable[str]) -> list[str]:
    """Return the ids that stand more than once."""
    return [name for name, times in Counter(ids).items() if times > 1]


def doubled(name: str) -> str:
    """Return what is said of an id that stands twice."""
    return f"the id `{name}` stands more than once on the page; give each thing an id of its own"


def resolve(page: str, link: str, base_url: str) -> Split | None:
    """Return what an internal link of a page leads to; nothing for one that leads out of the site."""
    if link.startswith(("#", "?")):
        return page, unquote(link.partition("#")[2])
    return resolve_in(page.rpartition("/")[0], link, base_url)


@lru_cache(MANY)
def resolve_in(folder: str, link: str, base_url: str) -> Split | None:
    """Return what a link on a page in `folder` leads to."""
    base = base_url or HERE
    try:
        parts = urlsplit(link.strip())
        if not (parts.scheme or parts.netloc or parts.path.startswith("/")):
            base = HERE
            if climbs(folder, parts.path):
                return UPWARD, ""
        address = urljoin(f"{base}{folder}/" if folder else base, link.strip())
        if not address.startswith(base):
            return None
        parts = urlsplit(address[len(base) :])
    except ValueError:
        return None
    return unquote(parts.path), unquote(parts.fragment)


def climbs(folder: str, path: str) -> bool:
    """Tell whether a relative path leads out of the site, which may be served below others."""
    return posixpath.normpath(posixpath.join(folder, unquote(path))).startswith("..")


def fault_of(target: Split, known: frozenset[str], crossings: dict[str, Crossing]) -> str:
    """Return why a target is none, or nothing."""
    path, fragment = target
    file = next((name for name in (path, f"{path.rstrip('/')}/index.html".lstrip("/")) if name in known), None)
    if file is None:
        return f"leads to `{path}`, which is not on the site; mend or remove the link"
    if fragment in TOP or file not in crossings or fragment.startswith(":~:"):
        return ""
    if fragment not in crossings[file].ids:
        return f"leads to `{path}`, where no `#{fragment}` is; mend or remove the fragment"
    return ""
