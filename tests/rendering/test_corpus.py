"""Order, neighbours and indexes."""

from collections.abc import Callable

import pytest

from readout_site.records import Briefing, Instrument
from readout_site.rendering import DuplicateIdError, arrange, parse_glossary
from readout_site.rendering.corpus import Neighbours, topics_of

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
    assert corpus.neighbours["b"].older is None


def test_nothing_stands_beside_a_readout_without_a_day(make: Make) -> None:
    items = [make(id="a"), make(id="b", date=None, published=None), make(id="c", date=None, published=None)]
    corpus = arrange(items, ())
    assert {corpus.neighbours[name] for name in "abc"} == {Neighbours(None, None)}


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.-ROK Alliance", "United States-ROK Alliance"),
        ("East Asia Summit", "East Asia Summits"),
        ("G-7", "G7"),
        ("Five Point Consensus", "five\u2011point consensus"),
        ("Escazú Agreement", "The Escazu Agreement"),
        ("Plan (A)", "Plan A"),
    ],
)
def test_spellings_of_one_name_are_one_instrument(make: Make, one: str, other: str) -> None:
    named = (make(id=name, instruments=(Instrument(words, 0, 0, 1),)) for name, words in (("a", one), ("b", other)))
    [thing] = arrange([*named], ()).instruments.values()
    assert len(thing.briefings) == 2


@pytest.mark.parametrize(("one", "other"), [("Plan 1 1", "Plan 11"), ("G7", "G20"), ("Congress", "Congres")])
def test_names_that_only_look_alike_are_two_instruments(make: Make, one: str, other: str) -> None:
    item = make(texts=("A. B.",), instruments=tuple(Instrument(name, 0, 0, 1) for name in (one, other)))
    assert len(arrange([item], ()).instruments) == 2


def test_the_spelling_of_most_readouts_is_the_name(make: Make) -> None:
    often = make(id="a", instruments=tuple(Instrument("G-7", 0, at, at + 1) for at in range(5)))
    others = (make(id=name, instruments=(Instrument("G7", 0, 0, 1),)) for name in "bc")
    [thing] = arrange([often, *others], ()).instruments.values()
    assert thing.name == "G7"


def test_no_other_name_moves_the_address_of_an_instrument(make: Make) -> None:
    names = ("Plan", "План Plan", "Index", "中文", "Bund", "ßund", "United States Pact", "Accords", "word " * 30)
    alone = [arrange([make(instruments=(Instrument(name, 0, 0, 1),))], ()).instruments for name in names]
    together = arrange([make(instruments=tuple(Instrument(name, 0, 0, 1) for name in names))], ()).instruments
    slugs = [thing.slug for instruments in alone for thing in instruments.values()]
    assert sorted(slugs) == sorted(thing.slug for thing in together.values())
    assert len(set(slugs)) == len(names)
    assert "index" not in slugs


def test_a_glossary_name_in_the_text_is_found_as_a_whole_word(make: Make) -> None:
    terms, _ = parse_glossary({"g.md": "---\nname: Long Pact\naliases: [LP, Pact]\n---\n"})
    found = [
        make(id=name, texts=(text,), instruments=())
        for name, text in {"a": "The Long Pact holds.", "b": "HELP! A Pact.", "c": "The pacts.", "d": "ALPS"}.items()
    ]
    [thing] = arrange(found, terms).instruments.values()
    assert [item.id for item in thing.briefings] == ["a", "b"]


def test_a_longer_name_that_is_no_whole_word_does_not_hide_a_shorter_one(make: Make) -> None:
    terms, _ = parse_glossary(
        {"a.md": "---\nname: Long Pact\n---\n.", "b.md": "---\nname: Long Pact Declaration\n---\n."}
    )
    corpus = arrange([make(texts=("Long Pact Declarations. Long Pact Declaration.",), instruments=())], terms)
    found = [(term.name, start) for term, _, start, _ in corpus.names.places_in(corpus.briefings[0])]
    assert found == [("Long Pact", 0), ("Long Pact Declaration", 24)]


def test_an_alias_of_two_entries_leads_to_the_first(make: Make) -> None:
    files = {
        "a.md": "---\nname: Northern Pact\naliases: [NP]\n---\n.",
        "b.md": "---\nname: Eastern Pact\naliases: [NP, EP]\n---\n.",
    }
    terms, [problem] = parse_glossary(files)
    assert problem.path == "b.md"
    corpus = arrange([make(texts=("The NP holds, and the EP.",), instruments=(Instrument("NP", 0, 4, 6),))], terms)
    assert corpus.named("NP").name == "Northern Pact"
    assert [term.name for term, *_ in corpus.names.places_in(corpus.briefings[0])] == ["Northern Pact", "Eastern Pact"]
