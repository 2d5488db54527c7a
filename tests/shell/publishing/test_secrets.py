"""No password and no token is in any output, whatever goes wrong."""

import http.server
import re
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from readout_site.shell.redaction import redact
from readout_site.shell.scaffold import create_site

Run = Callable[..., Result]
CANARY = "c4nary-s3cret-t0ken"
ECHO = f'#!/bin/sh\necho "said https://ada:{CANARY}@example.org/x and $GITHUB_TOKEN, token={CANARY}" >&2\n'


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with a status, and with all that it was asked with."""

    status = 500

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        about = f"{self.path} {self.headers} {CANARY}"
        body = (
            f"<Error><Code>Odd</Code><Message>https://ada:{CANARY}@x/ token={CANARY} {about}</Message></Error>".encode()
        )
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("WWW-Authenticate", f'Basic realm="{CANARY}"')
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer  # noqa: N815 - as the library calls them

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def echo() -> Iterator[Callable[[int], str]]:
    """Return a function that starts a server which answers with a status, and returns its host and port."""
    servers = []

    def start(status: int) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Kind", (Echo,), {"status": status}))
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def canaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put secrets wherever the tools look for them."""
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "RSYNC_PASSWORD", "NETLIFY_AUTH_TOKEN"):
        monkeypatch.setenv(name, CANARY)
    monkeypatch.setenv("GIT_TERMINAL_PROMPT", "0")
    create_site(tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")


def check_silent(done: Result) -> None:
    assert done.exit_code != 0
    said = f"{done.output}{done.stderr}{done.exception!r}"
    assert re.search(r"(?i)error", said)
    assert CANARY not in said


def fake(program: str, code: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a program fail, and tell all that it knows."""
    place = folder / "fake" / program
    place.parent.mkdir()
    place.write_text(f"{ECHO}exit {code}\n", encoding="ascii")
    place.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(place.parent), prepend=":")


def add_settings(text: str) -> None:
    with Path("site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(text)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 500, 503])
def test_a_service_that_tells_all_it_was_asked_with(run: Run, echo: Callable[[int], str], status: int) -> None:
    add_settings(f"publish:\n  bucket: example\n  endpoint: http://{echo(status)}\n  region: us-east-1\n")
    check_silent(run("publish"))


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_git_server_that_refuses(
    run: Run, echo: Callable[[int], str], status: int, git_in: Callable[..., str]
) -> None:
    git_in("init", "--quiet")
    git_in("remote", "add", "origin", f"http://ada:{CANARY}@{echo(status)}/site.git")
    check_silent(run("publish", "--to", "branch:gh-pages"))


@pytest.mark.parametrize(
    "remote",
    [
        f"http://ada:{CANARY}@127.0.0.1:1/x.git", f"http://{CANARY}@127.0.0.1:1/x.git", f"odd://ada:{CANARY}@h/x",
        f"file://ada:{CANARY}@h/no-such", f"ssh://ada:{CANARY}@127.0.0.1:1/x",
    ],
)  # fmt: skip
def test_a_remote_that_is_not_there(run: Run, remote: str, git_in: Callable[..., str]) -> None:
    git_in("init", "--quiet")
    git_in("remote", "add", "origin", remote)
    check_silent(run("publish", "--to", "branch:gh-pages"))


def test_a_hook_that_tells_the_token(run: Run, tmp_path: Path, git_in: Callable[..., str]) -> None:
    git_in("init", "--quiet", "--bare", str(tmp_path / "bare.git"))
    hook = tmp_path / "bare.git" / "hooks" / "pre-receive"
    hook.write_text(f"{ECHO}exit 1\n", encoding="ascii")
    hook.chmod(stat.S_IRWXU)
    git_in("init", "--quiet")
    git_in("remote", "add", "origin", str(tmp_path / "bare.git"))
    check_silent(run("publish", "--to", "branch:gh-pages"))


@pytest.mark.parametrize("code", [1, 5, 10, 12, 23, 24, 30, 35, 127, 255])
@pytest.mark.parametrize("program", ["rsync", "git"])
def test_a_program_that_tells_all_it_knows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: int
) -> None:
    fake(program, code, tmp_path, monkeypatch)
    (tmp_path / "www").mkdir()
    check_silent(run("publish", "--to", "rsync:../www" if program == "rsync" else "branch:gh-pages", "--first"))


@pytest.mark.parametrize(
    "text",
    [
        f"publish:\n  branch: a\n  remote: https://ada:{CANARY}@example.org/x\n",
        f"publish:\n  branch: a\n  remote: https://{CANARY}@example.org/x\n",
        f"publish:\n  bucket: example\n  endpoint: https://ada:{CANARY}@example.org\n",
        f"publish:\n  rsync: rsync://ada:{CANARY}@example.org/www\n",
        f"publish:\n  folder: ../www\nbase_url: https://ada:{CANARY}@example.org/\n",
    ],
)
def test_a_password_in_the_settings(run: Run, text: str) -> None:
    Path("site.yaml").write_text(text, encoding="utf-8")
    check_silent(run("publish"))
    check_silent(run("build"))


@pytest.mark.parametrize(
    "words",
    [
        ("publish", "--to", f"rsync:rsync://ada:{CANARY}@example.org/www"),
        ("publish", "--to", f"branch:https://ada:{CANARY}@example.org"),
        ("publish", "--to", f"bucket:https://ada:{CANARY}@example.org"),
        ("publish", "--to", f"https://ada:{CANARY}@example.org"),
        ("verify", "--url", f"https://ada:{CANARY}@example.org/"),
        ("verify", "--url", f"https://{CANARY}@example.org/"),
    ],
)
def test_a_password_on_the_command_line(run: Run, words: tuple[str, ...]) -> None:
    check_silent(run(*words))


def test_a_site_that_answers_with_errors(run: Run, echo: Callable[[int], str]) -> None:
    run("build")
    check_silent(run("verify", "--url", f"http://{echo(500)}/"))


def test_words_without_secrets_stay_as_they_are() -> None:
    text = "branch gh-pages of git@example.org:ada/site.git: 3 files, authorization failed; see https://example.org/a@b"
    assert redact(text) == text


@pytest.mark.parametrize(
    "text",
    [f"https://ada:p@{CANARY}@example.org/x", f"Authorization: {CANARY}", f"authorization: Bearer {CANARY}",
     f"Authorization Basic {CANARY}", f"X-Amz-Signature={CANARY}", f"password={CANARY}"],
)  # fmt: skip
def test_a_secret_is_taken_out_wherever_it_stands(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "RSYNC_PASSWORD", "NETLIFY_AUTH_TOKEN"):
        monkeypatch.delenv(name)
    assert "***" in redact(text)
    assert not set(CANARY.split("-")) & set(re.split(r"\W+", redact(text)))
