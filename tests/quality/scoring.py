"""Labels of a readout + its briefing → counts: how much of each field was read right, and what was not.

Where labels leave room, either answer counts: `acts` and `primary` hold every answer that is right, `also` topics
that may stand beside those asked for, and what is not `required` is neither asked for nor held against the reading.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from readout_site.records import Briefing, Figure, Instrument, Sentence

Labels = dict[str, Any]
Left = TypeVar("Left")
Right = TypeVar("Right")

SUFFIXES = {"jr", "sr", "ii", "iii"}
SPELLED = re.compile(
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:hundred|thousand|million|billion|dozen)s?|trillion|"
    "half|third|quarter"
)
DECIDED = {"commit", "agree"}


class Count(NamedTuple):
    """What one document adds to one measure."""

    measure: str
    hit: int
    asked: int
    given: int
    misses: tuple[str, ...] = ()


def compare(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Yield what the document adds to each measure that it is labelled for."""
    for key, measure in MEASURED:
        if key in labels:
            yield from measure(labels, briefing)


def f1(counts: Iterable[Count]) -> float:
    """Return the F1 of a measure, which is the share that is right where as much is given as is asked."""
    total = [sum(column) for column in zip(*(count[1:4] for count in counts), strict=True)] or [0, 0, 0]
    return 2 * total[0] / (total[1] + total[2]) if total[1] + total[2] else 1.0


def told(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare what stands beside the body, where the capture tells it."""
    fields = (
        ("title", fold(labels.get("title")), fold(briefing.title)),
        ("published", labels.get("source_date"), briefing.published),
        ("address", labels.get("url"), briefing.source.url),
    )
    for measure, asked, given in fields:
        if asked:
            yield single(measure, asked, given, right=asked == given)


def text(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the body: runs of four words, paragraphs, sentences, and whether it is right to the letter."""
    asked, given = paragraphs_of(labels), [paragraph.text for paragraph in briefing.paragraphs]
    runs = shingles(words(" ".join(asked))), shingles(words(" ".join(given)))
    yield of_sets("body", *runs)
    if labels.get("bounds", True):
        exact = [" ".join(paragraph.split()) for paragraph in asked] == given
        where = next((f"{a!r} got {b!r}" for a, b in zip_longest(asked, given) if a != b), "")
        yield Count("exact", exact, 1, 1, (where[:200],) if where else ())
        yield of_sets("paragraphs", *({tuple(words(p)) for p in side} for side in (asked, given)))


def bounds(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the sentences' bounds."""
    if labels.get("bounds", True):
        asked = {tuple(words(sentence["text"])) for paragraph in labels["paragraphs"] for sentence in paragraph}
        yield of_sets("sentences", asked, {tuple(words(said)) for said, _ in sentences_of(briefing)})


def encounter(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare when, in which form and where it was held."""
    for measure, given in (("date", briefing.date), ("kind", briefing.kind)):
        yield single(measure, labels[measure], given, right=given in labels[measure])
    asked, given = fold(labels["place"]), fold(briefing.place)
    same = asked == given or bool(asked and given and (asked in given or given in asked))
    yield single("place", asked, given, right=same)


def people(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare who took part: a word of the name, and the country."""
    asked = [(name_words(person["name"]), person["country"]) for person in labels["participants"]]
    given = [(name_words(person.name), person.country) for person in briefing.participants]
    yield of_pairs("people", asked, given, lambda a, b: a[1] == b[1] and bool(a[0] & b[0]))


def countries(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the countries that are named."""
    yield of_sets("countries", {(code,) for code in labels["countries"]}, {(code,) for code in briefing.countries})


def instruments(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the named agreements and bodies."""
    asked = [bare(item["name"]) for item in labels["instruments"] if item["required"]]
    optional = {bare(item["name"]) for item in labels["instruments"] if not item["required"]}
    names = [bare(item.name) for item in unique(briefing.instruments)]
    yield of_pairs("instruments", asked, [n for n in names if n in asked or n not in optional], str.__eq__)


def figures(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the figures, the values of those found, and which are key; a `key` of None is left open."""
    asked, given = labels["figures"], list(briefing.figures)
    pairs = matched(asked, given, same_figure)
    found = [f"missed {a['quote']!r}" for a in asked if not any(a is left for left, _ in pairs)]
    found += [f"extra {b.quote!r}" for b in given if not any(b is right for _, right in pairs)]
    yield Count("figures", len(pairs), len(asked), len(given), tuple(found))
    wrong = tuple(f"{a['quote']!r}: {a['value']} got {b.value}" for a, b in pairs if not same_value(a, b))
    yield Count("figure value", len(pairs) - len(wrong), len(pairs), len(pairs), wrong)
    open_ones = [b for a, b in pairs if a["key"] is None]
    keys = [b for b in given if b.key and not any(b is item for item in open_ones)]
    hits = sum(a["key"] is True and b.key for a, b in pairs)
    wrong = tuple(f"{a['quote']!r}: {a['key']}" for a, b in pairs if a["key"] not in (None, b.key))
    yield Count("key figures", hits, sum(a["key"] is True for a in asked), len(keys), wrong)


def subjects(labels: Labels, briefing: Briefing) -> Iterator[Count]:
    """Compare the topics and the act of each sentence."""
    asked = [sentence for paragraph in labels["paragraphs"] for sentence in paragraph]
    for label, sentence in zip(asked, aligned(asked, sentences_of(briefing)), strict=True):
        topics = sentence.topics if sentence else ()
        act = sentence.act if sentence else ""
        about = f": {label['text'][:160]}"
        yield single("topic", label["primary"], f"{topics}{about}", right=bool(set(topics[:1]) & set(label["primary"])))
        beside = set(topics) - set(label["also"])
        yield Count("topics", len(beside & set(label["topics"])), len(label["topics"]), len(beside))
        yield single("act", label["acts"], f"{act}{about}", right=act in label["acts"])
        decided = {answer in DECIDED for answer in label["acts"]}
        if len(decided) == 1:
            asked_so, given_so = decided == {True}, act in DECIDED
            yield Count("agreed", asked_so and given_so, asked_so, given_so)


MEASURED: tuple[tuple[str, Callable[[Labels, Briefing], Iterator[Count]]], ...] = (
    ("title", told),
    ("paragraphs", text),
    ("kind", bounds),
    ("kind", encounter),
    ("participants", people),
    ("countries", countries),
    ("instruments", instruments),
    ("figures", figures),
    ("kind", subjects),
)
"""Which key of the labels calls for which comparison."""


def single(measure: str, asked: object, given: object, *, right: bool) -> Count:
    """Return the count of a field that has one value."""
    return Count(measure, right, 1, 1, () if right else (f"{asked} got {given}",))


def of_sets(measure: str, asked: set[tuple[str, ...]], given: set[tuple[str, ...]]) -> Count:
    """Return the count of what is asked for and given in any order."""
    missed = [f"missed {' '.join(item)[:120]!r}" for item in sorted(asked - given)]
    extra = [f"extra {' '.join(item)[:120]!r}" for item in sorted(given - asked)]
    return Count(measure, len(asked & given), len(asked), len(given), (*missed, *extra))


def of_pairs(measure: str, asked: Sequence[Left], given: Sequence[Right], same: Callable[[Left, Right], bool]) -> Count:
    """Return the count of what is matched one to one."""
    pairs = matched(asked, given, same)
    missed = [f"missed {tell(a)}" for a in asked if not any(a is left for left, _ in pairs)]
    extra = [f"extra {tell(b)}" for b in given if not any(b is right for _, right in pairs)]
    return Count(measure, len(pairs), len(asked), len(given), (*missed, *extra))


def tell(item: object) -> str:
    """Return an item for the list of misses."""
    return f"{' '.join(sorted(item[0]))} ({item[1]})" if isinstance(item, tuple) else repr(item)


def matched(
    asked: Iterable[Left], given: Iterable[Right], same: Callable[[Left, Right], bool]
) -> list[tuple[Left, Right]]:
    """Match each that is asked for with the first that is still free."""
    free, pairs = list(given), []
    for item in asked:
        place = next((n for n, other in enumerate(free) if same(item, other)), None)
        if place is not None:
            pairs.append((item, free.pop(place)))
    return pairs


def aligned(asked: Sequence[Labels], given: Sequence[tuple[str, Sentence]]) -> Iterator[Sentence | None]:
    """Yield for each labelled sentence the one read that shares the most words with it, at least half of them."""
    bags, at = [set(words(said)) for said, _ in given], 0
    for label in asked:
        bag = set(words(label["text"]))
        near = range(max(0, at - 3), len(bags))
        best = max(near, key=lambda n: len(bag & bags[n]), default=0)
        shared = len(bag & bags[best]) if near else 0
        if shared and 2 * shared >= min(len(bag), len(bags[best])):
            at = best
            yield given[best][1]
        else:
            yield None


def same_figure(label: Labels, figure: Figure) -> bool:
    """Tell whether both quote the same number in overlapping words."""
    asked, given = fold(label["quote"]).split(), fold(figure.quote).split()
    numbers = numbers_of(asked), numbers_of(given)
    if not numbers[0] & numbers[1] or any(number[0].isdigit() for number in numbers[0] ^ numbers[1]):
        return False
    left, right = set(asked), set(given)
    return left <= right or right <= left or len(left & right) >= 2


def numbers_of(tokens: Iterable[str]) -> set[str]:
    """Return the numbers among tokens, in digits or spelled."""
    return {t.strip("$%.,") for t in tokens if any(c.isdigit() for c in t) or SPELLED.fullmatch(t)}


def same_value(label: Labels, figure: Figure) -> bool:
    """Tell whether the values are equal but for rounding; a vague number has none."""
    asked, given = label["value"], figure.value
    if asked is None or given is None:
        return asked is given
    return abs(float(asked) - float(given)) <= 1e-6 * max(1.0, abs(float(asked)))


def paragraphs_of(labels: Labels) -> list[str]:
    """Return the labelled paragraphs as texts."""
    return [" ".join(sentence["text"] for sentence in paragraph) for paragraph in labels["paragraphs"]]


def sentences_of(briefing: Briefing) -> list[tuple[str, Sentence]]:
    """Return the sentences that were read, with their texts."""
    return [(p.text[s.start : s.end], s) for p in briefing.paragraphs for s in p.sentences]


def unique(items: Iterable[Instrument]) -> list[Instrument]:
    """Return the first mention of each instrument."""
    return list({item.name: item for item in reversed(list(items))}.values())[::-1]


def name_words(name: str) -> frozenset[str]:
    """Return the words of a person's name that tell it."""
    return frozenset(w for w in re.sub(r"[.,]", " ", fold(name)).split() if len(w) > 1 and w not in SUFFIXES)


def bare(name: str) -> str:
    """Return a name folded and without its article."""
    return fold(name).removeprefix("the ")


def shingles(tokens: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the runs of four words, or the one run of a text of fewer."""
    return {tuple(tokens[n : n + 4]) for n in range(max(1, len(tokens) - 3))} if tokens else set()


def words(said: str) -> list[str]:
    """Return the words of a text, folded."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", said).casefold())


def fold(said: str | None) -> str:
    """Return a text in plain small letters, digits and the signs of figures."""
    plain = unicodedata.normalize("NFKD", said or "").casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9$%.,]+", " ", plain.replace("’", "'")).strip()
