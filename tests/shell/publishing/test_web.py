"""What is served at an address against what was built."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from readout_site.shell.preview import LIVE, OWN
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.verify import verify_web
from readout_site.shell.publishing.web import Web
from readout_site.shell.track import silently


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and fails where it is told to."""

    faults: list[int] = []  # noqa: RUF012 - each server has its own

    def do_GET(self) -> None:
        if self.faults:
            self.send_error(self.faults.pop())
        else:
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Return a function that serves a folder, and returns its address."""
    servers = []

    def start(folder: Path, faults: list[int] | None = None) -> str:
        handler = type("Kind", (Quiet,), {"faults": faults or []})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_each_changed_and_missing_file_is_named(sites: Any, serve: Callable[..., str], tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(sites.before, served)
    found = verify_web(sites.site, sites.before, Web(serve(served)), silently)
    assert (found.files, found.changed, found.missing) == (len(sites.shown(sites.before).keys() - {"_headers"}), (), ())
    (served / "index.html").write_bytes(b"another")
    (served / "method.html").unlink()
    found = verify_web(sites.site, sites.before, Web(serve(served)), silently)
    assert (found.changed, found.missing, found.extra) == (("index.html",), ("method.html",), ())


def test_a_server_that_stumbles_is_asked_again(sites: Any, serve: Callable[..., str]) -> None:
    found = verify_web(sites.site, sites.before, Web(serve(sites.before, [500, 503])), silently)
    assert (found.changed, found.missing) == ((), ())


def test_the_preview_is_told_from_what_is_published(sites: Any, serve: Callable[..., str], tmp_path: Path) -> None:
    served = tmp_path / "served"
    shutil.copytree(sites.before, served)
    shutil.copytree(LIVE, served / OWN.strip("/"))
    with pytest.raises(PublishError, match="is the preview of `readout-site serve`, not what is published; name the"):
        verify_web(sites.site, sites.before, Web(serve(served)), silently)


@pytest.mark.parametrize("status", [401, 500])
def test_a_server_that_refuses_is_told(sites: Any, serve: Callable[..., str], status: int) -> None:
    with pytest.raises(PublishError, match=rf"^http://127\.0\.0\.1:\d+/: {status} .*; mend the address or the network"):
        verify_web(sites.site, sites.before, Web(serve(sites.before, [status] * 1000)), silently)


def test_an_address_where_nothing_is_is_told(sites: Any) -> None:
    with pytest.raises(PublishError, match="mend the address or the network"):
        verify_web(sites.site, sites.before, Web("http://127.0.0.1:1/"), silently)
