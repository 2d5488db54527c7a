"""A connection that is cut at every single request: no page that was live breaks, and the repeat does only the rest."""

import contextlib
import http.client
import http.server
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from readout_site.shell.publishing import folder
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.publish import Terms
from readout_site.shell.publishing.target import Target

Cut = tuple[Target | None, Callable[[], int]]
"""The place behind a line that will be cut, where it is not reached as always; and how many calls were made."""

EVERYWHERE = range(1, 200)
SAMPLE = {"folder": (1, 2, 9, 20, 31, 60), "bucket": (3, 24), "rsync": (2, 6, 11), "branch": (3, 12, 17, 22)}
MANNERS = {
    "folder": ("before", "within", "after"),
    "rsync": ("before", "within", "after"),
    "branch": ("before", "after"),
    "bucket": ("before", "after"),
}
CASES = [(kind, manner) for kind, manners in MANNERS.items() for manner in manners]
WRAPPER = """#!/bin/sh
number=$(($(cat "{calls}" 2>/dev/null || echo 0) + 1))
echo $number > "{calls}"
half() {{ python3 -c 'n = input().split("\\0")[:-1]; print(*n[: len(n) // 2], sep="\\0", end="")'; }}
dead() {{ echo "fatal: the remote end hung up unexpectedly" >&2; exit {code}; }}
[ $number -gt {cut} ] && dead
[ $number -lt {cut} ] && exec "{program}" "$@"
case "{manner} $*" in
    after*) "{program}" "$@" ;;
    within*--files-from=-*) half | "{program}" "$@" ;;
esac
dead
"""
"""Stands for a program whose line is cut at a call: before it, when half of its files are through, or after it."""


class Killed(BaseException):
    """The process ends here."""


@contextlib.contextmanager
def cut_files(_: Any, number: int, manner: str, __: Path) -> Iterator[Cut]:
    """Let the process die at a call that writes or deletes."""
    made = 0

    def dying(act: Callable[..., object], tear: Callable[..., object]) -> Callable[..., object]:
        def call(*args: Any, **options: Any) -> None:
            nonlocal made
            made += 1
            if made == number and manner == "within":
                tear(*args)
            if made < number or (made == number and manner == "after"):
                act(*args, **options)
            if made >= number:
                raise Killed

        return call

    unlink = Path.unlink
    delete = dying(unlink, lambda *_: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "write_whole", dying(folder.write_whole, write_half))
        patch.setattr(
            Path, "unlink", lambda self, **options: (delete if "www" in self.parts else unlink)(self, **options)
        )
        yield None, lambda: made


def write_half(path: Path, data: bytes) -> None:
    """Leave what a process leaves that is killed while it writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f".{path.name}.part").write_bytes(data[: len(data) // 2])


@contextlib.contextmanager
def cut_calls(place: Any, number: int, manner: str, scratch: Path) -> Iterator[Cut]:
    """Let the program that carries the files lose its connection at a call of it."""
    name, code = {"branch": ("git", 128), "rsync": ("rsync", 12)}[place.kind]
    wrapper = scratch / f"bin-{number}" / name
    wrapper.parent.mkdir()
    calls = wrapper.with_name("calls")
    text = WRAPPER.format(calls=calls, code=code, cut=number, program=shutil.which(name), manner=manner)
    wrapper.write_text(text, encoding="ascii")
    wrapper.chmod(stat.S_IRWXU)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
        yield None, lambda: int(calls.read_text(encoding="ascii"))


@contextlib.contextmanager
def cut_requests(place: Any, number: int, manner: str, _: Path) -> Iterator[Cut]:
    """Let the line to the server be cut at a request."""
    proxy = Proxy(place.server, number, manner)
    threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield place.open(endpoint=f"http://127.0.0.1:{proxy.server_port}"), lambda: proxy.count
    finally:
        proxy.shutdown()
        proxy.server_close()


class Proxy(http.server.ThreadingHTTPServer):
    """Passes requests on, one after another, until it is cut."""

    daemon_threads = True

    def __init__(self, server: str, number: int, manner: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.host = urlsplit(server).netloc
        self.passed = number if manner == "after" else number - 1
        self.number = number
        self.count = 0
        self.one = threading.Lock()


class Passing(http.server.BaseHTTPRequestHandler):
    """Passes a request on and its answer back, or closes the connection."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.one:
            self.server.count += 1
            count = self.server.count
            answer = self.forward(body) if count <= self.server.passed else None
        if answer and count < self.server.number:
            self.answer(*answer)
        else:
            self.close_connection = True

    def forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.server.host, timeout=20)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), data

    def answer(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_DELETE = pass_on  # noqa: N815 - as the library calls them

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


CUTS = {"folder": cut_files, "rsync": cut_calls, "branch": cut_calls, "bucket": cut_requests}


class Trial:
    """A publication of a day's edits that is cut, looked at, and done again."""

    def __init__(self, make_place: Any, sites: Any) -> None:
        self.make_place = make_place
        self.sites = sites
        self.bring = sites.bring
        self.own = sites.own
        self.out = sites.after
        self.before: Mapping[str, bytes] = sites.shown(sites.before)
        self.after: Mapping[str, bytes] = sites.shown(sites.after)

    def run(self, kind: str, manner: str, number: int, scratch: Path) -> bool:
        """Cut at a call, and return whether it came to that."""
        place = self.make_place(kind)
        self.bring(place)
        with CUTS[kind](place, number, manner, scratch) as (target, calls):
            with contextlib.suppress(PublishError, Killed):
                self.bring(place, self.out, Terms(), target)
            made = calls()
        live = self.own(place)
        self.check_live(live, whole=kind == "branch")
        survey = self.bring(place, self.out, Terms())
        assert set(survey.plan.puts()) == {path for path, data in self.after.items() if live.get(path) != data}
        assert set(survey.plan.deleted) == (live.keys() & self.before.keys()) - self.after.keys()
        done = self.own(place)
        assert {path: data for path, data in done.items() if not path.endswith(".part")} == self.after
        assert self.bring(place, self.out, Terms()).plan.touched() == ()
        return made >= number

    def check_live(self, live: Mapping[str, bytes], *, whole: bool) -> None:
        """See that each file is an old or a new one, and that all that readers can come to is there."""
        files = {path: data for path, data in live.items() if not path.endswith(".part")}
        assert all(data in (self.before.get(path), self.after.get(path)) for path, data in files.items())
        if whole:
            assert files in (self.before, self.after)
        deleting = not self.before.keys() <= files.keys()
        roots = [path for path in self.before if path.endswith(".html") and (path in self.after or not deleting)]
        assert self.sites.dead_links(files, roots) == []


@pytest.fixture
def trial(make_place: Any, sites: Any) -> Trial:
    return Trial(make_place, sites)


@pytest.mark.parametrize(("kind", "manner"), CASES)
def test_a_cut_breaks_no_page_and_the_repeat_does_the_rest(
    trial: Trial, kind: str, manner: str, tmp_path: Path
) -> None:
    cuts = [number for number in SAMPLE[kind] if trial.run(kind, manner, number, tmp_path)]
    assert len(cuts) >= len(SAMPLE[kind]) - 1 > 0


@pytest.mark.long
@pytest.mark.parametrize(("kind", "manner"), CASES)
def test_a_cut_at_every_single_call_breaks_no_page_and_the_repeat_does_the_rest(
    trial: Trial, kind: str, manner: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    number = next(number for number in EVERYWHERE if not trial.run(kind, manner, number, tmp_path))
    record_property("cuts", number - 1)
    assert number > 8


def test_a_check_that_would_see_a_broken_page(trial: Trial) -> None:
    broken = {path: data for path, data in trial.before.items() if path != "method.html"}
    with pytest.raises(AssertionError):
        trial.check_live(broken, whole=False)
