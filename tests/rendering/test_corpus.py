"""Order, neighbours and indexes."""

from collections.abc import Callable

import pytest

from readout_site.records import Briefing, Instrument
from readout_site.rendering import DuplicateIdError, arrange, parse_glossary
from readout_site.rendering.corpus import topics_of

Make = Callable[..., Briefing]


def test_newest_first_then_undated_and_ties_by_id(make: Make) -> None:
    items = [
        make(id="c", date=None, published=None),
        make(id="b", date="2031-01-01"),
        make(id="a", date="2031-01-01"),
        make(id="d", date=None, published="2031-02-01"),
    ]
    corpus = arrange(items, ())
    assert [item.id for item in corpus.briefings] == ["d", "a", "b", "c"]
    beside = corpus.neighbours["a"]
    assert (beside.newer and beside.newer.id, beside.older and beside.older.id) == ("d", "b")
    assert corpus.neighbours["d"].newer is None


def test_two_captures_of_one_id_are_an_error_naming_both(make: Make) -> None:
    one = make()
    with pytest.raises(DuplicateIdError, match=r"2031-05-02-vell-marn\.txt.*2031-05-02-vell-marn\.txt"):
        arrange([one, one], ())


def test_the_publishers_own_country_has_no_list(make: Make) -> None:
    assert list(arrange([make()], ()).countries) == ["IS"]


def test_overview_counts_only_alone(make: Make) -> None:
    assert topics_of(make()) == ("trade", "security")
    assert topics_of(make(texts=("They met.",))) == ("overview",)


@pytest.mark.parametrize("written", ["HA", "harbour accord", "The Harbour Accord", "Harbour  Accord"])
def test_an_instrument_finds_its_entry_by_any_name(make: Make, written: str) -> None:
    terms, _ = parse_glossary({"g.md": "---\nname: Harbour Accord\naliases: [HA]\n---\n"})
    corpus = arrange([make(instruments=(Instrument(written, 0, 0, 4),))], terms)
    assert [thing.slug for thing in corpus.instruments.values()] == ["harbour-accord"]


def test_curly_and_straight_quotes_are_one(make: Make) -> None:
    names = ("Sailors’ Charter", "Sailors' Charter")
    corpus = arrange([make(id=name[7:10], instruments=(Instrument(name, 0, 0, 4),)) for name in names], ())
    assert [len(thing.briefings) for thing in corpus.instruments.values()] == [2]


def test_names_of_one_slug_are_told_apart(make: Make) -> None:
    names = ("Plan (A)", "Plan A", "Index")
    corpus = arrange([make(texts=("A. B.",), instruments=tuple(Instrument(name, 0, 0, 1) for name in names))], ())
    slugs = {thing.slug for thing in corpus.instruments.values()}
    assert len(slugs) == 3
    assert "index" not in slugs


def test_a_glossary_name_in_the_text_is_found_as_a_whole_word(make: Make) -> None:
    terms, _ = parse_glossary({"g.md": "---\nname: Long Pact\naliases: [LP, Pact]\n---\n"})
    found = [
        make(id=name, texts=(text,), instruments=())
        for name, text in {"a": "The Long Pact holds.", "b": "HELP! A Pact.", "c": "The pacts.", "d": "ALPS"}.items()
    ]
    [thing] = arrange(found, terms).instruments.values()
    assert [item.id for item in thing.briefings] == ["a", "b"]
