"""Readouts in the manner of many governments, with invented people: who took part, in what form, when and where."""

import re

import pytest

from readout_site.reading.rules import Rules
from readout_site.reading.section import section
from readout_site.records import Capture, CleanText, Evidence, Passage, Readout, Told

# A case: `#` title, text, `@` day of publication and address, `=` form, day and place, `+` who took part.
# `-` stands for none, `*` for whatever it is, `?` for no country.
CASES = """
# PM call with President Marek Novotny of Poland: 3 March 2023
The Prime Minister spoke to the President of Poland, Marek Novotny, this morning. He updated the President on his
meeting with President Doe in Kyiv last week. The Prime Minister said the UK would help.
@ 2023-03-03 https://www.gov.uk/government/news/x
= call | 2023-03-03 | *
+ Marek Novotny, PL

# PM meeting with Prime Minister Anna Lindqvist of Sweden: 12 May 2024
The Prime Minister welcomed Swedish Prime Minister Anna Lindqvist to Downing Street this afternoon. They discussed
defence.
@ 2024-05-12 https://www.gov.uk/government/news/x
= meeting | 2024-05-12 | Downing Street
+ Anna Lindqvist, SE

# Prime Minister Luc Tremblay speaks with President of Ghana Kofi Mensah
Today, the Prime Minister, Luc Tremblay, spoke with the President of Ghana, Kofi Mensah, ahead of the upcoming
summit. The leaders discussed trade.
@ 2024-02-01 https://www.pm.gc.ca/en/news/readouts/2024/02/01/x
= call | 2024-02-01 | -
+ Luc Tremblay, CA; Kofi Mensah, GH

# Minister Joly Martin meets with Minister for Foreign Affairs of Finland
The Honourable Joly Martin, Minister of Foreign Affairs, yesterday met with Pekka Virtanen, Minister for Foreign
Affairs of Finland, in Halifax, Nova Scotia.
@ 2024-02-02 https://www.international.gc.ca/x
= meeting | 2024-02-01 | Halifax, Nova Scotia
+ Joly Martin, CA; Pekka Virtanen, FI

# Readout of the call between President Henri Duval and President Sofia Petrova of Bulgaria
President of the European Council Henri Duval held a phone call with President Sofia Petrova of Bulgaria on Tuesday.
@ 2024-01-18 https://www.consilium.europa.eu/en/press/x
= call | 2024-01-16 | *
+ Henri Duval, EU; Sofia Petrova, BG

# Ukraine: High Representative Marta Silva speaks with Foreign Minister
High Representative/Vice-President Marta Silva spoke by phone with the Minister of Foreign Affairs of Ukraine, Oleh
Kovalenko, on 14 March.
@ 2023-03-15 https://www.eeas.europa.eu/x
= call | 2023-03-14 | *
+ Marta Silva, EU; Oleh Kovalenko, UA

# Chancellor Weber speaks with President Okafor
Federal Chancellor Jonas Weber spoke on the telephone today with the President of Nigeria, Chidi Okafor. They
discussed the situation in the Sahel.
@ 2023-06-01 https://www.bundesregierung.de/x
= call | 2023-06-01 | -
+ Jonas Weber, DE; Chidi Okafor, NG

# Japan-Chile Summit Meeting
On November 16, commencing at 2:00 p.m. (local time; 7:00 a.m. on November 17, Japan time), for approximately 40
minutes, Mr. TANAKA Ichiro, Prime Minister of Japan, held a summit meeting with H.E. Mr. Diego Rojas Fuentes,
President of the Republic of Chile, in Lima.
@ 2024-11-17 https://www.mofa.go.jp/x
= meeting | 2024-11-16 | Lima
+ TANAKA Ichiro, JP; Diego Rojas Fuentes, CL

# Telephone Talk between Foreign Minister Sato and Foreign Minister Berg of Norway
On March 3, commencing at 5:30 p.m. for approximately 20 minutes, Ms. SATO Yuki, Minister for Foreign Affairs of
Japan, held a telephone talk with H.E. Ms. Ingrid Berg, Minister of Foreign Affairs of the Kingdom of Norway.
@ 2024-03-03 https://www.mofa.go.jp/x
= call | 2024-03-03 | *
+ SATO Yuki, JP; Ingrid Berg, NO

# Prime Minister meets President of France
Prime Minister Shri Arjun Mehta met H.E. Mr. Paul Lefebvre, President of the French Republic, on the sidelines of
the G20 Summit in Rio de Janeiro on 18 November 2024.
@ 2024-11-19 https://www.pib.gov.in/x
= meeting | 2024-11-18 | Rio de Janeiro
+ Arjun Mehta, IN; Paul Lefebvre, FR

# President Li Wei Speaks with Brazilian President Carlos Souza on the Phone
On the morning of April 26, 2023, President Li Wei spoke with Brazilian President Carlos Souza on the phone at the
latter's request. Li Wei pointed out that China and Brazil are partners.
@ 2023-04-26 https://www.fmprc.gov.cn/x
= call | 2023-04-26 | *
+ Li Wei, CN; Carlos Souza, BR

# Zhang Min Meets with German Foreign Minister Klaus Richter
On April 14, 2023, State Councilor and Foreign Minister Zhang Min held talks with German Foreign Minister Klaus
Richter in Tianjin.
@ 2023-04-15 https://www.mfa.gov.cn/x
= meeting | 2023-04-14 | Tianjin
+ Zhang Min, CN; Klaus Richter, DE

# PM Levi Speaks with French President
Prime Minister Avner Levi, this evening (Sunday, 22 October 2023), spoke with French President Paul Lefebvre.
@ 2023-10-22 https://www.gov.il/en/x
= call | 2023-10-22 | *
+ Avner Levi, IL; Paul Lefebvre, FR

# President Demir speaks by phone with President Popov of Bulgaria
President Kemal Demir held a phone call with President Ivan Popov of Bulgaria.
@ 2023-05-05 https://www.tccb.gov.tr/en/x
= call | 2023-05-05 | *
+ Kemal Demir, TR; Ivan Popov, BG

# President Demir receives Minister of Interior of Iraq
President Kemal Demir received Minister of Interior Ali al-Hassani of Iraq at the Presidential Complex.
@ 2023-05-05 https://www.tccb.gov.tr/en/x
= meeting | * | Presidential Complex
+ Kemal Demir, TR; Ali al-Hassani, IQ

# NATO Secretary General welcomes President of Finland to NATO Headquarters
NATO Secretary General Erik Hansen met with the President of Finland, Aino Korhonen, at NATO Headquarters on Monday
(3 April 2023).
@ 2023-04-04 https://www.nato.int/x
= meeting | 2023-04-03 | NATO Headquarters
+ Erik Hansen, NATO; Aino Korhonen, FI

# Readout of the Secretary-General’s meeting with H.E. Mr. Samuel Otieno, Minister for Foreign Affairs of Kenya
The Secretary-General met with H.E. Mr. Samuel Otieno, Minister for Foreign Affairs of Kenya. The Secretary-General
and the Foreign Minister discussed Somalia.
@ 2023-09-20 https://www.un.org/sg/en/x
= meeting | 2023-09-20 | -
+ Samuel Otieno, KE

# Secretary Carter’s Meeting with Greek Foreign Minister Nikos Pappas
The below is attributable to Spokesperson Jane Roe: Secretary of State Thomas R. Carter met today with Greek Foreign
Minister Nikos Pappas in Rome. Secretary Carter thanked the Foreign Minister.
@ 2024-06-04 https://www.state.gov/x
= meeting | 2024-06-04 | Rome
+ Thomas R. Carter, US; Nikos Pappas, GR

# Readout of Secretary of Defense Mark Dalton’s Call With Minister of Defence of Estonia
Pentagon Press Secretary Maj. Gen. Ann Poe provided the following readout: Secretary of Defense Mark J. Dalton III
spoke by phone today with Estonian Minister of Defence Hanno Tamm to discuss security.
@ 2024-06-04 https://www.defense.gov/x
= call | 2024-06-04 | *
+ Mark J. Dalton III, US; Hanno Tamm, EE

# Meeting with Prime Minister of Fiji
Today I met with the Prime Minister of Fiji, the Hon Josefa Waqa MP, in Suva.
@ 2024-06-04 https://www.pm.gov.au/x
= meeting | 2024-06-04 | Suva
+ Josefa Waqa, FJ

# Readout of Prime Minister Hughes' call with Prime Minister Sharma
Prime Minister Tom Hughes spoke with His Excellency Ravi Sharma, Prime Minister of India, on Thursday, 7 March.
@ 2024-03-08 https://www.pm.gov.au/x
= call | 2024-03-07 | *
+ Tom Hughes, AU; Ravi Sharma, IN

# Korea-Vietnam Summit
President Park Min-ho held a summit with General Secretary Nguyen Van Long of Vietnam at the Yongsan Presidential
Office on August 11.
@ 2025-08-11 https://www.president.go.kr/x
= meeting | 2025-08-11 | Yongsan Presidential Office
+ Park Min-ho, KR; Nguyen Van Long, VN

# Telephone conversation with Prime Minister of Hungary Istvan Nagy
Nikolai Orlov had a telephone conversation with Prime Minister of Hungary Istvan Nagy.
@ 2022-01-08 http://en.kremlin.ru/x
= call | * | *
+ Nikolai Orlov, RU; Istvan Nagy, HU

# Taoiseach speaks with UK Prime Minister
Taoiseach Ciarán Ó Briain spoke by phone this evening with British Prime Minister Edward Stone.
@ 2024-07-05 https://www.gov.ie/en/x
= call | * | *
+ Ciarán Ó Briain, IE; Edward Stone, GB

# Joint Statement of the Leaders of Kenya and Uganda
President Samuel Otieno of Kenya and President Grace Nakato of Uganda met in Kampala on 4–5 May 2023.
@ 2023-05-06 -
= meeting | 2023-05-04 | Kampala
+ Samuel Otieno, KE; Grace Nakato, UG

# Crown Prince receives phone call
His Royal Highness Prince Faisal bin Khalid Al Rashid, Crown Prince and Prime Minister, received a phone call today
from the President of the Republic of Korea, Park Min-ho.
@ 2023-05-06 https://www.mofa.gov.sa/x
= call | * | *
+ Faisal bin Khalid Al Rashid, SA; Park Min-ho, KR

# Deputy Secretary’s Meeting with Dutch Prime Minister
Deputy Secretary of State Wendy Cole met earlier this week with Dutch Prime Minister Pieter van der Berg in The
Hague.
@ 2023-05-06 https://www.state.gov/x
= meeting | - | The Hague
+ Wendy Cole, US; Pieter van der Berg, NL

# Statement on the anniversary of the treaty
Ten years ago the treaty was signed. We remain committed to it.
@ 2023-05-06 https://www.state.gov/x
= other | 2023-05-06 | -
+ -

# President Kamau hosts leaders
President Joseph Kamau hosted Prime Ministers Abiy Tesfaye of Ethiopia, Hassan Ali of Somalia and Ruth Deng of South
Sudan in Nairobi today. Also present were Foreign Minister Peter Oloo and High Commissioner Jane Smith.
@ 2023-05-06 https://www.president.go.ke/x
= meeting | * | Nairobi
+ Joseph Kamau, KE; Abiy Tesfaye, ET; Hassan Ali, SO; Ruth Deng, SS; Peter Oloo, KE; Jane Smith, ?

# Vice President Ana Ruiz visits Panama
Vice President Ana Ruiz traveled to Panama City, Panama, on June 3 and met with President Jorge Vega. On October 7
attacks were condemned.
@ 2023-06-05 https://www.whitehouse.gov/x
= visit | 2023-06-03 | Panama City, Panama
+ Ana Ruiz, US; Jorge Vega, PA
"""
CASE = re.compile(
    r"# (?P<title>[^@]*?)\n(?P<text>[^#@]*)\n@ (?P<published>\S+) (?P<url>\S+)\n"
    r"= (?P<kind>.*) \| (?P<date>.*) \| (?P<place>.*)\n\+ (?P<people>[^#]*)"
)


def read(case: re.Match[str], rules: Rules) -> Readout:
    url = None if case["url"] == "-" else case["url"]
    told = Told(title=unwrapped(case["title"]), url=url, dates=(Evidence("source-url", case["published"]),))
    text = unwrapped(case["text"])
    clean = CleanText(text, (Passage(text, ((0, len(text)),)),), (), told)
    return section(Capture("x.txt", text.encode()), clean, rules, None)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", list(CASE.finditer(CASES)), ids=lambda case: case["title"])
def test_each_government_is_read_alike(case: re.Match[str], rules: Rules) -> None:
    readout = read(case, rules)
    people = "; ".join(f"{one.name}, {one.country or '?'}" for one in readout.participants) or "-"
    assert people == unwrapped(case["people"])
    told = {"kind": readout.kind, "date": readout.date or "-", "place": readout.place or "-"}
    expected = {name: case[name] for name in told if case[name] != "*"}
    assert {name: told[name] for name in expected} == expected


def test_every_case_is_read() -> None:
    assert len(CASE.findall(CASES)) == CASES.count("\n@ ")
