"""The dev server shows what is on disk now, tells what is wrong, and gives away nothing else."""

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from readout_site.shell.scaffold import create_site
from readout_site.shell.serve import PortError, listen

PAGE = "/readouts/2024/05/14-example-sample.html"
CAPTURE = "content/captures/2024-05-14-example-sample.txt"
PATIENCE = 20.0


class Server:
    """A running `readout-site serve`."""

    def __init__(self, site: Path, process: subprocess.Popen[str], port: int) -> None:
        self.site, self.process, self.port = site, process, port

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body of an answer."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path, skip_host="host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")

    def until(self, path: str, test: Callable[[str], object]) -> float:
        """Return how many seconds it takes until a page is as it should be."""
        began = time.perf_counter()
        while not test(self.get(path)[2]):
            assert time.perf_counter() - began < PATIENCE, f"{path} is not as it should be"
            time.sleep(0.02)
        return time.perf_counter() - began


def start(site: Path, *words: str) -> Server:
    """Start a server on any free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "readout_site", "serve", "--site", str(site), "--port", str(port), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in iter(process.stdout.readline, "") if process.stdout else ():
        if found := re.search(r"Serving http://[^:]+:(\d+)/", line):
            return Server(site, process, int(found[1]))
    raise AssertionError("the server did not start")


def stop(server: Server) -> str:
    """Stop a server as Ctrl+C does, and return what it still said."""
    server.process.send_signal(signal.SIGINT)
    said, _ = server.process.communicate(timeout=PATIENCE)
    assert server.process.returncode == 0
    return said


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of a site with a few things that no one should see."""
    site = tmp_path_factory.mktemp("served") / "site"
    create_site(site)
    (site.parent / "secret.txt").write_text("secret")
    server = start(site)
    build = site / "build"
    (build / ".hidden.html").write_text("secret")
    (build / "link.txt").symlink_to(site.parent / "secret.txt")
    (build / "linked").symlink_to(site.parent)
    yield server
    stop(server)


def test_a_page_comes_with_the_script_that_keeps_it_new(server: Server) -> None:
    status, headers, page = server.get(PAGE)
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert '<script src="/__readout__/live.js" data-page="' in page
    assert "script-src 'self'; connect-src 'self'" in page
    assert server.get("/__readout__/live.js")[0] == server.get("/__readout__/live.css")[0] == 200
    assert "__readout__" not in (server.site / "build" / PAGE[1:]).read_text()
    assert not {name for name in headers if name.startswith("access-control")}


def test_files_come_as_they_are(server: Server) -> None:
    assert server.get("/")[2] == server.get("/index.html")[2]
    assert server.get(PAGE.replace(".html", ".txt"))[1]["content-type"] == "text/plain"
    assert server.get("/static/site.css")[2] == (server.site / "build" / "static" / "site.css").read_text()
    tag = server.get("/static/site.css")[1]["etag"]
    assert server.get("/static/site.css", **{"if-none-match": tag})[0] == 304
    status, _, page = server.get("/nowhere.html")
    assert status == 404
    assert "Page not found" in page
    assert server.get(PAGE, "HEAD")[2] == ""


HOSTILE = [
    "/../secret.txt", "/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt", "/..\\secret.txt", "/%5c..%5csecret.txt", "/readouts/../../secret.txt", "/./index.html",
    "/readouts/..", "/..", "/.", "/%00", "/index.html%00", "/index.html%00.txt", "/.hidden.html", "/.git/config",
    "/.readout-site-manifest.json", "/%2ehidden.html", "/link.txt", "/linked/secret.txt", "/linked", "//etc/passwd",
    "//example.org/", "/etc/passwd", "/%2fetc/passwd", "/%ff%fe", "/%c0%ae%c0%ae/secret.txt", "/%252e%252e/secret.txt",
    "/__readout__/../serve.py", "/__readout__/%2e%2e/serve.py", "/__readout__/..%2fserve.py", "/__readout__/",
    "/__readout__/live", "/__readout__", "/a" * 2000, "/" + "x" * 5000, "/con", "/index.html/", "/index.html/x",
    "/readouts", "/static", "/..;/secret.txt", "/%u002e%u002e/secret.txt", "/~root", "/%", "/%zz",
    "/?/../secret.txt%00",
]  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_nothing_outside_the_site_is_given_away(server: Server, path: str) -> None:
    status, _, body = server.get(path)
    assert "secret" not in body
    assert "root:" not in body
    assert status in ({400, 404} if "?" not in path else {200, 400, 404})


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"host": "evil.example"}, 403),
        ("GET", {"host": "evil.example:8000"}, 403),
        ("GET", {"host": "localhost.evil.example"}, 403),
        ("GET", {"host": "127.0.0.1.nip.example"}, 403),
        ("GET", {"host": ""}, 403),
        ("GET", {"host": "localhost:1"}, 200),
        ("GET", {"host": "[::1]:1"}, 200),
        ("GET", {"origin": "https://evil.example"}, 403),
        ("GET", {"origin": "null"}, 403),
        ("POST", {}, 405),
        ("PUT", {}, 405),
        ("DELETE", {}, 405),
        ("OPTIONS", {}, 405),
    ],
)
def test_only_this_machine_reads_the_site(server: Server, method: str, headers: dict[str, str], status: int) -> None:
    assert server.get("/", method, **headers)[0] == status
    assert server.get("/__readout__/live.js", method, **headers)[0] == status


def test_an_edit_shows_at_once_and_a_mistake_is_told_and_mended(tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    server = start(tmp_path / "site")
    try:
        capture = server.site / CAPTURE
        text = capture.read_text()
        capture.write_text(text.replace("lighthouses", "lanterns"))
        assert server.until(PAGE, lambda page: "lanterns" in page and "lighthouses" not in page) < 5
        (server.site / "site.yaml").write_text("title: [broken\n")
        time.sleep(1.5)
        assert server.get(PAGE)[0] == 200
        (server.site / "site.yaml").write_text("title: Mended\n")
        server.until("/index.html", lambda page: "Mended" in page)
        (server.site / "content" / "captures" / "2024-06-01-new.txt").write_text(text)
        server.until("/readouts/2024/06/01-new.html", lambda page: "lighthouses" in page)
        (server.site / "templates").mkdir(exist_ok=True)
        (server.site / "templates" / "missing.html").write_text("mine")
        server.until("/nowhere", lambda page: page == "mine")
        capture.unlink()
        server.until(PAGE, lambda page: page == "mine")
    finally:
        said = stop(server)
    assert "site.yaml:2: did not find expected" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "site").glob(".build*"))


def test_a_port_that_is_taken_is_passed_over_with_a_word(server: Server, tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    command = [sys.executable, "-m", "readout_site", "serve", "--site", str(tmp_path / "site")]
    with subprocess.Popen([*command, "--port", str(server.port)], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert f"Port {server.port} is taken; this is " in process.stderr.readline()
        process.terminate()


def test_a_host_that_is_not_of_this_machine_is_told() -> None:
    with pytest.raises(PortError, match=r"192\.0\.2\.1: is no address of this machine"):
        listen("192.0.2.1", 8000)


def test_no_port_is_tried_after_the_last_one() -> None:
    with socket.create_server(("127.0.0.1", 65535)), pytest.raises(PortError, match="name another with --port"):
        listen("127.0.0.1", 65535)


def test_no_process_outlives_the_server(tmp_path: Path) -> None:
    create_site(tmp_path / "site")
    server = start(tmp_path / "site")
    tasks = Path(f"/proc/{server.process.pid}/task")
    children = [child for task in tasks.glob("*/children") for child in task.read_text().split()]
    assert children
    server.process.kill()
    server.process.communicate()
    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture
def page(server: Server, chromium: Any) -> Iterator[Any]:
    """Open the page of the example in Chromium."""
    page = chromium.new_page(viewport={"width": 390, "height": 500})
    page.goto(f"http://127.0.0.1:{server.port}{PAGE}")
    yield page
    page.close()


def wait(page: Any, condition: str) -> None:
    """Wait until a condition holds in the page; its policy lets no test's script in, only what is evaluated."""
    deadline = time.monotonic() + PATIENCE
    while not evaluated(page, condition):
        assert time.monotonic() < deadline, condition
        time.sleep(0.02)


def evaluated(page: Any, condition: str) -> Any:
    """Return what an expression gives, or nothing while the page is being loaded."""
    with contextlib.suppress(playwright_error()):
        return page.evaluate(condition)
    return None


def playwright_error() -> type[Exception]:
    """Return what the browser's driver raises."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only where there is a browser to drive

    return Error


@pytest.mark.browser
def test_an_open_page_comes_up_to_date_and_keeps_its_place(server: Server, page: Any) -> None:
    capture, style = server.site / CAPTURE, server.site / "templates" / "static" / "site.css"
    text = capture.read_text()
    page.evaluate("scrollTo(0, 300)")
    capture.write_text(text.replace("lighthouses", "beacons"))
    wait(page, "document.body.textContent.includes('beacons')")
    wait(page, "scrollY === 300")
    page.evaluate("window.same = true")
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text("body { background: rgb(1, 2, 3) !important }")
    wait(page, "getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'")
    assert page.evaluate("window.same")
    (server.site / "site.yaml").write_text("titel: x\n")
    page.wait_for_selector("#readout-told.error")
    assert "did you mean `title`?" in page.inner_text("#readout-told")
    (server.site / "site.yaml").write_text("title: x\n")
    wait(page, "!document.getElementById('readout-told')")
    style.unlink()
    capture.write_text(text)
    wait(page, "document.body.textContent.includes('lighthouses')")
