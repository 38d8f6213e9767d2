"""Puts paid applications into the batch of the month that they count in, and brings them back with a new notice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_never

from django.db import transaction
from django.db.models import Max

from examserver.kernel.access import SYSTEM, Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.duties import PLANNERS
from examserver.registration.applications.states import ApplicationState, Step
from examserver.registration.batches.rules import first_window, onward, scope_of
from examserver.registration.batches.states import BatchState
from examserver.registration.catalogue.content import Catalogue, CountsOn
from examserver.registration.dates.windows import Window
from examserver.registration.models import Application, Batch
from examserver.registration.selectors.catalogue import catalogue_in_force, catalogue_of
from examserver.registration.services.histories import Deed, take_step

AT_ONCE = 500


def queue_paid(*, now: datetime) -> int:
    """Every paid application joins the open batch of its month, in the order of payment; how many did.

    Money that was credited in a month whose batch is closed already counts in the next. Idempotent.
    """
    waiting = Application.objects.filter(state=ApplicationState.PAID).order_by(
        "credit__credited_on", "submitted_at", "pk"
    )
    keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_queue(key, now) for key in keys)


@transaction.atomic
def _queue(key: int, now: datetime) -> bool:
    rows = Application.objects.select_for_update(of=("self",)).select_related("offering", "credit")
    application = rows.filter(pk=key, state=ApplicationState.PAID).first()
    if application is None:
        return False
    catalogue = catalogue_of(application.catalogue_version)
    place = _place(
        application, (application.catalogue_version, catalogue), counted_on(application, catalogue)
    )
    number = (Application.objects.aggregate(last=Max("queue_number"))["last"] or 0) + 1
    facts = {"batch": str(place) if place else ""}
    changes = {"batch_id": place.pk if place else None, "queue_number": number}
    take_step(application, Step.QUEUE, Deed(SYSTEM, now, facts=facts), **changes)
    if place is None:
        take_step(application, Step.AWAIT_NOTICE, Deed(SYSTEM, now))
    return True


def counted_on(application: Application, catalogue: Catalogue) -> date:
    """The day that decides the month (AMB-8): when it was handed in, approved or paid."""
    on = catalogue.rules.window_counts_on
    match on:
        case CountsOn.PAID:
            return application.credit.credited_on if application.credit else _day(application.submitted_at)
        case CountsOn.APPROVED:
            return _day(application.events.filter(deed=Step.APPROVE).latest("number").at)
        case CountsOn.SUBMITTED:
            return _day(application.submitted_at)
        case _:
            assert_never(on)


def _day(moment: datetime | None) -> date:
    if moment is None:
        raise LookupError("an application that is paid was handed in")
    return moment.astimezone(VENUE_ZONE).date()


def _place(application: Application, notice: tuple[str, Catalogue], day: date) -> Batch | None:
    """The first batch from `day` on that is still open; None when there is none this year."""
    code, catalogue = notice
    window = first_window(catalogue.windows, day)
    if window is None:
        return None
    scope = scope_of(catalogue.rules.batch_scope, application.offering.code, application.offering.level)
    return open_batch(scope, code, [window, *onward(catalogue.windows, window)])


def open_batch(scope: str, code: str, windows: Sequence[Window]) -> Batch | None:
    """The first of the batches of `windows` that still takes people, made if it is not there, and held."""
    for window in windows:
        month = window.apply_from.replace(day=1)
        Batch.objects.get_or_create(scope=scope, month=month, defaults={"catalogue_version": code})
        batch = Batch.objects.select_for_update().get(scope=scope, month=month)
        if batch.state in (BatchState.OPEN, BatchState.DECEMBER_DECISION):
            return batch
    return None


@transaction.atomic
def requeue_awaiting(*, actor: Actor, now: datetime) -> int:
    """A new year's notice is in force: who waited for it joins its open month, in the old order; how many did.

    NotAllowed `role_needed`; Refused `no_catalogue`.
    """
    if not actor.has(*PLANNERS):
        raise NotAllowed("role_needed")
    today = now.astimezone(VENUE_ZONE).date()
    found = catalogue_in_force(today)
    rows = Application.objects.select_for_update(of=("self",)).select_related("offering")
    waiting = rows.filter(state=ApplicationState.AWAITING_NEXT_YEAR_NOTICE).order_by("queue_number")
    moved = 0
    for application in waiting:
        if catalogue_of(application.catalogue_version).year < found.catalogue.year:
            place = _place(application, (found.code, found.catalogue), today)
            if place is not None:
                deed = Deed(actor, now, facts={"batch": str(place)})
                take_step(application, Step.REQUEUE, deed, batch_id=place.pk)
                moved += 1
    return moved
