"""Which places are opened, and which are refused since publishing there would endanger other files."""

from pathlib import Path

import pytest

from readout_site.settings import parse_target
from readout_site.shell.manifest import NAME
from readout_site.shell.publishing.ledger import PublishError
from readout_site.shell.publishing.opening import open_target
from readout_site.shell.publishing.target import Target


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder for a site, in a home."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    site = tmp_path / "home" / "site"
    (site / "build").mkdir(parents=True)
    return site


def opened(site: Path, to: str) -> Target:
    """Return the place that is named, of this site."""
    return open_target(parse_target(to), site, site / "build", adopt=False)


def test_each_kind_of_place_is_opened_as_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    names = {
        "branch:pages": "branch pages of origin",
        "folder:../www": str(site.parent / "www"),
        "folder:~/www": str(site.parent / "www"),
        "rsync:../www": str(site.parent / "www"),
        "rsync:host:www": "host:www",
        "bucket:example/x": "bucket example/x",
    }
    assert {to: opened(site, to).name for to in names} == names
    assert {to for to in names if opened(site, to).marked} == {to for to in names if to.startswith(("folder", "rsync"))}


@pytest.mark.parametrize(
    "place",
    [
        *("host:", "host:/", "host://", "host:.", "host:~", "host:~/", "ada@host:/home/ada", "host:/home/ada/"),
        *("host:/var", "rsync://h/", "rsync://h", "host:/root//", "host:/home"),
    ],
)
def test_a_place_on_another_host_that_is_more_than_a_site_is_refused(site: Path, place: str) -> None:
    with pytest.raises(PublishError, match="is more than a site's folder"):
        opened(site, f"rsync:{place}")


@pytest.mark.parametrize("place", ["host:www", "ada@host:/srv/www", "rsync://host/module/www", "host:~/www"])
def test_a_folder_on_another_host_is_a_place(site: Path, place: str) -> None:
    assert opened(site, f"rsync:{place}").name == place


@pytest.mark.parametrize("kind", ["folder", "rsync"])
@pytest.mark.parametrize(
    ("place", "told"),
    [
        *((place, "or holds it, and is not published to; name another folder") for place in ("/", "~", ".", "..")),
        ("build", "is the output folder, or holds it"),
        ("build/x", "lies in build, which the site is made in; name another folder"),
        ("content", "is the site's content, or holds it"),
        ("content/captures", "lies in content, which"),
        ("link", "lies in content, which"),
        ("other", "is what a site is built into, not where it is published; name another folder"),
    ],
)
def test_a_folder_that_holds_other_files_is_refused(site: Path, kind: str, place: str, told: str) -> None:
    (site / "link").symlink_to("content/captures")
    (site / "other").mkdir()
    (site / "other" / NAME).touch()
    with pytest.raises(PublishError) as refused:
        opened(site, f"{kind}:{place}")
    assert told in str(refused.value)
