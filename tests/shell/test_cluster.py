"""Read on a Dask cluster, a site is the very one that is read on this machine."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from readout_site.records import Capture
from readout_site.shell.manifest import NAME

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'readout-site[dask]'")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Return a cluster of two processes on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


def pages(folder: Path) -> dict[str, bytes]:
    """Return every file of a site, the manifest aside."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_reads_as_this_machine_does(
    run: Callable[..., Result], site: Path, write_captures: Callable[[int], list[Path]], cluster: Any
) -> None:
    paths = write_captures(60)
    paths[3].write_bytes(b"\x00\xff" * 40)
    paths[4].with_suffix(".meta.yaml").write_text("drafft: x\n")
    paths[5].with_suffix(".meta.yaml").write_text("draft: true\n")
    (site / "content" / "rules").mkdir()
    (site / "content" / "rules" / "boilerplate.yaml").write_text(
        "lines:\n- name: own\n  says: A line of our own.\n  patterns:\n  - 'Official news .*'\n"
    )
    here = run("build", "--site", site, "--out", site / "here")
    (site / ".cache" / "readout-site.sqlite").unlink()
    there = run("build", "--site", site, "--out", site / "there", "--dask", cluster.scheduler_address)
    assert there.exit_code == 0
    assert pages(site / "there") == pages(site / "here")
    assert there.stderr == here.stderr
    assert "drafft" in there.stderr


@pytest.mark.filterwarnings("ignore")
def test_where_no_scheduler_answers_it_is_told(
    run: Callable[..., Result], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readout_site.shell.cluster.PATIENCE", 0.2)
    outcome = run("build", "--site", site, "--dask", "tcp://127.0.0.1:9")
    assert outcome.exit_code == 1
    assert "tcp://127.0.0.1:9: no Dask scheduler answers there" in outcome.stderr
    assert not (site / "build").exists()


def read_badly(batch: Sequence[Any], texts: Any, issuer: Any) -> Sequence[Any]:
    """Read a batch as a machine does whose own faults show at one capture."""
    from readout_site.shell.cluster import read_batch  # noqa: PLC0415 - on a machine of the cluster

    if any(isinstance(each, Capture) and b"poison" in each.data for each in batch):
        raise ConnectionError("no disk")
    return read_batch(batch, texts, issuer)


@pytest.mark.filterwarnings("ignore")
def test_a_capture_that_fails_on_the_cluster_is_told_and_spares_the_others(
    run: Callable[..., Result],
    site: Path,
    write_captures: Callable[[int], list[Path]],
    cluster: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_captures(30)[7].write_bytes(b"Readout of a Call\n\nThe leaders spoke of poison.\n")
    monkeypatch.setattr("readout_site.shell.cluster.read_batch", read_badly)
    outcome = run("build", "--site", site, "--dask", cluster.scheduler_address)
    assert outcome.exit_code == 0
    assert outcome.stderr.count("broke its reader on the cluster (ConnectionError); report this fault") == 1
    assert "call-7.txt" in outcome.stderr
    assert (site / "build" / "readouts" / "2024" / "05" / "09-call-8.html").is_file()


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_lost_meanwhile_stops_the_build_with_a_line(
    run: Callable[..., Result],
    site: Path,
    write_captures: Callable[[int], list[Path]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("build", "--site", site)
    before = pages(site / "build")
    write_captures(20)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as own:

        def lose(outcome: object, *_: object) -> object:
            own.close()
            return outcome

        monkeypatch.setattr("readout_site.shell.cluster.BATCH", 1)
        monkeypatch.setattr("readout_site.shell.cluster.AHEAD", 1)
        monkeypatch.setattr("readout_site.shell.cluster.completed", lose)
        address = own.scheduler_address
        outcome = run("build", "--site", site, "--dask", address)
    assert outcome.exit_code == 1
    assert outcome.stderr.startswith(f"error: {address}: the cluster was lost while captures were read (")
    assert pages(site / "build") == before


def unknown() -> str:
    """Fail as a machine does on which readout-site is not installed."""
    raise ModuleNotFoundError("No module named 'readout_site'")


@pytest.mark.filterwarnings("ignore")
def test_a_worker_without_the_tool_is_told(
    run: Callable[..., Result], site: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readout_site.shell.cluster.reading_version", unknown)
    outcome = run("build", "--site", site, "--dask", cluster.scheduler_address)
    assert outcome.exit_code == 1
    assert "a worker cannot tell its version of readout-site (No module named 'readout_site')" in outcome.stderr
