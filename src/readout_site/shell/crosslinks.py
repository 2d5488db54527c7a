"""A finished site's folder → the links in it that lead nowhere, and the ids that stand twice on a page.

A link is internal where it is relative, or begins with the site's own address. It must lead to a file of the folder,
letter case included, and its fragment to an id there (https://html.spec.whatwg.org/#scrolling-to-a-fragment).
"""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

    links: Mapping[str, int]  #: As written, with how often each stands there.
    ids: Mapping[str, int]  #: Likewise.


class Fault(Struct, frozen=True):
    """A link that leads nowhere, or an id that stands twice."""

    path: str  #: Of the page.
    what: str  #: The link or the id as written.
    why: str  #: What is wrong; what to do.


class Jump(Struct, frozen=True):
    """A link to a place on another page."""

    path: str  #: Of the page that it stands on.
    link: str  #: As written.
    fragment: str  #: The place.


def find_faults(folder: Path, base_url: str, track: Track) -> tuple[int, int, list[Fault]]:
    """Return how many pages and internal links there are, and what is wrong with them, page by page.

    One page is held in memory at a time. Those that others lead to a place of are looked at once more at the end.
    """
    known = frozenset(files_below(folder))
    names = sorted(name for name in known if name.endswith((*PAGES, STYLES)))
    faults: list[Fault] = []
    jumps: defaultdict[str, list[Jump]] = defaultdict(list)
    count = 0
    for name in track(names, "Checking links", len(names)):
        page = crossing(folder, name)
        faults += (Fault(name, each, doubled(each)) for each, times in page.ids.items() if times > 1)
        for link, (path, fragment) in internal(name, page.links, base_url):
            count += page.links[link]
            file = file_of(path, known)
            if file is None:
                faults.append(
                    Fault(name, link, f"leads to `{path}`, which is not on the site; mend or remove the link")
                )
            elif file.endswith(PAGES) and fragment not in TOP and not fragment.startswith(":~:"):
                jumps[file].append(Jump(name, link, fragment))
        faults += dead_jumps(name, jumps.pop(name, []), page)
    for name in sorted(jumps):
        faults += dead_jumps(name, jumps[name], crossing(folder, name))
    return sum(name.endswith(PAGES) for name in names), count, sorted(faults, key=lambda fault: fault.path)


def crossing(folder: Path, name: str) -> Crossing:
    """Return the links and ids of a page or style sheet."""
    data = (folder / name).read_bytes()
    if name.endswith(STYLES):
        return Crossing(Counter(URL.findall(data.decode("utf-8", "replace"))), {})
    if not data.strip():
        return Crossing({}, {})
    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    return Crossing(Counter(LINKS(tree)), Counter(IDS(tree)))


def internal(page: str, links: Iterable[str], base_url: str) -> Iterator[tuple[str, Split]]:
    """Yield the links of a page that lead to the site, and what to."""
    yield from ((link, target) for link in links if (target := resolve(page, link, base_url)))


def file_of(path: str, known: frozenset[str]) -> str | None:
    """Return the file that is served at a path."""
    return next((name for name in (path, f"{path.rstrip('/')}/index.html".lstrip("/")) if name in known), None)


def dead_jumps(name: str, jumps: Iterable[Jump], page: Crossing) -> Iterator[Fault]:
    """Yield a fault for each link to a place that is not on the page."""
    for jump in jumps:
        if jump.fragment not in page.ids:
            why = f"leads to `{name}`, where no `#{jump.fragment}` is; mend or remove the fragment"
            yield Fault(jump.path, jump.link, why)


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
