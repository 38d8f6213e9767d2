"""Applies for the resit of what was failed, and judges it again as long as its exam is ahead."""

from datetime import datetime
from typing import Any

from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.faults import Refused, refuse
from examserver.registration.applications.states import Origin
from examserver.registration.models import Application, Offering
from examserver.registration.resits.values import Allowed, Denied
from examserver.registration.selectors.outcomes import asked_on, resit
from examserver.registration.services.applications import Form, NewApplication, create_draft
from examserver.registration.services.histories import Deed, note


@transaction.atomic
def apply_for_resit(*, offering: str, actor: Actor, now: datetime) -> Application:
    """A draft for the failed subjects of an offering, with the phone of the last application (REQ-67).

    Refused as `resits.rules.judge` says, `offering_unknown`, `no_catalogue`; NotAllowed `role_needed`.
    """
    if actor.kind != "candidate":
        raise NotAllowed("role_needed")
    found = Offering.objects.filter(code=offering).first()
    if found is None:
        raise refuse("offering_unknown", "offering", given=offering[:40])
    answer = resit(actor.id, found, asked_on(now.astimezone(VENUE_ZONE).date()))
    if isinstance(answer, Denied):
        raise Refused([answer.fault])
    last = Application.objects.filter(candidate_id=actor.id).exclude(phone="").order_by("-pk").first()
    form = Form("", "", last.phone if last else "", "")
    application = create_draft(new=NewApplication(offering, form, Origin.RESIT), actor=actor, now=now)
    note(application, "resit_chosen", Deed(actor, now, facts=_facts(answer)), subjects=_subjects(answer))
    return application


def _facts(answer: Allowed) -> dict[str, Any]:
    return {
        "subjects": _subjects(answer),
        "kept": [one.id for one in answer.kept],
        "until": answer.until.isoformat(),
        "price": answer.price,
        "plan": answer.plan,
    }


def _subjects(answer: Allowed) -> list[str]:
    return sorted(one.value for one in answer.subjects)
