"""People named in a text: name, office, country."""

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.sectioning.people import Lexicon, find_people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ann R. Doe, Jr. met", [("Ann R. Doe, Jr.", "President", None)]),
        ("with President Jo Roe of Chile", [("Jo Roe", "President", "CL")]),
        ("with Chilean President Jo Roe", [("Jo Roe", "Chilean President", "CL")]),
        ("with President of Chile Jo Roe", [("Jo Roe", "President of Chile", "CL")]),
        ("the President of Chile, Jo Roe, and", [("Jo Roe", "President of Chile", "CL")]),
        ("Jo Roe, Foreign Minister of Chile, and", [("Jo Roe", "Foreign Minister of Chile", "CL")]),
        ("H.E. Dr. Jo Roe, Ambassador of Chile to Japan,", [("Jo Roe", "Ambassador of Chile to Japan", "CL")]),
        (
            "Head of the Office of the President of Chile Jo Roe",
            [("Jo Roe", "Head of the Office of the President of Chile", "CL")],
        ),
        ("U.S. Ambassador to Chile Jo Roe", [("Jo Roe", "U.S. Ambassador to Chile", "US")]),
        (
            "Foreign Affairs Adviser to the German Chancellor Jo Roe",
            [("Jo Roe", "Foreign Affairs Adviser to the German Chancellor", "DE")],
        ),
        (
            "Minister of Economy, Trade and Industry Jo Roe",
            [("Jo Roe", "Minister of Economy, Trade and Industry", None)],
        ),
        ("NATO Secretary General Jo Roe", [("Jo Roe", "NATO Secretary General", "NATO")]),
        (
            "Minister for European Union Affairs of Poland Jo Roe",
            [("Jo Roe", "Minister for European Union Affairs of Poland", "PL")],
        ),
        (
            "Chairman of the Joint Chiefs of Staff General Jo A. Roe",
            [("Jo A. Roe", "Chairman of the Joint Chiefs of Staff", None)],
        ),
        ("Crown Prince Ali bin Hamad Al Saqr", [("Ali bin Hamad Al Saqr", "Crown Prince", None)]),
        ("Prime Minister Pieter van der Berg", [("Pieter van der Berg", "Prime Minister", None)]),
        ("Prime Minister Ahmad al-Nur", [("Ahmad al-Nur", "Prime Minister", None)]),
        ("European Commission President von der Berg", [("von der Berg", "European Commission President", "EU")]),
        ("Minister of Defense Benjamin “Benny” Roe", [("Benjamin “Benny” Roe", "Minister of Defense", None)]),
        ("Mr. TANAKA Ichiro, Prime Minister of Japan,", [("TANAKA Ichiro", "Prime Minister of Japan", "JP")]),
        ("President Doe’s National Security Advisor Jo Roe", [("Jo Roe", "National Security Advisor", None)]),
        ("Senator O’Brien and Rep. Smith-Jones", [("O’Brien", "Senator", None), ("Smith-Jones", "Rep.", None)]),
        ("the Government of Chile and the people", []),
        ("Vice Premier He Lan of China", [("He Lan", "Vice Premier", "CN")]),
        ("First Lady of Chile Jo Roe", [("Jo Roe", "First Lady of Chile", "CL")]),
        ("Pope Clement XV", [("Clement XV", "Pope", None)]),
        ("her counterpart from Chile, Jo Roe", [("Jo Roe", "counterpart from Chile", "CL")]),
        (
            "the Presidents of Chile, Jo Roe, and of Peru, Bo Doe, met",
            [("Jo Roe", "Presidents", "CL"), ("Bo Doe", "Presidents", "PE")],
        ),
        (
            "the Foreign Ministers of the Republic of Chile and Peru, Jo Roe and Bo Doe, met",
            [("Jo Roe", "Foreign Ministers", "CL"), ("Bo Doe", "Foreign Ministers", "PE")],
        ),
    ],
)
def test_people_are_read_with_office_and_country(
    text: str, expected: list[tuple[str, str, str | None]], rules: Rules
) -> None:
    found = find_people(text, Lexicon(rules.roles, rules.gazetteer, rules.encounters, rules.issuers))
    assert [(one.name, one.role, one.country) for one in found] == expected
