"""Lines of a capture → which of them are furniture, and by which rule; and what the furniture tells.

The body is taken to be one run of full paragraphs under a headline: what stands above the headline goes, what stands
below the last paragraph goes once something there is known furniture, and lines that a rule names go wherever they
stand. In doubt a line stays: a lost word is worse than a line too many.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from readout_site.reading.cleaning.boilerplate import Boilerplate, Furniture, Tell, phrase
from readout_site.reading.cleaning.classifier import LEAD_IN, fits, is_lead_in
from readout_site.reading.cleaning.headlines import complete, find_title, title_rules
from readout_site.reading.cleaning.lines import Line
from readout_site.reading.cleaning.menus import menu_rule
from readout_site.reading.cleaning.onebody import best_run, extended, label_doubtful, line_scores
from readout_site.reading.cleaning.prose import PARAGRAPH, is_paragraph, is_repeated, is_sentence
from readout_site.reading.cleaning.readouts import keep_one
from readout_site.reading.cleaning.standfirst import NEAR, field_block, is_field, without_standfirst

FULL_PARAGRAPH = 160
"""A paragraph this long goes on with the body after a link to another story."""
ADDRESS = 5
"""The lines of an address are at most so many."""
LABEL = 4
"""A line with at most so many words names the links below it; a longer one is itself the link."""
ITEM = re.compile(r"(?:[-–—•*▪◦·]|\d{1,3}[.)]|\([a-z\d]{1,3}\)) ?\S")
NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}"
PLACE_ONLY = re.compile(rf"(?:The )?{NAME}(?:, {NAME}| \({NAME}\)){{0,2}}")
NEUTRAL = frozenset({"separator", "title", "sheet-head", "page-number"})
"""Cuts that say nothing about what stands near them."""
PASSED = NEUTRAL | {"navigation", "neighbours"}
"""Cuts after which a short sentence about those who met is still of the text: `Next` may be a heading of it."""
ISSUED = frozenset({"dateline", "posting-line", "release-line", "byline", "field"})
"""Cuts that stand between a summary and the text."""
PLAIN = NEUTRAL | {"front-matter", "dateline", "letterhead", "release-line", "posting-line", "field"}
"""Cuts above a text that do not show that headlines of other stories stand below it."""


class ToldLine(Struct, frozen=True):
    """A line that tells something, with the rule that says so."""

    rule: Tell  #: The rule that it matches.
    line: Line  #: The line.
    parts: dict[str, str]  #: What it tells: `url`, `date`, `place`, `issuer`.


class Sorted(Struct, frozen=True):
    """Lines told apart into body and furniture."""

    lines: tuple[Line, ...]  #: All lines, each with the rule that cuts it, or None where it is of the body.
    title: str | None  #: The headline, whole.
    told: tuple[ToldLine, ...]  #: What the furniture tells, in order.
    readouts: int = 1  #: How many readouts the page holds, of which one is the body.


class View(Struct, frozen=True):
    """Lines with what is known of each alone."""

    lines: Sequence[Line]
    furniture: Sequence[Furniture | None]  #: The rule that each matches.
    first: int  #: Index of the first full paragraph, or the number of lines.
    last: int  #: Index of the last full paragraph, or the number of lines.
    block: range = range(0)  #: Fields of the page between the first paragraph, a summary, and the second.

    def holds(self, number: int) -> bool:
        """Tell whether a line stands from the first paragraph to the last, and not among the fields of the page."""
        return self.first <= number <= self.last and number not in self.block


def sort_lines(lines: Sequence[Line], rules: Boilerplate, title: str | None, hints: Sequence[str]) -> Sorted:
    """Tell furniture from body.

    `title` is the headline where front matter or the page tells it; `hints` are words in which it should be found.
    """
    lines, readouts = keep_one(lines, rules, hints, is_paragraph)
    furniture = [None if line.rule else rules.furniture_of(line.text) for line in lines]
    scores = line_scores(lines, furniture, rules)
    run = extended(lines, best_run(scores), scores)
    full = without_standfirst(lines, full_paragraphs(lines, furniture, run), rules)
    first, last = (full[0], full[-1]) if full else (len(lines), len(lines))
    view = View(lines, furniture, first, last, field_block(lines, full, rules))
    labels = [line.rule or (known.name if known else None) for line, known in zip(lines, furniture, strict=True)]
    told = label_told(view, labels, rules)
    label_marks(view, labels, rules)
    above = [line if label is None else None for line, label in zip(lines[: view.first], labels, strict=False)]
    if title is None and sum(label is None for label in labels) > 1:
        title = find_title(above, rules, (*hints, *(line.text for line in lines[view.first : view.first + 1])))
    title = complete(title, lines) if title else None
    told += label_head(view, labels, title, told)
    label_tail(view, labels, scores, rules)
    label_doubtful(lines, labels, scores, run, rules)
    ruled = tuple(with_rule(line, label) for line, label in zip(lines, labels, strict=True))
    return Sorted(ruled, title, tuple(told), readouts)


def with_rule(line: Line, rule: str | None) -> Line:
    """Return a line with the rule that cuts it."""
    return line if rule == line.rule else Line(line.text, line.source, line.kind, rule)


def full_paragraphs(lines: Sequence[Line], furniture: Sequence[Furniture | None], run: range) -> list[int]:
    """Return the indexes of the paragraphs of the body, as far as one can tell: of the sentences where it has none."""
    free = [n for n, line in enumerate(lines) if not (line.rule or furniture[n])]
    paragraphs = [n for n in free if is_paragraph(lines[n].text)]
    within = [n for n in paragraphs if n in run] or paragraphs
    return within or [n for n in free[1:] if is_sentence(lines[n].text)]


def label_told(view: View, labels: list[str | None], rules: Boilerplate) -> list[ToldLine]:
    """Label the lines that tell something, above and below the text; return what they tell.

    Below it a letterhead holds only after other furniture: else it may be one of a list of those who took part.
    """
    found: list[ToldLine] = []
    known = False
    for number, line in enumerate(view.lines):
        within = view.holds(number)
        near = line.rule is None or (line.rule == "page-frame" and not within and is_near(view, number))
        matched = rules.told_by(line.text, within=within) if near else None
        sure = number <= view.last or known or is_closing(view, number)
        if matched and (sure or matched[0].anywhere or matched[0].trust == "posting"):
            rule, match = matched
            labels[number] = line.rule or rule.name
            if rule.name == "dateline" and number and labels[number - 1] == "release-line" and found:
                rule = found[-1].rule  # The day below `For immediate release` is the issuer's own.
            found.append(ToldLine(rule, line, {name: words for name, words in match.groupdict().items() if words}))
        known = known or (number > view.last and labels[number] is not None)
    return found


def is_closing(view: View, number: int) -> bool:
    """Tell whether a line below the text is the last of all, or a way to reach the office stands below it."""
    below = view.furniture[number + 1 : number + 1 + ADDRESS]
    near = view.last + 1 == number or view.lines[number].text.startswith("(")
    alone = near and all(line.rule for line in view.lines[number + 1 :])
    return alone or any(rule and rule.group == "ends" for rule in below)


def is_near(view: View, number: int) -> bool:
    """Tell whether a line of a page's frame stands near the text, and so may speak of it."""
    return min(abs(number - view.first), abs(number - view.last)) <= NEAR


def label_marks(view: View, labels: list[str | None], rules: Boilerplate) -> None:
    """Label the lines without a word, and outside the text those with nothing but the words of menus."""
    above = "-"
    for number, line in enumerate(view.lines):
        if labels[number] is None and len(line.text) < PARAGRAPH * 4:
            if not phrase(line.text):
                labels[number] = "separator"
            elif not view.holds(number):
                labels[number] = field_rule(view, labels, number, rules)
                if labels[number] is None and number > view.last and is_link(line, above):
                    labels[number] = "navigation"
                if labels[number] is None and line.kind != "item":
                    labels[number] = menu_rule(line.text, rules)
        if not line.linked:
            above = line.text


def is_link(line: Line, above: str) -> bool:
    """Tell whether a line is a link and no sentence, nor one of a list that `above`, the last other line, leads in."""
    return line.linked and not is_sentence(line.text) and not is_lead_in(above)


def field_rule(view: View, labels: Sequence[str | None], number: int, rules: Boilerplate) -> str | None:
    """Return the rule for the name of a field of the page, alone or with its value, and for a value above the text."""
    text = view.lines[number].text
    if is_field(text, rules):
        return "field"
    apart = is_sentence(text) or fits(rules.titles, text)
    above = number < view.first or number in view.block
    valued = number > 0 and above and labels[number - 1] == "field" and not apart
    return "field" if valued and phrase(view.lines[number - 1].text) in rules.fields else None


def label_head(view: View, labels: list[str | None], title: str | None, told: Sequence[ToldLine]) -> list[ToldLine]:
    """Label the copies of the headline and what stands above it; return the place that stands under a date."""
    start = -1
    for number, copied in enumerate(title_rules(view.lines, title or "")):
        if copied and labels[number] is None and (number != view.first or copied == "title"):
            labels[number] = copied
            start = number if number < view.first else start
    for number in range(start):
        labels[number] = labels[number] or "before-title"
    placed = list(label_places(view, labels, told, start))
    below = view.lines[view.first : view.first + 1]
    for number in range(max(start + 1, view.first - NEAR), view.first):
        text = view.lines[number].text
        parted = labels[number] is None and not ISSUED.isdisjoint(labels[number + 1 : view.first])
        if parted and is_sentence(text) and any(is_repeated(text, line.text) for line in below):
            labels[number] = "standfirst"
        elif parted and start >= 0 and len(text.split()) <= LABEL and not is_sentence(text) and "," not in text:
            labels[number] = "field"
    return placed


def label_places(view: View, labels: list[str | None], told: Sequence[ToldLine], start: int) -> Iterator[ToldLine]:
    """Label and yield the place that stands under a date above the text, or over one that closes it."""
    dated = {item.line.source: item.rule for item in told if "date" in item.parts}
    above = ((number, number - 1) for number in range(max(start, 0) + 1, view.first))
    below = ((number, number + 1) for number in range(view.last + 1, len(labels) - 1))
    for number, other in (*above, *below):
        line, rule = view.lines[number], dated.get(view.lines[other].source)
        if labels[number] is None and rule and PLACE_ONLY.fullmatch(line.text):
            labels[number] = "dateline"
            yield ToldLine(rule, line, {"place": line.text})
            return


def label_tail(view: View, labels: list[str | None], scores: Sequence[float], rules: Boilerplate) -> None:
    """Label what follows the end of the text, and the links to other stories within it."""
    kept = zip(view.lines, labels, strict=True)
    sizes = [len(line.text) if label is None and is_paragraph(line.text) else 0 for line, label in kept]
    total, before = sum(sizes), 0
    skipping = False
    for number, rule in enumerate(view.furniture):
        before += sizes[number]
        told = skipping and labels[number] is None and rules.is_told(view.lines[number].text)
        if told or sizes[number] >= FULL_PARAGRAPH or (sizes[number] and scores[number] > 0):
            skipping = False
        if before and rule and rule.group == "ends" and (rule.name == "end-mark" or total - before < before):
            cut_rest(labels, number)
            break
        if before and rule and rule.group != "lines":
            skipping = rule.group == "ends" or len(view.lines[number].text.split()) <= LABEL
        if skipping:
            labels[number] = labels[number] or "after-body"
    label_trail(view, labels, rules)


def cut_rest(labels: list[str | None], start: int) -> None:
    """Label everything from `start` that has no label of its own."""
    for number in range(start, len(labels)):
        labels[number] = labels[number] or "after-body"


def label_trail(view: View, labels: list[str | None], rules: Boilerplate) -> None:
    """Label the lines below the last paragraph, from the first known furniture or headline of another story on."""
    last = max((n for n in range(len(labels)) if labels[n] is None and is_paragraph(view.lines[n].text)), default=None)
    if last is None:
        return
    last = last_told(view, labels, last, rules)
    for number in range(last + 1, len(labels)):
        if labels[number] is None and LEAD_IN.match(view.lines[number].text):
            return
        if labels[number] and labels[number] not in NEUTRAL and view.lines[number].kind != "item":
            cut_rest(labels, number)
            return
    headings = list(other_headlines(view, labels, last))
    if len(headings) > 1:
        cut_rest(labels, headings[0])


def last_told(view: View, labels: Sequence[str | None], last: int, rules: Boilerplate) -> int:
    """Return the last of the short sentences about those who met that go on with the text, advertisements between."""
    for number in range(last + 1, len(labels)):
        rule = view.furniture[number]
        if labels[number] is None and rules.is_told(view.lines[number].text):
            last = number
        elif labels[number] not in PASSED and not (rule and rule.group == "lines"):
            break
    return last


def other_headlines(view: View, labels: Sequence[str | None], last: int) -> Iterator[int]:
    """Yield the lines below the last paragraph that look like headlines of other stories on a page with furniture."""
    furnished = any(label and label not in PLAIN for label in labels[:last])
    for number in range(last + 1, len(labels)):
        line = view.lines[number]
        if not furnished or line.kind != "text" or line.text.endswith((":", ".", ";", ",")) or ITEM.match(line.text):
            return
        yield number
