"""What a custodian says of papers about to be frozen: every field on both sides of its bounds."""

from decimal import Decimal

import pytest

from itembank.plans import BadPlan, read_plan, usual_fields
from itembank.states import MultipleScoring

GOOD = {"code": "P", "offering": "O5", "title": "理论", "minutes": "90", "pass_mark": "3", "points_0": "0.5",
        "points_1": "1", "multiple": "partial"}  # fmt: skip


def test_a_plan_is_read() -> None:
    plan = read_plan(GOOD, [4, 2])
    assert (plan.minutes, plan.pass_mark, plan.points) == (90, Decimal(3), (Decimal("0.5"), Decimal(1)))
    assert plan.multiple is MultipleScoring.PARTIAL
    assert (plan.codes(1), plan.codes(2)) == (["P"], ["P-1", "P-2"])


@pytest.mark.parametrize(
    ("field", "good", "bad", "code"),
    [
        ("code", "p" * 36, "p" * 37, "plan_code"), ("code", "a_1-b", "卷一", "plan_code"),
        ("offering", "o" * 8, "o" * 9, "plan_code"), ("title", "题" * 120, "题" * 121, "plan_title"),
        ("title", "x", " ", "plan_title"), ("minutes", "600", "601", "plan_minutes"),
        ("minutes", "1", "0", "plan_minutes"), ("minutes", "90", "½", "plan_minutes"),
        ("pass_mark", "4", "4.5", "plan_pass"), ("pass_mark", "0.5", "0.4", "plan_points"),
        ("points_1", "999.5", "1000", "plan_points"), ("points_1", "1", "NaN", "plan_points"),
        ("multiple", "all_or_nothing", "", "plan_multiple"),
    ],
)  # fmt: skip
def test_each_field_is_refused_by_its_name(field: str, good: str, bad: str, code: str) -> None:
    read_plan({**GOOD, field: good}, [4, 2])
    with pytest.raises(BadPlan) as caught:
        read_plan({**GOOD, field: bad}, [4, 2])
    assert caught.value.faults[field] == code


def test_the_usual_pass_mark_is_six_tenths_in_halves() -> None:
    assert usual_fields([Decimal("0.5"), Decimal(1)], [4, 2]) == {
        "minutes": "90", "pass_mark": "2.5", "points_0": "0.5", "points_1": "1"
    }  # fmt: skip
