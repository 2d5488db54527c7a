"""The command line: what each verb says and does, and how it ends."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from readout_site.shell import lock

Run = Callable[..., Result]
EXAMPLE = "content/captures/2024-05-14-example-sample.txt"


def start(program: str, *words: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """Run a program that ends in the command, in a process of its own."""
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", f"{program}\nfrom readout_site.shell.cli import main; main()", *map(str, words)],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


@pytest.mark.parametrize(
    "verb", [(), ("new",), ("add",), ("read",), ("build",), ("serve",), ("check",), ("publish",), ("verify",)]
)
def test_help_teaches_with_an_example(run: Run, verb: tuple[str, ...]) -> None:
    done = run(*verb, "--help")
    assert done.exit_code == 0
    assert re.search(r"^ +(?:.* )?readout-site \w+ \S", done.stdout, re.MULTILINE)


def test_the_verbs_stand_in_the_order_of_use(run: Run) -> None:
    commands = run("--help").stdout.partition("Commands:")[2]
    assert re.findall(r"^  (\w+)", commands, re.MULTILINE) == [
        "new",
        "add",
        "read",
        "build",
        "serve",
        "check",
        "publish",
        "verify",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("sow",), ("new",), ("read",), ("read", "nowhere.txt"), ("add", "."), ("build", "--fast"), ("build", "x"),
        ("add", "--url", "javascript:x", __file__), ("add", "--date", "2023-02-30", __file__),
        ("add", "--date", "x", __file__, __file__), ("read", "-", __file__),
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_2(
    run: Run, site: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    done = run(*words)
    assert done.exit_code == 2
    assert "Error: " in done.stderr


@pytest.mark.parametrize("words", [("build",), ("add", __file__), ("read", "--site", "home", __file__)])
def test_where_no_site_is_the_remedy_is_told(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 1
    assert re.match(r"error: \S+: no site is here, .*make one with `readout-site new DIR`", done.stderr)


def test_new_makes_a_site_that_builds_without_problems(run: Run, tmp_path: Path) -> None:
    done = run("new", "mine")
    assert done.exit_code == 0
    assert EXAMPLE in done.stdout
    assert "readout-site build" in done.stdout
    assert (tmp_path / "mine" / ".gitignore").is_file()
    built = run("build", "--site", "mine", "--strict")
    assert (built.exit_code, built.stderr.count("mine/")) == (0, 0), built.stderr
    assert re.match(r"1 readout, \d+ pages, 0 problems in \d+\.\d s: \d+ files written, 0 removed", built.stdout)


def test_new_refuses_a_folder_that_holds_something(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").touch()
    done = run("new", "mine")
    assert (done.exit_code, done.stderr) == (1, "error: mine: is not empty; name a new folder\n")
    assert [path.name for path in Path("mine").iterdir()] == ["x"]


def test_new_fills_an_empty_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert run("new", "mine").exit_code == 0


def test_add_copies_byte_for_byte_and_tells_what_was_understood(run: Run, site: Path, tmp_path: Path) -> None:
    data = (site / EXAMPLE).read_bytes().replace(b"seasonal", b"visiting")
    (tmp_path / "page.txt").write_bytes(data)
    done = run("add", "--site", site, "page.txt", "--url", "https://example.org/2024/05/14/x")
    assert done.exit_code == 0, done.stderr
    (path,) = set((site / "content" / "captures").glob("*.txt")) - {site / EXAMPLE}
    assert path.read_bytes() == data
    assert path.name == "2024-05-14-example-sample-2.txt"
    meta = path.with_suffix(".meta.yaml").read_text()
    assert re.fullmatch(r"url: https://example\.org/2024/05/14/x\n", meta)
    assert f"Added {path}" in done.stdout
    assert "Title  Readout of President Ada Example’s Meeting" in done.stdout
    assert "Date   2024-05-14" in done.stdout
    assert "Who    Ada Example, Ben Sample" in done.stdout
    assert re.search(r"Text   5 paragraphs kept, \d+ passages cut", done.stdout)


def test_the_advice_of_add_names_the_meta_file_where_it_lies(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "scraped.txt").write_text("Readout of a Call\n\nThey spoke about wool.\n", encoding="utf-8")
    told = run("add", "--site", "site", "scraped.txt").stdout
    (path,) = set((site / "content" / "captures").glob("*call*.txt"))
    assert f"give `date` in site/content/captures/{path.stem}.meta.yaml" in told
    assert "scraped" not in told


def test_links_that_notes_and_glossary_lose_are_told(run: Run, site: Path) -> None:
    notes = site / "content" / "notes" / "2024-05-14-example-sample.yaml"
    entry = next((site / "content" / "glossary").iterdir())
    notes.write_text("notes:\n  - exact: security at sea\n    body: See [all](../archive/).\n", encoding="utf-8")
    with entry.open("a", encoding="utf-8") as end:
        end.write("\nSee [all](../archive/).\n")
    done = run("build", "--site", "site", "--strict")
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in (entry, notes)]
    for path, line in zip((entry, notes), lines, strict=True):
        assert f"content/{path.parent.name}/{path.name}:{line}: the link to `../archive/` is left out" in done.stderr
    assert (done.exit_code, ", 2 problems in " in done.stdout) == (1, True)


def test_add_refuses_the_same_bytes_and_goes_on_with_the_others(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_bytes((site / EXAMPLE).read_bytes())
    (tmp_path / "empty.txt").write_bytes(b" \n")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\0\0")
    (tmp_path / "other.txt").write_text(
        "Readout of a Call\n\nPresident Example spoke today with Prime Minister Sample.\n"
    )
    done = run("add", "--site", site, "again.txt", "empty.txt", "photo.jpg", "other.txt", "other.txt")
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"error: again.txt: is already here as {EXAMPLE}, byte for byte; nothing was added",
        "error: empty.txt: is empty; nothing was added",
        "error: photo.txt: is no text; save the page as text or HTML and add that",
        f"error: other.txt: is already here as {added_in(done)}, byte for byte; nothing was added",
    ]
    assert len(list((site / "content" / "captures").iterdir())) == 2


def added_in(done: Result) -> str:
    """Return what was added, as seen from the site."""
    match = re.search(r"Added \S*?(content/\S+)", done.stdout)
    assert match
    return match[1]


@pytest.mark.parametrize(
    ("data", "words", "suffix"),
    [
        (b"<!DOCTYPE html><p>Readout", (), ".html"),
        (b"\xef\xbb\xbf \n<html><p>Readout", (), ".html"),
        (b"---\ntitle: Readout\n---\nText", (), ".md"),
        (b"Readout <p>", (), ".txt"),
        (b"< 5 degrees", (), ".txt"),
        (b"# Readout", ("--format", "md"), ".md"),
    ],
)
def test_add_takes_what_comes_through_a_pipe(
    run: Run, site: Path, data: bytes, words: tuple[str, ...], suffix: str
) -> None:
    done = run("add", "--site", site, *words, "-", data=data)
    assert done.exit_code == 0, done.stderr
    (path,) = set((site / "content" / "captures").iterdir()) - {site / EXAMPLE}
    assert (path.suffix, path.read_bytes()) == (suffix, data)


def test_add_takes_the_meta_file_along(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Readout of a Call\n\nThey spoke.\n")
    (tmp_path / "page.meta.yaml").write_text("draft: true\nurl: https://example.org/x\n")
    assert run("add", "--site", site, "page.txt", "page.meta.yaml").exit_code == 0
    (meta,) = (site / "content" / "captures").glob("*.meta.yaml")
    assert meta.read_text() == "url: https://example.org/x\ndraft: true\n"


def test_read_shows_people_what_was_understood(run: Run, site: Path) -> None:
    done = run("read", "--site", site, site / EXAMPLE)
    assert done.exit_code == 0
    assert (
        "Title        Readout of President Ada Example’s Meeting with Prime Minister Ben Sample of New Zealand"
        in done.stdout
    )
    assert re.search(r"^Date         2024-05-14 \(from [\w-]+\)$", done.stdout, re.MULTILINE)
    assert "Kind         meeting" in done.stdout
    assert re.search(
        r"^Participants Ada Example, President(?:, PT)?; Ben Sample, Prime Minister, NZ$", done.stdout, re.MULTILINE
    )
    assert "Sample Trade Agreement" in done.stdout
    assert re.search(r"^kept +President Ada Example met today", done.stdout, re.MULTILINE)
    assert re.search(r"^cut [\w-]+ +64\.4 F$", done.stdout, re.MULTILINE)
    assert "\x1b" not in done.stdout


def test_read_prints_programs_a_record_a_line(
    run: Run, site: Path, write_captures: Callable[[int], list[Path]]
) -> None:
    paths = [*write_captures(20), site / EXAMPLE]
    done = run("read", "--json", *paths)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["source"]["file"] for record in records] == [path.name for path in paths]
    assert {record["schema"] for record in records} == {"readout-site/record/1"}
    assert records[-1]["participants"][0]["name"] == "Ada Example"
    assert len(records[-1]["notes"]) == 1


def test_read_works_outside_a_site_and_on_a_pipe(run: Run, site: Path, tmp_path: Path) -> None:
    data = (site / EXAMPLE).read_bytes()
    (tmp_path / "x.txt").write_bytes(data)
    alone, piped = (
        json.loads(run("read", "--json", "x.txt").stdout),
        json.loads(run("read", "--json", "-", data=data).stdout),
    )
    assert alone["title"] == piped["title"]
    assert alone["source"]["sha256"] == piped["source"]["sha256"]


def test_read_uses_the_issuer_and_the_meta_of_the_site(
    run: Run, site: Path, write_captures: Callable[[int], list[Path]]
) -> None:
    (site / "site.yaml").write_text("issuer: {name: the Example Chancellery, country: PT}\n")
    (path,) = write_captures(1)
    path.with_suffix(".meta.yaml").write_text("url: https://example.org/there\n")
    record = json.loads(run("read", "--site", site, "--json", path).stdout)
    assert record["issuer"] == {"name": "the Example Chancellery", "country": "PT"}
    assert record["source"]["url"] == "https://example.org/there"


def test_what_would_steer_the_terminal_is_made_visible(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "Readout \x1b]0;owned\x07 of a Call\n\nThey \x1b[2J spoke \u202eagain\u202c today.\n"
    )
    done = run("read", "x.txt")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    assert "␛" in done.stdout


@pytest.mark.parametrize(
    "words",
    [("build", "--site", "odd\x1b[2J"), ("new", "odd\x1b[2J"), ("build", "--site", "site", "--out", "odd\x1b[2J")],
)
def test_names_that_would_steer_the_terminal_are_made_visible(run: Run, site: Path, words: tuple[str, ...]) -> None:
    del site
    done = run(*words)
    assert "odd␛[2J" in done.output
    assert "\x1b" not in done.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--out", "."), "is the folder you are in, or holds it"),
        (("--out", ""), "is the folder you are in, or holds it"),
        (("--out", "/"), "is the root of the disk, or holds it"),
        (("--out", "site"), "is the site itself, or holds it"),
        (("--out", "home"), "is your home folder, or holds it"),
        (("--out", "site/content/captures"), "lies in the site's own content"),
    ],
)
def test_build_refuses_a_dangerous_output_folder(run: Run, site: Path, words: tuple[str, ...], message: str) -> None:
    before = sorted(site.rglob("*"))
    done = run("build", "--site", "site", *words)
    assert done.exit_code == 1
    assert message in done.stderr
    assert "name another folder with --out" in done.stderr
    assert sorted(site.rglob("*")) == before


def test_build_prints_problems_as_path_and_line_and_strict_exits_with_1(run: Run, site: Path) -> None:
    (site / "content" / "notes" / "2024-05-14-example-sample.yaml").write_text(
        "notes:\n  - exact: not there\n    body: x\n"
    )
    (site / "content" / "captures" / "table.csv").touch()
    done = run("build", "--site", "site")
    assert done.exit_code == 0
    assert "site/content/notes/2024-05-14-example-sample.yaml:2: the quote is not in the text" in done.stderr
    assert "site/content/captures/table.csv: is no capture" in done.stderr
    assert ", 2 problems in " in done.stdout
    strict = run("build", "--site", "site", "--strict", "--out", "strict")
    assert strict.exit_code == 1
    assert Path("strict/index.html").is_file()


def test_notices_are_told_apart_and_fail_neither_a_strict_build_nor_a_check(run: Run, site: Path) -> None:
    text = "Compte rendu de l’entretien\n\nLe président a parlé avec le premier ministre de la pêche et du commerce.\n"
    (site / "content" / "captures" / "2024-05-15-entretien.txt").write_text(text, encoding="utf-8")
    done = run("build", "--site", "site", "--strict")
    assert (done.exit_code, ", 0 problems, 1 notice in " in done.stdout) == (0, True)
    assert "entretien.txt: is in the language `fr`" in done.stderr
    checked = run("check", "--site", "site")
    assert (checked.exit_code, "is in the language `fr`" in checked.stderr) == (0, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("captures/table.csv", "x"),
        ("captures/empty.txt", ""),
        ("captures/2024-05-14-example-sample.meta.yaml", "titel: x\n"),
        ("notes/other.yaml", "notes: []\n"),
        ("glossary/pact.md", "---\nnmae: Pact\n---\nx\n"),
        ("manifest-sha256.txt", f"{'0' * 64}  captures/gone.txt\n"),
    ],
)
def test_build_and_check_share_a_verdict(run: Run, site: Path, name: str, text: str) -> None:
    (site / "content" / name).write_text(text, encoding="utf-8")
    assert ", 1 problem" in run("build", "--site", "site").stdout
    checked = run("check", "--site", "site")
    assert (checked.exit_code, checked.stdout.endswith(": 1 fault\n")) == (1, True)
    assert run("build", "--site", "site", "--strict").exit_code == 1


def test_a_fault_of_fixity_that_was_mended_since_the_build_is_none(run: Run, site: Path) -> None:
    manifest = site / "content" / "manifest-sha256.txt"
    manifest.write_text(f"{'0' * 64}  captures/gone.txt\n", encoding="utf-8")
    run("build", "--site", "site")
    manifest.unlink()
    assert run("check", "--site", "site").exit_code == 0


def test_many_problems_are_told_by_kind(run: Run, site: Path) -> None:
    for number in range(30):
        (site / "content" / "captures" / f"{number}.csv").touch()
    done = run("build", "--site", "site")
    assert done.stderr.count("is no capture") == 1
    assert "… and 29 more of this kind" in done.stderr
    assert run("build", "--site", "site", "--verbose").stderr.count("is no capture") == 30


def test_a_mistake_in_site_yaml_is_told_with_its_line(run: Run, site: Path) -> None:
    (site / "site.yaml").write_text("# mine\ntitel: x\n")
    done = run("build", "--site", "site")
    assert (done.exit_code, done.stderr) == (1, "error: site/site.yaml:2: unknown key `titel`; did you mean `title`?\n")


def test_help_comes_at_once() -> None:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with start("", "--help") as process:
            process.communicate()
        times.append(time.perf_counter() - began)
    assert min(times) < 1  # 0.1 s on an idle machine


SLOW = """
import time
import readout_site.shell.workers as workers
from readout_site.records import Problem
def understand(file, task):
    print("reading", flush=True)
    time.sleep(60)
workers.understand = understand
"""


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_is_stopped_leaves_the_old_site(
    run: Run, site: Path, write_captures: Callable[[int], list[Path]], sent: signal.Signals, code: int
) -> None:
    assert run("build", "--site", site).exit_code == 0
    before = {path: path.read_bytes() for path in (site / "build").rglob("*") if path.is_file()}
    write_captures(40)
    with start(SLOW, "build", "--site", site) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"reading")
        process.send_signal(sent)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == code
    assert b"Traceback" not in errors
    assert {path: path.read_bytes() for path in (site / "build").rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in site.iterdir() if path.name.startswith(".build")) == []
    assert run("build", "--site", site).exit_code == 0


def test_two_builds_at_once_are_kept_apart(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with start(SLOW, "build", "--site", site) as process:
        assert process.stdout
        process.stdout.readline()
        done = run("build", "--site", site)
        process.kill()
        process.communicate()
    assert done.exit_code == 1
    assert f"locked by PID {process.pid}, which builds or publishes this site; try again" in done.stderr
    assert run("build", "--site", site).exit_code == 0


def test_a_reader_who_has_seen_enough_ends_the_command_quietly(write_captures: Callable[[int], list[Path]]) -> None:
    paths = write_captures(200)
    with start("", "read", "--json", *paths) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        errors = process.stderr.read()
    assert process.returncode == 1
    assert errors == b""


def test_a_bug_shows_its_traceback(site: Path) -> None:
    program = "import readout_site.shell.compose as b\ndef fail(*_): raise ZeroDivisionError('a bug')\nb.arrange = fail"
    with start(program, "build", "--site", site) as process:
        _, errors = process.communicate()
    assert process.returncode == 1
    assert b"ZeroDivisionError: a bug" in errors
    assert b"Traceback" in errors
