"""The registration form on its way: made, confirmed by the applicant, its signed original in a clerk's hands."""

from datetime import date, datetime

from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.duties import CLERKS
from examserver.registration.applications.faults import refuse
from examserver.registration.models import Application
from examserver.registration.services.histories import Deed, Seen, check_own, held, note


@transaction.atomic
def generate_form(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """The registration form has been made from what is filled in."""
    application = held(seen, actor)
    check_own(application, actor)
    changes = {"form_generated_at": now, "form_confirmed_at": None, "original_received_on": None}
    note(application, "form_generated", Deed(actor, now), **changes)
    return application


@transaction.atomic
def confirm_form(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """The applicant has read the form and says that it is right; Refused `form_missing`."""
    application = held(seen, actor)
    check_own(application, actor)
    if application.form_generated_at is None:
        raise refuse("form_missing", "form_generated_at")
    note(application, "form_confirmed", Deed(actor, now), form_confirmed_at=now)
    return application


@transaction.atomic
def receive_original(*, seen: Seen, day: date, actor: Actor, now: datetime) -> Application:
    """A clerk holds the signed original in hand since `day`; Refused `form_unconfirmed`, `day_in_future`."""
    application = held(seen, actor)
    if not actor.has(*CLERKS):
        raise NotAllowed("role_needed")
    if application.form_confirmed_at is None:
        raise refuse("form_unconfirmed", "form_confirmed_at")
    if day > now.astimezone(VENUE_ZONE).date():
        raise refuse("day_in_future", "original_received_on")
    facts = {"day": day.isoformat()}
    note(application, "original_received", Deed(actor, now, facts=facts), original_received_on=day)
    return application
