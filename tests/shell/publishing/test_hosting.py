"""What hosts need that build the site themselves, for a new site or one that is there."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result

Run = Callable[..., Result]
FILES = {
    "--github-actions": [".github/workflows/publish.yml", "requirements.txt"],
    "--netlify": ["netlify.toml", "requirements.txt"],
    "--cloudflare": [".python-version", "requirements.txt", "wrangler.toml"],
}


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("option", FILES)
def test_a_new_site_has_what_a_host_needs(run: Run, option: str) -> None:
    plain = run("new", "plain")
    done = run("new", "mine", option)
    assert (plain.exit_code, done.exit_code) == (0, 0)
    assert files_in(Path("mine")) == files_in(Path("plain")) | set(FILES[option])
    assert all(name in done.stdout for name in FILES[option])
    assert run("build", "--site", "mine", "--strict").exit_code == 0


def test_what_hosts_need_is_added_to_a_site_and_no_file_is_changed(run: Run) -> None:
    run("new", "mine")
    before = {name: Path("mine", name).read_bytes() for name in files_in(Path("mine"))}
    Path("mine", "netlify.toml").write_text("mine", encoding="ascii")
    done = run("new", "mine", *FILES)
    assert done.exit_code == 0
    assert files_in(Path("mine")) == before.keys() | {name for names in FILES.values() for name in names}
    assert Path("mine", "netlify.toml").read_text(encoding="ascii") == "mine"
    assert {name: Path("mine", name).read_bytes() for name in before} == before
    assert run("new", "mine", *FILES).stdout == "All of it is there already.\n"


def test_what_a_person_must_do_for_the_host_is_told(run: Run) -> None:
    told = run("new", "mine", "--github-actions").stdout
    assert all(word in told for word in ("requirements.txt", "base_url", "Settings, Pages"))
    assert "requirements.txt" not in run("new", "other").stdout


def test_without_a_host_a_site_that_is_there_is_refused(run: Run) -> None:
    run("new", "mine")
    assert run("new", "mine").exit_code == 1


def test_the_files_are_of_their_forms_and_serve_what_is_built(run: Run) -> None:
    run("new", "mine", *FILES)
    workflow = yaml.safe_load(Path("mine/.github/workflows/publish.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    assert "build" in [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    netlify = tomllib.loads(Path("mine/netlify.toml").read_text(encoding="utf-8"))
    assert netlify["build"]["publish"] == "build"
    assert tomllib.loads(Path("mine/wrangler.toml").read_text(encoding="utf-8"))["pages_build_output_dir"] == "build"
    for command in (netlify["build"]["command"], *(step["run"] for step in steps if "run" in step)):
        for word in command.split("&&"):
            name, verb, *_ = word.split()
            assert name == "pip" or run(verb, "--help").exit_code == 0
