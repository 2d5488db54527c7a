"""Who published a readout."""

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.issuers import find_holder, find_issuer, government
from readout_site.records import CleanText, Issuer, Passage, Removal, Told


@pytest.mark.parametrize(
    ("told", "opening", "expected"),
    [
        (Told(url="https://www.whitehouse.gov/briefing-room/x"), "", ("the White House", "US")),
        (Told(url="http://en.kremlin.ru/events/x"), "", ("the Kremlin", "RU")),
        (Told(url="https://www.gov.uk/government/news/x"), "", ("the UK Government", "GB")),
        (Told(url="https://www.energy.gov/x"), "", ("the U.S. Government", "US")),
        (Told(url="https://mid.ru/en/x"), "", ("the Russian Ministry of Foreign Affairs", "RU")),
        (Told(url="https://ec.europa.eu/x"), "", ("the European Commission", "EU")),
        (Told(url="https://climate.ec.europa.eu/x"), "", ("the European Commission", "EU")),
        (Told(url="https://www.mfa.gov.sg/x"), "", ("the Government of Singapore", "SG")),
        (Told(url="https://www.gov.ph/x"), "", ("the Government of the Philippines", "PH")),
        (Told(url="https://www.gov.tt/x"), "", ("the Government of Trinidad and Tobago", "TT")),
        (Told(url="https://www.gob.cl/x"), "", ("the Government of Chile", "CL")),
        (Told(url="https://notwhitehouse.gov.example.com/x"), "", None),
        (Told(url="https://example.org/x", issuer="The White House"), "", ("the White House", "US")),
        (Told(issuer="Office of the President of Chile"), "", ("Office of the President of Chile", "CL")),
        (
            Told(issuer="Office of the President of Chile and The Rt Hon Ann Roe KC MP"),
            "",
            ("Office of the President of Chile", "CL"),
        ),
        (Told(issuer="Daily Example of Chile"), "", None),
        (Told(title="Statement by NSC Spokesperson Ann Poe on a call"), "", ("the White House", "US")),
        (Told(), "Pentagon Press Secretary Ann Poe said", ("the U.S. Department of Defense", "US")),
        (Told(title="Meeting at the White House"), "They met at the White House.", None),
        (Told(url="https://[broken"), "", None),
        (Told(url=""), "", None),
    ],
)
def test_the_issuer_is_told_by_address_letterhead_or_title(
    told: Told, opening: str, expected: tuple[str, str] | None, rules: Rules
) -> None:
    issuer = find_issuer(CleanText("", (), (), told), opening, rules.issuers, rules.gazetteer)
    assert (issuer and (issuer.name, issuer.country)) == expected


@pytest.mark.parametrize(
    ("rule", "line", "expected"),
    [
        ("classifier", "From: Global Affairs Canada", ("Global Affairs Canada", "CA")),
        ("classifier", "Foreign, Commonwealth & Development Office", ("the UK Government", "GB")),
        ("classifier", "The Presidency of the Republic of Kenya", ("The Presidency of the Republic of Kenya", "KE")),
        ("title", "Meeting with the Prime Minister of Chile • President of Russia", ("the Kremlin", "RU")),
        ("title", "Ministry of Health of Chile to meet nurses", None),
        ("navigation", "Government to meet the nurses of Chile", None),
        ("navigation", "The ministers met at the Ministry of Foreign Affairs of Japan.", None),
        ("navigation", "NATO", None),
    ],
)
def test_a_letterhead_on_a_line_of_its_own_tells_the_issuer(
    rule: str, line: str, expected: tuple[str, str] | None, rules: Rules
) -> None:
    cut = CleanText(line, (), (Removal(0, len(line), line, rule, 1),), Told())
    issuer = find_issuer(cut, "", rules.issuers, rules.gazetteer)
    assert (issuer and (issuer.name, issuer.country)) == expected


def test_letterheads_of_two_countries_tell_no_issuer(rules: Rules) -> None:
    lines = ("Ministry of Foreign Affairs of Japan", "Global Affairs Canada")
    text = CleanText("", tuple(Passage(line, ()) for line in lines), (), Told())
    assert find_issuer(text, "", rules.issuers, rules.gazetteer) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("US", "the Government of the United States"),
        ("GB", "the Government of the United Kingdom"),
        ("NL", "the Government of the Netherlands"),
        ("SB", "the Government of the Solomon Islands"),
        ("CD", "the Government of the Democratic Republic of the Congo"),
        ("GM", "the Government of the Gambia"),
        ("GS", "the Government of South Georgia and South Sandwich Islands"),
        ("KE", "the Government of Kenya"),
        ("EU", "the European Union"),
    ],
)
def test_a_government_is_named_with_the_article_of_its_country(code: str, name: str) -> None:
    assert government(code) == Issuer(name, code)


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        (
            "Prime Minister's Office, 10 Downing Street and The Rt Hon Sir Owen Hartley KCB MP",
            ("Prime Minister", "Owen Hartley"),
        ),
        ("President of Norland", ("President", "")),
        ("President of Norland meets the King", None),
        ("Prime Minister's Office", None),
    ],
)
def test_a_letterhead_tells_the_office_and_its_holder(line: str, holder: tuple[str, str] | None) -> None:
    assert find_holder(CleanText(line, (), (Removal(0, len(line), line, "letterhead", 1),), Told())) == holder
