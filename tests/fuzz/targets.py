"""What is fuzzed: functions of bytes that fail where a promise is broken, and pass in silence where all hold.

Nothing but the declared errors may be raised. `__main__` feeds them with bytes that a fuzzer makes up; `test_found`
with the seeds and with every case that was ever found.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from tests.reading.tiling import faults

from readout_site.labels import ACTS, TOPICS
from readout_site.reading import Rules, anchor_notes, read
from readout_site.reading.carrying import carry
from readout_site.reading.clean import clean
from readout_site.reading.cleaning.decode import decode
from readout_site.reading.cleaning.frontmatter import read_front_matter
from readout_site.reading.section import section
from readout_site.records import (
    Briefing,
    Capture,
    CleanText,
    Figure,
    Instrument,
    Mention,
    Paragraph,
    Sentence,
    Source,
    Span,
    Version,
)
from readout_site.rendering.redline import Change, redline
from readout_site.shell.adding import dump_meta
from readout_site.shell.captures import parse_meta
from readout_site.shell.rulebook import load_rules
from readout_site.strictyaml import DEPTH, YamlError, load_yaml

SLOWEST = 2.0
"""Seconds of computing that one input may take."""
HERE = Path(__file__).parent
SEEDS, FOUND = HERE / "seeds", HERE / "found"
"""Inputs to begin with, and inputs that once broke a promise: a folder for each target."""
BREAK = "\f"
"""Stands between the texts of an input that is made of several."""
SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Target = Callable[[bytes], None]


class SlowError(AssertionError):
    """An input that takes too long."""


def attempt(name: str, data: bytes) -> None:
    """Run one input through a target; raise where a promise is broken or it takes too long."""
    began = time.process_time()
    TARGETS[name](data)
    if (taken := time.process_time() - began) > SLOWEST:
        raise SlowError(f"{name}: {taken:.1f} s for {len(data)} bytes")


@cache
def rules() -> Rules:
    """Return the shipped rules."""
    return load_rules()


def words_of(data: bytes) -> str:
    """Return bytes as text; half of a pair of surrogates may come, as it may from JSON in a page."""
    return data.decode("utf-8", "replace").replace("\ufffd", "\ud800")


def texts_of(data: bytes, number: int) -> list[str]:
    """Return the texts that an input is made of: so many, empty ones where it holds fewer."""
    return [*words_of(data).split(BREAK), *[""] * number][:number]


# --- reading ----------------------------------------------------------------------------------------


def try_decode(data: bytes) -> None:
    """Decoding never fails, and tells what it could not read as it stands."""
    for suffix in ("txt", "html"):
        text, problem = decode(Capture(f"x.{suffix}", data))
        assert problem is None or 1 <= (problem.line or 0) <= data.count(b"\n") + 1
        assert problem or text == data.decode("utf-8-sig")
        assert problem or "\ufffd" not in text or b"\xef\xbf\xbd" in data


def cleaned(data: bytes, suffix: str) -> CleanText:
    """Clean a capture and check that nothing is lost."""
    text = clean(Capture(f"2031-05-03-x.{suffix}", data), rules().boilerplate)
    assert not (wrong := faults(text)), wrong
    assert text.passages or text.problems
    lines = text.text.count("\n") + text.text.count("\r") + 1
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in text.problems)
    return text


def try_txt(data: bytes) -> None:
    """A scraped text tiles."""
    cleaned(data, "txt")


def try_md(data: bytes) -> None:
    """Markdown with front matter tiles."""
    cleaned(data, "md")


def try_html(data: bytes) -> None:
    """A saved page tiles."""
    cleaned(data, "html")


def try_front_matter(data: bytes) -> None:
    """Front matter ends within the text; its values are folded and stand on lines of it."""
    text = words_of(data)
    front = read_front_matter(text)
    last = len(text.splitlines()) + 1
    assert 0 <= front.end <= len(text)
    assert set(front.values) == set(front.lines)
    assert all(value and value == " ".join(value.split()) for value in front.values.values())
    assert all(1 <= line <= last for line in front.lines.values())
    assert front.problem is None or 1 <= front.problem[0] <= last


def try_section(data: bytes) -> None:
    """Sentences cover their paragraphs, days are days, and the id is a safe name of a file."""
    capture = Capture(f"{data[:20].decode('utf-8', 'replace').replace('/', '')}.txt", data)
    readout = section(capture, cleaned(data, "txt"), rules(), None)
    for paragraph in readout.paragraphs:
        assert covers(paragraph.sentences, paragraph.text)
    for day in (readout.date, readout.published):
        assert day is None or date.fromisoformat(day).isoformat() == day
    assert (readout.date is None) == (readout.date_source is None)
    assert readout.title
    assert SAFE.fullmatch(readout.id)
    assert all(who.name.strip() for who in readout.participants)
    ids = [paragraph.id for paragraph in readout.paragraphs]
    assert len(ids) == len(set(ids))


def try_annotate(data: bytes) -> None:
    """Every mark is a range of its paragraph, says what stands there, and can be published."""
    briefing = read(Capture("2031-05-03-x.txt", data), rules())
    texts = [paragraph.text for paragraph in briefing.paragraphs]
    for figure in briefing.figures:
        assert texts[figure.paragraph][figure.start : figure.end] == figure.quote
        assert all(part in texts[figure.paragraph] for part in (figure.measures, figure.period) if part)
    marks: tuple[Mention | Figure | Instrument, ...] = (*briefing.figures, *briefing.instruments, *briefing.mentions)
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(texts[mark.paragraph])
        assert texts[mark.paragraph][mark.start : mark.end].strip()
    for paragraph in briefing.paragraphs:
        assert covers([(one.start, one.end) for one in paragraph.sentences], paragraph.text)
        for one in paragraph.sentences:
            assert one.act in ACTS
            assert one.topics == ("overview",) or (one.topics and set(one.topics) <= set(TOPICS) - {"overview"})
            assert one.agreed is None or one.start <= one.agreed[0] < one.agreed[1] <= one.end
    assert [n for part in briefing.sections for n in part.paragraphs] == list(range(len(texts)))
    assert msgspec.json.decode(msgspec.json.encode(briefing), type=Briefing) == briefing


def covers(spans: Any, text: str) -> bool:
    """Tell whether ranges stand in order in a text and leave out nothing but white space."""
    edges = [(0, 0), *spans, (len(text), len(text))]
    return all(start <= end for start, end in edges) and all(
        before[1] <= after[0] and not text[before[1] : after[0]].strip() for before, after in pairwise(edges)
    )


# --- files by hand ----------------------------------------------------------------------------------


def try_yaml(data: bytes) -> None:
    """YAML gives strings, lists and mappings of no great depth, or the error that is declared."""
    text = words_of(data)
    try:
        value = load_yaml(text)
    except YamlError as error:
        assert 1 <= error.line <= len(text) + 1  # noqa: PT017 - most inputs raise nothing
        return
    assert is_plain(value, DEPTH)


def is_plain(value: Any, depth: int) -> bool:
    """Tell whether a value is made of what strict YAML gives, with a line for each key."""
    if isinstance(value, Mapping):
        lines = getattr(value, "lines", {})
        return depth > 0 and set(lines) == set(value) and all(is_plain(v, depth - 1) for v in value.values())
    if isinstance(value, list):
        return depth > 0 and all(is_plain(item, depth - 1) for item in value)
    return value is None or isinstance(value, str)


def try_meta(data: bytes) -> None:
    """A meta file is understood whole, or told with its line."""
    try:
        meta = parse_meta(words_of(data))
    except YamlError as error:
        assert error.line >= 1  # noqa: PT017 - likewise
        return
    for day in (meta.date, meta.captured):
        assert day is None or date.fromisoformat(day).isoformat() == day
    assert parse_meta(dump_meta(meta).decode()) == meta
    for address in (meta.url, meta.via):
        assert address is None or address.startswith(("http://", "https://"))


def try_notes(data: bytes) -> None:
    """A note stands at words of its text, or is told as a problem; input: YAML, text of now, earlier text."""
    notes, now, earlier = texts_of(data, 3)
    briefing = anchor_notes(briefing_of(paragraphs_of(now), paragraphs_of(earlier)), notes, "notes/x.yaml")
    for note in briefing.notes:
        text = briefing.paragraphs[note.paragraph].text
        assert 0 <= note.start < note.end <= len(text)
        assert note.body
    places = [(note.paragraph, note.start, note.end) for note in briefing.notes]
    assert places == sorted(places)
    assert all(problem.line and problem.line >= 1 for problem in briefing.problems)


def briefing_of(now: list[str], earlier: list[str]) -> Briefing:
    """Return a briefing of these paragraphs, with an earlier text where there is one."""
    blank = Briefing(
        id="x", title="X", date=None, date_source=None, published=None, kind="other", place=None, language="en",
        issuer=None, participants=(), countries=(), instruments=(), paragraphs=(), sections=(), figures=(),
        source=Source(None, None, "x.txt", "0" * 64, "2031-05-03"), mentions=(), removed=(), problems=(),
    )  # fmt: skip
    paragraphs = tuple(
        Paragraph(f"p{n}", text, ((0, len(text)),), (Sentence(f"p{n}.1", 0, len(text), ("overview",), "state", None),))
        for n, text in enumerate(now)
    )
    versions = (Version("x/1.txt", "0" * 64, None, "X", tuple(earlier)),) if earlier else ()
    return replace(blank, paragraphs=paragraphs, versions=versions)


# --- two texts --------------------------------------------------------------------------------------


def paragraphs_of(text: str) -> list[str]:
    """Return the lines of a text as paragraphs, with white space folded."""
    return [folded for line in text.split("\n") if (folded := " ".join(line.split()))]


def try_redline(data: bytes) -> None:
    """What is taken out and put in is just what two texts do not share; input: the earlier and the later one."""
    earlier, later = (paragraphs_of(text) for text in texts_of(data, 2))
    changes = list(redline(earlier, later))
    assert (earlier == later) == (not changes)
    assert all(1 <= change.number <= len(later) + 1 for change in changes)
    gained = counted(changes, "in")
    gained.subtract(counted(changes, "out"))
    expected = count(later)
    expected.subtract(count(earlier))
    assert {word: n for word, n in gained.items() if n} == {word: n for word, n in expected.items() if n}


def counted(changes: list[Change], kind: str) -> Counter[str]:
    """Count the words that are shown as taken out or put in."""
    return count([part.text for change in changes for part in change.stretches if part.kind == kind])


def count(texts: list[str]) -> Counter[str]:
    """Count words, without the sign between paragraphs."""
    return Counter(word for text in texts for word in text.split() if word != "¶")


def try_carrying(data: bytes) -> None:
    """A place is carried to the same words or to none; input: number, start and end, earlier text, later text."""
    earlier, later = (paragraphs_of(text) for text in texts_of(data[3:], 2))
    if not earlier:
        return
    index = data[0] % len(earlier)
    start, end = sorted(number % (len(earlier[index]) + 1) for number in data[1:3])
    found = carry((index, (start, end)), earlier, later)
    if found:
        assert tight(later[found[0]], found[1]) == tight(earlier[index], (start, end))


def tight(text: str, span: Span) -> str:
    """Return a range of a text without white space."""
    assert 0 <= span[0] <= span[1] <= len(text)
    return "".join(text[slice(*span)].split())


TARGETS: dict[str, Target] = {
    "decode": try_decode,
    "clean-txt": try_txt,
    "clean-md": try_md,
    "clean-html": try_html,
    "front-matter": try_front_matter,
    "section": try_section,
    "annotate": try_annotate,
    "yaml": try_yaml,
    "meta": try_meta,
    "notes": try_notes,
    "redline": try_redline,
    "carrying": try_carrying,
}
"""Every target by name."""
