"""Markdown by the site's editors → safe HTML: an explicit list of elements, links that `links` lets pass."""

from collections.abc import Iterator
from html.parser import HTMLParser

import nh3
from markupsafe import Markup

from readout_site.records import Problem
from readout_site.rendering.escape import exact, plain
from readout_site.rendering.links import inward, outward

TAGS = {"a", "blockquote", "br", "cite", "code", "em", "li", "ol", "p", "q", "strong", "sub", "sup", "ul"}
ATTRIBUTES = {"a": {"href"}}
LONGEST = 20_000
STALLING = "[<"
LOST = (
    "the link to `{}` is left out, its words stay; write the path of a page from the site's root, such as "
    "`topics/trade.html`, or an address with https://"
)
MOST_STALLING = 400
"""Python-Markdown takes seconds over thousands of one of these, so such a text is shown as it is."""


def to_html(source: str, root: str) -> Markup:
    """Return Markdown as HTML of paragraphs, lists and phrases; whatever is not allowed goes, its words stay.

    A link to a page of the site is a path from the site's root, such as `topics/trade.html`; `root` is put before it.
    A text that is too long, or nested too deeply, for the parser is shown as it is.
    """
    dirty = parsed(source)
    if dirty is None:
        return as_it_is(source)
    clean = nh3.clean(
        dirty,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=lambda _tag, _attribute, value: (
            outward(value) or (f"{root}{value}" if inward(value) else None)
        ),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return Markup(clean)  # noqa: S704 - sanitised just above


def parsed(source: str) -> str | None:
    """Return Markdown as HTML that is not to be trusted, or None where it is too much for the parser."""
    if len(source) > LONGEST or any(source.count(mark) > MOST_STALLING for mark in STALLING):
        return None
    import markdown  # noqa: PLC0415 - late: few sites have Markdown by hand on pages that changed

    try:
        return markdown.markdown(plain(source), output_format="html")
    except RecursionError:
        return None


class Links(HTMLParser):
    """Gathers where the links of a text lead."""

    def __init__(self, html: str) -> None:
        """Read all of `html`."""
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a link."""
        if tag == "a":
            self.addresses += [value for name, value in attrs if name == "href" and value]


def lost_links(source: str, text: str, path: str) -> Iterator[Problem]:
    """Yield a problem for each link of the Markdown `source` that `to_html` takes out.

    It is of the line of the file `path`, which holds `text`, on which the address stands first.
    """
    if not any(mark in source for mark in STALLING):
        return  # No link begins without one, and the parser takes long to import.
    for address in dict.fromkeys(Links(parsed(source) or "").addresses):
        if not outward(address) and not inward(address):
            at = text.find(address)
            line = text.count("\n", 0, at) + 1 if at >= 0 else None
            yield Problem(path, line, LOST.format(address))


def as_it_is(source: str) -> Markup:
    """Return a text as a paragraph, its marks as words."""
    return Markup("<p>{}</p>").format(exact(source))


def first_block(html: Markup) -> Markup:
    """Return the first paragraph of what `to_html` returned, or all of it where it begins with something else."""
    head, closing, rest = html.partition("</p>")
    return head + closing if rest.strip() and head.startswith("<p>") and "<blockquote" not in head else html
