"""Page → Artifact: the only module that knows Jinja."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateError
from jinja2.nodes import Expr
from markupsafe import Markup, escape
from msgspec import Struct

from readout_site.errors import SiteError
from readout_site.rendering.edition import Edition
from readout_site.rendering.escape import plain
from readout_site.rendering.policy import POLICY
from readout_site.rendering.values import Page, lay_out

WORDS = 50_000
"""So many texts are kept as HTML: labels, names and addresses stand on many pages."""

ENTRIES = 10_000
"""So many entries of lists are kept likewise."""


class Artifact(Struct, frozen=True):
    """A file of the site, ready to be written."""

    path: str  #: Below the output folder, with `/`.
    data: bytes  #: Its bytes.


@dataclass(frozen=True)
class Theme:
    """The templates of a site, ready to use."""

    environment: Environment
    compiled: Mapping[str, bytes]  #: The templates as Jinja compiled them.


class Compiled(BytecodeCache):
    """Templates as Jinja compiled them, by its names for them; it takes none that is of another text."""

    def __init__(self, templates: dict[str, bytes]) -> None:
        """Begin with `templates`, and add to them."""
        self.templates = templates

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, where the template is there."""
        if bucket.key in self.templates:
            bucket.bytecode_from_string(self.templates[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds."""
        self.templates[bucket.key] = bucket.bytecode_to_string()


class Generator(CodeGenerator):
    """Writes out what `show` returns as it is, which is escaped already; Jinja would look at it a second time."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Begin what stands around an expression."""
        del node, frame
        self.write(finalize.src or "")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """End it."""
        del node, frame, finalize
        self.write(")")


class Escaping(Environment):
    """Templates in which whatever is written goes through `show`."""

    code_generator_class = Generator


class TemplatesError(SiteError):
    """A template that cannot be used."""


def load_theme(templates: Mapping[str, str], compiled: Mapping[str, bytes] | None = None) -> Theme:
    """Return the theme made of `templates`, by name such as `home.html`; what is `compiled` already is taken so."""
    kept = Compiled(dict(compiled or {}))
    environment = Escaping(
        loader=DictLoader(dict(templates)),
        bytecode_cache=kept,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show,
        auto_reload=False,
    )
    environment.globals["policy"] = POLICY
    environment.globals["once"] = lru_cache(maxsize=ENTRIES)(write_once)
    for name in templates:
        with contextlib.suppress(TemplateError):  # A faulty one is told where a page needs it.
            environment.get_template(name)
    return Theme(environment, kept.templates)


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


def show(value: object) -> Markup:
    """Return what a template writes of a value: HTML as it is, all else escaped."""
    kind = type(value)
    return written(value) if kind is str else value if kind is Markup else escape(value)  # type: ignore[return-value]


def write_once(macro: Callable[[object], Markup], item: object) -> Markup:
    """Return what a macro writes of an item: the same entry stands in many lists."""
    return macro(item)


@lru_cache(maxsize=WORDS)
def written(text: str) -> Markup:
    """Return a plain text as HTML, with the characters visible that browsers obey or reject."""
    return escape(plain(text))
