"""gazetteer: which words stand for which country, and which only look so."""

from pathlib import Path

import pytest

from readout_site.countries import BODIES, COUNTRY_NAMES
from readout_site.reading.gazetteer import Gazetteer, country_of, find_countries, parse_gazetteer
from readout_site.strictyaml import load_yaml

RULES = Path(__file__).resolve().parents[2] / "src" / "readout_site" / "rules"
UNINHABITED = {"AQ", "BV", "HM", "TF", "UM"}
OF_THE_UNITED_STATES = {"AS", "GU", "MP", "PR", "VI"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return parse_gazetteer(load_yaml((RULES / "gazetteer.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mexico’s border", "MX"),
        ("the U.S.-Mexico relationship", "US MX"),
        ("Cubans, Haitians, Nicaraguans, and Venezuelans", "CU HT NI VE"),
        ("Papua New Guinea, Guinea, Guinea-Bissau and Equatorial Guinea", "PG GN GW GQ"),
        ("Niger and Nigeria; Nigerien and Nigerian", "NE NG NE NG"),
        ("the Republic of the Congo and the Democratic Republic of the Congo", "CG CD"),
        ("Dominica and the Dominican Republic", "DM DO"),
        ("Sudan and South Sudan", "SD SS"),
        ("Ireland and Northern Ireland", "IE GB"),
        ("the DPRK and the ROK; North Korea, Korea", "KP KR KP KR"),
        ("Türkiye, Turkiye and Turkey", "TR TR TR"),
        ("Côte d’Ivoire, Cote d'Ivoire, Côte d'Ivoire, Ivory Coast", "CI CI CI CI"),
        ("São Tomé and Príncipe, Sao Tome and Principe", "ST ST"),
        ("St. Lucia, Saint Lucia and St Lucia", "LC LC LC"),
        ("Burma, Myanmar; Czechia, the Czech Republic", "MM MM CZ CZ"),
        ("the Kremlin, the Houthis, Gaza and the West Bank", "RU YE PS PS"),
        ("Kyiv and Kiev, Port-au-Prince", "UA UA HT"),
        ("the Holy See, Kosovo, Taiwan and Hong Kong", "VA XK TW HK"),
        ("the European Union, NATO and the UN", "EU NATO UN"),
        ("Guam and Puerto Rico", "US US"),
        ("PRESIDENT OF MEXICO", "MX"),
        ("pro-Russian, non-Chinese", "RU CN"),
        ("Chad, Jordan and Sydney", "TD JO AU"),
        ("the Sino-British treaty; Franco-German and Indo-French ties", "CN GB FR DE IN FR"),
        ("Turkish Cypriots, Uyghurs and Crimean Tatars", "CY CN UA"),
        ("Goma, Gwadar, Batumi, Cabo Delgado and the Kurdistan Region", "CD PK GE MZ IQ"),
        ("Georgia and Moldova; America", "GE MD US"),
        ("the Prime Minister of Montenegro, the King of Jordan", "ME JO"),
        ("Jordan King Omar visited Chad President Idris", "JO TD"),
    ],
)
def test_countries_are_found(text: str, codes: str, gazetteer: Gazetteer) -> None:
    assert " ".join(hit.code for hit in find_countries(text, gazetteer)) == codes


@pytest.mark.parametrize(
    "text",
    [
        "New Mexico and New Jersey",
        "Prime Minister Luís Montenegro and Secretary Ireland",
        "hospitals in Atlanta and the rest of Georgia",
        "the Indo-Pacific, Latin America, Central America and the Bank of America",
        "the Indian Ocean, the South China Sea, the Persian Gulf and the Gulf of Mexico",
        "the Korean Peninsula",
        "Latin American, Central Americans, Inter-American, African Americans",
        "roast turkey on china for us and our polish guests",
        "Atlanta, Georgia",
        "US$ 20 million in U.S. dollars",
        "Mr. Chad Ortega and Jordan Smith-Jones",
        "Romanesque, Omanisation, Germanic",
        "Western Hemisphere, North America, the Americas, Indo-Pacific",
        "",
    ],
)
def test_what_only_looks_like_a_country_is_none(text: str, gazetteer: Gazetteer) -> None:
    assert find_countries(text, gazetteer) == ()


def test_a_hit_tells_where_and_how(gazetteer: Gazetteer) -> None:
    text = "In Havana, Cuban officials told Cubans of Cuba and the EU"
    hits = find_countries(text, gazetteer)
    assert [(text[hit.start : hit.end], hit.form) for hit in hits] == [
        ("Havana", "capital"),
        ("Cuban", "adjective"),
        ("Cubans", "people"),
        ("Cuba", "name"),
        ("EU", "body"),
    ]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("President of Kenya", "KE"),
        ("Secretary General of NATO", "NATO"),
        ("the French side", "FR"),
        ("Minister", None),
    ],
)
def test_country_of_a_phrase(phrase: str, code: str | None, gazetteer: Gazetteer) -> None:
    assert country_of(phrase, gazetteer) == code


def test_every_country_is_known_by_its_name(gazetteer: Gazetteer) -> None:
    expected = {code: "US" if code in OF_THE_UNITED_STATES else code for code in COUNTRY_NAMES}
    strays = {
        code: country_of(COUNTRY_NAMES[code], gazetteer)
        for code in expected
        if code not in UNINHABITED and country_of(COUNTRY_NAMES[code], gazetteer) != expected[code]
    }
    assert strays == {"JE": None, "RE": None}  # Jersey and Réunion are words of other names too.


def test_every_code_is_in_the_table(gazetteer: Gazetteer) -> None:
    codes = {code for _, code, _ in gazetteer.automaton.values()} - {""}
    assert codes <= set(COUNTRY_NAMES)
    assert codes >= BODIES


def test_rules_are_told(gazetteer: Gazetteer) -> None:
    docs = gazetteer.docs
    assert {doc.group for doc in docs} == {"gazetteer"}
    assert "seas-and-regions" in {doc.name for doc in docs}
    assert all(doc.says.endswith(".") for doc in docs)
