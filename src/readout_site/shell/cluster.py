"""Captures → briefings in order, read on a Dask cluster: a pure map from bytes and rules to records.

The bytes travel, so that no machine of the cluster needs the site's disk. What a reading may take is bounded by the
cluster (its workers' memory limits, its allowed failures) instead of by our own processes.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from distributed import Client, Future
from distributed.client import ClosedClientError

from readout_site.errors import SiteError
from readout_site.reading import Rules, parse_rules, unread
from readout_site.records import Briefing, Capture, Issuer
from readout_site.shell.bounds import TooLargeError
from readout_site.shell.captures import CaptureFile, understood_meta
from readout_site.shell.quality import reading_version
from readout_site.shell.rulebook import rule_texts
from readout_site.shell.workers import TOO_LARGE, Outcome, complete, open_capture, read_contained, with_metas_told

BATCH = 25
"""So many captures travel together."""
AHEAD = 4
"""So many batches each thread of the cluster has before it: more would only fill memory."""
BROKEN = "broke its reader on the cluster ({}); report this fault"
LOST = "the cluster was lost while captures were read ({}); look to its scheduler and workers, and build again"
PATIENCE = 10
"""Seconds that the scheduler may take to answer."""


class ClusterError(SiteError):
    """A cluster that cannot be read on."""


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster, by the address of its scheduler, such as `tcp://10.0.0.1:8786`."""

    address: str

    def read_all(self, files: Sequence[CaptureFile], site: Path, issuer: Issuer | None) -> Iterator[Outcome]:
        """Yield, in the order of the files, the briefing of each or the problem that there is none."""
        with connect(self.address) as client:
            rules = client.scatter(rule_texts(site), broadcast=True)
            outcomes = chain.from_iterable(read_batches(client, files, rules, issuer))
            for file, outcome in zip(files, reached(outcomes, self.address), strict=True):
                yield completed(outcome, file, site, issuer)


def connect(address: str) -> Client:
    """Return a connection to a cluster whose workers read as this process does; raise `ClusterError` elsewhere."""
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"{address}: no Dask scheduler answers there; start one, or leave --dask out") from error
    if reason := unlike(client):
        client.close()
        raise ClusterError(f"{address}: {reason}; install this one on every machine and start its workers")
    return client


def unlike(client: Client) -> str:
    """Return why the workers of a cluster do not read as this process does, or nothing."""
    try:
        versions = client.run(reading_version)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        return f"a worker cannot tell its version of readout-site ({error})"
    odd = sorted(worker for worker, version in versions.items() if version != reading_version())
    if odd:
        return f"{', '.join(odd)} has another version of readout-site"
    return "" if versions else "has no workers"


def reached(outcomes: Iterable[Outcome], address: str) -> Iterator[Outcome]:
    """Pass outcomes through; raise `ClusterError` where the scheduler or all workers are gone."""
    try:
        yield from outcomes
    except (CancelledError, ClosedClientError, OSError) as error:  # A connection that broke is an OSError too.
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise ClusterError(f"{address}: {LOST.format(reason)}") from error


def completed(outcome: Outcome, file: CaptureFile, site: Path, issuer: Issuer | None) -> Outcome:
    """Return a briefing with what lies beside its capture on this machine; what is no briefing as it is."""
    if not isinstance(outcome, Briefing):
        return outcome
    if file.notes or file.versions:
        outcome = complete(outcome, file, compiled(tuple(rule_texts(site).items())), issuer)
    return with_metas_told(outcome, file)


def open_or_tell(file: CaptureFile) -> Capture | Outcome:
    """Return a capture with its bytes, or at once what is told of it."""
    try:
        return open_capture(file)
    except TooLargeError:
        return unread(Capture(file.file, b"", understood_meta(file)[0]), TOO_LARGE)


def read_batches(
    client: Client, files: Sequence[CaptureFile], rules: Future, issuer: Issuer | None
) -> Iterator[Sequence[Outcome]]:
    """Yield the outcomes of batch after batch; those ahead are read meanwhile."""
    ahead = max(1, AHEAD * sum(client.nthreads().values()))
    waiting: deque[tuple[Sequence[Capture | Outcome], Future]] = deque()
    for start in range(0, len(files), BATCH):
        batch = [open_or_tell(file) for file in files[start : start + BATCH]]
        waiting.append((batch, client.submit(read_batch, batch, rules, issuer, pure=False)))
        if len(waiting) > ahead:
            yield collect(client, *waiting.popleft(), rules, issuer)
    while waiting:
        yield collect(client, *waiting.popleft(), rules, issuer)


def collect(
    client: Client, batch: Sequence[Capture | Outcome], future: Future, rules: Future, issuer: Issuer | None
) -> Sequence[Outcome]:
    """Return the outcomes of a batch; where it broke its readers, each of it is read alone, and the one is told."""
    try:
        outcomes: Sequence[Outcome] = future.result()
    except Exception as error:
        if future.status != "error":  # It is the cluster that failed, not the task.
            raise
        if len(batch) == 1:
            broken = BROKEN.format(type(error).__name__)
            return [unread(each, broken) if isinstance(each, Capture) else each for each in batch]
    else:
        return outcomes
    futures = [client.submit(read_batch, (each,), rules, issuer, pure=False) for each in batch]
    pairs = zip(batch, futures, strict=True)
    return [outcome for each, one in pairs for outcome in collect(client, (each,), one, rules, issuer)]


def read_batch(
    batch: Sequence[Capture | Outcome], texts: Mapping[str, str], issuer: Issuer | None
) -> Sequence[Outcome]:
    """Return the outcomes of a batch, on a machine of the cluster."""
    rules = compiled(tuple(texts.items()))
    return [read_contained(each, rules, issuer) if isinstance(each, Capture) else each for each in batch]


@lru_cache(maxsize=1)
def compiled(texts: tuple[tuple[str, str], ...]) -> Rules:
    """Return the rules, compiled once in a process of the cluster."""
    return parse_rules(dict(texts))
