"""The values that the analysis of the notice keeps in files: each is what our data and rules say."""

import json
from datetime import date
from typing import Any

import pytest

from examserver.invigilation.clauses import bar_days
from examserver.invigilation.states import Severity
from examserver.people.identity import is_id_number
from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.dates.results_due import results_due
from examserver.registration.dates.ticket_opening import opens_on
from examserver.registration.dates.validity import kept_until
from examserver.registration.dates.windows import window_on
from examserver.registration.dates.workdays import NO_OVERRIDES
from examserver.registration.money import mail_subject
from itembank.states import Subject
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance
NOTICE = read_catalogue(shipped(2026))
DAY = date.fromisoformat


def companion(name: str) -> Any:
    return json.loads((fixtures("../domain") / name).read_text())


def test_the_offerings_and_their_fees_are_those_of_the_rules() -> None:
    ours = [
        {
            "id": one.code,
            "direction": one.direction.zh,
            "name": one.name.zh,
            "level": one.level,
            "fee_theory": one.fee.theory,
            "fee_practical": one.fee.practical,
            "fee_total": one.fee.total,
        }
        for one in NOTICE.offerings
    ]
    assert ours == companion("rules.json")["offerings"]


def test_the_windows_are_those_of_the_rules() -> None:
    ours = [
        {
            "apply_month": one.apply_to.month,
            "evaluate_by_month": one.evaluate_by and one.evaluate_by.month,
            "december_choice": one.decided_by_person,
        }
        for one in NOTICE.windows
    ]
    assert ours == companion("rules.json")["windows"]


def test_the_body_and_the_numbers_are_those_of_the_rules() -> None:
    rules, ours = companion("rules.json"), NOTICE.rules
    assert rules["body"] == {"name": NOTICE.body.name.zh, "filing_no": NOTICE.body.filing_no}
    occupation = NOTICE.occupation
    found = {"code": occupation.code, "name": occupation.name.zh, "standard": occupation.standard.zh}
    assert found == rules["occupation"]
    numbers = (rules["min_batch"], rules["same_day"], rules["ticket_days_before"])
    assert (ours.batch_least, ours.same_day, ours.ticket_days_before) == numbers
    assert [ours.results.plain, ours.results.marked] == list(rules["result_workdays"].values())
    assert {str(one.level): one.validity_years for one in NOTICE.levels} == rules["result_validity_years"]


def test_every_date_of_the_vectors_is_reproduced() -> None:
    vectors = companion("vectors.json")
    for applied, by in vectors["windows"]:
        window = window_on(NOTICE.windows, DAY(applied))
        assert window is not None
        assert window.evaluate_by == DAY(by)
    for exam_day, *due in vectors["result_due"]:
        found = [
            results_due(DAY(exam_day), marked, NOTICE.rules.results, NO_OVERRIDES) for marked in (False, True)
        ]
        assert [(str(one.day), one.provisional) for one in found] == [(day, False) for day in due]
    for exam_day, opening in vectors["ticket_open"]:
        assert opens_on(DAY(exam_day), NOTICE.rules.ticket_days_before) == DAY(opening)
    for passed_on, years, until in vectors["validity_end"]:
        assert kept_until(DAY(passed_on), years) == DAY(until)


def test_every_fee_and_mail_subject_of_the_vectors_is_reproduced() -> None:
    vectors = companion("vectors.json")
    fees = {one.code: one.fee for one in NOTICE.offerings}
    assert vectors["fees"] == [
        ["O1 full", fees["O1"].total],
        ["O2..O5 full", fees["O5"].total],
        ["O1 theory resit", fees["O1"].of(Subject.THEORY)],
        ["O1 practical resit", fees["O1"].of(Subject.PRACTICAL)],
    ]
    for payer, offering, level, count, subject in vectors["mail_subject"]:
        assert mail_subject(payer, offering, level, count) == subject


def test_every_bar_and_id_number_of_the_vectors_is_reproduced() -> None:
    vectors = companion("vectors.json")
    (_, act, _, year_end), (_, minor_act, _, either) = vectors["bars"]
    tier_three = bar_days("三.1", Severity.NONE, DAY(act))
    minor = bar_days("四.1", Severity.MINOR, DAY(minor_act))
    assert tier_three is not None
    assert tier_three.last == DAY(year_end)
    assert minor is not None
    assert str(minor.last) in either
    for number, valid in vectors["id_checksum"]:
        assert is_id_number(number) is valid
