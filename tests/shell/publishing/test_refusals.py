"""What is refused before anything is changed: wrong folders, missing mounts, empty sites, private files, problems."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from readout_site.shell.contents import is_placeholder
from readout_site.shell.manifest import NAME, encode_manifest, entry_of, read_manifest
from readout_site.shell.publishing import folder as folders
from readout_site.shell.publishing import verbs
from readout_site.shell.publishing.ledger import LEDGER, PublishError
from readout_site.shell.publishing.publish import Terms
from readout_site.shell.publishing.selection import select
from readout_site.shell.scaffold import create_site

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a site."""
    create_site(tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize("kind", ["folder", "rsync"])
@pytest.mark.parametrize(
    "place",
    ["/", "~", ".", "..", "content", "content/captures", "templates", ".cache", ".git", "build", "build/x", "../site"],
)
def test_a_folder_that_holds_other_files_is_refused(run: Run, here: Path, kind: str, place: str) -> None:
    run("build")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file() and ".cache" not in path.parts}
    done = run("publish", "--to", f"{kind}:{place}", "--first", "--adopt", "--allow-deletes")
    assert done.exit_code == 1
    assert "name another folder" in done.stderr
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.usefixtures("here")
def test_what_another_site_is_built_into_is_refused(run: Run) -> None:
    run("new", "../other")
    run("build", "--site", "../other", "--out", "../out")
    done = run("publish", "--to", "folder:../out", "--first", "--adopt")
    assert "is what a site is built into, not where it is published" in done.stderr


@pytest.mark.parametrize("kind", ["folder", "rsync"])
def test_a_mount_that_is_missing_is_refused(sites: Any, make_place: Any, kind: str) -> None:
    place = make_place(kind)
    sites.bring(place)
    shutil.rmtree(place.folder)
    with pytest.raises(PublishError, match=r"no such folder|No such file"):
        sites.bring(place, sites.after, Terms())
    place.folder.mkdir()  # The mount point alone.
    with pytest.raises(PublishError, match="holds no site that was published there; mount it"):
        sites.bring(place, sites.after, Terms())
    assert list(place.folder.iterdir()) == []


def test_a_disk_that_goes_away_on_the_way_is_noticed(
    sites: Any, make_place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place("folder")
    sites.bring(place)
    writing = folders.write_whole

    def unmount(path: Path, data: bytes) -> None:
        writing(path, data)
        place.folder.rename(place.folder.with_name("away"))
        place.folder.mkdir()

    monkeypatch.setattr(folders, "write_whole", unmount)
    with pytest.raises(PublishError, match="is another folder than a moment ago"):
        sites.bring(place, sites.after, Terms())
    assert list(place.folder.iterdir()) == []


def test_a_share_that_stumbles_is_tried_again(sites: Any, make_place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place("folder")
    writing, calls = folders.write_whole, iter(range(1000))

    def stumble(path: Path, data: bytes) -> None:
        if next(calls) % 3 == 0:
            raise OSError(116, "Stale file handle", str(path))
        writing(path, data)

    monkeypatch.setattr(folders, "write_whole", stumble)
    sites.bring(place)
    assert sites.own(place) == sites.shown(sites.before)


def test_a_disk_that_is_full_is_told(sites: Any, make_place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, _: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(folders, "write_whole", fail)
    with pytest.raises(PublishError, match=r"No space left on device; mend this and publish again"):
        sites.bring(make_place("folder"))


def test_an_empty_site_is_refused(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    (here / "content" / "captures" / "2024-05-14-example-sample.txt").unlink()
    shutil.rmtree(here / "content" / "notes")
    (here / "content" / "manifest-sha256.txt").unlink(missing_ok=True)
    done = run("publish", "--to", "folder:../www", "--first", "--allow-problems")
    assert "the site is empty, and is not published; see --dry-run" in done.stderr
    assert list(www.iterdir()) == []
    assert run("publish", "--to", "folder:../www", "--first", "--allow-problems", "--allow-deletes").exit_code == 0


def test_a_site_with_problems_is_refused_without_consent(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    (here / "content" / "captures" / "notes.docx").write_bytes(b"x")
    done = run("publish", "--to", "folder:../www", "--first")
    assert done.exit_code == 1
    assert "1 problem: nothing was published; mend what is told above, or agree with --allow-problems" in done.stderr
    assert list(www.iterdir()) == []
    assert run("publish", "--to", "folder:../www", "--first", "--allow-problems").exit_code == 0


RIVAL = """
from pathlib import Path
from readout_site.shell import lock
lock.PATIENCE = 0
with lock.locked(Path()):
    pass
"""


@pytest.mark.usefixtures("here")
def test_no_build_comes_between_what_is_checked_and_what_is_published(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("../www").mkdir()
    codes = []

    def rivalled(step: Callable[..., object]) -> Callable[..., object]:
        def call(*words: Any, **options: Any) -> object:
            codes.append(subprocess.run([sys.executable, "-c", RIVAL], check=False, capture_output=True).returncode)
            return step(*words, **options)

        return call

    for name in ("check_site", "publish", "describe"):
        monkeypatch.setattr(verbs, name, rivalled(getattr(verbs, name)))
    assert run("publish", "--to", "folder:../www", "--first").exit_code == 0
    assert codes == [1, 1, 0]


def test_notices_alone_stop_no_publication_and_what_was_done_is_told_as_done(run: Run, here: Path) -> None:
    here.with_name("www").mkdir()
    text = "Compte rendu de l’entretien\n\nLe président a parlé avec le premier ministre de la pêche et du commerce.\n"
    (here / "content" / "captures" / "entretien.txt").write_text(text, encoding="utf-8")
    assert run("publish", "--to", "folder:../www", "--first", "--dry-run").stdout.endswith(" bytes to upload\n")
    done = run("publish", "--to", "folder:../www", "--first")
    assert done.exit_code == 0
    assert done.stdout.endswith(" bytes uploaded\n")
    assert "is in the language `fr` and is shown without annotations" in done.stderr


def test_verify_names_what_others_put_there_and_is_content(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    assert run("publish", "--to", "folder:../www", "--first").exit_code == 0
    (www / "album").mkdir()
    (www / "album" / "boat.jpg").write_bytes(b"x")
    done = run("verify", "--to", "folder:../www")
    assert done.exit_code == 0
    assert done.stdout.startswith("not ours album/boat.jpg\n")
    assert done.stdout.endswith(": 0 changed, 0 missing, 0 extra, 1 not ours\n")
    (www / "index.html").unlink()
    done = run("verify", "--to", "folder:../www")
    assert (done.exit_code, done.stdout.endswith(": 0 changed, 1 missing, 0 extra, 1 not ours\n")) == (1, True)


@pytest.mark.parametrize(
    ("url", "stands"),
    [
        ("https://example.org/readouts/", True),
        ("http://EXAMPLE.com/", True),
        ("https://my.site.example/", True),
        ("http://localhost:8000/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:8000/", True),
        ("https://readouts.test/", True),
        ("", False),
        ("https://examples.org/", False),
        ("https://example.org.uk/", False),
        ("https://ada.github.io/example.org/", False),
        ("https://test.fr/", False),
    ],
)
def test_an_address_that_only_stands_for_one_is_told(url: str, *, stands: bool) -> None:
    assert is_placeholder(url) == stands


def test_an_address_that_only_stands_for_one_is_told_by_a_build_and_published_by_consent(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    with (here / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("base_url: https://example.org/readouts\n")
    built = run("build", "--strict")
    assert built.exit_code == 0
    told = "`base_url` is https://example.org/readouts/, which only stands for an address, and citations and canonical"
    assert f"site.yaml:{(here / 'site.yaml').read_text(encoding='utf-8').count(chr(10))}: {told}" in built.stderr
    done = run("publish", "--to", "folder:../www", "--first")
    assert (done.exit_code, list(www.iterdir())) == (1, [])
    assert told in done.stderr
    assert done.stderr.endswith("write the one that the site will have, or agree with --allow-problems\n")
    assert run("publish", "--to", "folder:../www", "--first", "--allow-problems").exit_code == 0


def test_a_site_without_address_and_the_invented_example_are_published_with_a_word(run: Run, here: Path) -> None:
    here.with_name("www").mkdir()
    example = here / "content" / "captures" / "2024-05-14-example-sample.txt"
    done = run("publish", "--to", "folder:../www", "--first")
    assert done.exit_code == 0
    assert "site.yaml: `base_url` is not set, so no page and no citation tells its address; set it\n" in done.stderr
    assert f"{example.name}: is the invented example, which readers may take for a real readout" in done.stderr
    with (here / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("base_url: https://readouts.int/\n")
    example.write_bytes(example.read_bytes() + b"The leaders spoke of salt.\n")
    done = run("publish", "--to", "folder:../www", "--allow-problems")
    assert "`base_url`" not in done.stderr
    assert "invented" not in done.stderr


def test_a_site_with_a_dead_link_is_refused_without_consent(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    with (here / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("navigation:\n  - label: About us\n    url: about.html\n")
    done = run("publish", "--to", "folder:../www", "--first")
    assert (done.exit_code, list(www.iterdir())) == (1, [])
    assert "about.html" in done.stderr
    assert run("publish", "--to", "folder:../www", "--first", "--allow-problems").exit_code == 0


@pytest.mark.parametrize(
    "name",
    [
        ".env", ".git/config", ".htpasswd", "id_rsa", "id_ed25519.pub", "static/site.css.map", "static/server.pem",
        "static/tls.key", "prod.env", "static/old.css~", "x.bak", "static/.DS_Store", ".cache/readout-site.sqlite",
    ],
)  # fmt: skip
def test_private_files_are_held_back_though_they_were_built(sites: Any, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(sites.before, out)
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_bytes(b"private")
    (out / NAME).write_bytes(encode_manifest({**read_manifest(out), name: entry_of(b"private")}))
    selection = select(sites.site, out)
    assert selection.held_back == (name,)
    assert name not in selection.files


def test_only_what_was_built_is_published_and_what_hosts_ask_for(sites: Any, make_place: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(sites.before, out)
    for name in ("CNAME", ".nojekyll", "robots.txt"):
        (out / name).write_text(name, encoding="ascii")
    for name in (".env", "draft.html", "id_rsa", "site.css.map"):
        (out / name).write_text("private", encoding="ascii")
    (out / "_redirects").symlink_to(tmp_path / "secret")
    place = make_place("folder")
    sites.bring(place, out)
    assert sites.own(place).keys() == sites.shown(sites.before).keys() | {"CNAME", "robots.txt"}


@pytest.mark.parametrize("how", ["edited", "a link", "gone"])
def test_a_file_that_is_not_as_it_was_built_stops_it(sites: Any, make_place: Any, tmp_path: Path, how: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(sites.before, out)
    (tmp_path / "id_rsa").write_bytes((out / "index.html").read_bytes())
    (out / "index.html").unlink()
    if how == "edited":
        (out / "index.html").write_bytes(b"x")
    elif how == "a link":
        (out / "index.html").symlink_to(tmp_path / "id_rsa")
    place = make_place("folder")
    with pytest.raises(PublishError, match=r"index\.html: .*run `readout-site build`"):
        sites.bring(place, out)
    assert place.live() == {}


def test_no_file_names_a_folder_of_this_machine(sites: Any, make_place: Any, tmp_path: Path) -> None:
    place = make_place("folder")
    sites.bring(place)
    names = [str(sites.site).encode(), str(Path.home()).encode(), b"/home/"]
    assert [path for path, data in place.live().items() if any(name in data for name in names)] == []
    out = tmp_path / "out"
    shutil.copytree(sites.before, out)
    page = f"<p>{sites.site}/content".encode()
    (out / "index.html").write_bytes(page)
    (out / NAME).write_bytes(encode_manifest({**read_manifest(out), "index.html": entry_of(page)}))
    with pytest.raises(PublishError, match=r"index\.html: names the folder .* of this machine"):
        sites.bring(make_place("folder"), out)


def test_a_dry_run_lists_uploads_deletions_and_bytes(run: Run, here: Path) -> None:
    www = here.with_name("www")
    www.mkdir()
    run("publish", "--to", "folder:../www", "--first")
    (here / "content" / "glossary" / "example-lighthouse-initiative.md").unlink()
    live = (www / LEDGER).read_bytes()
    done = run("publish", "--to", "folder:../www", "--dry-run", "--allow-problems")
    size = (here / "build" / "index.html").stat().st_size
    assert f"changed  {size:>11,}  index.html" in done.stdout or "changed " in done.stdout
    assert "Would publish to" in done.stdout
    assert (www / LEDGER).read_bytes() == live


@pytest.mark.usefixtures("here")
def test_where_no_place_is_named_the_remedy_is_told(run: Run) -> None:
    done = run("publish")
    assert (done.exit_code, run("verify").exit_code) == (1, 1)
    assert "write `publish:` into site.yaml, or name one with --to" in done.stderr


def test_site_yaml_names_the_place(run: Run, here: Path) -> None:
    here.with_name("www").mkdir()
    with (here / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("publish:\n  folder: ../www\n")
    assert run("publish", "--first").exit_code == 0
    done = run("verify")
    assert done.exit_code == 0
    assert done.stdout.endswith("files compared with build: 0 changed, 0 missing, 0 extra, 0 not ours\n")
    (here.with_name("www") / "index.html").write_bytes(b"")
    assert run("verify").stdout.startswith("changed  index.html\n")
