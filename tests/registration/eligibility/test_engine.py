"""The conditions of the standard on both sides of every boundary; what no list names is for a person to judge."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examserver.registration.applications.faults import Refused
from examserver.registration.eligibility.claims import Claims, read_claims
from examserver.registration.eligibility.engine import RANK, Judged, Verdict, judge
from examserver.registration.eligibility.standard import School, shipped_standard
from examserver.registration.eligibility.work import Period, missing_days, union

STANDARD = shipped_standard()
DAY = date(2026, 2, 10)
RELATED, OWN, MAJOR = "电子商务师", "全媒体运营师", "网络与新媒体"


def claims(**rows: Any) -> Claims:
    return read_claims(rows, DAY)


def work(first: str, until: str | None, occupation: str = OWN) -> dict[str, Any]:
    return {"occupation": occupation, "first": first, "until": until}


def certificate(level: int, day: str, occupation: str = RELATED) -> dict[str, Any]:
    return {"occupation": occupation, "level": level, "day": day}


def diploma(school: School, year: int = 2020, major: str = MAJOR, name: str = "") -> dict[str, Any]:
    return {"school": school, "major": major, "year": year, "school_name": name}


def judged(code: str, **rows: Any) -> Judged:
    outcome = judge(claims(**rows), STANDARD, int(code[1]), DAY, code)
    assert outcome.chosen is not None
    return outcome.chosen


def stands(code: str, **rows: Any) -> tuple[str, ...]:
    """The verdict on an alternative, and the keys of what did not simply pass."""
    one = judged(code, **rows)
    return one.verdict, *(found.key for found in one.findings if found.verdict is not Verdict.PASS)


@pytest.mark.requirement("REQ-14", "REQ-15", "REQ-19")
def test_the_standard_is_data_with_three_alternatives_at_level_four_and_six_at_level_three() -> None:
    assert STANDARD.version == "GZB 4-13-01-05/2023"
    assert [one.code for one in STANDARD.alternatives(4)] == ["L4-1", "L4-2", "L4-3"]
    assert [one.code for one in STANDARD.alternatives(3)] == [f"L3-{n}" for n in range(1, 7)]
    assert STANDARD.alternatives(2) == ()


@pytest.mark.requirement("REQ-26")
def test_22_occupations_are_related() -> None:
    assert len(set(STANDARD.related_occupations)) == 22
    assert "互联网营销师" in STANDARD.related_occupations
    assert "厨师" not in STANDARD.related_occupations


@pytest.mark.requirement("REQ-27")
def test_36_majors_are_related() -> None:
    assert len(set(STANDARD.related_majors)) == 36
    assert {"市场营销", "虚拟现实技术应用"} < set(STANDARD.related_majors)
    assert "播音与主持" not in STANDARD.related_majors


@pytest.mark.requirement("REQ-16")
def test_five_years_of_work_count_overlaps_once_and_a_day_less_fails() -> None:
    first = work("2020-01-01", "2023-01-01")
    assert stands("L4-1", work=[first, work("2022-01-01", "2025-01-01", RELATED)]) == (Verdict.PASS,)
    short = judged("L4-1", work=[first, work("2022-01-01", "2024-12-31", RELATED)])
    assert (short.verdict, short.findings[0].facts) == (Verdict.FAIL, {"years": 5, "days": 1})


@pytest.mark.requirement("REQ-17")
def test_work_before_the_certificate_of_level_five_does_not_count() -> None:
    held = [certificate(5, "2022-02-10")]
    assert stands("L4-2", certificates=held, work=[work("2015-01-01", "2025-02-10")]) == (Verdict.PASS,)
    too_short = [work("2015-01-01", "2025-02-09")]
    assert stands("L4-2", certificates=held, work=too_short) == (Verdict.FAIL, "WORK_SHORT")
    own = [certificate(5, "2010-01-01", OWN)]
    assert stands("L4-2", certificates=own, work=too_short) == (Verdict.FAIL, "CERTIFICATE_MISSING")


@pytest.mark.requirement("REQ-18")
@pytest.mark.parametrize("school", list(School))
def test_a_diploma_counts_from_the_year_in_which_one_graduates(school: School) -> None:
    assert stands("L4-3", diplomas=[diploma(school, 2026)]) == (Verdict.PASS,)
    assert stands("L4-3", diplomas=[diploma(school, 2027)]) == (Verdict.FAIL, "GRADUATES_LATER")


@pytest.mark.requirement("S3")
def test_a_major_that_is_not_listed_needs_a_look_and_is_not_refused() -> None:
    found = judged("L4-3", diplomas=[diploma(School.COLLEGE, major="播音与主持")])
    assert found.verdict is Verdict.NEEDS_REVIEW
    assert [one.key for one in found.findings] == ["MAJOR_NOT_LISTED"]


@pytest.mark.requirement("REQ-20")
def test_ten_years_pass_and_a_day_less_does_not() -> None:
    assert stands("L3-1", work=[work("2016-02-10", None)]) == (Verdict.PASS,)
    assert stands("L3-1", work=[work("2016-02-11", None)]) == (Verdict.FAIL, "WORK_SHORT")


@pytest.mark.requirement("REQ-21")
@pytest.mark.parametrize("occupation", [OWN, RELATED])
def test_four_years_after_a_certificate_of_level_four(occupation: str) -> None:
    held = [certificate(4, "2022-02-10", occupation)]
    assert stands("L3-2", certificates=held, work=[work("2020-01-01", None)]) == (Verdict.PASS,)
    late = [certificate(4, "2022-02-11", occupation)]
    assert stands("L3-2", certificates=late, work=[work("2020-01-01", None)]) == (Verdict.FAIL, "WORK_SHORT")


@pytest.mark.requirement("REQ-22")
def test_a_title_needs_a_look_until_its_speciality_is_listed() -> None:
    rows = claims(titles=[{"speciality": "新闻", "day": "2025-02-10"}], work=[work("2020-01-01", None)])
    listed = msgspec.structs.replace(STANDARD, title_specialities=("新闻",))
    verdicts = [judge(rows, one, 3, DAY, "L3-3").chosen for one in (STANDARD, listed)]
    assert [one.verdict for one in verdicts if one] == [Verdict.NEEDS_REVIEW, Verdict.PASS]
    assert judged("L3-3", work=[work("2020-01-01", None)]).verdict is Verdict.FAIL


@pytest.mark.requirement("REQ-23")
def test_only_the_senior_class_of_a_technician_school_serves_for_level_three() -> None:
    assert stands("L3-4", diplomas=[diploma(School.TECHNICIAN_SENIOR)]) == (Verdict.PASS,)
    assert stands("L3-4", diplomas=[diploma(School.TECHNICIAN)]) == (Verdict.FAIL, "DIPLOMA_MISSING")


@pytest.mark.requirement("REQ-24", "S4")
def test_certificate_and_diploma_are_both_needed_and_what_would_fit_is_suggested() -> None:
    held, degree = [certificate(4, "2021-01-01")], [diploma(School.COLLEGE)]
    assert stands("L3-5", certificates=held, diplomas=degree) == (Verdict.PASS,)
    assert stands("L3-5", diplomas=degree) == (Verdict.FAIL, "CERTIFICATE_MISSING")
    rows = claims(certificates=held, work=[work("2021-01-01", None)])
    outcome = judge(rows, STANDARD, 3, DAY, "L3-5")
    assert outcome.chosen is not None
    assert [one.key for one in outcome.chosen.findings] == ["CERTIFICATE_HELD", "DIPLOMA_MISSING"]
    assert outcome.better == ("L3-2",)


@pytest.mark.requirement("REQ-25")
def test_a_school_that_nobody_has_listed_as_validated_needs_a_look() -> None:
    rows = [diploma(School.COLLEGE, name="上海某大学")]
    assert stands("L3-6", diplomas=rows) == (Verdict.NEEDS_REVIEW, "SCHOOL_NOT_LISTED")
    listed = msgspec.structs.replace(STANDARD, validated_schools=("上海某大学",))
    chosen = judge(claims(diplomas=rows), listed, 3, DAY, "L3-6").chosen
    assert chosen is not None
    assert chosen.verdict is Verdict.PASS


@pytest.mark.requirement("REQ-13")
def test_a_least_education_is_asked_for_only_where_it_is_set() -> None:
    rows = claims(work=[work("2010-01-01", None)], diplomas=[diploma(School.SECONDARY_VOCATIONAL, 2009)])
    asked = msgspec.structs.replace(STANDARD, minimum_education=School.COLLEGE)
    found = [judge(rows, one, 3, DAY, "L3-1").chosen for one in (STANDARD, asked)]
    assert [one.verdict for one in found if one] == [Verdict.PASS, Verdict.NEEDS_REVIEW]


@pytest.mark.requirement("REQ-12")
def test_nothing_is_asked_of_where_somebody_lives() -> None:
    fields = {name for row in Claims.__struct_fields__ for name in (row,)}
    assert fields == {"work", "certificates", "titles", "diplomas"}


def test_work_in_an_occupation_that_is_not_listed_may_be_enough_but_not_by_itself() -> None:
    assert stands("L4-1", work=[work("2020-01-01", None, "厨师")]) == (
        Verdict.NEEDS_REVIEW,
        "OCCUPATION_NOT_LISTED",
    )
    assert stands("L4-1", work=[work("2024-01-01", None, "厨师")]) == (Verdict.FAIL, "WORK_SHORT")


def test_every_row_that_cannot_be_is_named_at_once() -> None:
    rows = {
        "work": [work("2023-01-01", "2022-01-01"), work("2030-01-01", None), {"occupation": OWN}],
        "certificates": [certificate(9, "2020-01-01")],
        "diplomas": "none",
    }
    with pytest.raises(Refused) as refused:
        read_claims(rows, DAY)
    told = [(fault.key, fault.where) for fault in refused.value.faults]
    assert told == [
        ("period_reversed", "work.1"),
        ("claim_in_future", "work.2"),
        ("claim_unreadable", "work.3"),
        ("claim_unreadable", "certificates.1"),
        ("claims_wrong", "diplomas"),
    ]


@pytest.mark.parametrize("given", [None, [], "x", {"wages": []}])
def test_what_is_no_claims_at_all_is_refused(given: object) -> None:
    with pytest.raises(Refused, match="claims_wrong"):
        read_claims(given, DAY)


DAYS = st.dates(date(1980, 1, 1), DAY - timedelta(days=1))
PERIODS = st.lists(st.tuples(DAYS, st.integers(1, 4000)), max_size=6)


def periods(rows: list[tuple[date, int]]) -> list[Period]:
    return [Period(first, first + timedelta(days=days)) for first, days in rows]


@given(PERIODS)
def test_a_union_has_the_same_days_and_nothing_twice(rows: list[tuple[date, int]]) -> None:
    every = {one.first + timedelta(n) for one in periods(rows) for n in range((one.until - one.first).days)}
    merged = union(periods(rows))
    assert sum((one.until - one.first).days for one in merged) == len(every)
    assert all(a.until < b.first for a, b in pairwise(merged))


@given(PERIODS, st.integers(1, 20))
def test_days_inside_what_was_worked_change_nothing(rows: list[tuple[date, int]], years: int) -> None:
    before = missing_days(periods(rows), years)
    assert missing_days(periods(rows) + periods(rows)[:1], years) == before >= 0


@given(st.lists(st.tuples(DAYS, st.sampled_from([OWN, RELATED, "厨师"])), max_size=4), DAYS)
def test_more_work_until_today_never_makes_it_worse(rows: list[tuple[date, str]], more: date) -> None:
    before = claims(work=[work(str(first), None, name) for first, name in rows])
    after = Claims(work=(*before.work, *claims(work=[work(str(more), None)]).work))
    ranks = [
        [RANK.index(one.verdict) for one in judge(c, STANDARD, 4, DAY).alternatives] for c in (before, after)
    ]
    assert all(b <= a for a, b in zip(*ranks, strict=True))


ANYTHING = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["work", "first", "occupation", "level"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(ANYTHING)
def test_no_claims_crash_the_reader(given_rows: object) -> None:
    with suppress(Refused):
        judge(read_claims(given_rows, DAY), STANDARD, 3, DAY)


def test_an_outcome_says_which_alternative_is_best() -> None:
    outcome = judge(claims(work=[work("2010-01-01", None)]), STANDARD, 3, DAY)
    assert (outcome.best, outcome.chosen, outcome.better) == (Verdict.PASS, None, ("L3-1",))
    assert replace(outcome, alternatives=()).best is Verdict.FAIL
