"""`corrections` of a meta file: what they may say, and what is said of mistakes in them."""

import re
from pathlib import Path

import pytest

from readout_site.records import Corrections, Issuer, Meta, Participant
from readout_site.shell.adding import dump_meta
from readout_site.shell.captures import parse_meta
from readout_site.strictyaml import YamlError

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "site.md"


def parse(text: str) -> Corrections:
    """Return what lines below `corrections:` say."""
    return parse_meta("corrections:\n" + "".join(f"  {line}\n" for line in text.split("\n"))).corrections


def test_every_field_is_read() -> None:
    text = "title: >\n  A port\n  opens\ndate: 2031-05-01\nkind: call\nplace: Lima\nlanguage: EN-gb\n"
    text += "issuer: {name: the Port, country: Ivory Coast}\n"
    text += "participants:\n  - {name: Ann Doe, role: Chair, country: the Netherlands}\n  - {name: Jo, country: nato}"
    people = (Participant("Ann Doe", "Chair", "NL"), Participant("Jo", "", "NATO"))
    whole = Corrections("A port opens", "2031-05-01", "call", "Lima", "en-gb", Issuer("the Port", "CI"), people)
    assert parse(text) == whole


@pytest.mark.parametrize("nothing", ["", " null", " ''", " '  '"])
def test_a_key_with_nothing_after_it_says_that_there_is_none(nothing: str) -> None:
    assert parse(f"date:{nothing}\nplace:{nothing}") == Corrections(date=None, place=None)


def test_no_publisher_and_nobody_may_be_told() -> None:
    assert parse("issuer:\nparticipants:") == Corrections(issuer=None, participants=())
    assert parse("participants: []") == Corrections(participants=())
    assert parse_meta("corrections:\n") == Meta()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("titel: x", 2, "unknown key `titel` in `corrections`; did you mean `title`?"),
        ("people: []", 2, "unknown key `people` in `corrections`; valid are `title`, `date`"),
        ("place: Lima\nkind: meetng", 3, "`meetng` is not what `kind` takes; did you mean `meeting`?"),
        ("kind: dinner", 2, "`dinner` is not what `kind` takes; write call, meeting, video, visit or other"),
        ("date: 2031-02-30", 2, "`2031-02-30` is no day of the calendar"),
        ("language: x_y", 2, "`x_y` is not what `language` takes"),
        ("title:", 2, "`title` has nothing after it; write it, or remove the key"),
        ("kind: ''", 2, "`kind` has nothing after it"),
        ("issuer: {name: x, country: Mexco}", 2, "`Mexco` is no country or body that is known; did you mean Mexico?"),
        ("issuer: {name: x, country: ZZ}", 2, "`ZZ` is no country or body that is known; write an ISO 3166 code"),
        ("issuer: {country: FR}", 2, "`issuer` needs a `name`"),
        ("participants: Ann Doe", 2, "`participants` must be a list; begin each item with `- name:`"),
        (
            "participants:\n  - name: Ann\n    rolle: x",
            4,
            "unknown key `rolle` in `participants`; did you mean `role`?",
        ),
        ("participants:\n  - role: President", 3, "an item of `participants` needs a `name`"),
        ("participants:\n  - Ann Doe", 2, "`participants` must be a mapping with the keys `name`, `role`, `country`"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert caught.value.line == line
    assert caught.value.message.startswith(message)


def test_a_correction_that_stands_outside_is_told_its_place() -> None:
    with pytest.raises(YamlError, match="`title` stands below `corrections`; write `corrections:` before it"):
        parse_meta("url: https://example.org/\ntitle: x\n")


def test_what_is_written_by_us_is_read_alike() -> None:
    people = (Participant("Ann Doe", "", None),)
    for by_hand in (Corrections(place=None, title="no: 1"), Corrections(participants=people), Corrections(issuer=None)):
        meta = Meta(date="2031-05-02", corrections=by_hand)
        assert parse_meta(dump_meta(meta).decode()) == meta
    assert b"corrections" not in dump_meta(Meta(date="2031-05-02"))


def test_the_example_in_the_docs_is_read() -> None:
    (example,) = re.findall(r"```yaml\n(corrections:\n.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    by_hand = parse_meta(example).corrections
    assert (by_hand.kind, by_hand.place) == ("call", None)
    assert [one.country for one in by_hand.participants or ()] == ["FJ", "IS"]
