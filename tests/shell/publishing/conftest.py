"""A site before and after a day's edits, places to publish it to, and what readers find there."""

import functools
import html
import itertools
import os
import posixpath
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote

import boto3
import pytest
from botocore.config import Config
from botocore.loaders import create_loader
from moto.server import ThreadedMotoServer

from readout_site.settings import Publication
from readout_site.shell.build import build
from readout_site.shell.publishing import target as targets
from readout_site.shell.publishing.ledger import LEDGER
from readout_site.shell.publishing.opening import open_target
from readout_site.shell.publishing.publish import Survey, Terms, publish
from readout_site.shell.publishing.target import Target
from readout_site.shell.scaffold import create_site
from readout_site.shell.track import silently

CAPTURE = """\
Readout of President Ada Example’s Call with Prime Minister Ben Sample of {country}

President Ada Example spoke today by phone with Prime Minister Ben Sample of {country}. The leaders agreed to open \
{number} lighthouses, and they discussed trade in cork and wool worth $1.2 billion in 2023.
"""
COUNTRIES = ("New Zealand", "Portugal", "Iceland", "Chile", "Kenya", "Norway", "Peru", "Ghana")
LINK = re.compile(r"""(?:href|src)="([^"]*)\"""")
FIRST = Terms(first=True)
LOADER = functools.cache(create_loader)
"""Reads the library's own description of the service once for all clients."""
NUMBERS = itertools.count(1)
HAVE_TO = {"rsync": shutil.which("rsync"), "branch": shutil.which("git")}


class Place(Protocol):
    """A place to publish to, as a test sees it."""

    kind: str

    def open(self, *, adopt: bool = False, out: Path | None = None) -> Target: ...

    def live(self) -> dict[str, bytes]: ...

    def add(self, path: str, data: bytes) -> None: ...

    def add_all(self, files: Mapping[str, bytes]) -> None: ...

    def remove(self, path: str) -> None: ...


class Sites:
    """One site, built before and after a day's edits, where a test asks for that."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self.folder = folder

    @property
    def before(self) -> Path:
        """Return the output folder from before the edits."""
        return self.built[0]

    @property
    def after(self) -> Path:
        """Return the output folder from after them."""
        return self.built[1]

    @functools.cached_property
    def built(self) -> tuple[Path, Path]:
        """Build both."""
        before, after = self.folder / "before", self.folder / "after"
        create_site(self.site)
        captures = self.site / "content" / "captures"
        for number, country in enumerate(COUNTRIES[:6]):
            self.write(number, country, "3")
        build(self.site, before, silently)
        for number in (0, 1):
            (captures / f"2024-06-0{number + 1}-example-sample-{number}.txt").unlink()
        self.write(2, COUNTRIES[2], "4,000")
        for number, country in enumerate(COUNTRIES[6:], start=6):
            self.write(number, country, "5")
        settings = self.site / "site.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("Example readouts", "More readouts"), "utf-8")
        build(self.site, after, silently)
        return before, after

    def bring(self, place: Any, out: Path | None = None, terms: Terms = FIRST, target: Target | None = None) -> Survey:
        """Publish what was built, the site before the edits unless another is named."""
        out = out or self.before
        return publish(self.site, out, target or place.open(adopt=terms.adopt, out=out), terms, silently)

    def shown(self, out: Path) -> dict[str, bytes]:
        """Return the files of an output folder that readers see."""
        return {path: data for path, data in all_of(out).items() if not path.startswith(".readout")}

    def own(self, place: Any) -> dict[str, bytes]:
        """Return what a place holds, but for what the tool puts there beside the site."""
        return {path: data for path, data in place.live().items() if path not in {LEDGER, ".nojekyll"}}

    def dead_links(self, live: Mapping[str, bytes], roots: Iterable[str]) -> list[tuple[str, str]]:
        """Return the links that lead nowhere on pages, and on all pages that they lead to."""
        dead: list[tuple[str, str]] = []
        todo = [*roots]
        seen = set(todo)
        while todo:
            page = todo.pop()
            if page not in live:
                dead.append(("", page))
                continue
            new = set(targets_of(page, live[page])) - seen if page.endswith(".html") else set()
            dead += ((page, target) for target in new if target not in live)
            todo += new & live.keys()
            seen |= new
        return dead

    def write(self, number: int, country: str, what: str) -> None:
        path = self.site / "content" / "captures" / f"2024-06-{number + 1:02}-example-sample-{number}.txt"
        path.write_text(CAPTURE.format(country=country, number=what), encoding="utf-8")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(tmp_path_factory.mktemp("published"))


@pytest.fixture(autouse=True)
def in_a_world_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither wait, nor know the credentials and settings of this machine."""
    monkeypatch.setattr(targets, "WAITS", (0.0, 0.0))
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    monkeypatch.setattr("botocore.loaders.create_loader", LOADER)
    for name in [name for name in os.environ if name.startswith(("AWS_", "GIT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing-id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-key")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-aws"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-aws"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def all_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class FolderPlace:
    """A folder, by itself or behind rsync."""

    def __init__(self, kind: Any, sites: Sites, folder: Path) -> None:
        self.kind = kind
        self.sites = sites
        self.folder = folder / "www"
        self.folder.mkdir()

    def open(self, *, adopt: bool = False, out: Path | None = None) -> Target:
        publication = Publication(self.kind, str(self.folder))
        return open_target(publication, self.sites.site, out or self.sites.after, adopt=adopt)

    def live(self) -> dict[str, bytes]:
        return all_of(self.folder)

    def add(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def add_all(self, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            self.add(path, data)

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()


class BranchPlace:
    """The branch gh-pages of a bare repository, seen from a site's own."""

    kind = "branch"

    def __init__(self, sites: Sites, folder: Path) -> None:
        self.sites = sites
        self.site = folder / "mine"
        self.bare = folder / "bare.git"
        self.site.mkdir()
        git(folder, "init", "--quiet", "--bare", str(self.bare))
        git(self.site, "init", "--quiet")
        git(self.site, "remote", "add", "origin", str(self.bare))

    def open(self, *, adopt: bool = False, out: Path | None = None) -> Target:
        return open_target(Publication("branch", "gh-pages"), self.site, out or self.sites.after, adopt=adopt)

    def remote_is(self, bare: Path) -> None:
        """Publish to a repository that there is already."""
        self.bare = bare
        self.mine("remote", "set-url", "origin", str(bare))

    def mine(self, *words: str) -> Any:
        """Return what git says in the site's repository."""
        return git(self.site, *words)

    def git(self, *words: str) -> Any:
        """Return what git says in the remote repository."""
        return git(self.bare, *words)

    def live(self) -> dict[str, bytes]:
        names = git(self.bare, "ls-tree", "-r", "-z", "--name-only", "gh-pages") if self.commits() else ""
        paths = filter(None, names.split("\0"))
        return {path: git(self.bare, "cat-file", "blob", f"gh-pages:{path}", text=False) for path in paths}

    def add(self, path: str, data: bytes) -> None:
        self.add_all({path: data})

    def add_all(self, files: Mapping[str, bytes]) -> None:
        self.commit(lambda folder: [(folder / path).write_bytes(data) for path, data in files.items()])

    def remove(self, path: str) -> None:
        self.commit(lambda folder: (folder / path).unlink())

    def commit(self, edit: Callable[[Path], object]) -> None:
        """Commit an edit of another's to the branch, from another clone."""
        clone = self.bare.with_name("clone")
        shutil.rmtree(clone, ignore_errors=True)
        git(self.bare.parent, "clone", "--quiet", str(self.bare), str(clone))
        if self.commits():
            git(clone, "checkout", "--quiet", "gh-pages")
        else:
            git(clone, "checkout", "--quiet", "-b", "gh-pages")
        edit(clone)
        git(clone, "add", "-A")
        git(clone, "-c", "user.name=Cy", "-c", "user.email=cy@example.org", "commit", "--quiet", "-m", "Edit")
        git(clone, "push", "--quiet", "origin", "gh-pages")

    def commits(self) -> list[str]:
        """Return the commits of the branch, the last one first."""
        if not git(self.bare, "for-each-ref", "refs/heads/gh-pages"):
            return []
        commits: list[str] = git(self.bare, "rev-list", "gh-pages").split()
        return commits


def git(folder: Path, *words: str, text: bool = True) -> Any:
    program = shutil.which("git") or "git"
    return subprocess.run([program, *words], cwd=folder, check=True, capture_output=True, text=text).stdout


class BucketPlace:
    """A prefix in a bucket of a server of our own."""

    kind = "bucket"

    def __init__(self, sites: Sites, server: str, bucket: str) -> None:
        self.sites = sites
        self.server = server
        self.bucket = bucket
        self.client = boto3.session.Session().client(
            "s3", endpoint_url=server, region_name="us-east-1", config=Config(s3={"addressing_style": "path"})
        )
        self.client.create_bucket(Bucket=bucket)

    def open(self, *, adopt: bool = False, out: Path | None = None, endpoint: str = "") -> Any:
        publication = Publication("bucket", f"{self.bucket}/site", endpoint=endpoint or self.server, region="us-east-1")
        return open_target(publication, self.sites.site, out or self.sites.after, adopt=adopt)

    def live(self) -> dict[str, bytes]:
        objects = self.client.list_objects_v2(Bucket=self.bucket, Prefix="site/").get("Contents", [])
        return {each["Key"][len("site/") :]: self.get(each["Key"])["Body"].read() for each in objects}

    def get(self, key: str) -> Any:
        """Return an object of the bucket."""
        return self.client.get_object(Bucket=self.bucket, Key=key)

    def add(self, path: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=f"site/{path}", Body=data)

    def add_all(self, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            self.add(path, data)

    def remove(self, path: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=f"site/{path}")


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Return the address of an S3 server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def make_place(sites: Sites, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Place]:
    """Return a function that makes a new place of a kind."""
    made = 0

    def make(kind: str) -> Place:
        nonlocal made
        made += 1
        if not HAVE_TO.get(kind, "it is in Python"):
            pytest.skip(f"publishing by {kind} is not tested: its program is not installed")
        folder = tmp_path / f"place-{made}"
        folder.mkdir()
        if kind == "branch":
            return BranchPlace(sites, folder)
        if kind == "bucket":
            return BucketPlace(sites, request.getfixturevalue("s3"), f"example-{next(NUMBERS)}")
        return FolderPlace(kind, sites, folder)

    return make


@pytest.fixture(params=["folder", "rsync", "branch", "bucket"])
def place(request: pytest.FixtureRequest, make_place: Callable[[str], Place]) -> Place:
    """Return a place of each kind."""
    return make_place(request.param)


def targets_of(page: str, data: bytes) -> Iterator[str]:
    """Yield the paths that a page links to."""
    for link in LINK.findall(data.decode()):
        path = unquote(html.unescape(link).partition("#")[0])
        if path and ":" not in path and page != "404.html":
            yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


@pytest.fixture
def git_in() -> Callable[..., Any]:
    """Return git, at work in the folder that the test is in."""
    if not HAVE_TO["branch"]:
        pytest.skip("publishing to a branch is not tested: git is not installed")
    return lambda *words: git(Path(), *words)
