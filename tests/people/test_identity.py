"""The ID number's rules at both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.demo.invented import id_number
from examserver.people.identity import is_id_number, masked, normalise, tail_matches

STANDARD = "11010519491231002X"  # the example of the standard itself


@pytest.mark.parametrize("number", [STANDARD, "310115200402290012"])
def test_a_number_with_the_right_check_character_is_one(number: str) -> None:
    assert is_id_number(number)


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491231002", STANDARD + "1", "１" * 18, ""])
def test_anything_else_is_none(number: str) -> None:
    assert not is_id_number(number)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_changed_digit_is_always_noticed(place: int, step: int) -> None:
    digits = "0123456789X" if place == 17 else "0123456789"
    changed = digits[(digits.index(STANDARD[place]) + step) % len(digits)]
    assert not is_id_number(STANDARD[:place] + changed + STANDARD[place + 1 :])


def test_what_is_typed_full_width_or_in_lower_case_means_the_same() -> None:
    assert normalise(" １１０105 1949 1231 002x ") == STANDARD
    assert tail_matches(STANDARD, "31002x".rjust(6)[-6:])


def test_the_tail_is_exactly_six_characters() -> None:
    assert tail_matches(STANDARD, STANDARD[-6:])
    assert not tail_matches(STANDARD, STANDARD[-5:])
    assert not tail_matches(STANDARD, STANDARD[-7:])
    assert not tail_matches(STANDARD, "")


def test_a_mask_shows_five_characters_and_the_length() -> None:
    assert masked(STANDARD) == "110*************2X"


def test_invented_people_have_well_formed_numbers_of_a_region_that_is_none() -> None:
    numbers = {id_number(index) for index in range(500)}
    assert len(numbers) == 500
    assert all(is_id_number(one) and one.startswith("99") for one in numbers)
