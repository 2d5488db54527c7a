"""The dev server under hostile requests, slow clients and floods of saves answers rightly and soon."""

import contextlib
import logging
import re
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h11
import pytest
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.shell.test_serve import CAPTURE, PAGE, PATIENCE, Server, start, stop

from readout_site.shell.scaffold import create_site
from readout_site.shell.serve import is_own_fault

EVENTS = "/__readout__/events"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of a new site; at its end it must have said nothing of faults, its own or those of clients."""
    site = tmp_path_factory.mktemp("hostile") / "site"
    create_site(site)
    server = start(site)
    yield server
    said = stop(server)
    assert [word for word in ("Traceback", "ERROR", "WARNING") if word in said] == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (None, True),
        (ValueError("x"), True),
        (h11.LocalProtocolError("Too much data for declared Content-Length"), True),
        (h11.LocalProtocolError("can't handle event type Response when role=SERVER and state=MUST_CLOSE"), False),
    ],
)
def test_faults_of_our_own_are_told(error: Exception | None, *, told: bool) -> None:
    about = (type(error), error, None) if error else None
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "Exception", None, about)
    assert is_own_fault(record) == told


def talk(server: Server, data: bytes, patience: float = 5.0) -> bytes:
    """Return what the server answers to bytes as they are."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=patience) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            while piece := connection.recv(65536):
                answer += piece
    return answer


def status_of(answer: bytes) -> int:
    """Return the status of an answer; 0 where the server closed without one."""
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(found[1]) if found else 0


HOST = b"Host: 127.0.0.1\r\n"
REQUESTS: dict[str, tuple[bytes, set[int]]] = {
    "no host": (b"GET / HTTP/1.1\r\n\r\n", {400, 403}),
    "no host in 1.0": (b"GET / HTTP/1.0\r\n\r\n", {403}),
    "empty host": (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", {400, 403}),
    "two hosts": (b"GET / HTTP/1.1\r\n" + HOST + b"Host: evil.example\r\n\r\n", {400, 403}),
    "two hosts, the foreign first": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + HOST + b"\r\n", {400, 403}),
    "foreign host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", {403}),
    "foreign host after ours": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", {403}),
    "foreign host with our name as user": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n\r\n", {400, 403}),
    "host with a path": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1/evil.example\r\n\r\n", {400, 403}),
    "host in bytes that are no text": (b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n", {400, 403}),
    "absolute address of another": (
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", {400, 403, 404},
    ),
    "absolute address": (b"GET http://evil.example/../x HTTP/1.1\r\n" + HOST + b"\r\n", {400, 403, 404}),
    "star": (b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404, 405}),
    "connect": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404, 405}),
    "trace": (b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n", {405}),
    "patch": (b"PATCH / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\n\r\nx", {405}),
    "a method of its own": (b"BREW / HTTP/1.1\r\n" + HOST + b"\r\n", {400, 405}),
    "post with a form": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\na=b", {405}),
    "get with a body": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\n\r\na=b", {200, 400}),
    "two lengths": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", {400}),
    "length and chunks": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400, 405},
    ),
    "negative length": (b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", {400}),
    "broken chunks": (b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {400, 405}),
    "no version": (b"GET /\r\n\r\n", {0, 400}),
    "a version of the future": (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n", {0, 200, 400}),
    "tls": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {0, 400}),
    "noise": (bytes(range(256)), {0, 400}),
    "space in the path": (b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "nul in the path": (b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "nul in a header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n", {400}),
    "folded header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n", {200, 400}),
    "bare line feeds": (b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n", {200, 400}),
    "header of 64 KB": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 65536 + b"\r\n\r\n", {0, 200, 400, 431}),
    "a thousand headers": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 1000 + b"\r\n", {200, 400, 431}),
    "path of 64 KB": (b"GET /" + b"a" * 65536 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {0, 400, 404, 414, 431}),
    "parent": (b"GET /../secret HTTP/1.1\r\n" + HOST + b"\r\n", {400, 404}),
    "fragment": (b"GET /#x HTTP/1.1\r\n" + HOST + b"\r\n", {200, 400, 404}),
    "websocket": (
        b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n", {200, 400, 403, 426},
    ),
    "range past the end": (b"GET / HTTP/1.1\r\n" + HOST + b"Range: bytes=99999999-\r\n\r\n", {200, 416}),
    "an old date": (b"GET / HTTP/1.1\r\n" + HOST + b"If-Modified-Since: x\r\nIf-None-Match: \xff\r\n\r\n", {200, 400}),
    "foreign origin": (b"GET / HTTP/1.1\r\n" + HOST + b"Origin: https://evil.example\r\n\r\n", {403}),
    "origin of a number": (b"GET / HTTP/1.1\r\n" + HOST + b"Origin: http://10.0.0.1\r\n\r\n", {403}),
    "no origin by name": (b"GET / HTTP/1.1\r\n" + HOST + b"Origin: null\r\n\r\n", {403}),
    "a script for another site": (b"GET / HTTP/1.1\r\n" + HOST + b"Sec-Fetch-Site: cross-site\r\n\r\n", {403}),
}  # fmt: skip


@pytest.mark.parametrize("name", REQUESTS)
def test_a_hostile_request_is_answered_right_and_never_by_a_fault(server: Server, name: str) -> None:
    data, wanted = REQUESTS[name]
    answer = talk(server, data)
    assert status_of(answer) in wanted, answer[:200]
    assert b"secret" not in answer
    assert b"access-control" not in answer.lower()
    assert server.get("/")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 403),
        ({"host": "localhost.evil.example"}, 403),
        ({"host": ""}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://10.0.0.1:8000"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_no_other_site_listens_to_what_is_new(server: Server, headers: dict[str, str], status: int) -> None:
    assert server.get(EVENTS, **headers)[0] == status


def test_a_link_from_another_site_may_be_followed(server: Server) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    status, headers, _ = server.get("/", **followed)
    assert (status, headers["x-frame-options"], headers["cross-origin-resource-policy"]) == (200, "DENY", "same-origin")


def test_idle_and_slow_clients_keep_no_one_waiting(server: Server) -> None:
    with contextlib.ExitStack() as stack:
        clients = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=5)) for _ in range(200)
        ]
        for client in clients[:50]:
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127")  # And no more.
        for client in clients[50:60]:
            client.sendall(f"GET {EVENTS} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())  # Never read.
        for client in clients[60:70]:
            client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 65536)
        times = []
        for _ in range(10):
            began = time.perf_counter()
            assert server.get(PAGE)[0] == 200
            times.append(time.perf_counter() - began)
    assert sorted(times)[5] < 1


def reports(said: str) -> int:
    """Count the builds that a server told of."""
    return len(re.findall(r"^\d\d:\d\d:\d\d (?:\d+ readout|The site changed)|^error:", said, re.MULTILINE))


def test_a_thousand_saves_are_built_twice_at_most_and_the_last_holds(tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    server = start(tmp_path / "site")
    capture = server.site / CAPTURE
    text = capture.read_text()
    try:
        began = time.perf_counter()
        for number in range(1000):
            capture.write_text(text.replace("lighthouses", f"lanterns-{number}"))
            time.sleep(max(0.0, began + number / 1000 - time.perf_counter()))
        took = time.perf_counter() - began
        server.until(PAGE, lambda page: "lanterns-999" in page)
        built = server.site / "build" / PAGE[1:]
        deadline = time.monotonic() + PATIENCE
        while "lanterns-999" not in built.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(1)
    finally:
        said = stop(server)
    assert 1 <= reports(said) <= 2 + took // 4  # A machine that is busy takes longer to save.
    assert "error:" not in said


def replaced(path: Path, text: str) -> None:
    """Save as many editors do: a new file beside the old one, then in its place."""
    part = path.with_name(f".{path.name}.swp")
    part.write_text(text)
    part.replace(path)


def kept_aside(path: Path, text: str) -> None:
    """Save as others do: the old file goes aside, the new one takes its name."""
    path.replace(path.with_name(f"{path.name}~"))
    path.write_text(text)


def emptied_first(path: Path, text: str) -> None:
    """Save as others do: no byte at first, then all."""
    path.write_bytes(b"")
    time.sleep(0.3)
    path.write_text(text)


@pytest.mark.parametrize("save", [replaced, kept_aside, emptied_first], ids=lambda save: save.__name__)
def test_however_an_editor_saves_the_page_comes_up_to_date(server: Server, save: Callable[[Path, str], None]) -> None:
    capture = server.site / CAPTURE
    text = re.sub(r"lighthouses|lanterns|\w+-lamps", "lighthouses", capture.read_text())
    save(capture, text.replace("lighthouses", f"{save.__name__}-lamps"))
    server.until(PAGE, lambda page: f"{save.__name__}-lamps" in page)


def test_a_capture_saved_empty_has_a_page_that_says_so(server: Server) -> None:
    capture = server.site / CAPTURE
    text = capture.read_text()
    capture.write_bytes(b"")
    server.until(PAGE, lambda page: "It is empty." in page)
    capture.write_text(text)
    server.until(PAGE, lambda page: "It is empty." not in page)


def test_a_capture_that_breaks_its_bounds_is_told_and_keeps_no_one_waiting(tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    server = start(tmp_path / "site")
    try:
        with (server.site / CAPTURE).open("ab") as file:  # At once: no save is missed, however early.
            file.truncate(100 * 1024 * 1024)
        began = time.perf_counter()
        assert server.get("/index.html")[0] == 200
        assert time.perf_counter() - began < 1
        server.until(PAGE, lambda page: "It is larger than 4 MB" in page)
    finally:
        said = stop(server)
    assert "Traceback" not in said


def test_nothing_of_the_preview_is_published(server: Server) -> None:
    files = [path for path in (server.site / "build").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        assert b"__readout__" not in path.read_bytes()
        assert path.name not in {"live.js", "live.css"}


@pytest.mark.browser
def test_a_name_that_someone_turned_to_this_machine_is_refused(server: Server, chromium: Any) -> None:
    arguments = [*ARGUMENTS, "--host-resolver-rules=MAP evil.example 127.0.0.1"]
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    page = browser.new_page()
    for path in ("/", PAGE, EVENTS, "/__readout__/live.js"):
        answer = page.goto(f"http://evil.example:{server.port}{path}")
        assert (answer.status, "lighthouses" in answer.text()) == (403, False), path
    assert page.goto(f"http://127.0.0.1:{server.port}{PAGE}").status == 200
    browser.close()
