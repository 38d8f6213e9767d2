"""Certificate numbers: the public rule, held against the body's own filing number."""

import pytest

from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.results.certificates.numbers import SERIALS, BadNumber, Series, is_number

FILING = read_catalogue(shipped(2026)).body.filing_no


@pytest.mark.requirement("REQ-2", "REQ-8", partly=True)
def test_the_filing_number_is_the_first_thirteen_of_twenty_two_characters() -> None:
    number = Series(FILING, 2026, 3).number(1)
    assert number == "S000031400071" + "26" + "3" + "000001"
    assert (len(number), is_number(number)) == (22, True)


def test_serials_go_from_one_to_the_last_of_six_digits() -> None:
    series = Series(FILING, 2026, 4)
    assert series.number(SERIALS).endswith("264999999")
    for beyond in (0, SERIALS + 1):
        with pytest.raises(BadNumber, match="series_full"):
            series.number(beyond)


@pytest.mark.parametrize("filing", ["", "S00003140007", "S0000314000711", "A000031400071", "S00003140007X"])
def test_what_is_no_filing_number_makes_no_series(filing: str) -> None:
    with pytest.raises(BadNumber, match="bad_filing_number"):
        Series(filing, 2026, 3)


@pytest.mark.parametrize(("year", "level"), [(1999, 3), (2100, 3), (2026, 0), (2026, 6)])
def test_year_and_level_are_those_of_the_rule(year: int, level: int) -> None:
    with pytest.raises(BadNumber, match="bad_series"):
        Series(FILING, year, level)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "S000031400071263000000",
        "S00003140007126300001",
        "s000031400071263000001",
        "S000031400071266000001",
        "S000031400071263000001\n",
        "Ｓ000031400071263000001",
    ],
)
def test_other_shapes_are_no_number(text: str) -> None:
    assert not is_number(text)
