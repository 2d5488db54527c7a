"""Markdown → plain lines."""

import pytest

from readout_site.reading.cleaning.markdown import markdown_lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Words that were\nwrapped.  \nHere too.\n\nNext.", ["Words that were wrapped. Here too.", "Next."]),
        ("# One\n## Two ##\nText\n", ["One", "Two", "Text"]),
        (
            "-   **First Co.,** which\n    makes ships\n-   Second\n\n1.  one\n2.  two",
            ["First Co., which makes ships", "Second", "1. one", "2. two"],
        ),
        ("In\n1986. A year", ["In 1986. A year"]),
        (
            "*all* of **it** and ***this***, _that_ and snake_case, 5 * 3",
            ["all of it and this, that and snake_case, 5 * 3"],
        ),
        ("snake_case_name and _a_, a*b*c and a **b* c", ["snake_case_name and a, abc and a b* c"]),
        ("|a|**b**|\n|c|", ["a b", "c"]),
        ("## Two # words ##\nText##\n# #\n#hash", ["Two # words", "Text##", "#", "#hash"]),
        ("plans*,* and a footnote*", ["plans, and a footnote*"]),
        ("[**Name**](https://a.example/x_(y))**: ** text", ["Name: text"]),
        ('See [the\nreport](https://a.example/ "title") and [sic] and [](x).', ["See the report and [sic] and ."]),
        ("before ![a picture](x.jpg) after", ["before after"]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ('June 15<sup>th</sup> <span style="x">now</span><!-- no --> and a<br>b', ["June 15th now and a b"]),
        ("a\\*b \\# 1\\. \\[x\\]", ["a*b # 1. [x]"]),
        ("A &amp; B&nbsp;C &bogus; AT&T", ["A & B C &bogus; AT&T"]),
        ("\\###", ["###"]),
        ("> one\n> two", ["one two"]),
        ("| a | b |\n|---|:-:|\n| c d | e |", ["a b", "c d e"]),
        ("Title\n=====\n\ntext\n\n---\n\n***\n\n[1]: https://a.example", ["Title", "text"]),
        ("1 < 2 and 3 > 2 <", ["1 < 2 and 3 > 2 <"]),
        ("<!-- never closed", []),
        ("", []),
    ],
)
def test_markup_goes_and_words_stay(source: str, lines: list[str]) -> None:
    assert [line.text for line in markdown_lines(source, 0)] == lines


def test_kinds_are_kept() -> None:
    kinds = [line.kind for line in markdown_lines("# Trade\n\nText\n\n- item\n", 0)]
    assert kinds == ["heading", "text", "item"]


def test_ranges_are_those_of_the_words() -> None:
    source = "---\nx\n---\nA **bold** &amp; plain\\* word."
    (line,) = markdown_lines(source, 10)
    assert [source[start:end] for start, end in line.source] == ["A ", "bold", " &amp; plain", "* word."]
