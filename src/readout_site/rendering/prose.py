"""Markdown by the site's editors → safe HTML: an explicit list of elements, links that `links` lets pass."""

import markdown
import nh3
from markupsafe import Markup

from readout_site.rendering.escape import exact, plain
from readout_site.rendering.links import inward, outward

TAGS = {"a", "blockquote", "br", "cite", "code", "em", "li", "ol", "p", "q", "strong", "sub", "sup", "ul"}
ATTRIBUTES = {"a": {"href"}}
LONGEST = 20_000
STALLING = "[<"
MOST_STALLING = 400
"""Python-Markdown takes seconds over thousands of one of these, so such a text is shown as it is."""


def to_html(source: str, root: str) -> Markup:
    """Return Markdown as HTML of paragraphs, lists and phrases; whatever is not allowed goes, its words stay.

    A link to a page of the site is a path from the site's root, such as `topics/trade.html`; `root` is put before it.
    A text that is too long, or nested too deeply, for the parser is shown as it is.
    """
    if len(source) > LONGEST or any(source.count(mark) > MOST_STALLING for mark in STALLING):
        return as_it_is(source)
    try:
        dirty = markdown.markdown(plain(source), output_format="html")
    except RecursionError:
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


def as_it_is(source: str) -> Markup:
    """Return a text as a paragraph, its marks as words."""
    return Markup("<p>{}</p>").format(exact(source))


def first_block(html: Markup) -> Markup:
    """Return the first paragraph of what `to_html` returned, or all of it where it begins with something else."""
    head, closing, rest = html.partition("</p>")
    return head + closing if rest.strip() and head.startswith("<p>") and "<blockquote" not in head else html
