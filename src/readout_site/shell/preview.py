"""The output folder → answers to a browser, read-only: files as they are, pages with a script that keeps them new.

A request can name nothing outside the folder, and no page of another site can use the server: its `Host` must be the
machine's own (against DNS rebinding), its `Origin`, where there is one, the same.
"""

import asyncio
import hashlib
import html
import ipaddress
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from readout_site.shell.media_types import media_type

LIVE = Path(__file__).parent / "live"
OWN = "/__readout__/"
HIDDEN = re.compile(r"%(?:2e|2f|5c|00)", re.IGNORECASE)
POLICY = "default-src 'none'"
OPENED = "default-src 'none'; script-src 'self'; connect-src 'self'"
HEADERS = {
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
}
BUILDING = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Being built</title></head>"
    "<body><h1>The site is being built</h1><p>This page comes up to date by itself.</p></body></html>"
)
BEAT = 15.0
"""Seconds after which a connection that waits for news is told that it still stands."""

Fresh = Callable[[str], Awaitable[bytes | None]]
"""Returns the page at a path where it is another than was built."""


class Told(msgspec.Struct, frozen=True):
    """What the pages show of the last build."""

    error: str = ""  #: Why the site could not be built; empty where it could.
    problems: tuple[str, ...] = ()


class News:
    """What is new, for all browsers that listen."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.told = Told()
        self.listeners: set[asyncio.Queue[tuple[str, bytes]]] = set()

    def tell(self, told: Told) -> None:
        """Tell what became of a build."""
        self.told = told
        self.send("told", msgspec.json.encode(told))
        self.look()

    def look(self) -> None:
        """Ask the browsers to look whether their pages are up to date."""
        self.send("look", b"{}")

    def send(self, name: str, data: bytes) -> None:
        """Send an event to all who listen."""
        for listener in self.listeners:
            listener.put_nowait((name, data))

    async def listen(self) -> AsyncIterator[bytes]:
        """Yield events as they come (HTML Living Standard, 9.2 Server-sent events)."""
        queue: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self.listeners.add(queue)
        try:
            yield b"event: told\ndata: " + msgspec.json.encode(self.told) + b"\n\n"
            while True:
                try:
                    name, data = await asyncio.wait_for(queue.get(), BEAT)
                    yield f"event: {name}\ndata: ".encode() + data + b"\n\n"
                except TimeoutError:
                    yield b": still here\n\n"
        finally:
            self.listeners.discard(queue)


class Preview:
    """A site as it is shown to its author."""

    def __init__(self, out: Path, host: str, fresh: Fresh) -> None:
        """Show the folder `out` on `host`; `fresh` gives pages that were just edited."""
        self.out = Path(os.path.realpath(out))
        self.host = host
        self.fresh = fresh
        self.news = News()

    def application(self) -> Starlette:
        """Return the application."""
        return Starlette(routes=[Route("/{path:path}", self.answer, methods=None)])

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        if refusal := self.refusal(request):
            return refusal
        path = path_of(request)
        if path is None:
            return plain(400, "This is no address of the site.")
        if f"/{path}" == f"{OWN}events":
            return StreamingResponse(self.news.listen(), media_type="text/event-stream", headers=HEADERS)
        if f"/{path}".startswith(OWN):
            return tagged(request, LIVE / path.rpartition("/")[2]) or plain(404, "There is nothing here.")
        return await self.file(request, path)

    def refusal(self, request: Request) -> Response | None:
        """Return why a request is not answered: it is not a reading one, or comes by way of another site."""
        if request.method not in {"GET", "HEAD"}:
            return Response("Only GET and HEAD are answered.", 405, HEADERS | {"allow": "GET, HEAD"})
        host = request.headers.get("host", "")
        if not self.is_own(host):
            return plain(403, "This host is not served here; open the address that `readout-site serve` printed.")
        origin = request.headers.get("origin")
        foreign = request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
        asked = request.headers.get("sec-fetch-mode") != "navigate" and foreign
        if asked or (origin is not None and origin.partition("://")[2] != host):
            return plain(403, "Other sites may not read this one.")
        return None

    def is_own(self, host: str) -> bool:
        """Return whether a `Host` header names this machine by a name that no one else's DNS can give it."""
        name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
        if name in {"localhost", self.host}:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True

    async def file(self, request: Request, path: str) -> Response:
        """Return a file of the site, the page for what is not there, or that the site is being built."""
        name = f"{path}index.html" if not path or path.endswith("/") else path
        page = await self.fresh(name) if name.endswith(".html") else None
        if page is not None:
            return page_response(request, page)
        place = self.inside(name)
        if place and place.suffix != ".html":
            return tagged(request, place) or plain(404, "There is nothing here.")
        if place:
            return page_response(request, place.read_bytes())
        missing = self.inside("404.html")
        body = missing.read_bytes() if missing else BUILDING.encode()
        return page_response(request, body, 404 if missing else 503)

    def inside(self, name: str) -> Path | None:
        """Return where a file of the site lies; hidden ones and links out of the site are none."""
        if any(part.startswith(".") for part in name.split("/")):
            return None
        try:
            place = Path(os.path.realpath(self.out / name))
            return place if place.is_relative_to(self.out) and place.is_file() else None
        except OSError:  # The name is longer than the disk allows.
            return None


def path_of(request: Request) -> str | None:
    """Return the path that is asked for, without the first `/`; None where it is written to mislead."""
    raw = request.scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")
    path = unquote_to_bytes(raw)
    if HIDDEN.search(raw) or b"\\" in path or b"\0" in path or not raw.startswith("/"):
        return None
    try:
        name = path.decode()[1:]
    except UnicodeDecodeError:
        return None
    return None if {".", ".."}.intersection(name.split("/")) or "//" in f"/{name}" else name


def page_response(request: Request, page: bytes, status: int = 200) -> Response:
    """Return a page with the script that brings it up to date, its policy opened for that script alone."""
    tag = etag(page)
    live = f'<link rel="stylesheet" href="{OWN}live.css">'
    live += f'<script src="{OWN}live.js" data-page="{html.escape(tag)}"></script>'
    shown = page.replace(POLICY.encode(), OPENED.encode(), 1).replace(b"</body>", f"{live}</body>".encode(), 1)
    return conditional(request, shown, tag, media_type("index.html"), status)


def tagged(request: Request, place: Path) -> Response | None:
    """Return a file as it is, or nothing where it is not there any more."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    return conditional(request, data, etag(data), media_type(place.name), 200)


def conditional(request: Request, body: bytes, tag: str, kind: str, status: int) -> Response:
    """Return a body, or that the browser has it already (RFC 9110, 13.1.2)."""
    if status == 200 and request.headers.get("if-none-match") == tag:  # noqa: PLR2004 - as HTTP numbers it
        return Response(status_code=304, headers=HEADERS | {"etag": tag})
    return Response(body, status, HEADERS | {"etag": tag, "content-type": kind})


def etag(data: bytes) -> str:
    """Return what tells these bytes from others."""
    return f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'


def plain(status: int, words: str) -> Response:
    """Return a few words."""
    return Response(f"{words}\n", status, HEADERS | {"content-type": "text/plain; charset=utf-8"})
