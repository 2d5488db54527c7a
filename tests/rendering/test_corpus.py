"""Order, neighbours and indexes."""

from collections.abc import Callable

import pytest

from readout_site.records import Briefing, Instrument
from readout_site.rendering import Corpus, DuplicateIdError, parse_glossary
from readout_site.rendering.marks import Scope
from readout_site.rendering.summaries import topics_of

Make = Callable[..., Briefing]
Arrange = Callable[..., Corpus]


def test_newest_first_then_undated_and_ties_by_id(corpus: Arrange, make: Make) -> None:
    items = [
        make(id="c", date=None, published=None),
        make(id="b", date="2031-01-01"),
        make(id="a", date="2031-01-01"),
        make(id="d", date=None, published="2031-02-01"),
    ]
    whole = corpus(items, ())
    assert [item.id for item in whole.summaries] == ["d", "a", "b", "c"]
    older, newer = whole.neighbours["a"]
    assert (newer and newer.id, older and older.id) == ("d", "b")
    assert whole.neighbours["d"][1] is None
    assert whole.neighbours["b"][0] is None


def test_nothing_stands_beside_a_readout_without_a_day(corpus: Arrange, make: Make) -> None:
    items = [make(id="a"), make(id="b", date=None, published=None), make(id="c", date=None, published=None)]
    whole = corpus(items, ())
    assert whole.neighbours == {"a": (None, None)}


def test_two_captures_of_one_id_are_an_error_naming_both(corpus: Arrange, make: Make) -> None:
    one = make()
    with pytest.raises(DuplicateIdError, match=r"2031-05-02-vell-marn\.txt.*2031-05-02-vell-marn\.txt"):
        corpus([one, one], ())


def test_the_publishers_own_country_has_a_list_and_stands_in_no_entry(corpus: Arrange, make: Make) -> None:
    arranged = corpus([make()], ())
    assert list(arranged.countries) == ["FR", "IS"]
    assert arranged.summaries[0].listed.countries == ("IS",)
    assert arranged.around(arranged.summaries[0]).lands == ("FR", "IS")


def test_overview_counts_only_alone(make: Make) -> None:
    assert topics_of(make()) == ("trade", "security")
    assert topics_of(make(texts=("They met.",))) == ("overview",)


@pytest.mark.parametrize("written", ["HA", "harbour accord", "The Harbour Accord", "Harbour  Accord"])
def test_an_instrument_finds_its_entry_by_any_name(corpus: Arrange, make: Make, written: str) -> None:
    terms, _ = parse_glossary({"g.md": "---\nname: Harbour Accord\naliases: [HA]\n---\n"})
    whole = corpus([make(instruments=(Instrument(written, 0, 0, 4),))], terms)
    assert [named.thing.slug for named in whole.instruments.values()] == ["harbour-accord"]


def test_curly_and_straight_quotes_are_one(corpus: Arrange, make: Make) -> None:
    names = ("Sailors’ Charter", "Sailors' Charter")
    whole = corpus([make(id=name[7:10], instruments=(Instrument(name, 0, 0, 4),)) for name in names], ())
    assert [len(named.summaries) for named in whole.instruments.values()] == [2]


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
def test_spellings_of_one_name_are_one_instrument(corpus: Arrange, make: Make, one: str, other: str) -> None:
    named = (make(id=name, instruments=(Instrument(words, 0, 0, 1),)) for name, words in (("a", one), ("b", other)))
    [thing] = corpus([*named], ()).instruments.values()
    assert len(thing.summaries) == 2


@pytest.mark.parametrize(("one", "other"), [("Plan 1 1", "Plan 11"), ("G7", "G20"), ("Congress", "Congres")])
def test_names_that_only_look_alike_are_two_instruments(corpus: Arrange, make: Make, one: str, other: str) -> None:
    item = make(texts=("A. B.",), instruments=tuple(Instrument(name, 0, 0, 1) for name in (one, other)))
    assert len(corpus([item], ()).instruments) == 2


def test_the_spelling_of_most_readouts_is_the_name(corpus: Arrange, make: Make) -> None:
    often = make(id="a", instruments=tuple(Instrument("G-7", 0, at, at + 1) for at in range(5)))
    others = (make(id=name, instruments=(Instrument("G7", 0, 0, 1),)) for name in "bc")
    [thing] = corpus([often, *others], ()).instruments.values()
    assert thing.thing.name == "G7"


def test_no_other_name_moves_the_address_of_an_instrument(corpus: Arrange, make: Make) -> None:
    names = ("Plan", "План Plan", "Index", "中文", "Bund", "ßund", "United States Pact", "Accords", "word " * 30)
    alone = [corpus([make(instruments=(Instrument(name, 0, 0, 1),))], ()).instruments for name in names]
    together = corpus([make(instruments=tuple(Instrument(name, 0, 0, 1) for name in names))], ()).instruments
    slugs = [named.thing.slug for instruments in alone for named in instruments.values()]
    assert sorted(slugs) == sorted(named.thing.slug for named in together.values())
    assert len(set(slugs)) == len(names)
    assert "index" not in slugs


def test_a_glossary_name_in_the_text_is_found_as_a_whole_word(corpus: Arrange, make: Make) -> None:
    terms, _ = parse_glossary({"g.md": "---\nname: Long Pact\naliases: [LP, Pact]\n---\n"})
    found = [
        make(id=name, texts=(text,), instruments=())
        for name, text in {"a": "The Long Pact holds.", "b": "HELP! A Pact.", "c": "The pacts.", "d": "ALPS"}.items()
    ]
    [thing] = corpus(found, terms).instruments.values()
    assert [item.id for item in thing.summaries] == ["a", "b"]


def test_a_longer_name_that_is_no_whole_word_does_not_hide_a_shorter_one(corpus: Arrange, make: Make) -> None:
    terms, _ = parse_glossary(
        {"a.md": "---\nname: Long Pact\n---\n.", "b.md": "---\nname: Long Pact Declaration\n---\n."}
    )
    briefing = make(texts=("Long Pact Declarations. Long Pact Declaration.",), instruments=())
    found = [(term.name, start) for term, _, start, _ in corpus([briefing], terms).names.places_in(briefing)]
    assert found == [("Long Pact", 0), ("Long Pact Declaration", 24)]


def test_an_alias_of_two_entries_leads_to_the_first(corpus: Arrange, make: Make) -> None:
    files = {
        "a.md": "---\nname: Northern Pact\naliases: [NP]\n---\n.",
        "b.md": "---\nname: Eastern Pact\naliases: [NP, EP]\n---\n.",
    }
    terms, [problem] = parse_glossary(files)
    assert problem.path == "b.md"
    briefing = make(texts=("The NP holds, and the EP.",), instruments=(Instrument("NP", 0, 4, 6),))
    whole = corpus([briefing], terms)
    scope = Scope(whole.around(whole.summaries[0]))
    assert scope.named("NP").name == "Northern Pact"
    assert [term.name for term, *_ in scope.names.places_in(briefing)] == ["Northern Pact", "Eastern Pact"]
