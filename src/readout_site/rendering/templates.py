"""Page → Artifact: the only module that knows Jinja."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import TemplateError

from readout_site.errors import SiteError
from readout_site.records import Artifact
from readout_site.rendering.edition import Edition
from readout_site.rendering.escape import plain
from readout_site.rendering.values import Page, lay_out


@dataclass(frozen=True)
class Theme:
    """The templates of a site, ready to use."""

    environment: Environment


class TemplatesError(SiteError):
    """A template that cannot be used."""


def load_theme(templates: Mapping[str, str]) -> Theme:
    """Return the theme made of `templates`, by name such as `home.html`."""
    return Theme(
        Environment(
            loader=DictLoader(dict(templates)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=show,
            auto_reload=False,
        )
    )


def render(page: Page, edition: Edition, theme: Theme) -> Artifact:
    """Return the page as a file; raise `TemplatesError` where its template cannot be used."""
    layout = lay_out(page, edition)
    try:
        template = theme.environment.get_template(layout.template)
        html = template.render(frame=layout.frame, page=layout.view, path=page.path)
    except TemplateSyntaxError as error:
        raise TemplatesError(f"templates/{error.name}:{error.lineno}: {error.message}; mend the template") from error
    except UndefinedError as error:
        hint = f"rendering {page.path}: {error.message}; mend it, or a template that it takes in"
        raise TemplatesError(f"templates/{layout.template}: {hint}") from error
    except TemplateError as error:
        raise TemplatesError(f"templates/{layout.template}: {error}; mend the template") from error
    return Artifact(page.path, html.encode())


def show(value: object) -> object:
    """Make the characters of a plain text visible that browsers obey or reject."""
    return plain(value) if type(value) is str else value
