"""Glossary files: entries, and what is wrong with those that cannot be used."""

import pytest

from readout_site.rendering import parse_glossary
from readout_site.rendering.glossary import key_of

GOOD = "---\nname: Harbour Accord\naliases: [HA]\nkind: agreement\nurl: https://example.org/a\n---\n\nA *body*.\n"


def test_an_entry_is_read() -> None:
    [term], problems = parse_glossary({"glossary/a.md": GOOD})
    assert not problems
    assert (term.name, term.aliases, term.kind, term.body) == ("Harbour Accord", ("HA",), "agreement", "A *body*.")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "begins with `---`"),
        ("name: x\n", 1, "begins with `---`"),
        ("---\nkind: law\n---\n", 1, "needs a `name`"),
        ("---\nname: x\nkynd: law\n---\n", 3, "did you mean `kind`?"),
        ("---\nname: x\nkind: agrement\n---\n", 3, "did you mean `agreement`?"),
        ("---\nname: x\nkind: zzz\n---\n", 3, "valid are accord, act"),
        ("---\nname: x\nurl: javascript:alert(1)\n---\n", 3, "no web address"),
        ("---\nname: x\nurl: mailto:a@example.org\n---\n", 3, "no web address"),
        ("---\nname: x\naliases: y\n---\n", 3, "must be a list"),
        ("---\nname: [x]\n---\n", 2, "must be text"),
        ("---\n- x\n---\n", 1, "must be a mapping"),
        ("---\nname: x\nname: y\n---\n", 3, "stands here twice"),
    ],
)
def test_a_broken_file_is_a_problem_with_its_line(text: str, line: int, message: str) -> None:
    terms, [problem] = parse_glossary({"glossary/a.md": text})
    assert not terms
    assert (problem.path, problem.line) == ("glossary/a.md", line)
    assert message in problem.message


def test_a_name_in_two_files_is_a_problem_of_the_second_which_loses_it() -> None:
    files = {"a.md": GOOD, "b.md": "---\nname: Other\naliases: [ha, OT]\n---\nWords."}
    terms, problems = parse_glossary(files)
    assert [(term.file, term.aliases) for term in terms] == [("a.md", ("HA",)), ("b.md", ("OT",))]
    assert [problem.path for problem in problems] == ["b.md"]


def test_an_entry_whose_name_is_taken_is_left_out() -> None:
    terms, [problem] = parse_glossary({"a.md": GOOD, "b.md": "---\nname: The HA\naliases: [OT]\n---\nWords."})
    assert [term.file for term in terms] == ["a.md"]
    assert problem.message.startswith("`The HA` stands in a.md too")


def test_an_entry_without_text_is_kept_and_told_of() -> None:
    [term], [problem] = parse_glossary({"a.md": "---\nname: Other\n---\n \n"})
    assert (term.name, term.body) == ("Other", "")
    assert (problem.path, "no note is shown" in problem.message) == ("a.md", True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Reef Trade Agreement (RTA)", "The Reef Trade Agreement", True),
        ("Reef Trade Agreement (“RTA”)", "Reef Trade Agreements", True),
        ("Sea Conference (SEA26)", "Sea Conference (SEA27)", False),
        ("Sea Conference (Halm)", "Sea Conference", True),
        ("(RTA)", "RTA", True),
    ],
)
def test_letters_in_brackets_tell_nothing_apart_but_editions_do(one: str, other: str, *, same: bool) -> None:
    assert (key_of(one) == key_of(other)) is same
