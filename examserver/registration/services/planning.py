"""Moves paid applications on, from the queue to the last subject, for those who make batches, sessions and tickets."""

from datetime import datetime

from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.registration.applications.duties import PLANNED
from examserver.registration.applications.states import Step
from examserver.registration.models import Application
from examserver.registration.services.histories import Deed, Seen, held, take_step


@transaction.atomic
def advance(*, seen: Seen, step: Step, reason: str, actor: Actor, now: datetime) -> Application:
    """Take a step of the planning (`PLANNED`): what it rests on, a batch or a seat, is checked by who calls.

    NotAllowed `step_elsewhere` for a step that has a service of its own, `role_needed`, `changed_meanwhile`;
    IllegalMove.
    """
    if step not in PLANNED:
        raise NotAllowed("step_elsewhere")
    application = held(seen, actor)
    take_step(application, step, Deed(actor, now, reason.strip()))
    return application
