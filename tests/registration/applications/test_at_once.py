"""Two people in the same moment, on two connections to the database: one of them is refused, nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

from django.db import connection

from examserver.kernel.access import NotAllowed
from examserver.kernel.transitions import IllegalMove
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import Application, ApplicationEvent, Credit
from examserver.registration.selectors.applications import events
from examserver.registration.services import applications as services
from examserver.registration.services import payments, reviewing
from examserver.registration.services.group_files import NewFile, import_group_file
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.people import NOW, Office, person, seen, stored
from tests.registration.applications.sheets import csv_file, row

LATER = datetime.fromisoformat("2026-02-28T10:00:00+08:00")


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run `acts` in threads that begin together; `done`, or the name of the refusal, in order of the alphabet."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        barrier.wait(10)
        try:
            act()
        except (IllegalMove, NotAllowed, Refused) as refusal:
            return str(refusal) if not isinstance(refusal, IllegalMove) else "illegal"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_two_clerks_who_decide_at_once_the_second_is_refused(committed_office: Office) -> None:
    office = committed_office
    application = office.under_review()
    both = seen(application)
    ends = at_once(
        lambda: reviewing.approve(seen=both, decision=Decision(), actor=office.clerk, now=NOW),
        lambda: reviewing.reject(seen=both, decision=Decision("不符"), actor=office.other_clerk, now=NOW),
    )
    assert ends == ["changed_meanwhile", "done"]
    decided = [event.deed for event in events(application)][-1]
    expected = {"approve": ApplicationState.APPROVED, "reject": ApplicationState.REJECTED}[decided]
    assert stored(application).state == expected


def test_of_two_applications_of_a_person_handed_in_at_once_one_is_refused(committed_office: Office) -> None:
    office = committed_office
    drafts = [office.draft(), office.draft(offering="O3")]
    for draft in drafts:
        office.complete(draft)
    looked = [seen(draft) for draft in drafts]
    acts = [lambda one=one: services.submit(seen=one, actor=office.clerk, now=NOW) for one in looked]
    assert at_once(*acts) == ["applied_for_another", "done"]


def test_of_two_credits_of_one_transfer_one_is_refused(committed_office: Office) -> None:
    office = committed_office
    waiting = []
    for index in (1, 2):
        one = office.submitted(person(index))
        office.sign_form(one)
        reviewing.take_under_review(seen=seen(one), actor=office.clerk, now=NOW)
        reviewing.approve(seen=seen(one), decision=Decision(), actor=office.clerk, now=NOW)
        due = Due(500, date(2026, 3, 10))
        waiting.append(seen(payments.ask_payment(seen=seen(one), due=due, actor=office.clerk, now=NOW)))
    new = NewCredit("CMB-1", date(2026, 2, 27), 500)
    acts = [
        lambda one=one: payments.enter_credit(seen=[one], new=new, actor=office.clerk, now=LATER)
        for one in waiting
    ]
    assert at_once(*acts) == ["done", "reference_used"]
    assert Application.objects.filter(state=ApplicationState.PAID).count() == Credit.objects.count() == 1


def test_a_file_handed_in_twice_at_once_is_stored_once(committed_office: Office) -> None:
    file = NewFile("g.csv", csv_file([row(index) for index in range(20)]))
    acts = [lambda: import_group_file(file=file, actor=committed_office.member, now=NOW)] * 2
    assert at_once(*acts) == ["done", "done"]
    assert (Application.objects.count(), ApplicationEvent.objects.count()) == (20, 20)
