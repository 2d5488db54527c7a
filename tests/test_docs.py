"""The documents name what there is: every verb of the command line and of make, every key of site.yaml."""

import re
from pathlib import Path

import msgspec

from readout_site.reading import read as understand
from readout_site.records import Capture
from readout_site.settings import Settings
from readout_site.shell.cli import cli
from readout_site.shell.rulebook import load_rules

ROOT = Path(__file__).resolve().parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_shows_every_verb() -> None:
    assert [verb for verb in cli.commands if f"readout-site {verb}" not in read("README.md")] == []


def test_contributing_names_every_verb_of_make() -> None:
    verbs = re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE)
    assert [verb for verb in verbs if f"make {verb}" not in read("CONTRIBUTING.md")] == []


def test_the_settings_are_documented() -> None:
    keys = [field.name for field in msgspec.structs.fields(Settings)]
    assert [key for key in keys if f"`{key}`" not in read("docs/site.md")] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path.name, target)


def test_the_rules_that_are_shown_are_read_and_cut_what_they_say(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```yaml\n(lines:\n.*?)```", read("docs/site.md"), re.DOTALL)
    (tmp_path / "content" / "rules").mkdir(parents=True)
    (tmp_path / "content" / "rules" / "boilerplate.yaml").write_text(shown, encoding="utf-8")
    text = b"Readout of a Call\n\nThey spoke of wool and cork.\n\nCopied into the Example Mirror by Cy\n"
    assert [removal.rule for removal in understand(Capture("a.txt", text), load_rules(tmp_path)).removed][
        -1
    ] == "mirror-copyist"
