"""What is published of an output folder, and what stops it: over a few small files."""

from pathlib import Path

import pytest

from readout_site.shell.manifest import NAME, encode_manifest, entry_of
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.selection import HOST_FILES, Selection, select


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site, and be somebody with a home of their own."""
    monkeypatch.setenv("HOME", "/home/ada")
    (tmp_path / "site" / "build").mkdir(parents=True)
    return tmp_path / "site"


def build(site: Path, files: dict[str, bytes]) -> Path:
    """Write files as a build does; return the output folder."""
    out = site / "build"
    for path, data in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    (out / NAME).write_bytes(encode_manifest({path: entry_of(data) for path, data in files.items()}))
    return out


def test_what_was_built_is_selected_with_what_hosts_ask_of_a_person(site: Path) -> None:
    out = build(site, {"index.html": b"x", "_headers": b"built"})
    asked = {"CNAME", "_redirects", ".nojekyll", "robots.txt", ".well-known/security.txt"}
    for name in asked:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_bytes(name.encode())
    (out / "draft.html").write_bytes(b"not built")
    files = {"index.html": entry_of(b"x"), "_headers": entry_of(b"built")}
    assert select(site, out) == Selection(files | {name: entry_of(name.encode()) for name in asked}, ())
    assert set(HOST_FILES) == asked | {"_headers"}


def test_what_hosts_ask_for_is_no_folder_and_no_link(site: Path) -> None:
    out = build(site, {"index.html": b"x"})
    (out / "CNAME").symlink_to("index.html")
    (out / "robots.txt").mkdir()
    assert select(site, out).files.keys() == {"index.html"}


def test_what_is_for_no_reader_is_held_back_and_what_hosts_ask_for_is_not(site: Path) -> None:
    private = {
        ".env",
        "a/.b",
        "id_rsa",
        "a/id_ed25519",
        "x~",
        "A.PEM",
        "a.map",
        "a.key",
        "a.p12",
        "a.pfx",
        "a.bak",
        "b.swp",
    }
    public = {"a.mapping", "pem", "a.b/c.html", ".nojekyll", ".well-known/security.txt", "my_id_rsa.html"}
    selection = select(site, build(site, dict.fromkeys(sorted(private | public), b"x")))
    assert (set(selection.held_back), set(selection.files)) == (private, public)


def test_where_nothing_was_built_nothing_is_selected(site: Path) -> None:
    with pytest.raises(PublishError, match=r"build: holds no site; run `readout-site build`$"):
        select(site, site / "build")


@pytest.mark.parametrize(
    ("how", "told"), [("edited", "was edited since it was built"), ("gone", r"cannot be read \(No such")]
)
def test_what_is_not_as_it_was_built_stops_it(site: Path, how: str, told: str) -> None:
    out = build(site, {"index.html": b"x"})
    (out / "index.html").unlink()
    if how == "edited":
        (out / "index.html").write_bytes(b"y")
    with pytest.raises(PublishError, match=rf"index\.html: {told}.*; run `readout-site build`$"):
        select(site, out)


@pytest.mark.parametrize("folder", ["the site", "the output", "the home"])
def test_no_file_names_a_folder_of_this_machine(site: Path, folder: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "build").rmdir()
    (site / "build").symlink_to(tmp_path / "elsewhere")
    named = {"the site": site, "the output": tmp_path / "elsewhere", "the home": Path("/home/ada")}[folder]
    out = build(site, {"index.html": f"<p>{named}/content</p>".encode()})
    with pytest.raises(
        PublishError, match=rf"index\.html: names the folder {named} of this machine; mend what it shows"
    ):
        select(site, out)


def test_a_home_that_may_be_a_word_of_any_text_stops_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv")
    assert select(site, build(site, {"index.html": b"They met in /srv."})).files
