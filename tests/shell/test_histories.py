"""Whatever is edited, in whatever order, an incremental build gives the very bytes of a build from nothing."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from readout_site.errors import SiteError
from readout_site.shell.build import build
from readout_site.shell.cache import Cache
from readout_site.shell.manifest import NAME
from readout_site.shell.scaffold import create_site
from readout_site.shell.standing import CACHE, open_cache
from readout_site.shell.track import silently
from readout_site.shell.verbs import update_capture

PEOPLE = ("President Ada Vell", "Prime Minister Ben Sample", "Chancellor Cy Dorn", "President Dia Ray")
LANDS = ("Iceland", "Peru", "New Zealand", "Kenya")
ASPECTS = (
    "They agreed to open {n} ports under the Harbour Accord.",
    "Trade in wool reached ${n} billion in 2023, and the leaders welcomed the Cork Pact.",
    "They discussed migration and the North Sea Treaty.",
    "The leaders condemned the attack on the harbour of {land}.",
    "They committed to cut emissions by {n} percent by 2030.",
)
RULE = "lines:\n- name: own-{word}\n  says: A line of our own.\n  patterns:\n  - '.*{word}.*'\n"
DOMAINS = ("captures", "versions", "notes", "glossary", "rules")
numbers = st.integers(0, 5)


def capture(who: int, other: int, day: int, aspects: list[int]) -> str:
    """Return an invented readout."""
    one, two, land = PEOPLE[who % 4], PEOPLE[other % 4], LANDS[other % 4]
    body = " ".join(ASPECTS[a % 5].format(n=a + day, land=land) for a in aspects)
    title = f"Readout of {one}’s Call with {two} of {land}"
    return f"{title}\n\nMay {day + 1}, 2024\n\n{one} spoke today with {two} of {land}. {body}\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of an output folder, the manifest aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != NAME
    }


class Histories(RuleBasedStateMachine):
    """A site that is edited and built, step after step."""

    steps = 0  #: How many were compared with a build from nothing.

    @initialize()
    def begin(self) -> None:
        """Make a site."""
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        self.site = self.folder / "site"
        create_site(self.site)
        self.content = self.site / "content"
        self.dirty = True

    def teardown(self) -> None:
        """Remove the site."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def captures(self) -> list[Path]:
        """Return the captures."""
        return sorted((self.content / "captures").rglob("*.txt"))

    def write(self, path: Path, text: str) -> None:
        """Write a file of the site."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @rule(name=numbers, who=numbers, other=numbers, day=numbers, aspects=st.lists(numbers, max_size=4))
    def save_capture(self, name: int, who: int, other: int, day: int, aspects: list[int]) -> None:
        """Add a capture, or edit it where it is there."""
        self.write(self.content / "captures" / f"2024-05-0{day + 1}-call-{name}.txt", capture(who, other, day, aspects))

    @precondition(lambda self: self.captures())
    @rule(which=numbers, name=numbers)
    def rename_capture(self, which: int, name: int) -> None:
        """Rename a capture; it may take the place of another."""
        paths = self.captures()
        paths[which % len(paths)].replace(self.content / "captures" / f"2024-06-0{name + 1}-moved.txt")

    @precondition(lambda self: self.captures())
    @rule(which=numbers)
    def delete_capture(self, which: int) -> None:
        """Remove a capture."""
        paths = self.captures()
        paths[which % len(paths)].unlink()

    @precondition(lambda self: self.captures())
    @rule(which=numbers, day=numbers, aspects=st.lists(numbers, max_size=4))
    def update_capture(self, which: int, day: int, aspects: list[int]) -> None:
        """Take in a newer capture in the place of one, which is kept; the very same bytes are refused."""
        paths = self.captures()
        newer = self.folder / "newer.txt"
        self.write(newer, capture(0, 1, day, aspects))
        with contextlib.suppress(SiteError):
            update_capture(self.site, paths[which % len(paths)], [str(newer)], {}, None)

    @precondition(lambda self: self.captures())
    @rule(which=numbers)
    def edit_capture(self, which: int) -> None:
        """Change a word of a capture by hand, which the manifest of captures tells."""
        paths = self.captures()
        path = paths[which % len(paths)]
        path.write_text(path.read_text(encoding="utf-8").replace("ports", "harbours"), encoding="utf-8")

    @precondition(lambda self: self.captures())
    @rule(which=numbers, kind=numbers)
    def describe_capture(self, which: int, kind: int) -> None:
        """Write a meta file, which may be wrong, or make a draft of the capture."""
        paths = self.captures()
        says = ("draft: true", "draft: false", "url: https://example.org/x", "date: 2024-07-01", "drafft: x", "")[kind]
        self.write(paths[which % len(paths)].with_suffix(".meta.yaml"), says + "\n")

    @precondition(lambda self: self.captures())
    @rule(which=numbers, quote=st.sampled_from(["spoke today", "agreed", "nowhere"]), body=numbers)
    def write_notes(self, which: int, quote: str, body: int) -> None:
        """Write notes, which may find no place."""
        paths = self.captures()
        place = self.content / "notes" / paths[which % len(paths)].relative_to(self.content / "captures")
        self.write(place.with_suffix(".yaml"), f"notes:\n- quote: {quote}\n  body: Note *{body}*.\n")

    @rule(which=numbers, name=st.sampled_from(["Harbour Accord", "Cork Pact", "wool"]), alias=numbers, body=numbers)
    def write_glossary(self, which: int, name: str, alias: int, body: int) -> None:
        """Write an entry of the glossary."""
        aliases = ("[]", "[HA]", "[ports]", "[today]", "[Iceland]", "[spoke today]")[alias]
        text = f"---\nname: {name}\naliases: {aliases}\n---\nSays *{body}*.\n"
        self.write(self.content / "glossary" / f"entry-{which % 3}.md", text)

    @rule(text=st.sampled_from(["nothing:\n", "", "topics: 3\n", RULE.format(word="wool"), RULE.format(word="port")]))
    def write_rules(self, text: str) -> None:
        """Write rules of the site's own, which may be wrong."""
        self.write(self.content / "rules" / ("boilerplate.yaml" if "lines" in text else "topics.yaml"), text)

    @rule(which=st.sampled_from(["notes", "glossary"]), first=numbers, second=numbers)
    def rename_text(self, which: str, first: int, second: int) -> None:
        """Rename a file of notes or of the glossary; it may take the place of another."""
        paths = sorted((self.content / which).rglob("*.*"))
        if paths:
            path = paths[first % len(paths)]
            path.replace(path.with_name(f"renamed-{second % 3}{path.suffix}"))

    @rule(which=st.sampled_from(["home.html", "list.html", "static/site.css", "missing.html"]), number=numbers)
    def write_template(self, which: str, number: int) -> None:
        """Write a template of the site's own."""
        self.write(self.site / "templates" / which, f"{number} {{{{ frame.title }}}}" if which.endswith("html") else "")

    @rule(title=numbers, base=st.booleans())
    def write_settings(self, title: int, *, base: bool) -> None:
        """Write the settings."""
        url = "base_url: https://example.org/a/\n" if base else ""
        self.write(self.site / "site.yaml", f"title: Site {title}\n{url}")

    @rule(which=st.sampled_from([*DOMAINS, "../templates"]))
    def delete_folder(self, which: str) -> None:
        """Remove the notes, the glossary, the rules, the templates, the earlier texts or all captures."""
        shutil.rmtree(self.content / which, ignore_errors=True)

    @rule(how=st.sampled_from(["delete", "cut", "flip", "empty", "noise", "swap"]), seed=st.integers(0, 99))
    def damage_cache(self, how: str, seed: int) -> None:
        """Damage the cache."""
        path = self.site / ".cache" / "readout-site.sqlite"
        if not path.exists():
            return
        data, chance = bytearray(path.read_bytes()), random.Random(seed)  # noqa: S311 - no secret
        if how == "flip":
            for _ in range(40):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        damaged = {
            "delete": None,
            "cut": data[: chance.randrange(len(data))],
            "flip": data,
            "empty": b"",
            "noise": chance.randbytes(5000),
            "swap": data[::-1],
        }[how]
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)

    @rule(version=st.sampled_from([b"", b"older"]))
    def replace_cache(self, version: bytes) -> None:
        """Let another version of the tool write the cache: the same tables, of other things."""
        with contextlib.closing(open_cache(self.site)) as own:
            rows = own.connection.execute("SELECT name FROM tables").fetchall()
        with contextlib.closing(Cache(self.site / CACHE, version)) as other:
            for (name,) in rows:
                other.store(name, {"what": "another version keeps here", "of": [1, 2, 3]})

    @rule(seed=st.integers(0, 99))
    def damage_output(self, seed: int) -> None:
        """Edit or remove a page, or touch it."""
        pages = sorted(path for path in (self.site / "build").rglob("*") if path.is_file()) if self.built() else []
        if pages:
            page = pages[seed % len(pages)]
            if page.name == NAME:
                os.utime(page)
            elif seed % 3:
                page.unlink()
            else:
                os.utime(page, (seed, seed))

    def built(self) -> bool:
        """Return whether there is an output."""
        return (self.site / "build").is_dir()

    @rule(moment=st.floats(0.05, 0.9))
    def kill_a_build(self, moment: float) -> None:
        """Begin a build, and kill it."""
        command = [sys.executable, "-m", "readout_site", "build", "--site", str(self.site)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)

    @rule()
    def build_twice(self) -> None:
        """Build where nothing changed."""
        with contextlib.suppress(SiteError):
            build(self.site, self.site / "build", silently)
            again = build(self.site, self.site / "build", silently)
            assert (again.written, again.removed) == (0, 0)

    @invariant()
    def incremental_is_clean(self) -> None:
        """Build, and build a copy from nothing: both give the same pages and problems, or fail alike."""
        if not hasattr(self, "site"):
            return
        Histories.steps += 1
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        shutil.copytree(self.site, clean, ignore=shutil.ignore_patterns("build", ".cache", ".build*"))
        try:
            expected = build(clean, clean / "build", silently)
        except SiteError as error:
            with pytest.raises(type(error)):
                build(self.site, self.site / "build", silently)
            return
        report = build(self.site, self.site / "build", silently)
        assert contents(self.site / "build") == contents(clean / "build")
        assert (report.readouts, report.pages, report.problems) == (
            expected.readouts,
            expected.pages,
            expected.problems,
        )


def check(steps: int, examples: int) -> int:
    """Run so many histories of so many steps; return how many were compared with a build from nothing."""
    Histories.steps = 0
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
    return Histories.steps


def test_a_few_histories() -> None:
    assert check(steps=8, examples=4) >= 8


@pytest.mark.long
def test_many_histories() -> None:
    assert check(steps=25, examples=24) >= 500
