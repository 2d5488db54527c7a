"""Vocabulary + rules → the method page; and the page for an address that leads nowhere."""

from collections.abc import Iterator
from itertools import groupby

from readout_site.labels import Topic
from readout_site.rendering.accuracy import accuracy_of
from readout_site.rendering.corpus import Corpus
from readout_site.rendering.edition import SECTIONS, Edition, frame, root_of, rule_anchor
from readout_site.rendering.links import METHOD, MISSING, relative, slug, topic_path
from readout_site.rendering.methodology import MethodView, RuleGroup, RuleView, Word
from readout_site.rendering.values import Page
from readout_site.rendering.views import Layout, Link, MissingView
from readout_site.rendering.vocabulary import ACT_WORDS, TOPIC_WORDS

EXAMPLE = "#p1a2b3c.2"


def method_page(corpus: Corpus) -> Iterator[Page]:
    """Yield the method page."""
    yield Page(METHOD, lay_out_method, (tuple(corpus.topics),))


def lay_out_method(edition: Edition, path: str, listed: tuple[Topic, ...]) -> Layout:
    """Lay out the method page; topics that are `listed` have pages of their own."""
    topics = tuple(
        Word(word.name, word.says, topic, relative(path, topic_path(topic)) if topic in listed else "")
        for topic, word in TOPIC_WORDS.items()
    )
    acts = tuple(Word(word.name, word.says) for word in ACT_WORDS.values())
    accuracy = accuracy_of(edition.quality) if edition.quality else None
    view = MethodView(topics, acts, tuple(rule_groups(edition)), EXAMPLE, accuracy)
    says = "How the captures are cleaned, read and marked, with every rule."
    return Layout("method.html", frame(edition, path, "Method", says, "Method"), view)


def rule_groups(edition: Edition) -> Iterator[RuleGroup]:
    """Yield the rules by group, each rule at an id of its own."""
    seen: set[str] = set()
    for group, rules in groupby(sorted(edition.rule_docs, key=lambda rule: rule.group), key=lambda rule: rule.group):
        views = []
        for rule in rules:
            anchor = rule_anchor(rule)
            if anchor not in seen:
                seen.add(anchor)
                views.append(RuleView(anchor, rule.name, rule.says))
        yield RuleGroup(f"rules-{slug(group)}", group[:1].upper() + group[1:].replace("_", " "), tuple(views))


def missing_page(_corpus: Corpus) -> Iterator[Page]:
    """Yield the page for an address that leads nowhere."""
    yield Page(MISSING, lay_out_missing, ())


def lay_out_missing(edition: Edition, path: str) -> Layout:
    """Lay out the page for an address that leads nowhere; as it is shown anywhere, its links begin at the root."""
    root = root_of(edition.settings, path)
    links = tuple(Link(label, f"{root}{target}") for label, target in SECTIONS)
    return Layout("missing.html", frame(edition, path, "Page not found"), MissingView(links))
