"""site.yaml: what it may say, and what is said of mistakes in it."""

import pytest

from readout_site.records import Issuer
from readout_site.settings import NavigationItem, Publication, Settings, SettingsError, parse_settings, parse_target

WHOLE = """\
title: Readouts of Freedonia
base_url: https://example.org/readouts
description: >
  What the leaders of Freedonia
  say they said.
language: en-GB
issuer:
  name: the Chancellery
  country: NO
navigation:
  - label: About
    url: about.html
  - label: Elsewhere
    url: https://example.org/?a=b#c
"""


def test_every_setting_is_read() -> None:
    assert parse_settings(WHOLE) == Settings(
        title="Readouts of Freedonia",
        base_url="https://example.org/readouts/",
        description="What the leaders of Freedonia say they said.",
        language="en-GB",
        issuer=Issuer("the Chancellery", "NO"),
        navigation=(NavigationItem("About", "about.html"), NavigationItem("Elsewhere", "https://example.org/?a=b#c")),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "title:\nbase_url: ''\n", "language: ''\nnavigation: []\n"])
def test_nothing_said_is_the_defaults(text: str) -> None:
    assert parse_settings(text) == Settings(title="Readouts", base_url="", language="en", issuer=None, navigation=())


@pytest.mark.parametrize(
    ("text", "publication"),
    [
        ("branch: gh-pages", Publication("branch", "gh-pages")),
        ("branch: a/b\n  remote: git@example.org:a.git", Publication("branch", "a/b", remote="git@example.org:a.git")),
        ("bucket: ab-c/d/e\n  region: eu-1", Publication("bucket", "ab-c/d/e", region="eu-1")),
        ("rsync: ada@example.org:/srv/my www", Publication("rsync", "ada@example.org:/srv/my www")),
        ("folder: ../www", Publication("folder", "../www")),
    ],
)
def test_a_place_to_publish_to_is_read(text: str, publication: Publication) -> None:
    assert parse_settings(f"publish:\n  {text}").publish == publication


@pytest.mark.parametrize("text", ["branch:gh-pages", "bucket:ab-c/d", "rsync:h:/x", "folder:../www"])
def test_the_command_line_names_a_place_in_a_word(text: str) -> None:
    publication = parse_target(text)
    assert f"{publication.kind}:{publication.place}" == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "write branch:PLACE, bucket:PLACE, rsync:PLACE, folder:PLACE"),
        ("../www", "write branch:PLACE"),
        ("folder:", "write branch:PLACE"),
        ("fodler:x", "did you mean folder:?"),
        ("s3://x", "write branch:PLACE"),
        ("bucket:X", "`X` is not what `bucket` takes"),
        ("rsync:rsync://ada:s3cret@example.org/x", "`rsync` holds a password"),
    ],
)
def test_a_place_that_is_none_is_told(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_target(text)
    assert message in str(caught.value)
    assert "s3cret" not in str(caught.value)


MISTAKES = {
    "titel: x": "site.yaml:1: unknown key `titel`; did you mean `title`?",
    "title: x\n\nbase-url: y": "site.yaml:3: unknown key `base-url`; did you mean `base_url`?",
    "zzz: x": "site.yaml:1: unknown key `zzz`; valid are `title`, `base_url`, `description`, `language`, `issuer`, "
    "`navigation`, `publish`",
    "issuer:\n  nam: x": "site.yaml:2: unknown key `nam` in `issuer`; did you mean `name`?",
    "navigation:\n  - label: x\n    urls: y": "site.yaml:3: unknown key `urls` in `navigation`; did you mean `url`?",
    "title: [a, b]": "site.yaml:1: `title` must be text; write it on one line, or in a block after `>`",
    "- a": "site.yaml:1: this file must be a mapping with the keys `title`, `base_url`, `description`, `language`, "
    "`issuer`, `navigation`, `publish`",
    "title: []": "site.yaml:1: `title` must be text; write it on one line, or in a block after `>`",
    "description: {}": "site.yaml:1: `description` must be text; write it on one line, or in a block after `>`",
    "base_url: {}": "site.yaml:1: `base_url` must be text; write it on one line, or in a block after `>`",
    "navigation: ''": "site.yaml:1: `navigation` must be a list; begin each item with `- label:`, and `url:` below it",
    "navigation: {}": "site.yaml:1: `navigation` must be a list; begin each item with `- label:`, and `url:` below it",
    "issuer: []": "site.yaml:1: `issuer` must be a mapping with the keys `name`, `country`",
    "issuer: us": "site.yaml:1: `issuer` must be a mapping with the keys `name`, `country`",
    "issuer:\n  country: US": "site.yaml:1: `issuer` needs a `name`; write one, or remove `issuer`",
    "issuer:\n  name: x\n  country: Norwy": "site.yaml:3: `Norwy` is no country or body that is known; did you "
    "mean Norway?",
    "navigation: about.html": "site.yaml:1: `navigation` must be a list; begin each item with `- label:`, and `url:` "
    "below it",
    "navigation:\n  - label: a\n    url: b\n  - label: c": "site.yaml:4: an item of `navigation` needs a `url`; write "
    "one",
    "navigation:\n  - about": "site.yaml:1: `navigation` must be a mapping with the keys `label`, `url`",
    "language: english please": "site.yaml:1: `english please` is not what `language` takes; write a language tag, "
    "such as en or pt-BR",
    "publish: www": "site.yaml:1: `publish` must be a mapping with the keys `branch`, `bucket`, `rsync`, `folder`, "
    "`remote`, `endpoint`, `region`",
    "publish:\n  brnch: x": "site.yaml:2: unknown key `brnch` in `publish`; did you mean `branch`?",
    "publish:\n  region: x": "site.yaml:1: `publish` needs one of `branch`, `bucket`, `rsync`, `folder`; write one",
    "title: x\npublish:\n  folder: x\n  bucket: x": "site.yaml:4: `x` is not what `bucket` takes; write the name of a "
    "bucket, with a prefix after a /, such as example/readouts",
    "publish:\n  folder: x\n  remote: y": "site.yaml:1: `remote` goes with `branch`, not with `folder`; remove it",
    "publish:\n  branch: ../x": "site.yaml:2: `../x` is not what `branch` takes; write the name of a branch, such as "
    "gh-pages",
    "publish:\n  rsync: -e sh": "site.yaml:2: `-e sh` is not what `rsync` takes; write a folder as rsync takes it, "
    "such as ada@example.org:/srv/www",
    "publish:\n  branch: a\n  remote: https://ada:s3cret@example.org/a": "site.yaml:3: `remote` holds a password, "
    "which would be read by all who see it; remove it: "
    "passwords come from where the tools keep them (docs/publishing.md)",
    "a: b: c": "site.yaml:1: mapping values are not allowed in this context; mend the YAML",
    "title: a\ntitle: b": "site.yaml:2: `title` stands here twice, first on line 1; keep one",
    "title: &a b": "site.yaml:1: anchors and aliases are not read; write the value out, or quote the text",
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "mailto:a@example.org", "ftp://example.org/",
        "//example.org/x", "/about.html", "\\\\example.org", "a b", "https://", "http:example.org", "https:/x",
        "java\\tscript:x", "?q=1", 'x"y',
    ],
)  # fmt: skip
def test_only_web_addresses_and_relative_paths_are_links(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^site\.yaml:3: .* is not what `url` takes; write an http"):
        parse_settings(f"navigation:\n  - label: x\n    url: '{url}'")


@pytest.mark.parametrize(
    "url", ["about.html", "topics/trade.html#x", "#top", "HTTPS://example.org", "a/b:c", "http://[::1]:8000/"]
)
def test_web_addresses_and_relative_paths_are_links(url: str) -> None:
    assert parse_settings(f"navigation:\n  - label: x\n    url: '{url}'").navigation[0].url == url


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://example.org/", "https://example.org/"),
        ("https://example.org/a/b", "https://example.org/a/b/"),
    ],
)
def test_the_base_url_ends_with_a_slash(url: str, base: str) -> None:
    assert parse_settings(f"base_url: {url}").base_url == base


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://example.org/?a",
        "'https://example.org/#a'",
        "javascript:x",
        "https://user:word@example.org/",
        "https://example.org//evil.example/",
        "https://example.org//",
        "https://example.org/a//b",
    ],
)
def test_a_base_url_is_a_web_address_without_a_query_or_a_password(url: str) -> None:
    with pytest.raises(SettingsError, match="is not what `base_url` takes; write the site's address"):
        parse_settings(f"base_url: {url}")


def test_the_path_given_stands_in_the_message() -> None:
    with pytest.raises(SettingsError, match=r"^elsewhere/site\.yaml:1: "):
        parse_settings("a", "elsewhere/site.yaml")
