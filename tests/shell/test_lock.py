"""The lock of a site, against other processes: a process takes its own lock again."""

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readout_site.shell import lock
from readout_site.shell.lock import LockedError, NoLockError, locked

HOLD = "import sys; from pathlib import Path; from readout_site.shell import lock\n"
HOLD += "lock.PATIENCE = 0.3\n"
HOLD += "with lock.locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[int]:
    """Let another process hold the lock of the site at `tmp_path`; return its PID."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process.pid
        process.kill()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for less than a second."""
    monkeypatch.setattr(lock, "PATIENCE", 0.3)


@pytest.mark.usefixtures("impatient")
def test_a_lock_that_another_process_holds_is_told_with_its_pid(
    tmp_path: Path, holder: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(LockedError) as refused, locked(tmp_path):
        pass
    told = f"{tmp_path / '.cache' / 'lock'}: locked by PID {holder}, which builds or publishes this site"
    assert str(refused.value) == f"{told}; try again when it has ended"
    assert capsys.readouterr().err == f"{told}; waiting for it to end\n"  # Once, however long that takes.
    (tmp_path / ".cache" / "lock").write_bytes(b"")
    with pytest.raises(LockedError, match="locked by PID unknown, "), locked(tmp_path):
        pass


def test_the_lock_holds_while_it_is_held_and_says_whose_it_is(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "lock").write_text("1234567890123\n", encoding="ascii")
    with locked(tmp_path):
        command = [sys.executable, "-c", HOLD, str(tmp_path)]
        other = subprocess.run(command, input=b"", capture_output=True, check=False)
        assert (other.returncode, other.stdout) == (1, b"")
        assert f"LockedError: {tmp_path}/.cache/lock: locked by PID {os.getpid()}, " in other.stderr.decode()
    assert subprocess.run(command, input=b"", capture_output=True, check=False).stdout == b"held\n"


def test_where_no_lock_can_be_written_or_set_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoLockError, match=r"lock: cannot be written \(Not a directory\); make the site"):
        locked(tmp_path / "file").__enter__()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", refuse)
    with pytest.raises(NoLockError, match=r"lock: cannot be locked \(No locks available\); move the site to a local"):
        locked(tmp_path).__enter__()


def test_on_a_full_disk_the_lock_holds_without_a_name(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "lock").symlink_to("/dev/full")
    with locked(tmp_path):
        pass
