"""A whole build: what is published, what is left out, and that the same content gives the same bytes."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from readout_site.reading import read
from readout_site.records import Briefing, Problem
from readout_site.rendering import arrange
from readout_site.shell import compose, workers
from readout_site.shell.build import build
from readout_site.shell.cache import Cache
from readout_site.shell.crew import FORKS
from readout_site.shell.library import ChangedError
from readout_site.shell.standing import Report
from readout_site.shell.track import silently

Write = Callable[[int], list[Path]]
CALL = b"Readout of a Call\n\nPresident Example spoke today with Prime Minister Sample about wool.\n"


def make(site: Path, out: Path | None = None) -> Report:
    """Build a site."""
    return build(site, out or site / "build", silently)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_capture_and_the_record_stand_beside_the_briefing(site: Path) -> None:
    report = make(site)
    (page,) = (site / "build").rglob("*example-sample.html")
    capture = (site / "content" / "captures" / "2024-05-14-example-sample.txt").read_bytes()
    assert page.with_suffix(".txt").read_bytes() == capture
    record = json.loads(page.with_suffix(".json").read_bytes())
    assert record["source"]["sha256"] == hashlib.sha256(capture).hexdigest()
    assert record["schema"] == "readout-site/record/1"
    assert (report.readouts, report.problems) == (1, ())
    assert any((site / "build" / "static").iterdir())


def test_the_second_build_writes_nothing(site: Path) -> None:
    assert make(site).written > 5
    again = make(site)
    assert (again.written, again.removed) == (0, 0)


def test_where_few_captures_are_read_their_worker_alone_imports_the_reading(site: Path, write_captures: Write) -> None:
    make(site)
    write_captures(1)
    script = (
        "import sys; from readout_site.shell.build import build; from readout_site.shell.track import silently; "
        "from pathlib import Path; print(build(Path(sys.argv[1]), Path(sys.argv[2]), silently).read); "
        "print(any(name.startswith('readout_site.reading') for name in sys.modules))"
    )
    command = [sys.executable, "-c", script, str(site), str(site / "build")]
    assert subprocess.check_output(command, text=True).split() == ["1", "False" if FORKS else "True"]


def test_a_readout_that_is_removed_takes_its_pages_along(site: Path, write_captures: Write) -> None:
    make(site)
    before = digests(site / "build")
    paths = write_captures(3)
    assert make(site).readouts == 4
    for path in paths:
        path.unlink()
    make(site)
    assert digests(site / "build") == before


def test_an_output_that_was_deleted_is_built_again(site: Path) -> None:
    make(site)
    (site / "content" / "captures" / "z.txt").write_bytes(CALL)
    make(site)
    before = digests(site / "build")
    for _ in range(2):
        shutil.rmtree(site / "build")
        make(site)
        assert digests(site / "build") == before
    (site / "content" / "captures" / "z.txt").unlink()
    make(site)
    assert "readouts/z.html" not in digests(site / "build")


def test_what_holds_no_readout_has_a_page_that_says_so(site: Path) -> None:
    for name, data in {
        "empty.txt": b"",
        "space.txt": b" \n\n",
        "good.txt": b"Readout of a Call\n\nThey spoke about wool.\n",
    }.items():
        (site / "content" / "captures" / name).write_bytes(data)
    report = make(site)
    told = {problem.path for problem in report.problems if " day " not in problem.message}
    assert (report.readouts, told) == (2, {"captures/empty.txt", "captures/space.txt"})
    page = (site / "build" / "readouts" / "space.html").read_text()
    assert '<h1 lang="und" dir="auto">space.txt</h1>' in page
    assert "<p>It holds only white space.</p>" in page
    assert (site / "build" / "readouts" / "space.txt").read_bytes() == b" \n\n"


def test_what_cannot_be_written_is_set_apart_and_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def halve(*arguments: object) -> Briefing:
        briefing = read(*arguments)  # type: ignore[arg-type]
        return replace(briefing, title=f"{briefing.title}\ud800") if "bad" in briefing.id else briefing

    monkeypatch.setattr(workers, "read", halve)
    (site / "content" / "captures" / "bad.txt").write_bytes(CALL)
    report = make(site)
    reason = "holds half a character (U+D800) that no file can hold; remove it from the capture"
    assert report.problems == (Problem("captures/bad.txt", None, reason),)
    assert report.readouts == 1


def test_a_mistake_in_a_meta_file_is_told_and_the_page_stays(site: Path) -> None:
    make(site)
    meta = site / "content" / "captures" / "2024-05-14-example-sample.meta.yaml"
    meta.write_text("captured: 2024-06-01\ndraft: false\nurll: https://example.org/\n", encoding="utf-8")
    report = make(site)
    (problem,) = report.problems
    assert (report.readouts, problem.path, problem.line) == (1, f"captures/{meta.name}", 3)
    assert "did you mean `url`?" in problem.message
    assert make(site).faults() == (problem,)
    meta.write_text("urll: x\ndraft: true\n", encoding="utf-8")
    report = make(site)
    assert (report.readouts, [problem.line for problem in report.faults()]) == (0, [1])


def test_what_an_editor_sets_right_is_on_the_page_and_told_to_be_the_editor_s(site: Path) -> None:
    make(site)
    meta = site / "content" / "captures" / "2024-05-14-example-sample.meta.yaml"
    meta.write_text("corrections:\n  title: A <lighthouse> treaty\n  kind: call\n  place:\n", encoding="utf-8")
    report = make(site)
    assert (report.read, report.faults()) == (1, ())
    page = (site / "build/readouts/2024/05/14-example-sample.html").read_text(encoding="utf-8")
    mark = '<a class="ed" href="#edits" aria-label="set by the editor">ed.</a>'
    assert f'<h1 dir="auto">A &lt;lighthouse&gt; treaty {mark}</h1>' in page
    assert f"<span>Call {mark}</span>" in page
    assert 'Published as <q lang="en" dir="auto">Readout of President Ada Example’s Meeting' in page
    assert '<a href="#edits">Set by the editor: title, form, place</a>' in page
    assert "form (read as <bdi>Meeting</bdi>); place (read as <bdi>Lisbon, Portugal</bdi>)." in page
    assert "[A &lt;lighthouse&gt; treaty]" in page
    assert ">Lisbon, Portugal</bdi></span>" not in page
    entry = (site / "build/archive/2024.html").read_text(encoding="utf-8")
    assert (
        'A &lt;lighthouse&gt; treaty</a> <a class="ed" href="../readouts/2024/05/14-example-sample.html#edits"' in entry
    )
    record = msgspec.json.decode((site / "build/readouts/2024/05/14-example-sample.json").read_bytes())
    assert (record["title"], record["place"]) == ("A <lighthouse> treaty", None)
    assert record["corrected"]["place"] == "Lisbon, Portugal"
    meta.unlink()
    make(site)
    assert "#edits" not in (site / "build/readouts/2024/05/14-example-sample.html").read_text(encoding="utf-8")


def test_templates_that_are_not_used_are_told(site: Path) -> None:
    (site / "templates").mkdir(exist_ok=True)
    (site / "templates" / "home.htm").write_text("x")
    assert [problem.path for problem in make(site).problems] == ["../templates/home.htm"]


def test_a_capture_that_changes_meanwhile_stops_the_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(site)
    before = digests(site / "build")
    path = site / "content" / "captures" / "2024-05-14-example-sample.txt"

    def change(*arguments: object) -> object:
        path.write_bytes(path.read_bytes() + b"\nmore")
        return arrange(*arguments)  # type: ignore[arg-type]

    path.write_bytes(path.read_bytes() + b"\nless")
    monkeypatch.setattr(compose, "arrange", change)
    with pytest.raises(ChangedError, match="was changed while the site was being built; build again"):
        make(site)
    assert digests(site / "build") == before
    path.unlink()
    (site / "content" / "captures" / "z.txt").write_bytes(CALL)
    monkeypatch.setattr(compose, "arrange", arrange)
    assert make(site).readouts == 1


def test_no_path_of_this_machine_is_published(site: Path) -> None:
    make(site)
    for path in (site / "build").rglob("*"):
        assert not path.is_file() or str(site).encode() not in path.read_bytes()


def test_a_cache_of_another_user_is_not_taken_up(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(site).read == 1
    secret = tmp_path / "home" / ".local" / "state" / "readout-site" / "secret"
    assert (len(secret.read_bytes()), stat.S_IMODE(secret.stat().st_mode)) == (32, 0o600)
    assert make(site).read == 0
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "other"))
    assert make(site).read == 1
    assert make(site).read == 0
    monkeypatch.setenv("HOME", str(tmp_path / "nowhere"))
    assert make(site).read == 1
    assert not (tmp_path / "nowhere").exists()
    assert "nowhere/.local/state/readout-site/secret: cannot be kept (No such file" in capsys.readouterr().err


def test_a_record_that_the_cache_lost_is_read_within_bounds(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(site)
    monkeypatch.setattr(Cache, "record", lambda *_: None)
    pids = tmp_path / "pids"

    def read_and_tell(*words: Any) -> Any:
        pids.write_text(f"{os.getpid()}")
        return read(*words)

    monkeypatch.setattr("readout_site.shell.workers.read", read_and_tell)
    (site / "site.yaml").write_text("title: Another\n", encoding="utf-8")
    make(site)
    assert pids.read_text() != str(os.getpid())
