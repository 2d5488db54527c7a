"""Captures → what their reading costs, in CPU milliseconds by stage (median, 95th percentile), and what a start does.

Run `python bench/reading.py` on a quiet machine: other work on the same cores makes all figures higher. It reads the
shared corpus where it lies beside the project, else the labelled captures of the tests; a dense readout of 5 kB, full
of figures and names; and a page of 80 kB. Each capture is read `ROUNDS` times and its best counts.
"""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any

import msgspec

from readout_site.reading import Rules
from readout_site.reading.annotate import annotate
from readout_site.reading.clean import clean
from readout_site.reading.section import section
from readout_site.records import Capture, Meta
from readout_site.shell.rulebook import load_rules

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
LABELLED = ROOT / "tests" / "quality" / "captures"
ROUNDS = 3
STAGES = ("clean", "section", "annotate", "encode", "whole")
START = (
    ("Python alone", "pass"),
    ("with the reading imported", "import readout_site.reading"),
    ("and its rules compiled", "from readout_site.shell.rulebook import load_rules; load_rules()"),
)
"""Programs, each of which does more than the one before."""
SENTENCES = (
    "President Ola Brandt of Norway met with Prime Minister Keita Mori of Fiji in Geneva on March {n}, 2031.",
    "They welcomed ${n}.5 million in new financing for {n} wind farms, {n} percent more than in 2029.",
    "The leaders agreed that a joint working group on clean energy will meet before the end of June 2032.",
    "Nearly {n},000 people have come from Chile under the Harbour Library Initiative in the last {n} months.",
    "Prime Minister Mori briefed the President on the ceasefire talks and thanked Norway for its support.",
)


def main() -> None:
    """Print the tables."""
    rules = load_rules()
    print(f"{'CPU ms, median (p95)':<34}" + "".join(f"{stage:>18}" for stage in STAGES))
    for name, captures in sets().items():
        costs = [cheapest(capture, rules) for capture in captures]
        print(f"{name:<34}" + "".join(f"{cell([cost[stage] for cost in costs]):>18}" for stage in STAGES), flush=True)
    print()
    for name, program in START:
        print(f"{name:<34}{min(spent(program) for _ in range(ROUNDS)) * 1000:>18.0f}")


def sets() -> dict[str, list[Capture]]:
    """Return the captures to read, by what they are."""
    files = [path for path in sorted(CORPUS.rglob("*") if CORPUS.is_dir() else LABELLED.iterdir()) if path.is_file()]
    dense = "# Readout of President Brandt’s Meeting with Prime Minister Mori of Fiji\n\n" + "\n\n".join(paragraphs(12))
    page = "\n".join(f"<div class='teaser'><a href='/{n}'>Story {n}</a></div>" for n in range(1300))
    body = "".join(f"<p>{text}</p>" for text in paragraphs(12))
    html = f"<html><head><title>Readout</title></head><body><article>{body}</article>{page}</body></html>"
    found = {suffix: [load(path) for path in files if path.suffix == suffix] for suffix in (".txt", ".md", ".html")}
    made = {
        "dense readout, 5 kB": [Capture("2031-03-04-dense.md", dense.encode(), Meta())] * 5,
        "page, 80 kB": [Capture("2031-03-04-page.html", html.encode(), Meta())] * 3,
    }
    return {f"{len(some)} files {suffix}": some for suffix, some in found.items() if some} | made


def paragraphs(count: int) -> Iterator[str]:
    """Yield invented paragraphs, no two alike."""
    return (" ".join(SENTENCES).replace("{n}", str(number)) for number in range(11, 11 + count))


def load(path: Path) -> Capture:
    """Return a file as a capture."""
    return Capture(path.name, path.read_bytes(), Meta())


def cheapest(capture: Capture, rules: Rules) -> dict[str, float]:
    """Return the least that each stage cost."""
    rounds = [costs(capture, rules) for _ in range(ROUNDS)]
    return {stage: min(one[stage] for one in rounds) for stage in STAGES}


def costs(capture: Capture, rules: Rules) -> dict[str, float]:
    """Return what each stage costs, in seconds of CPU."""
    spent: dict[str, float] = {}
    text = timed(spent, "clean", lambda: clean(capture, rules.boilerplate))
    readout = timed(spent, "section", lambda: section(capture, text, rules, None))
    briefing = timed(spent, "annotate", lambda: annotate(readout, rules))
    timed(spent, "encode", lambda: msgspec.json.encode(briefing))
    return spent | {"whole": sum(spent.values())}


def timed(spent: dict[str, float], stage: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
    """Return what `work` makes, and keep what it cost."""
    start = process_time()
    made = work()
    spent[stage] = process_time() - start
    return made


def cell(seconds: list[float]) -> str:
    """Return the median and the 95th percentile in milliseconds."""
    highest = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"{median(seconds) * 1000:.2f} ({highest * 1000:.2f})"


def spent(program: str) -> float:
    """Return the CPU seconds of a process that runs `program`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own words
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
