"""A key is corrected after the release: the office lists whom it would change and amends each by hand."""

import pytest
from django.test import Client

from examserver.delivery.models import ExamDay
from examserver.kernel.access import Actor, Role
from examserver.kernel.models import LogEntry
from examserver.results.models import SubjectResult
from examserver.results.selectors.days import release_plan
from examserver.results.services.releasing import release_results
from itembank.states import Subject
from scoring.models import ScoreChange
from scoring.services.rescoring import NewCorrection, apply_correction, preview, propose_correction
from scoring.states import Treatment
from tests.results.conftest import Both, settle
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue


@pytest.fixture
def change(held: Venue, day: ExamDay, officer: Actor, good: Both, poor: Both) -> ScoreChange:
    """The empty paper was released with nothing; then one of its items was credited to everybody."""
    release_results(exam_day=day, actor=officer, seen=release_plan(day.date).digest, now=LATER)
    author, lead = made.staff("author", Role.ITEM_AUTHOR), made.staff("lead", Role.GRADING_LEAD)
    new = NewCorrection("SC-1", Treatment.CREDIT, "题干有误")
    row = propose_correction(paper_id=poor[Subject.THEORY].paper_id, new=new, actor=author, now=LATER)
    apply_correction(correction=row, seen=preview(row).digest, actor=lead, now=LATER)
    settle()
    return ScoreChange.objects.get(sitting=poor[Subject.THEORY])


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(made.user(actor))
    return client


def result_of(change: ScoreChange) -> SubjectResult:
    return SubjectResult.objects.get(sitting=change.sitting_id)


def test_a_released_result_waits_on_the_offices_list_and_is_amended_with_a_reason(
    change: ScoreChange, officer: Actor
) -> None:
    client = browser(officer)
    assert result_of(change).points == 0
    assert "/office/amendments/" in client.get("/office/").content.decode()
    assert change.sitting.ticket.number in client.get("/office/amendments/").content.decode()
    client.post("/office/amendments/", {"change": str(change.pk), "reason": "答案更正"})
    assert (result_of(change).points, result_of(change).released_at) == (2, LATER)
    assert LogEntry.objects.filter(action="result.amended").count() == 1
    assert change.sitting.ticket.number not in client.get("/office/amendments/").content.decode()


@pytest.mark.parametrize(
    "body", [{"reason": " "}, {"reason": "x", "change": "99999"}, {"reason": "x", "change": "-"}]
)
def test_without_a_reason_or_a_waiting_result_nothing_is_amended(
    change: ScoreChange, officer: Actor, body: dict[str, str]
) -> None:
    told = browser(officer).post("/office/amendments/", {"change": str(change.pk), **body}, follow=True)
    assert 'class="strip attention' in told.content.decode()
    assert result_of(change).points == 0


def test_only_officers_reach_the_list(change: ScoreChange) -> None:
    admin = browser(made.staff("admin", Role.ADMIN))
    assert admin.get("/office/amendments/").status_code == 404
    assert "/office/amendments/" not in admin.get("/office/").content.decode()
