"""What is read of a site besides its captures."""

from pathlib import Path

import pytest

from readout_site.settings import Settings
from readout_site.shell import disk
from readout_site.shell.contents import read_settings, read_templates, read_texts
from readout_site.shell.disk import UnreadableError, read_text


def test_a_site_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings()


def test_a_text_that_is_no_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"# one\ntitle: caf\xe9\n")
    with pytest.raises(UnreadableError, match=r"site\.yaml:2: is not UTF-8; save it as UTF-8"):
        read_settings(tmp_path)
    with pytest.raises(UnreadableError, match=r"nowhere: cannot be read \(No such file or directory\)"):
        read_text(tmp_path / "nowhere")


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfx")
    assert read_text(tmp_path / "a") == "x"


def test_texts_are_read_by_path_below_content_and_others_reported(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "glossary"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.md").write_text("b")
    (folder / "deep" / "a.md").write_text("a")
    (folder / "c.txt").write_text("c")
    (folder / "d.md").write_bytes(b"\n\n\xff")
    texts, problems = read_texts(tmp_path, "glossary", ".md")
    assert texts == {"glossary/b.md": "b", "glossary/deep/a.md": "a"}
    assert sorted(str(problem) for problem in problems) == [
        "glossary/c.txt: files of glossary/ end in .md; rename it or move it away",
        "glossary/d.md: is not UTF-8; save it as UTF-8",
    ]
    assert read_texts(tmp_path, "nothing", ".md") == ({}, [])


def test_a_site_overrides_templates_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "templates" / "static").mkdir(parents=True)
    (tmp_path / "templates" / "own.html").write_text("own")
    (tmp_path / "templates" / "static" / "new.css").write_text("/* new */")
    (tmp_path / "templates" / "static" / "site.css").write_text("/* own */")
    shipped, shipped_static, _ = read_templates(tmp_path / "no-site")
    name = next(iter(shipped))
    (tmp_path / "templates" / name).write_text("{% include 'own.html' %}")
    templates, static, problems = read_templates(tmp_path)
    assert templates == shipped | {"own.html": "own", name: "{% include 'own.html' %}"}
    own = tmp_path / "templates" / "static"
    assert static == shipped_static | {"static/site.css": own / "site.css", "static/new.css": own / "new.css"}
    assert problems == []


def test_templates_that_are_not_used_are_reported(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "home.htm").write_text("other")
    (tmp_path / "templates" / "zzz.html").write_text("other")
    (tmp_path / "templates" / "base.html").symlink_to("nowhere")
    told = {problem.path: problem.message for problem in read_templates(tmp_path)[2]}
    assert told == {
        "../templates/home.htm": "is no template of the theme, and none includes it; did you mean home.html?",
        "../templates/zzz.html": told["../templates/zzz.html"],
        "../templates/base.html": "is a link to no file, which is not followed; remove it",
    }
    assert "none includes it; those are base.html, briefing.html, " in told["../templates/zzz.html"]


def test_templates_are_found_in_an_installed_package_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PACKAGE", tmp_path / "lib" / "readout_site")
    with pytest.raises(UnreadableError, match="the shipped templates are missing; install readout-site again"):
        disk.shipped_templates()
    (tmp_path / "lib" / "readout_site" / "templates").mkdir(parents=True)
    assert disk.shipped_templates() == tmp_path / "lib" / "readout_site" / "templates"
