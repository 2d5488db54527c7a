"""What a web page says of itself → title, date, address, issuer and language: JSON-LD, Open Graph, meta, link, time."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

WORDS = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title"),
    "date": (
        *("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
        *("dcterms.date", "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date"),
        *("publication_date", "parsely-pub-date"),
    ),
    "url": ("og:url",),
    "issuer": ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name"),
    "language": ("og:locale", "content-language", "dc.language"),
}
"""Names of `meta` elements that tell a thing, most trusted first."""
LINKED = {
    "title": ("headline",),
    "date": ("datePublished", "dateCreated"),
    "url": ("url", "mainEntityOfPage"),
    "issuer": ("publisher",),
}
"""Keys of JSON-LD that tell a thing, most trusted first."""
ARTICLES = ("Article", "NewsArticle", "Report", "WebPage", "BlogPosting", "GovernmentService", "PressRelease")


def page_facts(soup: Any) -> dict[str, str]:  # noqa: ANN401 - bs4 is imported only where HTML is read
    """Return what a page, as BeautifulSoup parses it, says of itself, as written."""
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        metas.setdefault(str(name).casefold(), " ".join(str(meta.get("content", "")).split()))
    linked = linked_data(script.get_text() for script in soup.find_all("script"))
    facts = {name: next((metas[key] for key in keys if metas.get(key)), "") for name, keys in WORDS.items()}
    for name, value in linked.items():
        facts[name] = value if name == "date" else facts[name] or value
    facts["url"] = canonical(soup) or facts["url"]
    facts["title"] = facts["title"] or " ".join(soup.title.get_text().split() if soup.title else [])
    facts["date"] = facts["date"] or next((str(time["datetime"]) for time in soup.find_all("time", datetime=True)), "")
    facts["language"] = str(soup.html.get("lang", "") if soup.html else "") or facts["language"]
    if not facts["url"].startswith(("http://", "https://")):
        del facts["url"]
    return {name: value for name, value in facts.items() if value}


def canonical(soup: Any) -> str:  # noqa: ANN401 - bs4 has no type for what a link's attributes may be
    """Return the address that the page calls its own."""
    links = (link for link in soup.find_all("link", href=True) if "canonical" in (link.get("rel") or ()))
    return next((str(link["href"]).strip() for link in links), "")


def linked_data(scripts: Iterator[str]) -> dict[str, str]:
    """Return what JSON-LD tells; scripts that are none are passed over."""
    facts: dict[str, str] = {}
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in nodes(data):
            for name, keys in LINKED.items():
                value = next((text for key in keys if (text := plain(node.get(key)))), "")
                if value:
                    facts.setdefault(name, value)
    return facts


def nodes(data: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - JSON has any shape
    """Yield the descriptions of articles in JSON-LD, in a list or a graph or alone."""
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    for item in items if isinstance(items, list) else [items]:
        if isinstance(item, dict) and any(str(kind) in ARTICLES for kind in kinds(item)):
            yield item


def kinds(item: Mapping[str, Any]) -> list[Any]:
    """Return the types of a description, a list where it has one alone."""
    kind = item.get("@type", "")
    return kind if isinstance(kind, list) else [kind]


def plain(value: Any) -> str:  # noqa: ANN401
    """Return a value of JSON-LD as text: its name or identifier where it is described, empty where it is neither."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # JSON may spell half a character.
