"""What is wanted at a place, what is ours there, what is there → what to put, in which order, and what to delete.

At every moment all that a page links to is there: first come new files, pages after what they show; then changed ones,
those that list others after them and the home page last; deletions come when nothing leads there any more.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from readout_site.shell.manifest import Entry
from readout_site.shell.publishing.ledger import Ledger, is_page
from readout_site.shell.publishing.target import Found

HOME = "index.html"
BRIEFINGS = "readouts/"
LISTING = (".xml", ".jsonl", ".csv")
"""Files of these kinds outside the briefings' folder list or bundle them: feeds, the sitemap, exports."""

Files = Mapping[str, Entry]
There = Mapping[str, Found]


class Plan(Struct, frozen=True):
    """What a publication does."""

    new: tuple[tuple[str, ...], ...]  #: Files that are not there yet, in steps; those of a step in any order.
    changed: tuple[tuple[str, ...], ...]  #: Files that are there with other bytes, after them, likewise.
    deleted: tuple[str, ...]  #: Files of ours that are no part of the site any more.
    kept: int  #: Files that are there as they should be.
    bytes: int  #: To be put.

    def steps(self) -> tuple[tuple[str, ...], ...]:
        """Return the paths to put, step by step."""
        return self.new + self.changed

    def puts(self) -> tuple[str, ...]:
        """Return the paths to put, in order."""
        return tuple(path for step in self.steps() for path in step)

    def touched(self) -> tuple[str, ...]:
        """Return all that is put or deleted."""
        return self.puts() + self.deleted


def make_plan(wanted: Files, ledger: Ledger, there: There, same: Collection[str], ours: Iterable[str]) -> Plan:
    """Return what makes a place hold what is wanted.

    `there` are all its files, `same` those of the `unsure` that hold what is wanted, `ours` those of the `outdated`
    that are as they were published.
    """
    settled = settled_of(wanted, ledger, there)
    puts = [path for path in wanted if path not in same and path not in settled]
    home = [path for path in puts if path == HOME]
    new = [path for path in puts if path not in there and path != HOME]
    changed = [path for path in puts if path in there and path != HOME]
    return Plan(
        new=(*in_steps(new), *(tuple(home) for _ in home if HOME not in there)),
        changed=(*in_steps(changed), *(tuple(home) for _ in home if HOME in there)),
        deleted=tuple(sorted(ours)),
        kept=len(wanted) - len(puts),
        bytes=sum(wanted[path].size for path in puts),
    )


def unsure(wanted: Files, ledger: Ledger, there: There) -> list[str]:
    """Return the wanted files that may be there as they should be, which only a look at the place can tell."""
    settled = settled_of(wanted, ledger, there)
    return [path for path, entry in wanted.items() if has_size(path, entry, there) and path not in settled]


def settled_of(wanted: Files, ledger: Ledger, there: There) -> frozenset[str]:
    """Return the files that were put as they are wanted, and cannot have been altered since."""
    open_cases = frozenset(ledger.unsettled)
    known = (path for path, entry in wanted.items() if ledger.files.get(path) == entry and path not in open_cases)
    return frozenset(path for path in known if has_size(path, wanted[path], there) and not there[path].doubtful)


def has_size(path: str, entry: Entry, there: There) -> bool:
    """Return whether a file of the size that it was published with is there."""
    return path in there and there[path].size == entry.size


def outdated(wanted: Files, ledger: Ledger, there: There) -> list[str]:
    """Return the files there that are listed as ours, and are no part of the site any more."""
    return sorted(path for path in ledger.files if path in there and path not in wanted)


def altered(plan: Plan, wanted: Files, ledger: Ledger) -> tuple[str, ...]:
    """Return the files to be put that had been put just so, and that others altered since."""
    open_cases = frozenset(ledger.unsettled)
    changed = (path for step in plan.changed for path in step)
    return tuple(path for path in changed if ledger.files.get(path) == wanted[path] and path not in open_cases)


def others(wanted: Files, ledger: Ledger, there: There, same: Collection[str]) -> list[str]:
    """Return the files of others' that stand where ours are wanted, or where a folder for them is."""
    taken = wanted.keys() | {folder for path in wanted for folder in folders_of(path)}
    return sorted(path for path in there if path in taken and path not in ledger.files and path not in same)


def folders_of(path: str) -> Iterable[str]:
    """Return the folders that a path leads through."""
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def pages_gone(wanted: Files, ledger: Ledger) -> tuple[int, int]:
    """Return how many of our pages at a place are not wanted any more, and how many there are."""
    pages = [path for path in ledger.files if is_page(path)]
    return sum(path not in wanted for path in pages), len(pages)


def in_steps(paths: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Yield the paths step by step: what pages show, briefings, what lists them."""
    by_rank: dict[int, list[str]] = {}
    for path in sorted(paths):
        by_rank.setdefault(rank(path), []).append(path)
    return (tuple(by_rank[each]) for each in sorted(by_rank))


def rank(path: str) -> int:
    """Return in which step a file comes."""
    if path.startswith(BRIEFINGS):
        return 1 if is_page(path) else 0
    return 2 if is_page(path) or path.endswith(LISTING) else 0
