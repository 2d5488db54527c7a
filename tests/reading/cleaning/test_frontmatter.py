"""Front matter of any shape → what it tells."""

import pytest

from readout_site.reading.cleaning.frontmatter import read_front_matter


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\ntitle: A call\ndate: '2021-01-21'\n---\nText", {"title": "A call", "date": "2021-01-21"}),
        ("---\r\ntitle: A call\r\n---\r\nText", {"title": "A call"}),
        ('---\ntitle: "A\\_call of S\\xE3o \\u2019x\\\n  \\ y"\n---\n', {"title": "A call of São ’x y"}),
        (
            "---\nHeadline: H\nSource-URL: https://gov.example/x\nlang: pt_BR\n---\n",
            {"title": "H", "url": "https://gov.example/x", "language": "pt_BR"},
        ),
        (
            "---\nsource: The ministry\nissuer: The ministry\nplace: Geneva\n---\n",
            {"issuer": "The ministry", "place": "Geneva"},
        ),
        (
            "---\ntitle: T\npublished_time: 2021-01-21 17:12:47-05:00\n---\n",
            {"title": "T", "date": "2021-01-21 17:12:47-05:00"},
        ),
        (
            "---\ntitle: [a, b]\ndate: null\nvia: https://gazette.example/\n...\nText",
            {"via": "https://gazette.example/"},
        ),
        ("---\ntags:\n  - a\n---\n", {}),
        ("No front matter\n---\na: b\n---\n", {}),
    ],
)
def test_tells_whatever_its_keys_are_called(text: str, values: dict[str, str]) -> None:
    front = read_front_matter(text)
    assert dict(front.values) == values
    assert front.problem is None


SYNONYMS = {
    "title": "title headline name",
    "date": "date published published_time published_at publish_date date_published datePublished pubDate created",
    "url": "source_url original_url url link canonical canonical_url original source",
    "via": "via mirror mirror_url",
    "issuer": "issuer publisher organization organisation site_name agency",
    "place": "place location",
    "language": "lang language locale",
}
"""What scrapers call each thing, the name that wins first."""


@pytest.mark.parametrize("ours", SYNONYMS)
def test_of_several_names_the_most_usual_tells(ours: str) -> None:
    keys = SYNONYMS[ours].split()
    said = {key: f"https://{key}.example" for key in keys}
    for first, key in enumerate(keys):
        block = "".join(f"{later}: {said[later]}\n" for later in reversed(keys[first:]))
        assert dict(read_front_matter(f"---\n{block}---\n").values) == {ours: said[key]}


@pytest.mark.parametrize(
    ("text", "end", "values", "line", "words"),
    [
        ("---\ntitle: T\nx: [\n---\nText", 21, {"title": "T"}, 4, "not YAML"),
        ("---\ntitle: T\ntitle: U\n---\nText", 25, {"title": "U"}, 3, "twice"),
        (
            "---\ndate: !!python/object/apply:os.system [x]\n---\nText",
            49,
            {"date": "!!python/object/apply:os.system [x]"},
            2,
            "tag",
        ),
        ("---\ntitle: &a T\nurl: *a\n---\nText", 27, {"title": "&a T"}, 2, "anchors"),
        ("---\n- a\n- b\n---\nText", 15, {}, 2, "key: value"),
        ("---\ntitle: T\nText", 0, {}, 1, "does not end"),
        ("---\n[[[ words\n---\nText", 0, {}, 3, "not YAML"),
        ("---\nx: [\ntitle: 'A'\nplace: \"B\"\n---\n", 34, {"title": "A", "place": "B"}, 4, "YAML"),
    ],
)
def test_broken_front_matter_is_a_problem_with_its_line(
    text: str, end: int, values: dict[str, str], line: int, words: str
) -> None:
    front = read_front_matter(text)
    assert (front.end, dict(front.values)) == (end, values)
    assert front.problem is not None
    assert (front.problem[0], words in front.problem[1]) == (line, True)


@pytest.mark.parametrize("text", ["---\n\nWords between rulers.\n\n---\nMore", "---\n---\nText", "--- a\nb", ""])
def test_rulers_are_no_front_matter(text: str) -> None:
    assert read_front_matter(text).end == 0


def test_each_value_knows_its_line() -> None:
    broken = read_front_matter("\n---\nx: [\ntags: x\ndate: 2021-02-31\n---\n")
    assert broken.lines == {"date": 5}
    front = read_front_matter("---\ntags: x\ndate: 2021-02-31\n---\n")
    assert front.lines == {"date": 3}
