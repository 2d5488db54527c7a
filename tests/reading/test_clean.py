"""Captures → passages, removals and what they tell."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readout_site.records import Capture, CleanText, Evidence, Meta

Tidy = Callable[[Capture], CleanText]
WRAPPED = (
    "Prime Minister Ada Lind spoke today with President Bo Chen about trade,\nand they agreed to meet in the spring."
)
CASES = sorted((Path(__file__).parent / "cases").glob("*.case"))
UNSEEN = sorted((Path(__file__).parent / "cases" / "unseen").glob("*.case"))
"""Mirrors written after the classifier was learned; what it leaves in may become less, never more."""
CAPTURES = sorted(path for path in (Path(__file__).parent / "cases" / "captures").iterdir() if path.suffix != ".body")
"""Captures in the manner of governments and mirrors, each with its headline and body in a file beside it."""
BODY = "Prime Minister Ada Lind spoke today with President Bo Chen about trade, and they agreed to meet in the spring."


def text_of(case: str) -> str:
    """Return the capture that a case describes: its lines without the rules in front of them."""
    return "\n".join(line.partition(" | ")[2] for line in case.splitlines())


def labels(cleaned: CleanText) -> list[str]:
    """Return a capture as a case: each line with `body` or the rule that cut it."""
    kept = [(start, "body") for passage in cleaned.passages for start, _ in passage.source]
    at = {**{removal.start: removal.rule for removal in cleaned.removed}, **dict(kept)}
    lines, offset = [], 0
    for line in cleaned.text.splitlines(keepends=True):
        words = line.strip()
        lines.append(f"{at.get(offset + line.find(words), '?')} | {words}" if words else "")
        offset += len(line)
    return lines


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=UNSEEN, ids=lambda path: path.stem)
def wanted(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


def test_each_line_is_kept_or_cut_by_its_rule(tidy: Tidy, case: str) -> None:
    assert labels(tidy(Capture("capture.txt", text_of(case).encode()))) == case.splitlines()


def test_windows_line_ends_change_nothing(tidy: Tidy, case: str) -> None:
    cleaned = tidy(Capture("capture.txt", text_of(case).replace("\n", "\r\n").encode()))
    assert labels(cleaned) == case.splitlines()


def test_of_an_unseen_mirror_no_body_line_is_lost_and_little_is_left_in(tidy: Tidy, wanted: str) -> None:
    found = labels(tidy(Capture("capture.txt", text_of(wanted).encode())))
    body = {line for line in wanted.splitlines() if line.startswith("body")}
    kept = {line for line in found if line.startswith("body")}
    assert body - kept == set()
    assert len(kept - body) <= 2


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name)
def test_a_capture_gives_its_headline_and_exactly_its_body(tidy: Tidy, path: Path) -> None:
    cleaned = tidy(Capture(path.name, path.read_bytes()))
    told = [cleaned.told.title, *(passage.text for passage in cleaned.passages)]
    assert told == path.with_suffix(".body").read_text(encoding="utf-8").splitlines()


def test_of_several_readouts_the_one_that_fits_the_name_is_kept(tidy: Tidy) -> None:
    head = "Readout of Prime Minister Lind’s call with President {}"
    text = "\n\n".join(f"{head.format(name)}\n\n{BODY} {name} spoke first." for name in ("Ruiz", "Chen", "Osei"))
    first = tidy(Capture("a.txt", text.encode()))
    assert [passage.text for passage in first.passages] == [f"{BODY} Ruiz spoke first."]
    assert "holds 3 readouts" in first.problems[0].message
    assert {removal.rule for removal in first.removed} == {"title", "other-readout"}
    named = tidy(Capture("2023-05-03-readout-lind-call-with-president-chen.txt", text.encode()))
    assert (named.told.title, len(named.passages)) == (head.format("Chen"), 1)
    assert named.passages[0].text.endswith("Chen spoke first.")


@pytest.mark.parametrize("where", ["meta", "front matter"])
def test_of_several_readouts_the_one_that_fits_the_address_is_kept(tidy: Tidy, where: str) -> None:
    url = "https://gov.example/readout-lind-call-with-president-chen/"
    head = "Readout of Prime Minister Lind’s call with President {}"
    text = "\n\n".join(f"{head.format(name)}\n\n{BODY} {name} spoke first." for name in ("Ruiz", "Chen", "Osei"))
    if where == "meta":
        cleaned = tidy(Capture("a.md", text.encode(), Meta(url=url)))
    else:
        cleaned = tidy(Capture("a.md", f"---\nurl: {url}\n---\n{text}".encode()))
    assert [passage.text for passage in cleaned.passages] == [f"{BODY} Chen spoke first."]


def test_the_headline_that_front_matter_tells_is_cut_where_it_stands_again(tidy: Tidy) -> None:
    title = "Harbours and lighthouses"
    text = (
        f"---\ntitle: {title}\n---\nPremier\n\nVisit of President Bo Chen to the Premier\n\n{title}\n\n{BODY}\n\n{BODY}"
    )
    cleaned = tidy(Capture("a.md", text.encode()))
    assert (cleaned.told.title, [passage.text for passage in cleaned.passages]) == (title, [BODY, BODY])
    assert [removal.rule for removal in cleaned.removed] == ["front-matter", "before-title", "before-title", "title"]


def test_a_headline_that_front_matter_cuts_short_is_told_whole(tidy: Tidy) -> None:
    title = "Readout of the Premier’s call with President Bo Chen of Westland"
    text = f"---\ntitle: {title[:40]}…\n---\n# {title}\n\n{BODY}\n\n{BODY}\n"
    cleaned = tidy(Capture("a.md", text.encode()))
    assert (cleaned.told.title, len(cleaned.passages)) == (title, 2)


@pytest.mark.parametrize(
    ("issued", "rule"),
    [
        ("For Immediate Release", "release-line"),
        ("3 May 2031", "dateline"),
        ("By Ada Reed", "byline"),
        ("From: Cabinet Office", "field"),
        ("Posted on May 7, 2031", "posting-line"),
    ],
)
def test_a_short_summary_over_a_line_of_issue_goes(tidy: Tidy, issued: str, rule: str) -> None:
    text = f"Readout of the call\n\nThe leaders spoke today about trade.\n\n{issued}\n\n{BODY}"
    cleaned = tidy(Capture("a.txt", text.encode()))
    assert [removal.rule for removal in cleaned.removed] == ["title", "standfirst", rule]
    assert [passage.text for passage in cleaned.passages] == [BODY]


def test_each_cut_tells_its_line(tidy: Tidy) -> None:
    cleaned = tidy(Capture("a.txt", f"\nReadout of the call\n\n{BODY}\n\n{BODY}\n\n###\n".encode()))
    assert [(removal.rule, removal.line) for removal in cleaned.removed] == [("title", 2), ("end-mark", 8)]


def test_a_page_is_one_by_either_of_its_suffixes(tidy: Tidy) -> None:
    for file in ("a.html", "a.htm", "a.HTM"):
        cleaned = tidy(Capture(file, f"<h1>Readout of the call</h1><p>{BODY}</p><p>{BODY}</p>".encode()))
        assert [passage.text for passage in cleaned.passages] == [BODY, BODY]
        assert {removal.rule for removal in cleaned.removed} == {"html", "title"}


def test_headings_of_one_readout_are_no_other_readouts(tidy: Tidy) -> None:
    text = f"Readout of Prime Minister Lind’s visit\n\n{BODY}\n\nMeeting with President Bo Chen\n\n{BODY} And more."
    assert len(tidy(Capture("a.txt", text.encode())).passages) == 3


@pytest.mark.parametrize(
    ("between", "kept"), [("From: Cabinet Office", 1), ("3 May 2031", 1), ("The Premier spoke second.", 3), ("", 2)]
)
def test_a_summary_goes_where_fields_part_it_from_the_text_that_repeats_it(tidy: Tidy, between: str, kept: int) -> None:
    summary = "Prime Minister Ada Lind spoke today with President Bo Chen about trade."
    text = f"Readout of the call between Lind and Chen\n\n{summary}\n\n{between}\n\n{BODY}"
    assert len(tidy(Capture("a.txt", text.encode())).passages) == kept


def test_a_sentence_above_a_day_may_be_all_that_a_capture_holds(tidy: Tidy) -> None:
    cleaned = tidy(Capture("a.txt", b"The leaders met today.\nMay 3, 2031\n"))
    assert [passage.text for passage in cleaned.passages] == ["The leaders met today."]


def test_a_place_over_the_closing_date_is_told(tidy: Tidy) -> None:
    cleaned = tidy(Capture("a.txt", f"{BODY}\n\n{BODY} Again.\n\nNorthport\nMay 3, 2031\n".encode()))
    assert (len(cleaned.passages), cleaned.told.place) == (2, "Northport")


@pytest.mark.parametrize("head", ["May 3, 2031", "Office of the Premier", "Readout of the call"])
def test_a_list_of_those_present_closes_the_text(tidy: Tidy, head: str) -> None:
    text = f"{head}\n\n{BODY}\n\n{BODY} Again.\n\nParticipants\n\nAda Lind, Prime Minister\n\nBo Chen, President\n"
    assert [passage.text for passage in tidy(Capture("a.txt", text.encode())).passages][2:] == [
        "Participants",
        "Ada Lind, Prime Minister",
        "Bo Chen, President",
    ]


def test_heads_of_sheets_within_a_sentence(tidy: Tidy) -> None:
    sheet = "Press release no. 112/2022 | {}"
    text = (
        "Meeting with the Prime Minister of Westland\n\n"
        "The President of Norland, Bo Chen, received today at the Old Palace the\nPrime Minister of Westland and her "
        f"ministers, who spoke of the coop-\neration of both coast guards, which they all said was now\n"
        f"{sheet.format(1)}\n"
        "an example for the region. They will go on with it in the new year, and\nwith a new school for their pilots, "
        f"which is to be\n{sheet.format(2)}\nopened by both.\n"
    )
    cleaned = tidy(Capture("a.txt", text.encode()))
    assert [removal.rule for removal in cleaned.removed] == ["title", "hyphen", "sheet-head", "sheet-head"]
    assert "cooperation of both coast guards, which they all said was now an example" in cleaned.passages[0].text


def test_one_line_with_words_of_menus_that_no_rule_knows(tidy: Tidy) -> None:
    title = "Readout of the Minister’s Call with Minister Osei"
    page = (
        f"GovPortal Citizens CornerMultimedia{title} Start Newsdesk {title} {BODY * 5} Barrier Report Open Data Imprint"
    )
    cleaned = tidy(Capture("a.txt", page.encode()))
    assert [passage.text for passage in cleaned.passages] == [BODY * 5]
    assert [removal.rule for removal in cleaned.removed] == ["navigation", "title", "navigation"]
    assert cleaned.told.title == title


def test_one_line_with_the_day_and_the_section_under_the_headline(tidy: Tidy) -> None:
    title = "Readout of the Premier’s Call with Minister Osei of Westland"
    page = f"{title} | Cabinet HomeBriefing RoomEspañol{title} March 17, 2027 Statements and Releases {BODY * 5}"
    cleaned = tidy(Capture("a.txt", page.encode()))
    assert [passage.text for passage in cleaned.passages] == [BODY * 5]
    assert (cleaned.told.title, cleaned.told.dates) == (title, (Evidence("dateline", "2027-03-17"),))


def test_an_address_under_wrapped_text_is_no_paragraph(tidy: Tidy) -> None:
    address = (
        "Press and Information Office of the Federal Government\nOld Street 84\n10117 Northport\nTel.: +49 30 000\n"
    )
    text = f"{WRAPPED}\n\n{WRAPPED}\n\n{address}"
    assert len(tidy(Capture("a.txt", text.encode())).passages) == 2


def test_the_seed(tidy: Tidy, seed: Capture) -> None:
    cleaned = tidy(seed)
    assert [removal.rule for removal in cleaned.removed] == [
        *("weather", "breadcrumb", "title", "title", "source-line", "advertising"),
        *("other-stories",) * 4,
    ]
    assert len(cleaned.passages) == 6
    assert cleaned.told.title == cleaned.removed[2].text
    assert cleaned.told.url is not None
    assert cleaned.told.url in cleaned.removed[4].text
    assert [evidence.source for evidence in cleaned.told.dates] == ["source-url", "file-name"]
    assert {evidence.date for evidence in cleaned.told.dates} == {"2023-11-17"}
    assert cleaned.problems == ()


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("a.txt", "", "is empty"),
        ("a.md", " \n\xa0\n", "holds only white space"),
        ("a.txt", "90.5 F\nlatest articles\n###\n", "holds only furniture"),
        ("a.md", "---\ntitle: T\n---\n\n\\###\n", "holds only furniture"),
        ("a.html", "<nav>Home</nav><script>words()</script>", "holds only furniture"),
    ],
)
def test_a_capture_without_a_body_is_named(tidy: Tidy, file: str, text: str, message: str) -> None:
    cleaned = tidy(Capture(file, text.encode()))
    assert cleaned.passages == ()
    assert [(problem.path, problem.line) for problem in cleaned.problems] == [(f"captures/{file}", None)]
    assert cleaned.problems[0].message.startswith(message)


def test_one_line_with_a_page_in_it(tidy: Tidy) -> None:
    title = "Readout of the President’s Call with Prime Minister Ada Lind"
    page = (
        f"{title} | gov.example\n\n  the PRESIDENTBo Chen Get in Touch HomeNewsSpeeches Issues"
        + " Energy Plan Farm Plan Harbour Plan" * 12
        + f" The White House Office of the Press Secretary For Immediate Release 3 May 2023 {title} {BODY}  {BODY}   "
        "Twitter Instagram Facebook Contact Us Home Energy Plan Mrs. Chen Privacy Policy "
    )
    cleaned = tidy(Capture("20230504-call.txt", page.encode()))
    assert [passage.text for passage in cleaned.passages] == [f"{BODY} {BODY}"]
    rules = [removal.rule for removal in cleaned.removed]
    assert rules == ["title", "navigation", "letterhead", "release-line", "title", "navigation"]
    assert cleaned.told.title == title
    assert cleaned.told.issuer == "The White House"
    assert cleaned.told.dates == (Evidence("dateline", "2023-05-03"), Evidence("file-name", "2023-05-04"))


def test_markdown_with_front_matter(tidy: Tidy) -> None:
    text = (
        "---\ndate: '2021-01-21'\nsource_url: https://gov.example/2021/01/20/call/\nlang: en\n"
        'title: "Call with Ada\\_Lind"\n---\n'
        f"\n# Call with Ada Lind\n\n{WRAPPED}\n\nThose present:\n\n-   **Ola Berg,** mayor\n-   Ivy Reed\n\n\\###\n"
    )
    cleaned = tidy(Capture("call.md", text.encode()))
    assert [passage.text for passage in cleaned.passages] == [BODY, "Those present:", "Ola Berg, mayor", "Ivy Reed"]
    assert {"front-matter", "markup", "title", "end-mark"} == {removal.rule for removal in cleaned.removed}
    told = cleaned.told
    assert (told.title, told.url, told.language) == ("Call with Ada Lind", "https://gov.example/2021/01/20/call/", "en")
    assert told.dates == (Evidence("front-matter", "2021-01-21"), Evidence("source-url", "2021-01-20"))


def test_days_stand_in_the_order_of_trust(tidy: Tidy) -> None:
    text = (
        "Posted on May 7, 2023\nFor Immediate Release May 5, 2023\n"
        f"Readout of the call with Prime Minister Ada Lind\n{BODY}\n"
        "Official news published at https://gov.example/2023/05/06/x/\n"
    )
    meta = Meta(date="2023-05-04", via="https://gazette.example/x")
    told = tidy(Capture("2023-05-08-call.txt", text.encode(), meta)).told
    assert [(evidence.source, evidence.date[-2:]) for evidence in told.dates] == [
        *(("given", "04"), ("dateline", "05"), ("source-url", "06"), ("dateline", "07"), ("file-name", "08")),
    ]
    assert (told.url, told.via) == ("https://gov.example/2023/05/06/x/", "https://gazette.example/x")


def test_what_a_person_gives_wins(tidy: Tidy) -> None:
    text = f"{BODY}\n\nSource: https://gov.example/wrong\n"
    assert (
        tidy(Capture("a.txt", text.encode(), Meta(url="https://gov.example/right"))).told.url
        == "https://gov.example/right"
    )


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("a.txt", f"A call with President Bo Chen\n31 February 2023\n{BODY}", None),
        ("a.md", f"---\ntitle: T\ndate: 2023-02-31\n---\n{BODY}", 3),
        ("2023-02-31-a.txt", BODY, None),
    ],
)
def test_a_day_that_no_calendar_has_is_a_problem(tidy: Tidy, file: str, text: str, line: int | None) -> None:
    cleaned = tidy(Capture(file, text.encode()))
    assert cleaned.told.dates == ()
    assert [(problem.line, "no day of the calendar" in problem.message) for problem in cleaned.problems] == [
        (line, True)
    ]


def test_a_dateline_in_the_text_stays_and_tells(tidy: Tidy) -> None:
    text = f"A call with President Bo Chen\n\nGENEVA, May 3, 2023 — {BODY}\n"
    cleaned = tidy(Capture("a.txt", text.encode()))
    assert cleaned.passages[0].text.startswith("GENEVA, May 3, 2023 — Prime")
    assert (cleaned.told.place, cleaned.told.dates) == ("GENEVA", (Evidence("dateline", "2023-05-03"),))


def test_a_title_cut_short_everywhere_stays_as_it_is(tidy: Tidy) -> None:
    cleaned = tidy(Capture("a.txt", f"Readout of the call with Prime Minister…\n\n{BODY}\n".encode()))
    assert cleaned.told.title == "Readout of the call with Prime Minister…"


def test_one_line_is_kept_though_it_looks_like_a_title(tidy: Tidy) -> None:
    cleaned = tidy(Capture("a.txt", b"Readout of the call with Prime Minister Ada Lind"))
    assert len(cleaned.passages) == 1


def test_paragraphs_that_touch_are_one_where_others_are_parted(tidy: Tidy) -> None:
    parted = tidy(Capture("a.txt", f"{BODY} A.\n\n{BODY} B.\n\n{BODY} C.\n{BODY} D.\n".encode()))
    assert [len(passage.text) for passage in parted.passages] == [len(BODY) + 3, len(BODY) + 3, 2 * len(BODY) + 7]
    single = tidy(Capture("a.txt", f"{BODY} A.\n{BODY} B.\n{BODY} C.\n".encode()))
    assert len(single.passages) == 3


def test_a_mixed_end_does_not_take_the_larger_part(tidy: Tidy) -> None:
    text = f"{BODY}\n\nRead more\n\n" + "\n\n".join(f"{BODY} {BODY} {n}." for n in range(4))
    assert len(tidy(Capture("a.txt", text.encode())).passages) == 5


def test_the_same_bytes_give_the_same_value(tidy: Tidy, seed: Capture) -> None:
    assert tidy(seed) == tidy(seed)
