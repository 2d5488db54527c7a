"""Build invented sites of several sizes and print, as a Markdown table, how long each kind of work takes.

    .venv/bin/python bench/site.py [--sizes 100,1000,10000] [--rounds 3] [--edits 7]

Every figure is of whole processes, start-up included: seconds on the wall, in brackets seconds of computing by all of
them; of several rounds the median. `reading` and `rendering` are those stages of the cold build, for one readout.
`served` is the time from saving a capture until the dev server gives its page with the new text, asked every 5 ms.
"""

import argparse
import http.client
import json
import os
import platform
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOLDERS = ("President", "Prime Minister", "Chancellor", "Foreign Minister", "Vice President")
NAMES = (
    "Ada Vell",
    "Ben Sample",
    "Cy Dorn",
    "Dia Ray",
    "Eli Marsh",
    "Fay Orrin",
    "Gil Tane",
    "Hana Brook",
    "Ivo Stell",
)
LANDS = ("Iceland", "Peru", "New Zealand", "Kenya", "Portugal", "Fiji", "Chile", "Ghana", "Norway", "Jamaica", "Nepal")
SENTENCES = (
    "They agreed to open {n} lighthouses under the Harbour Accord by {year}.",
    "Trade in wool and cork between {one} and {two} reached ${n}.{m} billion in {year}, {m} percent more than before.",
    "The leaders condemned the attack on the harbour of {three} and reaffirmed their support for its people.",
    "{who} welcomed the Kelp and Copper Initiative, which has trained nearly {n},000 divers since {year}.",
    "They discussed migration across the northern strait and the need for orderly, humane and regular pathways.",
    "They committed to cut emissions from ferries by {n} percent within {m} years, with {three} as a partner.",
    "{who} raised the cases of {m} detained sailors and urged that consular visits be allowed without delay.",
    "On public health, {who} announced ${n} million for clinics, to be paid out over {m} years.",
    "They underscored the importance of free elections, an independent press and the rule of law in the region.",
    "The ministers will meet again in {three} in the spring to review progress on semiconductors and undersea cables.",
)
PARAGRAPHS, LENGTH = 9, 4
POLL = 0.005
PATIENCE = 120.0
COMMAND = (sys.executable, "-m", "readout_site")


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="100,1000,10000")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--edits", type=int, default=7)
    given = options.parse_args()
    columns = {}
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            columns[size] = measure(Path(folder) / "site", size, given.rounds, given.edits)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    print(f"{cores} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f} at the end\n")
    print("| work |" + "".join(f" {size:,} |" for size in columns))
    print("|---|" + "---|" * len(columns))
    for row in next(iter(columns.values())):
        print(f"| {row} |" + "".join(f" {column[row]} |" for column in columns.values()))


def measure(site: Path, size: int, rounds: int, edits: int) -> dict[str, str]:
    """Return every figure for a site of so many readouts, in words."""
    captures = site / "content" / "captures"
    captures.mkdir(parents=True)
    for number in range(size):
        name_of(captures, number).write_text(readout(number), encoding="utf-8")
    (site / "site.yaml").write_text("title: Bench\nbase_url: https://example.org/\n")
    cold = run(site)
    kinds: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds):
        kinds.setdefault("nothing changed", []).append(run(site)[:2])
        name_of(captures, size + number).write_text(readout(size + number), encoding="utf-8")
        kinds.setdefault("one added", []).append(run(site)[:2])
        name_of(captures, number).write_text(readout(number, f"They met {number + 3} times."), encoding="utf-8")
        kinds.setdefault("one edited", []).append(run(site)[:2])
    template = site / "templates" / "missing.html"
    template.parent.mkdir()
    template.write_text("{{ frame.title }}")
    kinds["a template edited"] = [run(site)[:2]]
    stages = cold[3]["stages"]
    return {
        "cold build": seconds(*cold[:2]),
        "peak memory, cold": f"{cold[2]:.0f} MiB",
        "reading, each": f"{1000 * stages['reading'] / size:.2f} ms",
        "rendering, each": f"{1000 * stages['rendering'] / size:.2f} ms",
        **{kind: seconds(*map(statistics.median, zip(*all_, strict=True))) for kind, all_ in kinds.items()},
        "served": f"{1000 * statistics.median(latencies(site, name_of(captures, size // 2), edits)):.0f} ms",
        "output": f"{weight(site / 'build') / size / 1024:.0f} KiB each",
        "cache": f"{weight(site / '.cache') / size / 1024:.0f} KiB each, with the output before",
    }


def name_of(captures: Path, number: int) -> Path:
    """Return where a readout lies."""
    return captures / f"{2000 + number % 24}-{number % 12 + 1:02}-{number % 28 + 1:02}-call-{number}.md"


def readout(number: int, end: str = "") -> str:
    """Return an invented readout of some 5 KB, always the same for a number."""
    chance = random.Random(number)  # noqa: S311 - no secret
    one, two, three = chance.sample(LANDS, 3)
    first, second = chance.sample(NAMES, 2)
    who = f"{chance.choice(HOLDERS)} {first}"
    words = {"one": one, "two": two, "three": three, "who": who}
    title = f"Readout of {who}’s Call with {chance.choice(HOLDERS)} {second} of {two}"
    paragraphs = [f"{who} spoke today with {second} of {two}."]
    for _ in range(PARAGRAPHS):
        chosen = chance.sample(SENTENCES, LENGTH)
        figures = (
            {"n": chance.randint(2, 900), "m": chance.randint(2, 9), "year": chance.randint(1999, 2023)} for _ in chosen
        )
        paragraphs.append(" ".join(text.format(**words, **own) for text, own in zip(chosen, figures, strict=True)))
    return "\n\n".join([f"# {title}", *paragraphs, end]).rstrip() + "\n"


def run(site: Path) -> tuple[float, float, float, dict[str, Any]]:
    """Build; return seconds on the wall and of computing, the MiB of the largest process, and the summary."""
    began = time.monotonic()
    words = [*COMMAND, "build", "--no-search", "--json", "--site", str(site)]
    with tempfile.TemporaryFile() as told, subprocess.Popen(words, stdout=told) as process:  # noqa: S603 - our own
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"the build exited with {process.returncode}")
        told.seek(0)
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.load(told)


def latencies(site: Path, capture: Path, edits: int) -> Iterator[float]:
    """Yield the seconds from each of so many edits of a capture until the dev server gives its new page."""
    words = [*COMMAND, "serve", "--port", "8600", "--site", str(site)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:  # noqa: S603
        try:
            said = iter(server.stdout or ())
            line = next(line for line in said if line.startswith("Serving "))
            host = line.split("//")[1].split("/")[0]
            day, name = capture.stem[:10].split("-"), capture.stem[11:]
            path = f"/readouts/{day[0]}/{day[1]}/{day[2]}-{name}.html"
            text = capture.read_text(encoding="utf-8")
            for number in range(edits):
                time.sleep(2.0)
                mark = f"They will meet in the year {4000 + number}."
                began = time.monotonic()
                capture.write_text(f"{text}\n{mark}\n", encoding="utf-8")
                while str(4000 + number) not in get(host, path):
                    if time.monotonic() - began > PATIENCE:
                        sys.exit(f"{path}: the edit did not show within {PATIENCE:.0f} s")
                    time.sleep(POLL)
                yield time.monotonic() - began
        finally:
            server.send_signal(signal.SIGINT)


def get(host: str, path: str) -> str:
    """Return a page."""
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def seconds(wall: float, work: float) -> str:
    """Return seconds on the wall and of computing."""
    return f"{wall:.2f} s ({work:.2f})"


def weight(folder: Path) -> int:
    """Return the bytes of all files below a folder, each counted once however many names it has."""
    stats = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum({each.st_ino: each.st_size for each in stats}.values())


if __name__ == "__main__":
    main()
