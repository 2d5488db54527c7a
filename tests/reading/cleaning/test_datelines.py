"""Words, addresses and file names → days."""

import pytest

from readout_site.reading.cleaning.datelines import DateError, day_in_address, day_in_name, day_in_text, is_day_first


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: October 4, 2021 at 8:40 pm", "2021-10-04"),
        ("17 November 2023", "2023-11-17"),
        ("Sunday, the 4th of October 2020", "2020-10-04"),
        ("Sept. 9, 2019", "2019-09-09"),
        ("2021-08-09 16:10 IST", "2021-08-09"),
        ("2021-08-09T16:10:00Z", "2021-08-09"),
        ("2021/08/09", "2021-08-09"),
        ("17.11.2023", "2023-11-17"),
        ("le 3 mars 2022", "2022-03-03"),
        ("3 de octubre de 2024", "2024-10-03"),
        ("3. März 2024", "2024-03-03"),
        ("3 октября 2024", "2024-10-03"),
        ("2024年10月3日", "2024-10-03"),
        ("November 17, 20223", None),
        ("May he agreed on 12 points", None),
        ("04/05/2021", None),  # The day or the month may come first.
        ("17/09/2029", "2029-09-17"),
        ("09/17/2029", "2029-09-17"),
        ("05/05/2029", "2029-05-05"),
        ("today", None),
        ("", None),
    ],
)
def test_days_in_text(text: str, day: str | None) -> None:
    assert day_in_text(text) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Publicado em 09/06/2025 18h32", "2025-06-09"),
        ("Publié le 04/05/2021", "2021-05-04"),
        ("Veröffentlicht am 04/05/2021", "2021-05-04"),
        ("Pubblicato il 04/05/2021", "2021-05-04"),
        ("Published on 09/06/2025", None),
    ],
)
def test_a_line_of_issue_in_other_languages_has_its_day_before_its_month(line: str, day: str | None) -> None:
    assert day_in_text(line, day_first=is_day_first(line)) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://gov.example/news/2023/11/17/readout/", "2023-11-17"),
        ("https://gov.example/2023-11-17-readout", "2023-11-17"),
        ("https://gov.example/20231117/readout", "2023-11-17"),
        ("https://gov.example/news/68424", None),
        ("https://gov.example/news/202311171234", None),
        ("", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    assert day_in_address(url) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-11-17-lind-chen.txt", "2023-11-17"),
        ("20231117-lind-chen.txt", "2023-11-17"),
        ("lind-2023-11-17-chen.txt", "2023-11-17"),
        ("lind-chen-12345678.txt", None),
        ("lind-chen.txt", None),
        ("2023-1117.txt", None),
    ],
)
def test_days_in_names(name: str, day: str | None) -> None:
    assert day_in_name(name) == day


def test_days_that_no_calendar_has_are_errors() -> None:
    with pytest.raises(DateError, match="`31 February 2023` is no day of the calendar"):
        day_in_text("on 31 February 2023")
    with pytest.raises(DateError, match="2023/02/31"):
        day_in_address("https://gov.example/2023/02/31/x")
    with pytest.raises(DateError, match="20230231"):
        day_in_name("20230231-x.txt")
