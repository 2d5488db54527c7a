"""The builder behind the dev server: builds when told to, and gives a page that was just edited at once.

It is a process of its own, so that no reading, however long, keeps the server from answering. After each build it forks
a child that holds the site in memory and answers, on a socket, what a page looks like now.
"""

import contextlib
import os
import signal
import socket
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec

from readout_site.errors import SiteError
from readout_site.reading import load_extractor
from readout_site.records import Problem
from readout_site.rendering.briefings import briefing_page
from readout_site.rendering.templates import render
from readout_site.shell.bounds import READING, clocked, confine
from readout_site.shell.bulletin import ANEW, AS_BUILT, Bulletin
from readout_site.shell.captures import CaptureFile, locate
from readout_site.shell.compose import Proof
from readout_site.shell.drafting import begin
from readout_site.shell.finish import finish
from readout_site.shell.learning import encode_record, in_short, is_steady, read_at, rules_of
from readout_site.shell.library import ChangedError, files_of
from readout_site.shell.lock import locked
from readout_site.shell.output import check_output
from readout_site.shell.standing import Report, look_again, open_cache
from readout_site.shell.track import silently

PAUSE = 2.0
"""Seconds after which a child looks whether its parent still lives."""
REQUEST = 4096
"""The most bytes of a request, which is a path."""


def main() -> None:
    """Build `argv[1]` into `argv[2]`, and again for each line that comes in; say in a line what became of it."""
    site, out = Path(sys.argv[1]), Path(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = 0
    with tempfile.TemporaryDirectory(prefix="readout-site-") as folder:
        number = 0
        try:
            for _ in iter(sys.stdin.readline, ""):
                number += 1
                bulletin, proof = build_once(site, out)
                older = child
                if proof:
                    place = Path(folder) / str(number)
                    warm(proof)
                    child = start_child(proof, place)
                    bulletin = msgspec.structs.replace(bulletin, socket=str(place))
                    proof.desk.cache.close()  # The child opens it for itself.
                sys.stdout.write(msgspec.json.encode(bulletin).decode() + "\n")
                sys.stdout.flush()
                if proof and older:
                    end(older)
        finally:
            if child:
                end(child)


def build_once(site: Path, out: Path) -> tuple[Bulletin, Proof | None]:
    """Build the site; return what became of it, and the site as it is in memory."""
    try:
        report, proof = build_and_hold(site, out)
    except SiteError as error:
        return Bulletin(None, str(error), isinstance(error, ChangedError), ""), None
    return Bulletin(report, "", overtaken=False, socket=""), proof


def build_and_hold(site: Path, out: Path) -> tuple[Report, Proof]:
    """Build the site, and return it in memory too."""
    place = check_output(site, out)
    with locked(site):
        cache = open_cache(site)
        with begin(site, look_again(site, cache), cache) as draft:
            return finish(draft, place, silently)


def warm(proof: Proof) -> None:
    """Compile what a page takes, so that no child does it anew."""
    rules_of(proof.desk)
    load_extractor(proof.files)
    if proof.corpus.summaries:
        proof.render(briefing_page(proof.corpus.summaries[0], proof.corpus))


def start_child(proof: Proof, place: Path) -> int:
    """Fork a process that answers on the socket `place`; return its number."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        parent = os.getpid()
        if child := os.fork():
            return child
        with contextlib.suppress(BaseException):
            confine(READING.memory)
            listener.settimeout(PAUSE)
            while os.getppid() == parent:
                with contextlib.suppress(OSError):
                    answer(listener, proof)
        os._exit(0)


def answer(listener: socket.socket, proof: Proof) -> None:
    """Answer one request: the path of a page, with nothing where it is as built, else with its bytes."""
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(READING.wait)
        path = connection.recv(REQUEST).decode("utf-8", "replace").strip()
        page = page_now(proof, path)
        connection.sendall(AS_BUILT if page is None else ANEW + page)


def page_now(proof: Proof, path: str) -> bytes | None:
    """Return the page of a readout whose capture, meta file or notes changed since the build, else nothing.

    What changed so that there is no page any more is left to the next build to tell.
    """
    corpus = proof.corpus
    summary = next((each for each in (*corpus.summaries, *corpus.unread) if each.listed.path == path), None)
    if not summary:
        return None
    built = proof.files[summary.file]
    file = locate(Path(built.path))
    if file == built and all(is_steady(place, proof.desk) for place in files_of(file) if place):
        return None
    return proof_page(proof, file)


def proof_page(proof: Proof, file: CaptureFile) -> bytes | None:
    """Return the page of a capture as it is now, among the other readouts as they were built."""
    with clocked(READING.work):  # The server shows the page as built where this process is ended.
        briefing = read_at(proof.desk, file)
    if isinstance(briefing, Problem):
        return None
    page = briefing_page(in_short(briefing, encode_record(briefing), proof.desk), proof.corpus)
    return render(page, replace(proof.edition, load=lambda _: briefing), proof.theme).data


def end(child: int) -> None:
    """End a child, whatever it does."""
    with contextlib.suppress(OSError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
