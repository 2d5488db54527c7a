"""Notes by hand stand at the words that they quote, or are a problem with the line."""

import time

import pytest
from msgspec.structs import replace

from readout_site.reading.notes import CHANGED, TAKEN_OUT, anchor_notes
from readout_site.records import Briefing, Note, Paragraph, Sentence, Source, Version

TEXTS = (
    "President Mira Sol of Norland met Premier Oto Van of Sudria. The leaders agreed to meet again.",
    "The leaders discussed grain. The leaders agreed to open the port of Halm.",
)


def make_briefing() -> Briefing:
    paragraphs = tuple(
        Paragraph(
            id=f"p{n}",
            text=text,
            source=((0, len(text)),),
            sentences=(Sentence(f"p{n}.1", 0, len(text), ("overview",), "state", None),),
        )
        for n, text in enumerate(TEXTS)
    )
    return Briefing(
        id="x", title="X", date=None, date_source=None, published=None, kind="meeting", place=None, language="en",
        issuer=None, participants=(), countries=(), instruments=(), paragraphs=paragraphs, sections=(), figures=(),
        source=Source(None, None, "x.txt", "0" * 64, None), mentions=(), removed=(), problems=(),
    )  # fmt: skip


def anchored(*lines: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Anchor one note of these lines; return its place and quoted words, and the problems."""
    text = "notes:\n  - " + "\n    ".join(lines) + "\n"
    briefing = anchor_notes(make_briefing(), text, "notes/x.yaml")
    return [(n.paragraph, TEXTS[n.paragraph][n.start : n.end]) for n in briefing.notes], [
        str(p) for p in briefing.problems
    ]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["exact: open the port", "body: B"], (1, "open the port")),
        (["exact: The leaders agreed", "suffix: to open", "body: B"], (1, "The leaders agreed")),
        (["exact: The leaders agreed", "prefix: of Sudria.", "body: B"], (0, "The leaders agreed")),
        (["exact: 'open   the", "      port'", "body: B"], (1, "open the port")),
    ],
)
def test_a_quote_that_stands_once_is_found(lines: list[str], place: tuple[int, str]) -> None:
    assert anchored(*lines) == ([place], [])


TWICE = "the quote stands 3 times in the text; add `prefix` or `suffix`"
NOWHERE = "the quote is not in the text; copy the words as they stand on the page"
NOT_BETWEEN = "the quote is in the text, but not between this `prefix` and `suffix`; mend them"
NO_LIST = "`sources` must be a list; write each address on a line of its own after `- `"
NO_ADDRESS = "is no web address; sources are a list of http or https addresses"


@pytest.mark.parametrize(
    ("lines", "place", "problem"),
    [
        (["exact: The leaders", "body: B"], 2, TWICE),
        (["exact: open the ports", "body: B"], 2, NOWHERE),
        (["exact: grain", "prefix: agreed", "body: B"], 2, NOT_BETWEEN),
        (["exact: grain"], 2, "a note needs `body`; write it"),
        (["body: B"], 2, "a note needs `exact`; write it"),
        (["exact: grain", "bdy: B"], 3, "unknown key `bdy`; did you mean `body`?"),
        (["exact: grain", "body: B", "date: 31 May"], 4, "`31 May` is no day; write it as YYYY-MM-DD"),
        (["exact: grain", "body: B", "sources: [javascript:x]"], 4, f"`javascript:x` {NO_ADDRESS}"),
        (["exact: grain", "body: B", "sources: http://a/"], 4, NO_LIST),
        (["exact: grain", "body: B", "sources: [[a]]"], 4, f"`['a']` {NO_ADDRESS}"),
        (["exact: grain", "body: B", "sources: [http://a/, ftp://a/]"], 4, f"`ftp://a/` {NO_ADDRESS}"),
        (["exact: grain", "suffix: and", "body: B"], 2, NOT_BETWEEN),
        (["body: [a]", "exact: grain"], 2, "`body` must be text; write it on one line or in a block"),
        (["exact: [a, b]", "body: B"], 2, "`exact` must be text; write it on one line or in a block"),
    ],
)
def test_a_note_that_cannot_be_placed_is_a_problem_with_its_line(lines: list[str], place: int, problem: str) -> None:
    assert anchored(*lines) == ([], [f"notes/x.yaml:{place}: {problem}"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("notes:\n - exact: a\n   exact: b\n", "notes/x.yaml:3: `exact` stands here twice, first on line 2; keep one"),
        ("note: []\n", "notes/x.yaml:1: a notes file has one key, `notes`, with a list below it"),
        ("notes:\n - just words\n", "notes/x.yaml:1: each note is a list item with `exact` and `body`"),
        (
            "notes: [&a b, *a]\n",
            "notes/x.yaml:1: anchors and aliases are not read; write the value out, or quote the text",
        ),
    ],
)
def test_a_broken_file_is_a_problem(text: str, problem: str) -> None:
    assert [str(p) for p in anchor_notes(make_briefing(), text, "notes/x.yaml").problems] == [problem]


def test_good_notes_stand_though_others_are_broken_and_come_in_text_order() -> None:
    text = "notes:\n - {exact: grain, body: 2}\n - {exact: nowhere, body: b}\n - {exact: Premier Oto Van, body: 1}\n"
    briefing = anchor_notes(make_briefing(), text, "notes/x.yaml")
    assert [note.body for note in briefing.notes] == ["1", "2"]
    assert len(briefing.problems) == 1


def test_a_text_that_repeats_the_quote_is_searched_in_no_time() -> None:
    briefing = make_briefing()
    long = replace(briefing.paragraphs[0], text="a" * 200_000)
    began = time.process_time()
    anchored = anchor_notes(replace(briefing, paragraphs=(long,)), "notes:\n - {exact: a, body: b}\n", "notes/x.yaml")
    assert [problem.message.partition(";")[0] for problem in anchored.problems] == [
        "the quote stands 200000 times in the text"
    ]
    assert time.process_time() - began < 2


def test_every_field_of_a_note_is_kept() -> None:
    text = "notes:\n - exact: grain\n   body: ' B '\n   author: Eve\n   date: 2031-05-03\n   sources: [http://a/, https://b/]\n"
    (note,) = anchor_notes(make_briefing(), text, "notes/x.yaml").notes
    assert note == Note(1, 22, 27, "B", "Eve", "2031-05-03", ("http://a/", "https://b/"))
    (bare,) = anchor_notes(make_briefing(), "notes: [{exact: grain, body: B}]\n", "notes/x.yaml").notes
    assert bare == Note(1, 22, 27, "B", None, None, ())


EARLIER = Version("x/1.txt", "0" * 64, None, "X", ("The leaders discussed grain and wool. They left early.",))
NOW = replace(make_briefing(), versions=(EARLIER,), source=Source(None, None, "x.txt", "0" * 64, "2031-05-03"))


@pytest.mark.parametrize(
    ("fields", "places", "problems"),
    [
        ("exact: discussed grain", [(1, 12, 27, True)], [f"notes/x.yaml:3: {CHANGED}"]),
        ("exact: discussed grain\n   date: 2031-05-02", [(1, 12, 27, True)], [f"notes/x.yaml:3: {CHANGED}"]),
        ("exact: discussed grain\n   date: 2031-05-03", [(1, 12, 27, False)], []),
        ("exact: They left early", [], [f"notes/x.yaml:3: {TAKEN_OUT}"]),
        ("exact: open the port", [(1, 51, 64, False)], []),
    ],
)
def test_a_note_on_an_earlier_text_moves_with_its_words(
    fields: str, places: list[tuple[int, int, int, bool]], problems: list[str]
) -> None:
    noted = anchor_notes(NOW, f"notes:\n - body: B\n   {fields}\n", "notes/x.yaml")
    assert [(note.paragraph, note.start, note.end, note.changed) for note in noted.notes] == places
    assert [str(problem) for problem in noted.problems] == problems
