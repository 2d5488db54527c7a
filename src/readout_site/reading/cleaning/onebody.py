"""Scores of lines → the one run of lines that is the body, and what the classifier cuts within and around it."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from readout_site.reading.cleaning.boilerplate import Boilerplate, Furniture
from readout_site.reading.cleaning.classifier import ITEM as ITEM_MARK
from readout_site.reading.cleaning.classifier import LEAD_IN, Sight, is_lead_in
from readout_site.reading.cleaning.lines import Line

MOST = 4.0
"""No line counts for a run with more than this."""
LEAST = -2.5
"""No line counts against a run with more than this: a heading does not part it."""
KNOWN = {"lines": -0.5, "asides": -1.0, "ends": -1.0}
"""How known furniture counts, by the group of its rule: an advertisement may stand within a body, an end does not."""
FLOOR = 0.5
"""A sentence that tells of an encounter counts at least so much for a run,"""
DOUBTFUL = -3.5
"""unless the classifier gives it less than this."""
GAP = 4
"""Heads of sheets between a text and the list of those present are fewer."""
MARKS = re.compile(r"[:;,()]")
NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]{1,4})[.)]) \S", re.IGNORECASE)
"""An item of a list that counts."""
MOST_PRESENT = 12
"""The list of those present is sought in so many lines."""
FRAMED = -0.1
"""How a line counts that the format has told to be no text."""
OUTSIDE = -0.5
"""Outside the run a line that scores less than this goes."""
INSIDE = -3.5
"""Within the run a line goes only where it scores less than this."""
SOFT = -1.0
"""A paragraph that scores more than this goes on with the run, after a heading too."""
NEXT = -3.0
"""A sentence or long line that touches the run goes only where it scores less than this."""
PROSE = 160
"""A line this long is no label."""
DENSE = -2.0
"""A line that long goes only where it scores less than this."""
SECOND = -4.5
"""A line between the headline and the run, such as a second headline, goes only where it scores less than this."""
SUBTITLE = 5
"""A second headline has at least this many words."""
CERTAIN = 3
"""So many doubtful lines show that a page has furniture, though no rule knows it."""
NEUTRAL = frozenset((None, "title", "separator", "end-mark", "front-matter", "dateline", "letterhead", "release-line"))
"""What a page without furniture has too."""
FOREIGN = re.compile(r"(?:[\u0370-\u1fff\u2e80-\ufaff][\W\d]*){8}")
"""Letters in a row of other scripts than Latin."""
FOREIGN_TEXT = 2.0
"""How a sentence in such a script counts."""
SURE = -10.0
"""A line that scores less than this is furniture, be it the only one, or an item of a list that counts."""
MOST_LONG = 0.8
"""The classifier takes at most this share of the lines that may be text."""
LONG = 60
"""A line this long may be text, whatever the classifier says."""
BESIDE = 2.0
"""On a page whose structure tells the text, a label outside it goes where it scores less than this."""
LISTED = -6.0
"""A line of a list that the run leads in goes only where it scores less than this."""
ITEM = -5.0
"""A heading or list item that markup tells goes only where it scores less than this."""


def line_scores(lines: Sequence[Line], furniture: Sequence[Furniture | None], rules: Boilerplate) -> list[float]:
    """Return for each line how likely it is to be text, as the logarithm of the odds.

    What the structure of a web page tells to be text is as likely as can be.
    """
    free = [number for number, line in enumerate(lines) if line.rule is None]
    groups = (rule.group if rule else None for rule in furniture)
    sights = [Sight(line.text, group) for line, group in zip(lines, groups, strict=True) if line.rule is None]
    scores = [FRAMED] * len(lines)
    for number, score in zip(free, rules.classifier.scores(sights, rules.titles), strict=True):
        rule, text = furniture[number], lines[number].text
        least = MOST if lines[number].sure else least_score(text, score, rules)
        scores[number] = KNOWN[rule.group] if rule else max(score, least)
    return scores


def is_text(text: str) -> bool:
    """Tell whether a line is a sentence by its last mark, in any script."""
    return text.rstrip("”»」』)）\"' ").endswith((".", "。", "!", "?", "！", "？", "؟", "।", "։", ":", "："))


def least_score(text: str, score: float, rules: Boilerplate) -> float:
    """Return what a line with this score counts at least: a paragraph in another script, or about an encounter."""
    if score < FOREIGN_TEXT and FOREIGN.search(text) and is_text(text):
        return FOREIGN_TEXT
    return FLOOR if DOUBTFUL < score < FLOOR and len(text) >= LONG and rules.is_prose(text) else score


def best_run(scores: Sequence[float]) -> range:
    """Return the run of lines with the largest sum of scores; empty where no line is likely to be text."""
    best, best_sum = range(0), 0.0
    start, total = 0, 0.0
    for number, score in enumerate(scores):
        if total <= 0:
            start, total = number, 0.0
        total += max(LEAST, min(MOST, score))
        if total > best_sum:
            best, best_sum = range(start, number + 1), total
    return best


def extended(lines: Sequence[Line], run: range, scores: Sequence[float]) -> range:
    """Return the run with the paragraphs that may go on with it, and with the list that its last line leads in."""
    end = run.stop
    while run and (step := next((n for n in (1, 2) if goes_on(lines, scores, end + n - 1)), 0)):
        if step > 1 and (scores[end] in KNOWN.values() or scores[end] < INSIDE):
            break  # What stands between is no heading.
        end += step
    end = listed(lines, scores, end) if run else end
    return range(run.start, end)


def listed(lines: Sequence[Line], scores: Sequence[float], end: int) -> int:
    """Return where the list ends that markup or the last line before `end` begins, or one of those present below it."""
    while end < len(lines) and lines[end].kind == "item" and is_free(scores, end, LISTED):
        end += 1
    roll = next(
        (
            n
            for n in range(end, min(end + GAP, len(lines)))
            if lines[n].rule is None and scores[n] not in KNOWN.values()
        ),
        end,
    )
    if roll < len(lines) and LEAD_IN.match(lines[roll].text):
        end = roll + 1
    while end < len(lines) and is_free(scores, end, LISTED) and is_alike(lines[end].text, lines[end - 1].text):
        end += 1
    if any(is_lead_in(line.text) for line in (*open_list(lines, end), *lines[end - 1 : end + 1])):
        while end < len(lines) and is_free(scores, end, LISTED):
            end += 1
    return end


def open_list(lines: Sequence[Line], end: int) -> Iterator[Line]:
    """Yield the line that names those present, where nothing but short lines without an end stands between."""
    for line in lines[max(0, end - MOST_PRESENT) : end][::-1]:
        if LEAD_IN.match(line.text):
            yield line
        if len(line.text) >= PROSE or line.text.endswith("."):
            return


def is_alike(text: str, other: str) -> bool:
    """Tell whether two lines are items of one list: they begin with the same word and have the same marks."""
    marks = MARKS.findall(text)
    return bool(marks) and text.partition(" ")[0] == other.partition(" ")[0] and marks == MARKS.findall(other)


def is_free(scores: Sequence[float], number: int, least: float) -> bool:
    """Tell whether no rule names a line, and it scores more than `least`."""
    return scores[number] > least and scores[number] not in KNOWN.values()


def goes_on(lines: Sequence[Line], scores: Sequence[float], number: int) -> bool:
    """Tell whether a line may be a paragraph of the body."""
    if number >= len(lines) or scores[number] <= SOFT or scores[number] in KNOWN.values():
        return False
    return lines[number].rule is None and len(lines[number].text) >= LONG and lines[number].text[-1] in '.!?”"'


def label_doubtful(
    lines: Sequence[Line], labels: list[str | None], scores: Sequence[float], run: range, rules: Boilerplate
) -> None:
    """Label the lines that the classifier takes for furniture.

    None where that would leave less text than it takes, or where only one or two lines of a page without any known
    furniture would go: these are headings, lists, a last short sentence.
    """
    furnished = not NEUTRAL.issuperset(labels)
    free = [number for number, label in enumerate(labels) if label is None]
    near = [n for n in free if n < run.start][-1:] + [n for n in free if n >= run.stop][:1]
    above = {n: scores[m] for m, n in pairwise(free) if len(lines[m].text) >= LONG}
    beside = frozenset(labels_beside(lines, free, run))
    touching = {*range(run.start - 1, run.stop + 2), *(n for n, score in above.items() if score > 0)}
    doubtful = [
        n
        for n in free
        if scores[n] < (SECOND if is_second(lines, labels, n, run) else threshold(lines[n], n, run, near, beside))
        and not (n in touching and rules.is_told(lines[n].text))
        and not (n in run and (LEAD_IN.match(lines[n].text) or leads_in(lines, n)))
    ]
    long = {number for number in free if len(lines[number].text) >= LONG}
    sure = any(scores[n] < SURE and not is_second(lines, labels, n, run) for n in doubtful)
    certain = furnished or sure or len(doubtful) >= CERTAIN
    if certain and len(long.intersection(doubtful)) <= MOST_LONG * len(long) and len(doubtful) < len(free):
        for number in doubtful:
            labels[number] = "classifier"


def leads_in(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line of several words leads in the item of a list below it."""
    text, below = lines[number].text, lines[number + 1 : number + 2]
    return (
        text.endswith(":") and len(text.split()) >= SUBTITLE - 1 and any(ITEM_MARK.match(line.text) for line in below)
    )


def is_second(lines: Sequence[Line], labels: Sequence[str | None], number: int, run: range) -> bool:
    """Tell whether a line of several words stands between the headline and the run."""
    above = labels[number - 1] if number else None
    return above == "title" and number == run.start - 1 and len(lines[number].text.split()) >= SUBTITLE


def labels_beside(lines: Sequence[Line], free: Sequence[int], run: range) -> Iterator[int]:
    """Yield the lines outside the text of a page that are no sentence, no heading of one and no item of its list."""
    sure = [number for number in free if lines[number].sure]
    for number in free if sure else ():
        listed = number in run and (lines[number].kind == "item" or any(open_list(lines, number)))
        outside = not (listed or sure[0] <= number <= sure[-1])
        below = lines[number + 1].text if lines[number].kind == "heading" and number + 1 < len(lines) else ""
        if outside and not is_text(lines[number].text) and not is_text(below):
            yield number


def threshold(line: Line, number: int, run: range, near: Sequence[int], beside: Container[int]) -> float:
    """Return the score below which a line goes.

    `near` are the lines that touch the run, known furniture aside, `beside` labels outside the text of a page.
    """
    if number in beside:
        return BESIDE
    if line.kind != "text":
        return ITEM
    if number in run:
        return SURE if NUMBERED.match(line.text) else INSIDE
    if number in near and (line.text.endswith(".") or len(line.text) >= PROSE):
        return NEXT
    return DENSE if len(line.text) >= PROSE else OUTSIDE
