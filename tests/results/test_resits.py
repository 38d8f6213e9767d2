"""From a released result to the resit of one subject: applied for, seated in that subject alone, or refused."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from examserver.delivery.models import Room, Sitting
from examserver.delivery.services import scheduling
from examserver.delivery.services.planning import DayPlan, Half, Unseated, plan_batch
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.people.models import Candidate
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, Origin
from examserver.registration.models import Application, Batch, SubjectOutcome
from examserver.registration.notice import VERSION
from examserver.registration.selectors.outcomes import taken
from examserver.registration.services import applications as services
from examserver.registration.services import forms, payments, reviewing
from examserver.registration.services.applications import Form, NewApplication
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.resits import apply_for_resit
from examserver.registration.services.tickets import schedule_application
from examserver.results.models import Certificate, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.states import ResultState
from itembank.states import Subject
from tests.registration.applications.people import candidate_actor, institution, pdf, seen
from tests.registration.catalogue.notices import edited, follow
from tests.results.certificates.bureau import DAY, NOW, Bureau, F, P, open_bureau

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
PAPERS = (DocumentKind.CANDIDATE_NOTICE, DocumentKind.ID_COPY, DocumentKind.EVIDENCE)


@pytest.fixture
def bureau(db: None) -> Bureau:
    return open_bureau()


@pytest.fixture
def failed(bureau: Bureau) -> Candidate:
    """Somebody who passed the theory and failed the practical in March."""
    who = bureau.person()
    bureau.sat(who, theory=P, practical=F)
    follow_results(NOW)
    return who


def hand_in(application: Application, actor: Actor, now: datetime = MAY) -> Application:
    form = Form("", "", "13800000000", "" if application.origin == Origin.RESIT else "L3-1")
    services.edit_application(seen=seen(application), form=form, actor=actor, now=now)
    for kind in PAPERS:
        new = NewDocument(kind, f"{kind}.pdf", pdf(f"{kind} {application.pk}"))
        add_document(seen=seen(application), new=new, actor=actor, now=now)
    services.accept_commitment(seen=seen(application), shown=VERSION, actor=actor, now=now)
    return services.submit(seen=seen(application), actor=actor, now=now)


def approved(application: Application, clerk: Actor, now: datetime = MAY) -> Application:
    forms.generate_form(seen=seen(application), actor=clerk, now=now)
    forms.confirm_form(seen=seen(application), actor=clerk, now=now)
    forms.receive_original(seen=seen(application), day=now.date(), actor=clerk, now=now)
    reviewing.take_under_review(seen=seen(application), actor=clerk, now=now)
    return reviewing.approve(seen=seen(application), decision=reviewing.Decision(), actor=clerk, now=now)


def full(who: Candidate, offering: str = "O5") -> Application:
    actor = candidate_actor(who)
    new = NewApplication(offering, Form("", "", "13800000000", ""))
    return services.create_draft(new=new, actor=actor, now=MAY)


@pytest.mark.requirement("REQ-67", "REQ-59", "S49")
def test_only_the_failed_subject_is_applied_for_at_its_own_price(failed: Candidate, bureau: Bureau) -> None:
    actor = candidate_actor(failed)
    application = hand_in(apply_for_resit(offering="O5", actor=actor, now=MAY), actor)
    assert application.subject_set == {Subject.PRACTICAL}
    [chosen] = application.events.filter(deed="resit_chosen")
    assert (chosen.data["price"], chosen.data["until"]) == (390, "2028-03-28")


@pytest.mark.requirement("S49", "REQ-46")
def test_a_resit_is_seated_in_its_one_subject_and_its_pass_completes_the_offering(
    failed: Candidate, bureau: Bureau
) -> None:
    application = batched(failed, bureau)
    plan = planned(bureau, date(2026, 6, 20))
    assert (
        plan_batch(batch_id=application.batch_id or 0, plan=plan, actor=everything(bureau), now=MAY)
        == Unseated()
    )
    [sitting] = Sitting.objects.filter(ticket__application=application)
    assert (sitting.session.subject, sitting.ticket.first_time) == (Subject.PRACTICAL, False)
    result = SubjectResult.objects.create(
        sitting=sitting, state=P, points=63, of=100, pass_mark=60, compiled_at=NOW
    )
    release = SubjectResult.objects.exclude(release=None)[0].release
    SubjectResult.objects.filter(pk=result.pk).update(released_at=NOW, release=release)
    release.__class__.objects.update(followed_at=None)
    follow_results(NOW)
    row = Certificate.objects.get(candidate=failed)
    days = [one.sitting.session.exam_day.date for one in (row.theory, row.practical)]
    assert days == [DAY, date(2026, 6, 20)]
    assert Application.objects.get(pk=application.pk).state == ApplicationState.COMPLETED


def everything(bureau: Bureau) -> Actor:
    return Actor("staff", bureau.clerk.id, frozenset({Role.CLERK, Role.FINANCE, Role.SCHEDULER}))


def batched(who: Candidate, bureau: Bureau) -> Application:
    """The resit of `who`, paid and in a batch; how a batch comes to be held is not asked here."""
    actor, clerk = candidate_actor(who), everything(bureau)
    application = hand_in(apply_for_resit(offering="O5", actor=actor, now=MAY), actor)
    approved(application, clerk)
    due = Due(390, date(2026, 5, 20))
    payments.ask_payment(seen=seen(application), due=due, actor=clerk, now=MAY)
    credit = NewCredit("CMB-9", MAY.date(), 390)
    payments.enter_credit(seen=[seen(application)], new=credit, actor=clerk, now=MAY)
    batch = Batch.objects.create(scope="O5", month=date(2026, 5, 1), catalogue_version="2026-1")
    Application.objects.filter(pk=application.pk).update(
        state=ApplicationState.BATCHED, batch=batch, queue_number=1
    )
    return Application.objects.get(pk=application.pk)


def planned(bureau: Bureau, day: date) -> DayPlan:
    exam_day, room = scheduling.add_exam_day(day=day, title="补考"), Room.objects.get()
    halves = []
    for subject, hour in ((Subject.THEORY, 9), (Subject.PRACTICAL, 13)):
        start = datetime.combine(day, time(hour), VENUE_ZONE)
        session = scheduling.schedule_session(
            exam_day=exam_day, room=room, subject=subject, start=start, staff=()
        )
        halves.append(Half([session], {"O5": bureau.papers[subject].pk}))
    return DayPlan(halves[0], halves[1], 1)


@pytest.mark.requirement("REQ-70", "S50")
@pytest.mark.parametrize(("day", "allowed"), [(date(2028, 3, 28), True), (date(2028, 3, 29), False)])
def test_the_exam_may_be_on_the_last_day_of_the_pass_and_not_after(
    failed: Candidate, bureau: Bureau, day: date, allowed: bool
) -> None:
    application = batched(failed, bureau)
    if allowed:
        schedule_application(application_id=application.pk, exam_date=day, actor=everything(bureau), now=MAY)
        return
    with pytest.raises(Refused) as refused:
        schedule_application(application_id=application.pk, exam_date=day, actor=everything(bureau), now=MAY)
    assert [one.key for one in refused.value.faults] == ["result_expired"]
    assert Application.objects.get(pk=application.pk).state == ApplicationState.BATCHED


@pytest.mark.requirement("REQ-71", "S51")
def test_applying_in_full_gives_up_the_kept_pass_with_consent_and_at_the_approval(
    failed: Candidate, bureau: Bureau
) -> None:
    actor, clerk = candidate_actor(failed), everything(bureau)
    application = full(failed)
    with pytest.raises(Refused) as refused:
        hand_in(application, actor)
    assert [one.key for one in refused.value.faults] == ["gives_up_resit"]
    services.consent_to_forfeit(seen=seen(application), actor=actor, now=MAY)
    services.submit(seen=seen(application), actor=actor, now=MAY)
    assert not SubjectOutcome.objects.exclude(forfeited_by=None).exists()
    approved(application, clerk)
    [given_up] = SubjectOutcome.objects.exclude(forfeited_by=None)
    assert (given_up.subject, given_up.forfeited_by_id) == (Subject.THEORY, application.pk)
    with pytest.raises(Refused) as refused:
        apply_for_resit(offering="O5", actor=actor, now=MAY + timedelta(days=40))
    assert [one.key for one in refused.value.faults] == ["pass_forfeited"]


def test_only_who_is_told_what_is_lost_gives_it_up(failed: Candidate, bureau: Bureau) -> None:
    actor, school = candidate_actor(failed), institution("S1")[1]
    nothing = full(failed, "O3")
    with pytest.raises(Refused) as refused:
        services.consent_to_forfeit(seen=seen(nothing), actor=actor, now=MAY)
    assert [one.key for one in refused.value.faults] == ["nothing_given_up"]
    new = NewApplication("O5", Form("张三丰", failed.id_number, "13800000000", "L3-1"))
    of_school = services.create_draft(new=new, actor=school, now=MAY)
    with pytest.raises(NotAllowed, match="role_needed"):
        services.consent_to_forfeit(seen=seen(of_school), actor=school, now=MAY)


@pytest.mark.requirement("S51")
def test_another_direction_gives_nothing_up(failed: Candidate, bureau: Bureau) -> None:
    actor = candidate_actor(failed)
    approved(hand_in(full(failed, "O3"), actor), everything(bureau))
    assert not SubjectOutcome.objects.exclude(forfeited_by=None).exists()


@pytest.mark.requirement("REQ-73", "S52")
def test_who_came_through_a_competition_applies_for_no_resit(failed: Candidate, bureau: Bureau) -> None:
    entered = full(failed, "O3")
    Application.objects.filter(pk=entered.pk).update(origin=Origin.COMPETITION)
    failed.tickets.update(application=entered)
    with pytest.raises(Refused) as refused:
        apply_for_resit(offering="O5", actor=candidate_actor(failed), now=MAY)
    assert [one.key for one in refused.value.faults] == ["competition_no_resit"]


def changed(*plans: dict[str, Any]) -> bytes:
    """The notice in which O5 is examined in another mode, with these plans for resits."""

    def change(notice: Any) -> None:
        next(one for one in notice["offerings"] if one["code"] == "O5")["mode"] = "V2"
        notice["resit_plans"] = list(plans)

    return edited(change)


@pytest.mark.requirement("REQ-72", "S53")
def test_a_changed_mode_waits_for_its_plan_and_then_follows_it(failed: Candidate, bureau: Bureau) -> None:
    actor, since = candidate_actor(failed), date(2026, 5, 21)
    june = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
    follow(changed(), since)
    with pytest.raises(Refused) as refused:
        apply_for_resit(offering="O5", actor=actor, now=june)
    assert [one.key for one in refused.value.faults] == ["mode_changed"]
    takes = {"theory": ["theory"], "practical": ["theory", "practical"]}
    plan = {"code": "P1", "offering": "O5", "old_mode": "THEORY+PRACTICAL", "new_mode": "V2"}
    follow(
        changed({**plan, "published_on": "2026-06-01", "takes": takes}),
        date(2026, 6, 1),
        now=datetime(2026, 5, 30, 2, 0, tzinfo=UTC),
        after="2026-2",
    )
    application = apply_for_resit(offering="O5", actor=actor, now=june)
    assert application.subject_set == set(Subject)


def test_nobody_applies_for_another_and_who_has_no_result_for_none(bureau: Bureau) -> None:
    with pytest.raises(NotAllowed, match="role_needed"):
        apply_for_resit(offering="O5", actor=bureau.clerk, now=MAY)
    with pytest.raises(Refused) as refused:
        apply_for_resit(offering="O5", actor=candidate_actor(bureau.person("李四")), now=MAY)
    assert [one.key for one in refused.value.faults] == ["no_result"]


def test_a_result_that_fell_is_told_again(failed: Candidate, bureau: Bureau) -> None:
    assert len(taken(failed.pk, bureau.offering.pk)) == 2
    SubjectResult.objects.filter(state=P).update(state=ResultState.VOIDED)
    follow_results(NOW)
    with pytest.raises(Refused) as refused:
        apply_for_resit(offering="O5", actor=candidate_actor(failed), now=MAY)
    assert [one.key for one in refused.value.faults] == ["nothing_passed"]
