import pytest

from readout_site.reading.annotating.figures import find_figures
from readout_site.reading.annotating.numbers import find_numbers
from readout_site.reading.annotating.units import in_lower_case
from readout_site.reading.rules import Rules
from readout_site.records import Figure, Issuer, Prose, Readout, Source

Told = tuple[float | None, str, str, bool]


def readout(text: str, country: str = "US") -> Readout:
    prose = Prose("p000000", text, ((0, len(text)),), ((0, len(text)),))
    issuer = Issuer("the Chancellery", country)
    source = Source(None, None, "x.txt", "", None)
    return Readout("x", "A title", None, None, None, "call", None, "en", issuer, (), (prose,), source, (), ())


def figures(rules: Rules, text: str, country: str = "US") -> tuple[Figure, ...]:
    return find_figures(readout(text, country), rules.units)


@pytest.mark.parametrize(
    ("text", "value", "value_to"),
    [
        ("863.4 billion", 863_400_000_000, None),
        ("300,000", 300_000, None),
        ("1,00,000", 100_000, None),
        ("1,5 million", 1_500_000, None),
        ("2,3 bilhões", 2_300_000_000, None),
        ("12 milliards", 12_000_000_000, None),
        ("4,5 mil millones", 4_500_000_000, None),
        ("3,25 Milliarden", 3_250_000_000, None),
        ("10 000", 10_000, None),
        ("500 crore", 5_000_000_000, None),
        ("1 lakh crore", 10**12, None),
        ("two and a half million", 2_500_000, None),
        ("two hundred and fifty thousand", 250_000, None),
        ("a hundred thousand", 100_000, None),
        ("half a billion", 500_000_000, None),
        ("two dozen", 24, None),
        ("tens of thousands", None, None),
        ("several hundred thousand", None, None),
        ("two-thirds", 0.667, None),
        ("one in five", 0.2, None),
        ("5 to 10 million", 5_000_000, 10_000_000),
        ("15–20", 15, 20),
        ("12,5 %", 12.5, None),
        ("4,25 million", 4_250_000, None),
        ("1.234.567", 1_234_567, None),
        ("1.5 mln", 1_500_000, None),
        ("40 bln", 40 * 10**9, None),
        ("one-and-a-half million", 1_500_000, None),
    ],
)
def test_a_number_has_the_value_that_its_words_say(text: str, value: float | None, value_to: float | None) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.value_to) == (value, value_to)
    assert text[number.start : number.end] == text.removesuffix(" %")


def test_a_range_with_and_needs_between() -> None:
    assert [n.value_to for n in find_numbers("between 5 and 10 tons")] == [10]
    assert [n.value for n in find_numbers("on items 5 and 10")] == [5, 10]


@pytest.mark.parametrize(
    ("text", "quote", "told"),
    [
        ("Trade reached $863.4 billion last year.", "$863.4 billion", (863_400_000_000, "USD", "money", True)),
        ("The fund holds €1.5bn.", "€1.5bn", (1_500_000_000, "EUR", "money", True)),
        ("It spent EUR6 million.", "EUR6 million", (6_000_000, "EUR", "money", True)),
        ("It spent R12 billion.", "R12 billion", (12 * 10**9, "ZAR", "money", True)),
        ("It spent SEK 6 bn.", "SEK 6 bn", (6 * 10**9, "SEK", "money", True)),
        ("Trade fell by a third in a year.", "a third", (0.333, "", "other", True)),
        ("Much aid, of which half for schools.", "half", (0.5, "", "other", True)),
        ("Half the population.", "Half the population", (0.5, "population", "other", True)),
        ("In all 22 of 35 chapters are open.", "22 of 35 chapters", (22, "chapters", "count", True)),
        ("It sent 10 Leopard 2 tanks.", "10 Leopard 2 tanks", (10, "Leopard 2 tanks", "count", True)),
        ("Some 251 Israelis were held.", "Some 251 Israelis", (251, "Israelis", "count", True)),
        ("It bought a 15 percent stake.", "15 percent", (15, "percent", "percent", True)),
        ("A 2,000-hectare park.", "2,000-hectare", (2000, "hectare", "other", True)),
        ("They gave A$20 million.", "A$20 million", (20_000_000, "AUD", "money", True)),
        ("It lent 100 million euros.", "100 million euros", (100_000_000, "EUR", "money", True)),
        (
            "A loan of up to an additional 30 billion yen.",
            "up to an additional 30 billion yen",
            (3 * 10**10, "JPY", "money", True),
        ),
        ("A line of Rs. 500 crore.", "Rs. 500 crore", (5_000_000_000, "INR", "money", True)),
        ("It costs billions of dollars.", "billions of dollars", (None, "USD", "money", True)),
        ("Nearly 300,000 individuals came.", "Nearly 300,000 individuals", (300_000, "individuals", "count", True)),
        ("He freed three Americans.", "three Americans", (3, "Americans", "count", True)),
        (
            "It supports millions of good-paying, union jobs.",
            "millions of good-paying, union jobs",
            (None, "good-paying, union jobs", "count", True),
        ),
        (
            "Power for more than 50 million homes and businesses.",
            "more than 50 million homes and businesses",
            (50_000_000, "homes and businesses", "count", True),
        ),
        ("He met 15 leaders.", "15 leaders", (15, "leaders", "count", False)),
        ("Trade grew by more than 34 percent.", "more than 34 percent", (34, "percent", "percent", True)),
        ("Shares of 40-60% were named.", "40-60%", (40, "percent", "percent", True)),
        ("In the last 12 months they worked.", "last 12 months", (12, "months", "duration", False)),
        ("An 18-month consultation began.", "18-month", (18, "month", "duration", False)),
        (
            "They spoke for more than an hour and a half.",
            "more than an hour and a half",
            (1.5, "hour", "duration", False),
        ),
        ("They marked the 40th anniversary.", "40th anniversary", (40, "anniversary", "other", False)),
        ("More than half of all aid came from there.", "More than half of all aid", (0.5, "aid", "other", True)),
        ("One in three farms closed.", "One in three", (0.333, "", "other", True)),
        ("The line carries 12 bcm of gas.", "12 bcm", (12, "bcm", "other", True)),
        ("They want 500 MW of wind power.", "500 MW", (500, "MW", "other", True)),
        (
            "Warming beyond 1.5 degrees Celsius is grave.",
            "1.5 degrees Celsius",
            (1.5, "degrees Celsius", "other", True),
        ),
    ],
)
def test_a_figure_is_quoted_with_its_qualifier_and_unit(rules: Rules, text: str, quote: str, told: Told) -> None:
    (figure,) = figures(rules, text)
    assert (figure.quote, (figure.value, figure.unit, figure.kind, figure.key)) == (quote, told)
    assert text[figure.start : figure.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        "They met on November 17, 2023 at 10:30.",
        "On 12 June 2021 and July 25-28 they met.",
        "Since 2014 and by 2030 the G7, the G20 and COP28 matter.",
        "Article 5, Title 42 and Resolution 1701 stand.",
        "The Group of Seven and the Five Eyes partners spoke of COVID-19, F-16s and 5G.",
        "The two leaders named one goal.",
        "The three leaders spoke.",
        "A third country may host the twenty-first century.",
        "A once-in-a-generation opportunity for a four-star admiral.",
        "The 10th meeting of the council, in the first half of next year, at 5 p.m.",
        "He came this morning (10).",
        "See image-600,400.jpg?size=615,410 now.",
    ],
)
def test_dates_names_and_idle_numbers_are_no_figures(rules: Rules, text: str) -> None:
    assert [figure.quote for figure in figures(rules, text)] == []


def test_a_range_has_both_ends(rules: Rules) -> None:
    (figure,) = figures(rules, "Between 5 and 10 million tonnes were shipped.")
    assert (figure.value, figure.value_to) == (5_000_000, 10_000_000)


@pytest.mark.parametrize(
    ("country", "text", "unit"),
    [
        ("US", "It gave $5 million.", "USD"),
        ("AU", "It gave $5 million.", "AUD"),
        ("LK", "It gave Rs. 5 million.", "LKR"),
        ("MX", "It gave 5 million pesos.", "MXN"),
        ("US", "It gave 5 million pesos.", "pesos"),
    ],
)
def test_a_shared_sign_is_read_as_the_issuers_own_currency(rules: Rules, country: str, text: str, unit: str) -> None:
    assert [figure.unit for figure in figures(rules, text, country)] == [unit]


@pytest.mark.parametrize(
    ("country", "text", "quote", "unit"),
    [
        ("US", "The SR 71 flew.", None, None),
        ("US", "A bridge on SR 520 was opened.", None, None),
        ("SA", "It gave SR 71 to each.", "SR 71", "SAR"),
        ("US", "It gave SR 71,000 to each.", "SR 71,000", "SAR"),
        ("US", "It gave SR 71.5 to each.", "SR 71.5", "SAR"),
        ("US", "It gave SR 5000 to each.", "SR 5000", "SAR"),
        ("FR", "It gave SR 71 million.", "SR 71 million", "SAR"),
        ("FR", "They read Sh. 2 and Sh. 3 aloud.", None, None),
        ("KE", "It costs Sh. 2 a day.", "Sh. 2", "KES"),
        ("FR", "They met in RM 12.", None, None),
        ("MY", "It costs RM 12 a day.", "RM 12", "MYR"),
        ("PK", "It costs Rs 500 a day.", "Rs 500", "PKR"),
        ("IN", "It costs Rs. 500 crore.", "Rs. 500 crore", "INR"),
        ("NO", "It costs kr 500 a day.", "kr 500", "NOK"),
        ("ZA", "The R 21 was closed.", None, None),
        ("ZA", "It costs R 21,500 a day.", "R 21,500", "ZAR"),
        ("ZA", "It spent R12 milliards.", "R12 milliards", "ZAR"),
        ("NG", "The N 95 was worn.", None, None),
        ("US", "It costs US$ 5 a day.", "US$ 5", "USD"),
        ("US", "It costs KES 5 a day.", "KES 5", "KES"),
    ],
)
def test_a_letter_or_two_are_money_before_an_amount_or_at_home(
    rules: Rules, country: str, text: str, quote: str | None, unit: str | None
) -> None:
    found = [(figure.quote, figure.unit) for figure in figures(rules, text, country) if figure.kind == "money"]
    assert found == ([(quote, unit)] if quote else [])
    assert quote or figures(rules, text, country) == ()


@pytest.mark.parametrize(
    ("text", "measures", "period"),
    [
        (
            "It is a partner, with two-way trade in goods totaling $863.4 billion in 2022.",
            "two-way trade in goods",
            "2022",
        ),
        (
            "nearly 300,000 individuals from there have come in the last 12 months under it.",
            "individuals from there have come",
            "last 12 months",
        ),
        ("She announced $275 million in additional equipment.", "additional equipment", None),
        ("They named a $20 billion deal between two firms.", "deal between two firms", None),
        ("A contribution of $5 million was made since 2014.", "contribution", "since 2014"),
        ("It sends $3 million in food, water, and other aid by 2030.", "food, water, and other aid", "by 2030"),
    ],
)
def test_what_is_measured_and_when_are_verbatim(rules: Rules, text: str, measures: str, period: str | None) -> None:
    figure = figures(rules, text)[0]
    assert (figure.measures, figure.period) == (measures, period)


def test_every_rule_says_what_it_does(rules: Rules) -> None:
    docs = rules.units.docs
    assert all(doc.group == "units" and doc.says.endswith(".") for doc in docs)
    assert len({doc.name for doc in docs}) == len(docs)


@pytest.mark.parametrize(
    "text", ["9" * 5000 + " people", "1" + ",000" * 3000, "5 " + "billion " * 900, "7 " * 4000, ""]
)
def test_absurd_numbers_do_no_harm(rules: Rules, text: str) -> None:
    for figure in figures(rules, text):
        assert figure.value is None or isinstance(figure.value, float) or figure.value < 2**63


def test_a_pattern_in_lower_case_keeps_its_signs() -> None:
    assert in_lower_case(r"(?P<Unit>US\$|GWh\S)\b[A-Z]") == r"(?P<Unit>us\$|gwh\S)\b[a-z]"


def test_a_number_cut_at_its_decimal_comma_is_no_figure(rules: Rules) -> None:
    assert figures(rules, "He noted a purchase of R$ 2,3 on the day.") == ()
    (found,) = figures(rules, "He noted a purchase of R$ 2,3 bilhões, and 12 things.")[:1]
    assert (found.quote, found.value, found.unit) == ("R$ 2,3 bilhões", 2_300_000_000, "BRL")


def test_a_period_belongs_to_the_figures_of_its_own_clause(rules: Rules) -> None:
    text = "Trade stood at $85 billion in 2022-23, and both sides aim at $5 billion; firms invested $3 billion in 2024."
    assert [figure.period for figure in figures(rules, text)] == ["2022-23", None, "2024"]
    text = "In 2023, they gave $5 million, and the banks lent $2 million."
    assert [figure.period for figure in figures(rules, text)] == ["2023", "2023"]
