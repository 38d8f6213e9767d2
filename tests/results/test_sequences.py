"""Any sequence of verdicts, appeals, cancellations and releases: no score is lost, nothing void is told as earned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from examserver.delivery.models import Sitting
from examserver.delivery.selectors import venue_date
from examserver.delivery.states import VOID_STATES
from examserver.invigilation.models import Case
from examserver.invigilation.services import appeals, cases
from examserver.invigilation.states import RULINGS, ToldBy
from examserver.kernel.access import NotAllowed, Role
from examserver.kernel.transitions import IllegalMove
from examserver.registration.models import Bar
from examserver.results.models import Certificate, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import eligible
from examserver.results.selectors.days import release_plan
from examserver.results.services.certificates import issue_certificate
from examserver.results.services.releasing import release_results
from examserver.results.states import ResultState
from itembank.states import Subject
from scoring.models import SubjectScore
from tests.registration.catalogue.notices import load
from tests.results.conftest import mark, sat, settle
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue

REFUSALS = (NotAllowed, IllegalMove)
CLAUSES = ("二.4", "三.1")
EARNED = (ResultState.PASSED, ResultState.FAILED)


class Verdicts(RuleBasedStateMachine):
    """A day that is over and marked, of which results, cases, appeals and certificates come in any order."""

    folder: Path
    venue: Venue

    @initialize()
    def open(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.venue = made.build(self.folder, {"graders": 1})
        load()
        self.good = sat(self.venue)
        mark(self.good[Subject.PRACTICAL], "1", made.staff("grader", Role.GRADER))
        self.office = [made.staff(f"officer{n}", Role.OFFICER) for n in range(3)]
        self.scores = dict(SubjectScore.objects.values_list("sitting", "points"))
        assert set(self.scores) == {one.pk for one in self.good.values()}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def tried(self, act: Callable[..., object], **given: Any) -> None:
        """A refusal changes nothing; what the server does by itself follows either way."""
        before = self.snapshot()
        try:
            act(now=LATER, **given)
        except REFUSALS:
            assert self.snapshot() == before, f"{act} was refused and changed something"
        settle()
        follow_results(LATER)

    def snapshot(self) -> list[Any]:
        rows = (
            Sitting.objects.order_by("pk").values_list("pk", "state", "before_void"),
            Case.objects.order_by("pk").values_list("pk", "state", "clause"),
            Bar.objects.order_by("pk").values_list("pk", "lifted_at"),
        )
        return [tuple(one) for some in rows for one in some]

    def newest(self) -> Case | None:
        return Case.objects.order_by("-pk").first()

    @rule()
    def an_officer_releases(self) -> None:
        day = self.good[Subject.THEORY].session.exam_day
        seen = release_plan(day.date).digest
        self.tried(release_results, exam_day=day, actor=self.office[0], seen=seen)

    @rule()
    def a_certificate_is_issued(self) -> None:
        for one in eligible():
            self.tried(issue_certificate, certificate_id=one.pk, actor=self.office[0])

    @rule(subject=st.sampled_from(list(Subject)), clause=st.sampled_from(CLAUSES))
    def somebody_is_found_guilty(self, subject: Subject, clause: str) -> None:
        sitting = Sitting.objects.get(pk=self.good[subject].pk)
        new = cases.NewCase(clause=clause, note="见到了")
        self.tried(cases.propose_case, sitting_id=sitting.pk, actor=self.venue.chief, new=new)
        second = self.venue.second if clause == "二.4" else self.office[1]
        case = self.newest()
        if case is not None:
            self.tried(cases.confirm_case, case=case, actor=second, note="属实")

    @rule(ruling=st.sampled_from(RULINGS), clause=st.sampled_from(CLAUSES), who=st.integers(0, 2))
    def an_appeal_is_heard(self, ruling: Any, clause: str, who: int) -> None:
        case, actor, day = self.newest(), self.office[0], venue_date(LATER)
        if case is None:
            return
        self.tried(appeals.decide_case, case=case, document="1", actor=actor)
        self.tried(appeals.tell_decision, case=case, told_by=ToldBy.LETTER, on=day, actor=actor)
        self.tried(appeals.file_appeal, case=case, grounds="不是我", received_on=day, actor=actor)
        words = appeals.Ruling(ruling, "复核", clause)
        self.tried(appeals.decide_appeal, case=case, ruling=words, actor=self.office[who])

    @invariant()
    def no_score_is_lost_or_changed(self) -> None:
        assert dict(SubjectScore.objects.values_list("sitting", "points")) == self.scores

    @invariant()
    def a_result_says_what_its_sitting_is(self) -> None:
        for one in SubjectResult.objects.select_related("sitting"):
            assert (one.state == ResultState.VOIDED) == (one.sitting.state in VOID_STATES)
            if one.state in EARNED:
                assert one.points == self.scores[one.sitting_id]

    @invariant()
    def nobody_is_void_or_barred_without_a_verdict_that_stands(self) -> None:
        standing = [one for one in Case.objects.all() if one.confirmed_at and not one.withdrawn_at]
        if not standing:
            assert not Sitting.objects.filter(state__in=sorted(VOID_STATES)).exists()
        if not any(one.clause.startswith("三") for one in standing):
            assert not Bar.objects.filter(lifted_at=None).exists()

    @invariant()
    def a_certificate_that_counts_has_two_passes(self) -> None:
        for one in Certificate.objects.filter(state__in=("ELIGIBLE", "ISSUED", "COLLECTED")):
            assert {one.theory.state, one.practical.state} == {ResultState.PASSED}


@pytest.mark.django_db
@pytest.mark.requirement("S58", "REQ-104", partly=True)
def test_no_sequence_of_verdicts_and_appeals_loses_a_score(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_DIR, settings.MATERIAL_DIR = tmp_path / "uploads", tmp_path / "materials"
    Verdicts.folder = tmp_path
    run_state_machine_as_test(
        Verdicts,
        settings=limits(
            max_examples=8,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
