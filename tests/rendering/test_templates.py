"""A template that cannot be used is an error with its name, not a traceback."""

import pytest

from readout_site.records import Briefing
from readout_site.rendering.edition import make_edition
from readout_site.rendering.templates import TemplatesError, load_theme, render
from readout_site.rendering.values import Page
from readout_site.rendering.views import Frame, Layout, MissingView
from readout_site.settings import Settings


def no_briefing(name: str) -> Briefing:
    """Return nothing: there is none."""
    raise KeyError(name)


FRAME = Frame(site="S", title="", description="", language="en", root="", canonical=None, navigation=())


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "templates/home.html:1: Expected an expression, got 'end of statement block'"),
        ("<p>\n{{ nosuch }}", "templates/home.html: rendering index.html: 'nosuch' is undefined"),
        ('{% include "gone.html" %}', "templates/home.html: gone.html; mend the template"),
    ],
)
def test_a_broken_template_is_named(template: str, message: str) -> None:
    theme = load_theme({"home.html": template})
    page = Page("index.html", lambda *_: Layout("home.html", FRAME, MissingView(())), ())
    with pytest.raises(TemplatesError) as told:
        render(page, make_edition(Settings(), (), no_briefing), theme)
    assert str(told.value).startswith(message)
