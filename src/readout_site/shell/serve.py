"""The dev server: builds, serves, watches, and brings every open page up to date."""

import asyncio
import contextlib
import errno
import ipaddress
import logging
import re
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click
import msgspec
import uvicorn
from watchfiles import Change, awatch

from readout_site.errors import SiteError
from readout_site.shell.bulletin import ANEW, Bulletin
from readout_site.shell.disk import find_site
from readout_site.shell.output import check_output
from readout_site.shell.preview import Preview, Told
from readout_site.shell.report import describe_report
from readout_site.shell.terminal import print_problems, visible

TRIES = 50
"""So many ports are tried, the one asked for and those after it."""
LAST_PORT = 65535
DEBOUNCE, STEP = 200, 10
"""Milliseconds: changes that come within the first are told together, unless for the second nothing more comes."""
QUIET, FLOOD = 0.3, 5.0
"""Seconds without a change after which a flood of them is over, and the longest that one is waited for."""
LONGEST = 64 * 1024 * 1024
"""The most bytes of a line from the press, which tells all problems of a build."""
HEAD = 16 * 1024
"""The most bytes of a request's head."""
PATIENCE = 20.0
"""Seconds that a page just edited is waited for."""
REFUSED = re.compile(r"can't handle event type .* state=(?:MUST_CLOSE|CLOSED|ERROR)")
"""What h11 says of an answer to a client whose broken request was refused meanwhile."""

Stream = TypeVar("Stream")


class PortError(SiteError):
    """A host or port that cannot be served on."""


@dataclass
class Press:
    """The process that builds."""

    orders: asyncio.StreamWriter
    bulletins: asyncio.StreamReader
    place: str = ""  #: The socket at which pages just edited are to be had.
    stale: asyncio.Event = field(default_factory=asyncio.Event)  #: Set while something changed that is not built yet.

    async def build(self) -> Bulletin:
        """Build, and return what became of it."""
        self.orders.write(b"build\n")
        await self.orders.drain()
        line = await self.bulletins.readline()
        if not line:
            raise SiteError("the process that builds the site has ended; its last words stand above; start again")
        bulletin = msgspec.json.decode(line, type=Bulletin)
        self.place = bulletin.socket or self.place
        return bulletin

    async def fresh(self, path: str) -> bytes | None:
        """Return a page of a readout as it is now, where it is another than was built."""
        if not self.place or not path.startswith("readouts/"):
            return None
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await asyncio.open_unix_connection(self.place)
                writer.write(path.encode())
                writer.write_eof()
                answer = await reader.read(-1)
                writer.close()
        except (OSError, TimeoutError):
            return None
        return answer[1:] if answer[:1] == ANEW else None


def serve(site: Path, out: Path, host: str, port: int, *, browse: bool) -> None:
    """Serve the site until interrupted; raise `SiteError` where it cannot be begun."""
    place = check_output(find_site(site), out)
    listener = listen(host, port)
    if not is_loopback(host):
        click.echo(f"Warning: anyone who reaches {visible(host)} can read this site, drafts of edits too.", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(site, place, listener, host, browse=browse))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket on the first port that is free from `port` on."""
    for number in range(port, min(port + TRIES, LAST_PORT + 1)):
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listener = socket.create_server((host, number), family=family, backlog=128)
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise PortError(f"{host}: is no address of this machine; leave --host out") from error
            continue
        if number != port:
            click.echo(f"Port {port} is taken; this is {number}.", err=True)
        return listener
    raise PortError(f"{host}:{port}: cannot be served on, nor the ports after it; name another with --port")


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def run(site: Path, out: Path, listener: socket.socket, host: str, *, browse: bool) -> None:
    """Build, then serve and watch until one of them ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "readout_site.shell.press", str(site), str(out)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=LONGEST,
    )
    press = Press(piped(process.stdin), piped(process.stdout))
    preview = Preview(out, host, press.fresh)
    config = uvicorn.Config(
        preview.application(),
        http="h11",
        ws="none",
        log_level="error",  # Warnings tell of clients alone.
        access_log=False,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=HEAD,
    )
    logging.getLogger("uvicorn.error").addFilter(is_own_fault)
    server = uvicorn.Server(config)
    tasks = [asyncio.create_task(watch(site, press, preview))]  # Before anything is read, so that no save is missed.
    try:
        await publish(press, preview, site)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        click.echo(f"Serving {address} (Ctrl+C stops)")
        if browse:
            webbrowser.open(address)
        tasks += [asyncio.create_task(work) for work in (server.serve([listener]), rebuild(press, preview, site))]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        press.orders.close()
        await process.wait()


def is_own_fault(record: logging.LogRecord) -> bool:
    """Return whether a record tells of anything but a client that broke off."""
    error = record.exc_info[1] if record.exc_info else None
    return not REFUSED.match(str(error))


def piped(stream: Stream | None) -> Stream:
    """Return a pipe of a process that was started with it."""
    if stream is None:
        raise ValueError("the process was started without a pipe")
    return stream


async def watch(site: Path, press: Press, preview: Preview) -> None:
    """Note every change of the site, and let the open pages look at once."""
    async for _ in changes(site):
        press.stale.set()
        preview.news.look()


async def changes(site: Path) -> AsyncIterator[None]:
    """Yield whenever something of the site changed; folders that come are watched from then on."""
    while True:
        folders = [site / name for name in ("content", "templates") if (site / name).is_dir()]
        around = awatch(site, watch_filter=top, recursive=False, debounce=DEBOUNCE, step=STEP)
        within = awatch(*folders, watch_filter=within_site, debounce=DEBOUNCE, step=STEP) if folders else None
        queue: asyncio.Queue[bool] = asyncio.Queue()
        tasks = [asyncio.create_task(pass_on(around, queue, again=True))]
        tasks += [asyncio.create_task(pass_on(within, queue, again=False))] if within else []
        try:
            again = False
            while not again:
                again = await queue.get()
                yield
        finally:
            for task in tasks:
                task.cancel()


async def pass_on(source: AsyncIterator[object], queue: asyncio.Queue[bool], *, again: bool) -> None:
    """Put `again` into the queue for each change."""
    async for _ in source:
        queue.put_nowait(again)


def top(_change: Change, path: str) -> bool:
    """Return whether a change beside the folders of the site is one of it."""
    return Path(path).name in {"site.yaml", "content", "templates"}


def within_site(_change: Change, path: str) -> bool:
    """Return whether a changed file may be one of the site: hidden and backup files are not."""
    name = Path(path).name
    return not name.startswith(".") and not name.endswith("~")


async def rebuild(press: Press, preview: Preview, site: Path) -> None:
    """Build again whenever something changed."""
    while True:
        await press.stale.wait()
        press.stale.clear()
        await publish(press, preview, site)
        if press.stale.is_set():
            await settle(press)


async def settle(press: Press) -> None:
    """Wait, where changes come faster than they are built, until none comes for a while, or for long enough."""
    longest = time.monotonic() + FLOOD
    while press.stale.is_set() and time.monotonic() < longest:
        press.stale.clear()
        await asyncio.sleep(QUIET)
    press.stale.set()


async def publish(press: Press, preview: Preview, site: Path) -> None:
    """Build, and tell what became of it, in the terminal and in the pages."""
    began = time.perf_counter()
    bulletin = await press.build()
    if bulletin.overtaken:
        press.stale.set()
        click.echo(f"{time.strftime('%H:%M:%S')} The site changed while it was built; it is built again.")
        return
    if bulletin.report is None:
        click.echo(f"error: {visible(bulletin.error)}", err=True)
        preview.news.tell(Told(error=bulletin.error))
        return
    print_problems(site, bulletin.report.problems, verbose=False)
    click.echo(f"{time.strftime('%H:%M:%S')} {describe_report(bulletin.report, time.perf_counter() - began)}")
    preview.news.tell(Told(problems=lines(bulletin.report.problems)))


def lines(problems: Iterable[object]) -> tuple[str, ...]:
    """Return problems as lines."""
    return tuple(str(problem) for problem in problems)
