"""Readouts in other manners: lists, panels, joint statements, hosts and delegations of invented people."""

import re

import pytest

from readout_site.reading.annotating.instruments import find_instruments
from readout_site.reading.rules import Rules
from readout_site.reading.section import section
from readout_site.records import Capture, CleanText, Evidence, Passage, Readout, Told

# A case: `#` title, text with ¶ between paragraphs, `@` address, `=` form and place, `+` people, `%` instruments.
# `-` stands for none, `*` for whatever it is.
CASES = """
# PM meeting with the Prime Ministers of Norway and Latvia: 4 June 2024
The Prime Minister hosted Norwegian Prime Minister Kari Solberg and Latvian Prime Minister Janis Ozols at Lancaster
House this morning. The leaders welcomed the Joint Expeditionary Force and the Windsor Framework.
@ https://www.gov.uk/government/news/x
= meeting | Lancaster House
+ Kari Solberg, NO; Janis Ozols, LV
% Joint Expeditionary Force; Windsor Framework

# Telephone conversation with the President of Kenya
The President of the Republic, Luc Morel, spoke by telephone with Joseph Kamau, President of the Republic of Kenya.
They recalled the Paris Pact for Forests and agreed to meet again.
@ https://www.elysee.fr/en/x
= call | -
+ Luc Morel, FR; Joseph Kamau, KE
% Paris Pact for Forests

# Chancellor Braun receives the Prime Minister of Mongolia
Federal Chancellor Petra Braun received Prime Minister Bat Erdene of Mongolia with military honours in Berlin on
Thursday.
@ https://www.bundesregierung.de/x
= meeting | Berlin
+ Petra Braun, DE; Bat Erdene, MN
% -

# Telephone conversation with President of Serbia Marko Ilic
Pavel Orlov had a telephone conversation with President of Serbia Marko Ilic.
@ http://en.kremlin.ru/events/president/news/1
= call | -
+ Pavel Orlov, RU; Marko Ilic, RS
% -

# President Oleh Kovalenko met with the Minister of Defence of Estonia
President of Ukraine Oleh Kovalenko held a meeting with Minister of Defence of Estonia Mart Saar, who is on a visit to
Kyiv. The parties discussed the Ramstein format and the Peace Formula.
@ https://www.president.gov.ua/en/news/x
= meeting | Kyiv
+ Oleh Kovalenko, UA; Mart Saar, EE
% Ramstein format; Peace Formula

# PM holds talks with President of Guyana
Prime Minister Shri Arun Mehta held productive talks with H.E. Dr. David Persaud, President of Guyana, in Georgetown
today. They reviewed the International Solar Alliance and Digital India.
@ https://www.pmindia.gov.in/en/x
= meeting | Georgetown
+ Arun Mehta, IN; David Persaud, GY
% International Solar Alliance; Digital India

# Foreign Minister Yamada’s meeting with Foreign Minister Tuan
On July 3, Mr. YAMADA Kenji, Minister for Foreign Affairs of Japan, held a meeting with H.E. Mr. Nguyen Van Tuan,
Minister of Foreign Affairs of the Socialist Republic of Viet Nam, in Hanoi.
@ https://www.mofa.go.jp/x
= meeting | Hanoi
+ YAMADA Kenji, JP; Nguyen Van Tuan, VN
% -

# Chen Bo Meets with Prime Minister of Samoa
On May 9, Premier Chen Bo met at the Great Hall of the People in Beijing with Samoan Prime Minister Sina Leota. China
stands ready to advance the Belt and Road cooperation and the Global Development Initiative.
@ https://www.fmprc.gov.cn/eng/x
= meeting | Great Hall of the People in Beijing
+ Chen Bo, CN; Sina Leota, WS
% Belt and Road; Global Development Initiative

# National Security Advisors’ trilateral call
National Security Advisor Park Min-ho held a trilateral telephone call with U.S. National Security Advisor Anne Reed and
National Security Secretariat Secretary-General Mori Kenta of Japan.
@ https://eng.president.go.kr/x
= call | -
+ Park Min-ho, KR; Anne Reed, US; Mori Kenta, JP
% -

# Readout of roundtable on housing
Minister Jane Doe and Parliamentary Secretary Paul Roy held a roundtable with mayors in Ottawa. ¶ Participants
included: ¶ - Rosa Diaz, Mayor of Laval ¶ - Ian Grant, Chief Executive Officer, Maple Homes Fund ¶ - Dr. Amy Chow,
Harbour Housing Alliance ¶ The Minister thanked them.
@ https://www.pm.gc.ca/en/x
= meeting | Ottawa
+ Jane Doe, CA; Paul Roy, CA; Rosa Diaz, CA; Ian Grant, CA; Amy Chow, CA
% -

# Commissioner Weiss meets CEOs of battery firms
Commissioner Eva Weiss met with Karl Lund, Chief Executive Officer of Voltwerk, and Lea Rossi, Chairwoman of
Pila. They discussed the European Green Deal and the Net-Zero Industry Act.
@ https://ec.europa.eu/x
= meeting | -
+ Eva Weiss, EU; Karl Lund, EU; Lea Rossi, EU
% European Green Deal; Net-Zero Industry Act

# Secretary General meets the President of Finland
NATO Secretary General Maarten Vos met with President Aino Laine of Finland at NATO Headquarters on Monday.
@ https://www.nato.int/x
= meeting | NATO Headquarters
+ Maarten Vos, NATO; Aino Laine, FI
% -

# Readout of the Secretary-General’s meeting with the President of Malawi
The Secretary-General met today with H.E. Mr. Peter Banda, President of the Republic of Malawi. They discussed the
Sustainable Development Goals and the Summit of the Future.
@ https://www.un.org/sg/en/x
= meeting | -
+ Peter Banda, MW
% Sustainable Development Goals; Summit of the Future

# Foreign Minister Levi speaks with Moroccan counterpart
Foreign Minister Dana Levi spoke by phone yesterday with Moroccan Foreign Minister Youssef Alami. They discussed the
Abraham Accords and the Negev Forum.
@ https://www.gov.il/en/x
= call | -
+ Dana Levi, IL; Youssef Alami, MA
% Abraham Accords; Negev Forum

# Readout of storm briefing
President Ann Doe was briefed by Emergency Management Administrator Lee Moss and Coast Guard Admiral Rita Cole on the
storm. ¶ Earlier in the day, Energy Secretary Tom Hale provided an overview of repairs, and Health Secretary Ivy Stone
outlined steps for hospitals. ¶ Previously, Press Secretary Al Burr discussed the storm with reporters.
@ https://www.whitehouse.gov/x
= meeting | *
+ Ann Doe, US; Lee Moss, US; Rita Cole, US; Tom Hale, US; Ivy Stone, US
% -

# Readout of panel on evictions
Secretary Ann Doe hosted a panel in Boston. ¶ Panelists included Rita Cole, Managing Attorney, City Legal Services; Tom
Hale, Chief Program Officer at Harbor Homes; and Ivy Stone, CEO of Stone Court. ¶ Additionally, Doe spoke individually
with Senators Al Burr and Lee Moss.
@ https://www.whitehouse.gov/x
= meeting | Boston
+ Ann Doe, US; Rita Cole, US; Tom Hale, US; Ivy Stone, US; Al Burr, US; Lee Moss, US
% -

# Readout of convening on mining
Secretary Ann Doe convened mining leaders. ¶ Rita Cole, President and CEO, Copperfield: “We had a good meeting.” ¶ Tom
Hale, Chairman, Hill Council: “We will work together.”
@ https://www.whitehouse.gov/x
= meeting | -
+ Ann Doe, US; Rita Cole, US; Tom Hale, US
% -

# Readout of community meeting
Director Ann Doe convened a safety meeting in Dayton, Ohio. ¶ Cities taking part include: ¶ - Baton Rouge, LA ¶ -
Los Angeles, CA ¶ - St. Louis, MO ¶ Organizations supporting it include: ¶ - Emerson Collective ¶ - Harbor Peace
Fund ¶ - Rivers Fund for Youth
@ https://www.whitehouse.gov/x
= meeting | Dayton, Ohio
+ Ann Doe, US
% -

# Call with Governors
President Ann Doe spoke with Ohio Governor Bill Hale, Utah Governor Rita Cole and Maine Governor Ivy Stone. The
President was joined on the call by Counselor Lee Moss and Second Gentleman Al Burr.
@ https://www.whitehouse.gov/x
= call | -
+ Ann Doe, US; Bill Hale, US; Rita Cole, US; Ivy Stone, US; Lee Moss, US; Al Burr, US
% -

# Mayors’ meeting
President Ann Doe met with mayors. ¶ Mayors participating included: ¶ • Mayor Rita Cole, Arlington, TX • Mayor-elect Tom
Hale, St. Petersburg, FL • Mayor Ivy Stone, Athens, GA
@ https://www.whitehouse.gov/x
= meeting | -
+ Ann Doe, US; Rita Cole, US; Tom Hale, US; Ivy Stone, US
% -

# Health talks with the European Commission
Senior officials met today with counterparts of the Commission. ¶ Led by Deputy Director Ann Doe, they agreed
on vaccines.
@ https://www.whitehouse.gov/x
= meeting | -
+ Ann Doe, US
% -

# Governors’ council
Secretary Ann Doe opened the council, which heard updates on readiness from Deputy Undersecretary of Defense Rita Cole
and Acting Assistant Secretary Tom Hale.
@ https://www.whitehouse.gov/x
= * | -
+ Ann Doe, US; Rita Cole, US; Tom Hale, US
% -

# President Demir receives delegation
President Kemal Demir received a delegation led by Foreign Minister Aziz Karimov of Uzbekistan at the Presidential
Complex in Ankara. The Organization of Turkic States was discussed.
@ https://www.tccb.gov.tr/en/x
= meeting | Presidential Complex in Ankara
+ Kemal Demir, TR; Aziz Karimov, UZ
% Organization of Turkic States

# Prime Minister Grant meets Prime Minister of Tonga
Prime Minister Tess Grant met with the Prime Minister of Tonga, Sione Vea, in Nuku’alofa today.
@ https://www.pm.gov.au/x
= meeting | Nuku’alofa
+ Tess Grant, AU; Sione Vea, TO
% -

# President Prado speaks with President of Angola
President Caio Prado spoke by phone this Monday with the President of Angola, Manuel Dias. They recalled the Global
Alliance Against Hunger and Poverty.
@ https://www.gov.br/planalto/en/x
= call | -
+ Caio Prado, BR; Manuel Dias, AO
% Global Alliance Against Hunger and Poverty

# Prime Minister Conti meets President of Libya’s Presidency Council
The President of the Council of Ministers, Sara Conti, met today at Palazzo Chigi with the Prime Minister of Albania,
Ilir Hoxha. The Mattei Plan was discussed.
@ https://www.governo.it/en/x
= meeting | Palazzo Chigi
+ Sara Conti, IT; Ilir Hoxha, AL
% Mattei Plan
"""
CASE = re.compile(
    r"# (?P<title>[^@]*?)\n(?P<text>[^#@]*)\n@ (?P<url>\S+)\n"
    r"= (?P<kind>.*) \| (?P<place>.*)\n\+ (?P<people>[^%]*)\n% (?P<instruments>[^#]*)"
)


def read(case: re.Match[str], rules: Rules) -> Readout:
    told = Told(title=unwrapped(case["title"]), url=case["url"], dates=(Evidence("source-url", "2024-07-04"),))
    texts = [part.strip().removeprefix("- ") for part in unwrapped(case["text"]).split("¶")]
    passages = tuple(Passage(text, ((0, len(text)),)) for text in texts)
    clean = CleanText(" ".join(texts), passages, (), told)
    return section(Capture("x.txt", clean.text.encode()), clean, rules, None)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", list(CASE.finditer(CASES)), ids=lambda case: case["title"])
def test_each_manner_is_read_alike(case: re.Match[str], rules: Rules) -> None:
    readout = read(case, rules)
    people = "; ".join(f"{one.name}, {one.country or '?'}" for one in readout.participants) or "-"
    assert people == unwrapped(case["people"])
    found = find_instruments(readout, rules.instruments, rules.gazetteer)
    assert "; ".join(dict.fromkeys(one.name for one in found)) == unwrapped(case["instruments"]).removeprefix("-")
    told = {"kind": readout.kind, "place": readout.place or "-"}
    expected = {name: case[name] for name in told if case[name] != "*"}
    assert {name: told[name] for name in expected} == expected


def test_every_case_is_read() -> None:
    assert len(CASE.findall(CASES)) == CASES.count("\n@ ")
