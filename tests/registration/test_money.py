"""Fees: a price a subject, and the subject of the payer's mail to the letter."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.registration.applications.faults import Refused
from examserver.registration.money import Fee, OrderLine, mail_subject, owed
from itembank.states import Subject

LEVEL_4: Final = Fee(110, 290, 400)
LEVEL_3: Final = Fee(110, 390, 500)
FEES = st.builds(lambda a, b: Fee(a, b, a + b), st.integers(1, 2000), st.integers(1, 2000))
LINES = st.builds(OrderLine, FEES, st.sets(st.sampled_from(Subject), min_size=1).map(frozenset))


@pytest.mark.requirement("REQ-58")
def test_three_of_level_four_and_two_of_level_three_owe_2200() -> None:
    assert owed([OrderLine(LEVEL_4)] * 3 + [OrderLine(LEVEL_3)] * 2) == 2200


@pytest.mark.requirement("REQ-54", "REQ-58")
@pytest.mark.parametrize(("fee", "total"), [(LEVEL_4, 400), (LEVEL_3, 500)])
def test_both_subjects_cost_the_total(fee: Fee, total: int) -> None:
    assert OrderLine(fee).owed == fee.total == total


@pytest.mark.requirement("REQ-59")
@pytest.mark.parametrize(
    ("fee", "subject", "price"),
    [
        (LEVEL_4, Subject.THEORY, 110),
        (LEVEL_4, Subject.PRACTICAL, 290),
        (LEVEL_3, Subject.THEORY, 110),
        (LEVEL_3, Subject.PRACTICAL, 390),
    ],
)
def test_a_resit_costs_its_own_subject_only(fee: Fee, subject: Subject, price: int) -> None:
    assert OrderLine(fee, frozenset({subject})).owed == price


def test_nobody_orders_no_subject() -> None:
    with pytest.raises(Refused, match="no_subject"):
        owed([OrderLine(LEVEL_4), OrderLine(LEVEL_4, frozenset())])


def test_an_order_of_nobody_owes_nothing() -> None:
    assert owed([]) == 0


@given(st.lists(LINES), st.lists(LINES))
def test_two_orders_owe_what_one_order_of_both_would(first: list[OrderLine], second: list[OrderLine]) -> None:
    assert owed(first) + owed(second) == owed(first + second)


@given(FEES)
def test_the_resits_of_both_subjects_cost_the_total(fee: Fee) -> None:
    assert sum(OrderLine(fee, frozenset({one})).owed for one in Subject) == fee.total


@pytest.mark.requirement("REQ-52", "S8")
def test_the_mail_subject_is_word_for_word() -> None:
    subject = mail_subject("张三", "全媒体运营师(创意策划)", "四级", 1)
    assert subject == "考务费+张三+全媒体运营师(创意策划)（四级）+1"


@pytest.mark.requirement("REQ-52")
@pytest.mark.parametrize(
    ("payer", "count", "key"),
    [
        ("", 1, "payer_missing"),
        (" ", 1, "payer_missing"),
        ("张三\r\nBcc: x@y.z", 1, "payer_unprintable"),
        ("张三", 0, "count_low"),
    ],
)
def test_a_mail_subject_that_would_mislead_is_refused(payer: str, count: int, key: str) -> None:
    with pytest.raises(Refused) as refused:
        mail_subject(payer, "全媒体运营师(创意策划)", "四级", count)
    assert refused.value.keys == (key,)
