"""Hostile words run nowhere: not with the policy off, and not with escaping and sanitising off.

Each of `PAYLOADS` is put wherever captured or written text can come to stand, and every page that shows it is opened in
Chromium. Where both nets are cut they run, which shows that the test would see it.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import markdown
import msgspec
import pytest
from markupsafe import Markup
from tests.browser.conftest import whole

from readout_site.reading.unread import unread
from readout_site.records import Briefing, Capture, Figure, Instrument, Issuer, Note, Participant, Removal, RuleDoc
from readout_site.rendering import TermNames, arrange, make_edition, plan, summarise
from readout_site.rendering.glossary import Term
from readout_site.rendering.templates import Theme, load_theme, render
from readout_site.settings import NavigationItem, Settings
from readout_site.shell.build import build
from readout_site.shell.track import silently

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates"
FAMILIES: Mapping[str, Sequence[str]] = json.loads((HERE / "payloads.json").read_text(encoding="utf-8"))
PAYLOADS = tuple(dict.fromkeys(payload for family in FAMILIES.values() for payload in family))
"""Written after the families that are publicly known; each runs `alert(1)` where it is taken for more than words."""
HOST = "http://site.example/"
SAMPLE = slice(0, None, 23)
"""The payloads that every run tries; the long one tries all."""
LOOKS = re.compile(rb'<link rel="(?:stylesheet|icon)"[^>]*>\n')
"""What a page asks of its own site; without it many pages are opened sooner."""

LIVE = """
  window.alert = () => window.fired();
"""
PROVOKE = """
() => {
  const ours = /^(https?|mailto):/;
  const found = [];
  for (const node of document.querySelectorAll("*")) {
    for (const name of node.getAttributeNames()) {
      if (name.startsWith("on")) {
        found.push(node.outerHTML.slice(0, 90));
        try { node.dispatchEvent(new Event(name.slice(2), { bubbles: true })); } catch {}
      }
      if (name === "style" || name === "srcdoc" || name === "ping") found.push(node.outerHTML.slice(0, 90));
      if (/^(xlink:href|href|src|action|formaction|data|poster|background|to|values)$/.test(name)) {
        let url = "";
        try { url = new URL(node.getAttribute(name), document.baseURI).href; } catch {}
        if (!ours.test(url) || /evil.example/.test(new URL(url).hostname)) {
          if (node.closest("a, area") === node && /^https?:/.test(url)) continue;
          found.push(node.outerHTML.slice(0, 90));
        }
      }
    }
    if (/^(script|iframe|object|embed|base|form|style|template|math)$/.test(node.localName)) found.push(node.localName);
    const href = node.href?.baseVal ?? node.href;
    const odd = typeof href === "string" && /^(javascript|data|vbscript):/i.test(href);
    if (odd) try { node.dispatchEvent(new MouseEvent("click")); } catch {}
    if (/^(button|input)$/.test(node.localName) && node.form) try { node.click(); } catch {}
  }
  return found;
}
"""


class Window:
    """A page in Chromium that counts what runs in it and what it asks of others."""

    def __init__(self, browser: Any, *, policy: bool) -> None:
        self.site: Mapping[str, bytes] = {}
        self.runs = self.asked = 0
        self.context = browser.new_context(bypass_csp=not policy)
        self.context.expose_function("fired", self.note)
        self.context.add_init_script(LIVE)
        self.context.route("**/*", self.answer)
        self.page = self.context.new_page()
        self.page.on("dialog", self.dismiss)

    def note(self) -> None:
        self.runs += 1

    def dismiss(self, dialog: Any) -> None:
        self.runs += 1
        dialog.dismiss()

    def answer(self, route: Any) -> None:
        """Answer from the site; what leads to another host is counted, and answered with a script that runs."""
        url = route.request.url
        body = self.site.get(url.removeprefix(HOST).partition("?")[0].partition("#")[0])
        if not url.startswith(HOST):
            self.asked += not route.request.is_navigation_request()
            route.fulfill(body="alert(1)", content_type="text/javascript")
        elif body is None:
            route.fulfill(status=404, body="")
        else:
            route.fulfill(body=LOOKS.sub(b"", body), content_type="text/html; charset=utf-8")

    def open(self, path: str, pause: int = 0) -> list[str]:
        """Open a page, set off all that can be set off in it, and return what stands there that should not."""
        with contextlib.suppress(errors()):
            self.page.goto(HOST + path)
            found: list[str] = self.page.evaluate(PROVOKE)
            if pause:
                self.page.wait_for_timeout(pause)
            return found
        return ["the page went elsewhere"]

    def close(self) -> None:
        self.context.close()


def errors() -> type[Exception]:
    """Return what the browser's driver raises."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only where there is a browser to drive

    return Error


def poisoned(payload: str) -> Briefing:
    """Return a briefing that has a payload wherever a text can stand in it."""
    clean = whole()
    name = f"2031-05-02-{hashlib.sha256(payload.encode()).hexdigest()[:12]}"
    paragraphs = tuple(
        msgspec.structs.replace(each, id=f"{each.id}", text=f"{each.text} {payload}") for each in clean.paragraphs
    )
    figure: Figure = msgspec.structs.replace(
        clean.figures[0], quote=payload, unit=payload, qualifier=payload, measures=payload, period=payload
    )
    accord: Instrument = msgspec.structs.replace(clean.instruments[0], name=f"Accord {payload}")
    return msgspec.structs.replace(
        clean,
        id=name,
        title=payload,
        place=payload,
        issuer=Issuer(payload, "FR"),
        participants=(Participant(payload, payload, "IS"),),
        instruments=(accord,),
        paragraphs=paragraphs,
        sections=tuple(msgspec.structs.replace(each, title=payload) for each in clean.sections),
        figures=(figure,),
        source=msgspec.structs.replace(
            clean.source, url=payload, via=f"https://{payload}", file=f"{name}{payload}.txt"
        ),
        removed=(Removal(0, len(payload), payload, payload, 1),),
        notes=(Note(2, 12, 40, payload, payload, "2031-06-01", (payload, "https://example.org/")),),
    )


def site_of(payloads: Sequence[str], theme: Theme) -> dict[str, bytes]:
    """Return the pages of a site that has payloads in its captures, notes, glossary, rules and settings."""
    briefings = [poisoned(each) for each in payloads]
    broken = (unread(Capture(f"u{n}.txt", b"x"), each) for n, each in enumerate(payloads))
    briefings += [msgspec.structs.replace(each, title=each.problems[0].message) for each in broken]
    terms = TermNames(
        tuple(
            Term(f"Harbour {n} {each}", (each,), each, each, (each,), f"{each}\n\n{each}", "glossary/x.md")
            for n, each in enumerate(payloads)
        )
    )
    docs = [RuleDoc(each, each, each) for each in payloads]
    first = payloads[0]
    settings = Settings(title=first, description=first, navigation=(NavigationItem(first, first),))
    edition = make_edition(settings, docs, {each.id: each for each in briefings}.__getitem__)
    corpus = arrange([summarise(each, b"", terms) for each in briefings], terms)
    return {page.path: render(page, edition, theme).data for page in plan(corpus)}


def shipped() -> dict[str, str]:
    """Return the shipped templates."""
    return {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html")}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Theme:
    """Return the shipped theme with escaping and sanitising off: every text is taken for markup."""
    for place in ("rendering.markup.exact", "rendering.templates.written"):
        monkeypatch.setattr(f"readout_site.{place}", Markup)

    def raw(source: str, _root: str) -> Markup:
        return Markup(markdown.markdown(source))  # noqa: S704 - sanitising is off

    for place in ("margin", "lists"):
        monkeypatch.setattr(f"readout_site.rendering.{place}.to_html", raw)
    monkeypatch.setattr("readout_site.rendering.provenance.outward", lambda url: url)
    return load_theme(shipped())


def portions(payloads: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield payloads in portions."""
    for start in range(0, len(payloads), size):
        yield payloads[start : start + size]


LONG = pytest.mark.long
CHOSEN = [
    pytest.param(PAYLOADS[SAMPLE], id="sample"),
    pytest.param(PAYLOADS, id="all", marks=LONG),
]


@pytest.mark.browser
@pytest.mark.parametrize("payloads", CHOSEN)
def test_nothing_runs_with_the_policy_off(chromium: Any, payloads: Sequence[str]) -> None:
    theme, opened = load_theme(shipped()), 0
    window = Window(chromium, policy=False)
    for portion in portions([" ".join(few) for few in portions(payloads, 3)], 12):
        window.site = site_of(portion, theme)
        for path in window.site:
            assert window.open(path) == [], path
            assert (window.runs, window.asked) == (0, 0), path
            opened += 1
    window.page.wait_for_timeout(100)
    assert (window.runs, window.asked) == (0, 0)
    window.close()
    print(f"\n{len(payloads)} payloads, {opened} pages opened, 0 ran")  # noqa: T201 - the figures are the point


@pytest.mark.browser
@pytest.mark.parametrize("payloads", CHOSEN)
def test_nothing_runs_with_sanitising_off_and_the_policy_on(
    chromium: Any, bare: Theme, payloads: Sequence[str]
) -> None:
    kept, free = Window(chromium, policy=True), Window(chromium, policy=False)
    ran = 0
    for payload in payloads:
        site = site_of([payload], bare)
        path = next(path for path in site if path.startswith("readouts/2031/"))
        before = free.runs
        for window in (kept, free):
            window.site = site
            window.open(path, 40)
        ran += free.runs > before
        assert (kept.runs, kept.asked) == (0, 0), payload
    print(f"\n{len(payloads)} payloads, raw: 0 ran under the policy, {ran} without it")  # noqa: T201 - as above
    assert ran > len(payloads) / 2
    kept.close()
    free.close()


@pytest.mark.browser
@pytest.mark.parametrize("payloads", CHOSEN)
def test_nothing_runs_that_came_by_way_of_a_capture(chromium: Any, tmp_path: Path, payloads: Sequence[str]) -> None:
    (tmp_path / "content" / "captures").mkdir(parents=True)
    for suffix in ("txt", "md", "html"):
        for number, few in enumerate(portions(payloads, 10)):
            words = [f"<p>The leaders met and agreed on {each} for $3 billion.</p>" for each in few]
            text = "\n\n".join((f"<h1>Readout of a Call with {few[0]}</h1>", *words))
            place = tmp_path / "content" / "captures" / f"2031-05-02-{suffix}-{number}.{suffix}"
            place.write_text(text, encoding="utf-8")
    build(tmp_path, tmp_path / "build", silently)
    built = tmp_path / "build"
    window = Window(chromium, policy=False)
    window.site = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*.html")}
    for path in window.site:
        assert window.open(path) == [], path
        assert (window.runs, window.asked) == (0, 0), path
    window.close()
