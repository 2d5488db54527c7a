"""What goes wrong around a build — disk, permissions, people, other builds — leaves the last good site whole."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from readout_site.shell.scaffold import create_site
from readout_site.shell.standing import CACHE, SPARE

Write = Callable[[int], list[Path]]
COMMAND = (sys.executable, "-m", "readout_site")
DRAFT = "readouts/2024/05/drafts/x"
EXAMPLE = Path("readouts", "2024", "05", "14-example-sample.html")
NO_POWERS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Even root is then held by the permissions of files."""


def build(site: Path, *words: str, by: tuple[str, ...] = (), **options: object) -> subprocess.CompletedProcess[str]:
    """Run `readout-site build` in a process of its own."""
    command = [*by, *COMMAND, "build", "--site", str(site), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return digest, mode and time of writing of each file."""
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def retitle(site: Path, title: str) -> None:
    """Change something that shows on every page."""
    (site / "site.yaml").write_text(f"title: {title}\n", encoding="utf-8")


def left_over(site: Path) -> list[str]:
    """Return what builds left behind beside the output."""
    return sorted(path.name for path in site.iterdir() if path.name.startswith(".build"))


def refused(site: Path, told: str, before: Mapping[str, object], **options: tuple[str, ...]) -> str:
    """Build, and see that it ends with one line that tells what is wrong, and with the old site; return the line."""
    done = build(site, **options)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert told in done.stderr
    assert state(site / "build") == before
    assert left_over(site) == []
    return done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a disk of 3 MB; skip where none can be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", "size=3m", "none", str(disk)], check=False)
    if not made or made.returncode:
        pytest.skip("no disk can be mounted here: this needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


def fill(disk: Path, left: int) -> None:
    """Leave so many KB of a disk."""
    block, path = bytes(1024), disk / "filler"
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize > left * 1024:
            file.write(block)


def test_a_full_disk_leaves_the_old_site_and_is_told_with_a_path(small_disk: Path) -> None:
    site = small_disk / "site"
    create_site(site)
    for number in range(12):
        capture = site / "content" / "captures" / f"2024-05-{number + 1:02}-call-{number}.txt"
        capture.write_text(f"Readout of a Call\n\nPresident Example spoke with Premier Sample of {number} ports.\n")
    assert build(site).returncode == 0
    before = state(site / "build")
    for left in (0, 16, 90):
        shutil.rmtree(site / CACHE / SPARE, ignore_errors=True)
        retitle(site, f"With {left} KB left")
        fill(small_disk, left)
        refused(site, f"error: {site}", before)
        assert all(path.stat().st_size for path in (site / "build").rglob("*") if path.is_file())
    (small_disk / "filler").unlink()
    assert build(site).returncode == 0
    assert b"With 90 KB left" in (site / "build" / "index.html").read_bytes()
    assert left_over(site) == []


def test_a_first_build_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    site = small_disk / "site"
    create_site(site)
    fill(small_disk, 0)
    done = build(site)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site / "build").exists()
    assert left_over(site) == []


def test_a_full_disk_of_the_output_alone_is_told(site: Path, small_disk: Path) -> None:
    out = small_disk / "public"
    assert build(site, "--out", str(out)).returncode == 0
    before = state(out)
    for left in (0, 30):
        retitle(site, f"With {left} KB left")
        fill(small_disk, left)
        done = build(site, "--out", str(out))
        assert done.returncode == 1
        assert f"error: {out}" in done.stderr
        assert "No space left on device" in done.stderr
        assert state(out) == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "public"]


@pytest.fixture
def powerless() -> tuple[str, ...]:
    """Return what starts a command that permissions hold; skip where root cannot be held."""
    if os.geteuid():
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root is held by no permissions, and there is no setpriv")
    return NO_POWERS


@pytest.mark.parametrize("which", ["the folder", "all in it"])
def test_an_output_that_cannot_be_written_stays(site: Path, powerless: tuple[str, ...], which: str) -> None:
    assert build(site).returncode == 0
    out = site / "build"
    folders = [out, *(path for path in out.rglob("*") if which == "all in it")]
    for path in folders:
        path.chmod(path.stat().st_mode & ~0o222)
    before = state(out)
    retitle(site, "Another")
    said = refused(site, f"error: {out}/", before, by=powerless)
    assert "Permission denied; mend this and build again" in said
    for path in folders:
        path.chmod(path.stat().st_mode | 0o200)
    assert build(site).returncode == 0
    assert b"Another" in (out / "index.html").read_bytes()


@pytest.fixture
def fix() -> Iterator[Callable[[Path, str], None]]:
    """Return what marks a file as immutable (`+i`) or ends that (`-i`); skip where it cannot be marked."""
    fixed: set[Path] = set()

    def mark(path: Path, how: str) -> None:
        tool = shutil.which("chattr")
        if not tool or subprocess.run([tool, how, str(path)], check=False, capture_output=True).returncode:
            pytest.skip("no file can be made immutable here: this needs root and chattr")
        fixed.symmetric_difference_update({path})

    yield mark
    for path in list(fixed):
        mark(path, "-i")


@pytest.mark.parametrize("name", ["index.html", "CNAME", str(EXAMPLE)])
@pytest.mark.parametrize("how", ["+i", "+a"])
def test_an_immutable_file_stays_and_is_named(
    site: Path, fix: Callable[[Path, str], None], name: str, how: str
) -> None:
    assert build(site).returncode == 0
    path = site / "build" / name
    path.touch()
    fix(path, how)
    before = state(site / "build")
    for title in ("Another", "A third"):
        retitle(site, title)
        refused(site, f"error: {path}: Operation not permitted", before)
    fix(path, how.replace("+", "-"))
    assert build(site).returncode == 0
    assert b"A third" in (site / "build" / "index.html").read_bytes()


def test_the_lock_of_a_dead_process_is_none(site: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    (site / CACHE).mkdir()
    (site / CACHE / "lock").write_text(f"{dead.pid}\n")
    assert build(site).returncode == 0


BUSY = """
import os, sys
import readout_site.shell.compose as compose
from readout_site.shell.cli import main
def wait(*_):
    print("busy", flush=True)
    os.read(0, 1)
    os._exit(7)
compose.arrange = wait
main()
"""
HASTY = """
import readout_site.shell.lock as lock
from readout_site.shell.cli import main
lock.PATIENCE = 0
main()
"""


def test_of_two_builds_at_once_one_tells_who_is_at_work_and_takes_over_when_that_dies(site: Path) -> None:
    assert build(site).returncode == 0
    before = state(site / "build")
    retitle(site, "Another")
    words = [sys.executable, "-c", BUSY, "build", "--site", str(site)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        told = f"{site / CACHE / 'lock'}: locked by PID {other.pid}, which builds or publishes this site; "
        words = [sys.executable, "-c", HASTY, "build", "--site", str(site)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (1, f"error: {told}try again when it has ended\n")
        assert state(site / "build") == before
        waiting = [*COMMAND, "build", "--site", str(site)]
        with subprocess.Popen(waiting, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as patient:
            assert patient.stderr
            assert patient.stderr.readline() == f"{told}waiting for it to end\n"
            other.send_signal(signal.SIGKILL)
            assert (patient.stderr.read(), patient.wait()) == ("", 0)
    assert b"Another" in (site / "build" / "index.html").read_bytes()


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("step", ["mirror_tree", "lay_all", "remove_stale", "move"])
def test_a_build_that_is_stopped_ends_clean_at_each_step(
    site: Path, sent: signal.Signals, code: int, step: str
) -> None:
    assert build(site).returncode == 0
    before = state(site / "build")
    retitle(site, "Another")
    program = (
        "import os, readout_site.shell.switch as switch\nfrom readout_site.shell.cli import main\n"
        f"done = switch.{step}\n"
        f"def stop(*words):\n    os.kill(os.getpid(), {int(sent)})\n    return done(*words)\n"
        f"switch.{step} = stop\nmain()"
    )
    words = [sys.executable, "-c", program, "build", "--site", str(site)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert state(site / "build") == before
    assert left_over(site) == []


@pytest.mark.parametrize(
    "words",
    [
        ("build",),
        ("build", "--json"),
        ("check",),
        ("read", "content/captures/2024-05-14-example-sample.txt"),
        ("read", "--json", "content/captures/2024-05-14-example-sample.txt"),
        ("--help",),
    ],
)
def test_what_is_printed_onto_a_full_disk_is_told_in_a_line(site: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, *words], cwd=site, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        mute = subprocess.run([*COMMAND, *words], cwd=site, stdout=full, stderr=full, check=False)
    told = "standard output or a temporary file: No space left on device; make room and try again"
    assert (done.returncode, mute.returncode, "Traceback" in done.stderr) == (1, 1, False)
    assert done.stderr.splitlines()[-1] == f"error: {told}"
    assert build(site).returncode == 0
    assert (site / "build" / "index.html").is_file()
    assert left_over(site) == []


def test_a_reader_of_records_who_has_gone_ends_the_command_quietly(site: Path) -> None:
    end, other = os.pipe()
    os.close(end)
    words = [*COMMAND, "read", "--json", str(site / "content" / "captures" / "2024-05-14-example-sample.txt")]
    with os.fdopen(other, "wb") as gone:
        done = subprocess.run(words, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_reader_of_the_output_who_has_gone_harms_nothing(site: Path) -> None:
    end, other = os.pipe()
    os.close(end)
    with os.fdopen(other, "wb") as gone:
        command = [*COMMAND, "build", "--site", str(site)]
        done = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""
    retitle(site, "Another")
    closed = build(site, by=("sh", "-c", 'exec "$@" >&-', "sh"))
    assert (closed.returncode, closed.stderr) == (0, "")
    assert b"Another" in (site / "build" / "index.html").read_bytes()
    assert "0 files written" in build(site).stdout


def test_files_of_others_are_kept_through_builds_byte_and_time(site: Path, write_captures: Write) -> None:
    assert build(site).returncode == 0
    out = site / "build"
    (out / "readouts" / "2024" / "05" / "drafts").mkdir()
    for number, name in enumerate((".git", "CNAME", "_redirects", "readouts/mine.html", DRAFT)):
        (out / name).write_text(f"mine {number}")
        os.utime(out / name, ns=(number, number + 10**9))
    own = {"CNAME", "_redirects", "readouts/mine.html", ".git", DRAFT}
    mine = {name: each for name, each in state(out).items() if name in own}
    paths = write_captures(5)
    assert build(site).returncode == 0
    for path in paths:
        path.unlink()
    retitle(site, "Another")
    assert build(site).returncode == 0
    assert {name: each for name, each in state(out).items() if name in own} == mine
    assert len(mine) == 5


def test_an_edit_by_hand_is_told_where_it_is_overwritten(site: Path) -> None:
    assert build(site).returncode == 0
    page = site / "build" / EXAMPLE
    original = page.read_bytes()
    page.write_bytes(b"edited")
    done = build(site)
    assert f"{page}: was edited by hand, and the edit is overwritten; edit templates/ or content/" in done.stderr
    assert page.read_bytes() == original
    assert "edited by hand" not in build(site).stderr
    page.write_bytes(b"edited")
    assert build(site, "--strict").returncode == 1


@pytest.mark.parametrize(
    "name", ["", ".", "/", "{site}", "{site}/..", "{site}/content", "{site}/templates/x", "{home}"]
)
def test_a_dangerous_output_is_refused_by_whatever_name(site: Path, name: str) -> None:
    home = site.parent / "home"
    (site / "templates").mkdir(exist_ok=True)
    linked = site.parent / "linked"
    linked.symlink_to(name.format(site=site, home=home) or ".")
    before = state(site)
    for out in (name.format(site=site, home=home), str(linked)):
        done = build(site, "--out", out)
        assert done.returncode == 1
        assert "name another folder with --out" in done.stderr
        assert state(site) == before
        assert sorted(path.name for path in site.parent.iterdir()) == ["home", "linked", "site"]
