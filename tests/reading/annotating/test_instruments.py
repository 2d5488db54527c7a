"""instruments: named agreements, initiatives, alliances and summits with their exact bounds."""

from pathlib import Path

import pytest

from readout_site.reading.annotating.instruments import InstrumentRules, find_instruments, parse_instruments
from readout_site.reading.gazetteer import Gazetteer, parse_gazetteer
from readout_site.records import Prose, Readout, Source
from readout_site.strictyaml import load_yaml

RULES = Path(__file__).resolve().parents[3] / "src" / "readout_site" / "rules"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return parse_gazetteer(load_yaml((RULES / "gazetteer.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def instruments() -> InstrumentRules:
    return parse_instruments(load_yaml((RULES / "instruments.yaml").read_text(encoding="utf-8")))


def readout(*texts: str, title: str = "") -> Readout:
    prose = tuple(Prose(f"p{number}", text, (), ((0, len(text)),)) for number, text in enumerate(texts))
    source = Source(None, None, "invented.txt", "", None)
    return Readout("invented", title, None, None, None, "call", None, "en", None, (), prose, source, (), ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("through the Trilateral Tin Commission, and", ["Trilateral Tin Commission"]),
        ("the Global Coalition to Address Plastic Threats.", ["Global Coalition to Address Plastic Threats"]),
        ("in the Isles Partnership for Common Wealth.", ["Isles Partnership for Common Wealth"]),
        ("the Port Vale Declaration on Trade and Transport", ["Port Vale Declaration on Trade and Transport"]),
        ("the Summit of the Islands in Suva on June 3", ["Summit of the Islands"]),
        (
            "the U.S.-Fiji Framework for Peace, Public Order, and Safe Seas. He",
            ["U.S.-Fiji Framework for Peace, Public Order, and Safe Seas"],
        ),
        ("An Intergovernmental Reef Agreement on Coral", ["Intergovernmental Reef Agreement on Coral"]),
        ("the Reef Accord and the Lagoon Pact", ["Reef Accord", "Lagoon Pact"]),
        ("the Bay of Suva Initiative for Clean Water, and", ["Bay of Suva Initiative for Clean Water"]),
        ("back the Bridging the Strait initiative.", ["Bridging the Strait initiative"]),
        ("at the Annual Island Leaders' Meeting.", ["Annual Island Leaders' Meeting"]),
        ("the Fiji-Tonga Intergovernmental Consultations.", ["Fiji-Tonga Intergovernmental Consultations"]),
        ("ships of the Quiet Reef exercise and", ["Quiet Reef exercise"]),
        ("the Clean Rivers Act, the Foundation for the Sea Act", ["Clean Rivers Act", "Foundation for the Sea Act"]),
        ("President Marsh’s Coral Plan", ["Coral Plan"]),
        ("the June 29-30 NATO Summit", ["NATO Summit"]),
        ("Welcoming Reef Week. Welcoming Coral Pact", ["Coral Pact"]),
        ("the U.S. – Fiji Strategic Dialogue", ["U.S. – Fiji Strategic Dialogue"]),
        ("Fiji’s Ocean Strategy for Africa", ["Ocean Strategy for Africa"]),
        ("the Minsk agreements and the Normandy format", ["Minsk agreements", "Normandy format"]),
        ("the United States-Fiji alliance", ["United States-Fiji alliance"]),
        ("Security Council Resolution 9999", ["Security Council Resolution 9999"]),
        ("2030 Agenda for Quiet Seas, Vision 2030", ["2030 Agenda for Quiet Seas", "Vision 2030"]),
        ("the Treaty of Suva", ["Treaty of Suva"]),
        ("AUKUS, the G7 and the Quad", ["AUKUS", "G7", "Quad"]),
        ("work through NATO and the OSCE", ["NATO", "OSCE"]),
        ("the Fiji-led Coral Initiative", ["Coral Initiative"]),
        ("Reef Charter’s aims", ["Reef Charter"]),
        ("the Samoa Compact and Executive Order 99999", ["Samoa Compact", "Executive Order 99999"]),
        ("Operation Quiet Reef and the fleet", ["Operation Quiet Reef"]),
        ("the “Sail with Us” initiative and the programme “Tin for All”", ["Sail with Us", "Tin for All"]),
        ("the Reef Pearls programme, the rTIN initiative", ["Reef Pearls programme", "rTIN initiative"]),
        ("COP28, and the Decade of Quiet Seas", ["COP28", "Decade of Quiet Seas"]),
        ("the Reef Pact for the Isles and Coral Treaty", ["Reef Pact for the Isles", "Coral Treaty"]),
        ("UN Security Council resolution 9999 on Fiji", ["UN Security Council resolution 9999"]),
        ("the Fiji-Tonga Status of Crews Agreement", ["Fiji-Tonga Status of Crews Agreement"]),
        ("the Reef Accord of ASEAN", ["Reef Accord", "ASEAN"]),
        ("the Fiji Code of Conduct, the Tin Fund for Tongans", ["Fiji Code of Conduct", "Tin Fund"]),
        ("the Reef Amendment to the Coral Protocol", ["Reef Amendment", "Coral Protocol"]),
        ("the Skills Alliance for Fiji", ["Skills Alliance for Fiji"]),
        (
            "the Clean Fiji programme and the Sport for Islanders Fund",
            ["Clean Fiji programme", "Sport for Islanders Fund"],
        ),
        ("1,200 Reef Plan officers, the Omar bin Saqr Reef Prize Fund", ["Reef Plan", "Omar bin Saqr Reef Prize Fund"]),
        ("the Fiji-Tonga Action Plan 2025-2029", ["Fiji-Tonga Action Plan 2025-2029"]),
        ("the Isles 2030 initiative; the 2+2 mechanism", ["Isles 2030 initiative"]),
        ("the Reef Consensus of COP28", ["Reef Consensus", "COP28"]),
        ("the Fiji-EU Trade and Cooperation Agreement", ["Fiji-EU Trade and Cooperation Agreement"]),
    ],
)
def test_names_have_exact_bounds(
    text: str, names: list[str], instruments: InstrumentRules, gazetteer: Gazetteer
) -> None:
    found = find_instruments(readout(text), instruments, gazetteer)
    assert [item.name for item in found] == names
    assert [text[item.start : item.end] for item in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "They signed an agreement and discussed the summit.",
        "The Initiative is new.",
        "the National Security Council and the European Commission",
        "the Senate Committee on Oceans and the Finance Committee",
        "the Russian Plan and the U.S. Program",
        "the leaders of the European Union thanked the United Nations",
        "NATO Secretary General Ann Ortega; the Director of the Reef Fund",
        "the Ministry of Justice, the Supreme Court and the Reef Fair",
        "a law school: Reef School of Law",
        "COVID-19 programme; the Administration initiative. Development programmes; New Year; “Good” news; a COP",
        "",
    ],
)
def test_what_only_looks_like_an_instrument_is_none(
    text: str, instruments: InstrumentRules, gazetteer: Gazetteer
) -> None:
    assert find_instruments(readout(text), instruments, gazetteer) == ()


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (("the Quiet Harbor Office Initiative; the QHO Initiative",), ["Quiet Harbor Office Initiative"] * 2),
        (("the Reef Trade Agreement (RTA).", "The RTA and (RTA)"), ["Reef Trade Agreement (RTA)"] * 2),
        (("the Coral Sea Accord. Under this Accord, all",), ["Coral Sea Accord"] * 2),
        (("the Reef Compact for Quiet Seas; the Reef Compact",), ["Reef Compact for Quiet Seas"] * 2),
        (("the International Monetary Fund. The IMF",), ["International Monetary Fund"] * 2),
        (("COP28, COP 28 and COP-28",), ["COP28"] * 3),
        (("the Reef Trade Agreement (RTA) and the RTA programme",), ["Reef Trade Agreement (RTA)"] * 2),
        (("the U.S.-Fiji Reef Dialogue; the United States–Fiji Reef Dialogue",), ["U.S.-Fiji Reef Dialogue"] * 2),
        (("the Space Reef Observatory (SCO). The SCO",), ["Space Reef Observatory (SCO)"] * 2),
        (("the Reef Partnership and the Reef Partnership Summit",), ["Reef Partnership", "Reef Partnership Summit"]),
        (("the RTA, later the Reef Trade Agreement (RTA)",), ["Reef Trade Agreement (RTA)"]),
    ],
)
def test_later_mentions_carry_the_first_name(
    texts: tuple[str, ...], names: list[str], instruments: InstrumentRules, gazetteer: Gazetteer
) -> None:
    assert [item.name for item in find_instruments(readout(*texts), instruments, gazetteer)] == names


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        ("work through NATO", "Call with the Secretary General of NATO", []),
        ("work through NATO", "Statement on the NATO Summit", ["NATO"]),
        ("in coordination with the G7 and the EU", "", ["G7", "EU"]),
        ("work with NATO allies and EU partners", "", ["NATO", "EU"]),
        ("its membership in the European Union", "", ["European Union"]),
        ("met European Union leaders", "", []),
    ],
)
def test_a_body_counts_as_a_framework_only(
    text: str, title: str, names: list[str], instruments: InstrumentRules, gazetteer: Gazetteer
) -> None:
    assert [item.name for item in find_instruments(readout(text, title=title), instruments, gazetteer)] == names


def test_mentions_stand_in_their_paragraphs_in_order(instruments: InstrumentRules, gazetteer: Gazetteer) -> None:
    found = find_instruments(readout("None here.", "the Reef Pact and the G7", "the G7"), instruments, gazetteer)
    assert [(item.paragraph, item.start, item.end) for item in found] == [(1, 4, 13), (1, 22, 24), (2, 4, 6)]


def test_rules_are_told(instruments: InstrumentRules) -> None:
    docs = instruments.docs
    assert {doc.group for doc in docs} == {"instruments"}
    assert len({doc.name for doc in docs}) == len(docs)
    assert all(doc.says.endswith(".") for doc in docs)
