"""What a person knows better stands in the readout, and steers what is read after it; the text stays."""

from readout_site.reading import read
from readout_site.reading.rules import Rules
from readout_site.records import Briefing, Capture, Corrections, Issuer, Meta, Participant

TEXT = (
    "Port Bulletin for Georgia\n\n"
    "President Ann Doe met on Monday with Jo Roe in Lima, Peru. They agreed to open ports. Trade grew by 4%.\n\n"
    "The President thanked Mr. Roe for his visit.\n"
)
FRENCH = "Appel\n\nPresident Ann Doe met today with les élus de la région. Ils ont évoqué la paix et le climat.\n"
ROE = Participant("Jo Roe", "Governor", "CL")


def corrected(by_hand: Corrections, rules: Rules, text: str = TEXT) -> Briefing:
    meta = Meta(date="2031-05-07", corrections=by_hand)
    return read(Capture("talks.txt", text.encode(), meta), rules)


def test_what_is_not_set_stays_as_it_is_read(rules: Rules) -> None:
    plain = corrected(Corrections(), rules)
    assert (plain.kind, plain.place, plain.date, plain.corrected) == ("meeting", "Lima, Peru", "2031-05-05", {})
    other = corrected(Corrections(place="Cusco"), rules)
    assert (other.place, other.corrected) == ("Cusco", {"place": "Lima, Peru"})
    assert (other.kind, other.date, other.participants) == (plain.kind, plain.date, plain.participants)


def test_every_field_is_set_and_what_was_read_is_kept_in_words(rules: Rules) -> None:
    briefing = corrected(
        Corrections("A port opens", "2031-05-01", "visit", "Cusco", "en-GB", Issuer("the Port", "CL"), (ROE,)), rules
    )
    assert (briefing.title, briefing.date, briefing.date_source) == ("A port opens", "2031-05-01", "given")
    assert (briefing.kind, briefing.place, briefing.language) == ("visit", "Cusco", "en-GB")
    assert (briefing.issuer, briefing.participants) == (Issuer("the Port", "CL"), (ROE,))
    read = corrected(Corrections(), rules)
    assert briefing.corrected == {
        "title": "Port Bulletin for Georgia",
        "date": "2031-05-05",
        "kind": "meeting",
        "place": "Lima, Peru",
        "language": "en",
        "issuer": f"{read.issuer.name}, {read.issuer.country}" if read.issuer else None,
        "participants": "; ".join(", ".join(filter(None, (p.name, p.role, p.country))) for p in read.participants),
    }
    assert briefing.figures
    assert [part.text for part in briefing.paragraphs] == [part.text for part in read.paragraphs]
    assert briefing.removed == read.removed


def test_none_says_that_there_is_none(rules: Rules) -> None:
    briefing = corrected(Corrections(date=None, place=None, issuer=None, participants=()), rules)
    assert (briefing.date, briefing.date_source, briefing.place) == (None, None, None)
    assert (briefing.issuer, briefing.participants) == (None, ())
    assert set(briefing.corrected) == {"date", "place", "issuer", "participants"}


def test_a_given_title_is_not_read_for_countries(rules: Rules) -> None:
    briefing = corrected(Corrections(title="A port for Kenya"), rules)
    assert briefing.title == "A port for Kenya"
    assert "GE" in briefing.countries
    assert "KE" not in briefing.countries


def test_a_title_that_was_never_published_replaces_nothing(rules: Rules) -> None:
    briefing = corrected(Corrections(title="A port opens"), rules, TEXT.partition("\n\n")[2])
    assert briefing.corrected == {"title": None}
    assert [problem.message for problem in briefing.problems if "title" in problem.message] == []


def test_what_cannot_be_read_takes_the_title_alone(rules: Rules) -> None:
    meta = Meta(corrections=Corrections(title="A port opens", kind="call"))
    briefing = read(Capture("talks.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), meta), rules)
    assert (briefing.title, briefing.kind, briefing.corrected) == ("A port opens", "other", {"title": None})


def test_given_participants_are_found_in_the_text(rules: Rules) -> None:
    briefing = corrected(Corrections(participants=(ROE,)), rules)
    first, second = (part.text for part in briefing.paragraphs)
    places = [(at.paragraph, at.start) for at in briefing.mentions if at.kind == "person"]
    assert places == [(0, first.index("Jo Roe")), (1, second.index("Mr. Roe"))]


def test_the_given_publisher_tells_whose_side_is_whose(rules: Rules) -> None:
    briefing = corrected(Corrections(issuer=Issuer("the Port", "FJ")), rules)
    assert [one.country for one in briefing.participants if one.name == "Ann Doe"] == ["FJ"]


def test_a_text_that_is_said_to_be_in_english_is_annotated(rules: Rules) -> None:
    assert corrected(Corrections(), rules, FRENCH).language == "fr"
    briefing = corrected(Corrections(language="en"), rules, FRENCH)
    assert [one.name for one in briefing.participants] == ["Ann Doe"]
    assert briefing.corrected == {"language": "fr"}
    assert briefing.mentions
