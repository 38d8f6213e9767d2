"""A new application in full gives up what was kept: only with consent, and only for the same offering."""

from dataclasses import replace
from datetime import date

import pytest

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Origin
from examserver.registration.catalogue.content import Scope
from examserver.registration.resits.forfeiture import consent_needed, forfeited_by
from examserver.registration.resits.rules import judge
from examserver.registration.resits.values import Ask, Denied, Forfeiture, NewFull, Outcome
from tests.registration.resits.cases import practical, terms, theory

RESULTS = [theory(), practical()]
JUNE = date(2026, 6, 1)
FULL = NewFull("O5", 3, Origin.FULL, approved_on=JUNE, consented=True)


@pytest.mark.requirement("REQ-71")
def test_before_it_is_handed_in_the_person_is_told_what_is_given_up() -> None:
    warning = consent_needed(RESULTS, replace(FULL, approved_on=None), terms(), JUNE)
    assert warning == Fault("gives_up_resit", "consented", {"subjects": "theory", "until": "2028-03-28"})


@pytest.mark.requirement("REQ-71", "S51")
def test_the_approval_gives_up_the_pass_and_the_resit_and_deletes_nothing() -> None:
    given_up = forfeited_by(RESULTS, FULL, terms())
    assert isinstance(given_up, Forfeiture)
    assert (given_up.ids, given_up.fault.key) == ((theory().id,), "forfeited")
    after = [replace(one, forfeited=one.id in given_up.ids) for one in RESULTS]
    answer = judge(after, Ask(JUNE), terms())
    assert isinstance(answer, Denied)
    assert answer.fault.key == "pass_forfeited"


@pytest.mark.requirement("REQ-71")
def test_without_recorded_consent_the_approval_must_not_happen() -> None:
    assert forfeited_by(RESULTS, replace(FULL, consented=False), terms()) == Fault(
        "consent_missing", "consented"
    )


@pytest.mark.requirement("REQ-71")
def test_until_it_is_approved_nothing_is_given_up() -> None:
    assert forfeited_by(RESULTS, replace(FULL, approved_on=None), terms()) is None


@pytest.mark.requirement("REQ-71")
def test_on_the_last_day_something_is_given_up_and_on_the_day_after_nothing_is_left() -> None:
    last, after = date(2028, 3, 28), date(2028, 3, 29)
    assert isinstance(forfeited_by(RESULTS, replace(FULL, approved_on=last), terms()), Forfeiture)
    assert forfeited_by(RESULTS, replace(FULL, approved_on=after), terms()) is None


@pytest.mark.requirement("S51")
@pytest.mark.parametrize(
    ("scope", "code", "level", "reaches"),
    [
        (Scope.OFFERING, "O5", 3, True),
        (Scope.OFFERING, "O3", 3, False),
        (Scope.LEVEL, "O3", 3, True),
        (Scope.LEVEL, "O1", 4, False),
        (Scope.TOTAL, "O1", 4, True),
    ],
)
def test_another_direction_gives_up_nothing_unless_the_catalogue_says_so(
    scope: Scope, code: str, level: int, reaches: bool
) -> None:
    new = replace(FULL, offering=code, level=level)
    assert (forfeited_by(RESULTS, new, replace(terms(), scope=scope)) is not None) is reaches


@pytest.mark.requirement("REQ-71")
@pytest.mark.parametrize("origin", [Origin.RESIT, Origin.COMPETITION])
def test_only_an_application_in_full_gives_anything_up(origin: Origin) -> None:
    assert forfeited_by(RESULTS, replace(FULL, origin=origin), terms()) is None


def test_who_has_passed_or_failed_both_has_nothing_to_give_up() -> None:
    assert consent_needed([theory(), practical(Outcome.PASSED)], FULL, terms(), JUNE) is None
    assert consent_needed([theory(Outcome.FAILED), practical()], FULL, terms(), JUNE) is None
