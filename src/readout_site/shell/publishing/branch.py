"""A branch of a git repository, from which GitHub Pages and others serve, as a place to publish to.

A publication is one commit on top of the branch, pushed without force, so that readers have the old site or the new
one, whole, and the history is kept. Which commit was pushed last is kept as a ref of the site's own repository.
"""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from readout_site.shell.publishing.command import FailedError, join, run
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.target import NO_FILE, Found, patiently
from readout_site.shell.redaction import redact

NO_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to serve files as they are."""
GONE = "0" * 40
PASSING = ("could not resolve", "timed out", "early eof", "hung up", "reset by peer", "connection refused", "error: 5")
"""What git says of a connection that may be there again a moment later, in small letters."""
REJECTED = ("[rejected]", "[remote rejected]", "non-fast-forward", "fetch first")
NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "readout-site"), ("EMAIL", "readout-site@localhost"))
}
"""Who commits where git was not told, on a machine that builds, say."""


class BranchTarget:
    """A branch that readers have the site from."""

    marked = False

    def __init__(self, branch: str, remote: str, site: Path, source: Path, *, adopt: bool) -> None:
        """Publish `source` to a branch of a remote; `adopt` says that commits of others' there are built upon."""
        self.name = redact(f"branch {branch} of {remote}")
        self.ref = f"refs/heads/{branch}"
        self.remote = remote
        self.site = site
        self.source = source.resolve()
        self.adopt = adopt
        self.last = f"refs/readout-site/{hashlib.sha256(remote.encode()).hexdigest()[:12]}/{branch}"
        self.tip = ""
        self.there: dict[str, tuple[str, int]] = {}
        self.staged: dict[str, str] = {}

    def survey(self) -> dict[str, Found]:
        """Return all files of the branch, all doubtful, since git tells at once; raise where it moved on."""
        self.check_place()
        self.tip = self.git("ls-remote", "--", self.remote, self.ref).decode().partition("\t")[0]
        if self.tip:
            self.git("fetch", "--quiet", "--no-tags", "--", self.remote, self.ref)
            self.check_history()
            entries = self.git("ls-tree", "-r", "-z", "--long", self.tip).split(b"\0")
            self.there = dict(read_entry(entry) for entry in entries if entry)
        return {path: Found(size, doubtful=True) for path, (_, size) in self.there.items()}

    def check_place(self) -> None:
        """Raise where the site is in no repository, its remote is not known, or it is written on that very branch."""
        try:
            current = self.git("rev-parse", "--symbolic-full-name", "HEAD").decode().strip()
        except FailedError as error:
            if "not a git repository" in error.said:
                remedy = "make it a repository: `git init`, then `git remote add origin ADDRESS`; or publish elsewhere"
                raise PublishError(f"{self.site}: is in no git repository; {remedy}") from error
            current = ""  # Nothing was committed yet.
        if not self.is_address() and self.remote not in self.git("remote").decode().split():
            remedy = f"name the repository: `git remote add {self.remote} ADDRESS`"
            raise PublishError(f"{self.site}: has no remote `{redact(self.remote)}`; {remedy}")
        if current == self.ref:
            raise PublishError(f"{self.name}: is the branch that the site is written on; name another, gh-pages say")

    def is_address(self) -> bool:
        """Return whether the remote is named by its address or path, and not by a name that git knows."""
        return any(sign in self.remote for sign in "/:.\\")

    def check_history(self) -> None:
        """Raise where the branch holds commits on top of the one that was pushed from here last."""
        last = self.find(self.last)
        if self.adopt or not last:
            return
        try:
            self.git("merge-base", "--is-ancestor", self.tip, last)
        except FailedError as error:
            raise self.moved_on() from error

    def moved_on(self) -> PublishError:
        """Return the error of a branch that others have pushed to."""
        look = f"look at them with `git log {self.tip[:12]}`, then go on from there with --adopt"
        return PublishError(f"{self.name}: has moved on since it was last published from here; {look}")

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.git("cat-file", "blob", self.there[path][0])

    def same(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the files that hold the same bytes here and there."""
        for path, blob in self.blobs(paths).items():
            if blob == self.there[path][0]:
                yield path

    def digests(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the SHA-256 of files of the branch."""
        yield from ((path, hashlib.sha256(self.read(path)).hexdigest()) for path in paths)

    def put(self, paths: Sequence[str]) -> Iterator[str]:
        """Make the files ready to be committed."""
        self.staged |= self.blobs(paths, "-w")
        yield from paths

    def write(self, path: str, data: bytes) -> None:
        """Make a file that holds `data` ready to be committed."""
        self.staged[path] = self.git("hash-object", "-w", "--stdin", data=data).decode().strip()

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        """Make it ready to be committed that files are gone."""
        self.staged |= dict.fromkeys(paths, GONE)
        yield from paths

    def finish(self, summary: str) -> None:
        """Commit what was made ready, and push it."""
        if NO_JEKYLL not in self.there:
            self.write(NO_JEKYLL, b"")
        commit = self.commit(self.tree(), summary)
        self.git("update-ref", self.last, commit)  # First: a push that seems to fail may have come through.
        try:
            self.git("push", "--quiet", "--", self.remote, f"{commit}:{self.ref}")
        except FailedError as error:
            if any(words in error.said for words in REJECTED):
                raise self.moved_on() from error
            raise

    def tree(self) -> str:
        """Return the tree of the branch with what was made ready."""
        lines = [f"{'0' if blob == GONE else '100644'} {blob}\t{path}" for path, blob in self.staged.items()]
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": f"{folder}/index"}
            self.git("read-tree", self.tip or "--empty", env=index)
            self.git("update-index", "-z", "--index-info", data=join(lines), env=index)
            return self.git("write-tree", env=index).decode().strip()

    def commit(self, tree: str, summary: str) -> str:
        """Return a new commit of a tree on top of the branch."""
        parents = ("-p", self.tip) if self.tip else ()
        try:
            self.git("var", "GIT_COMMITTER_IDENT")
        except FailedError:
            return self.git("commit-tree", tree, *parents, "-m", summary, env=NOBODY).decode().strip()
        return self.git("commit-tree", tree, *parents, "-m", summary).decode().strip()

    def blobs(self, paths: Sequence[str], *words: str) -> dict[str, str]:
        """Return the git name of each file's bytes."""
        places = "".join(f"{self.source / path}\n" for path in paths).encode()
        names = self.git("hash-object", *words, "--no-filters", "--stdin-paths", data=places).decode().split()
        return dict(zip(paths, names, strict=True))

    def find(self, ref: str) -> str:
        """Return the commit that a ref of the site's repository names, or nothing."""
        return self.git("for-each-ref", "--format=%(objectname)", ref).decode().strip()

    def git(self, *words: str, data: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Return what git prints, tried again where the connection broke."""
        return patiently(lambda: run(("git", *words), self.name, data, self.site, **(env or {})), is_passing)


def read_entry(entry: bytes) -> tuple[str, tuple[str, int]]:
    """Return the path of an entry of a tree, its git name and its size."""
    head, _, path = entry.partition(b"\t")
    _, _, name, size = head.split()
    return path.decode("utf-8", "surrogateescape"), (name.decode(), int(size) if size.isdigit() else NO_FILE)


def is_passing(error: Exception) -> bool:
    """Return whether an error may be gone a moment later."""
    return isinstance(error, FailedError) and any(words in error.said.lower() for words in PASSING)
