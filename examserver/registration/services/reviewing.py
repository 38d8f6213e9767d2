"""What the institution and the body decide about an application, each once: of two at the same time one is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.registration.applications.faults import refuse_any
from examserver.registration.applications.states import CancelledAs, EntryChannel, Step
from examserver.registration.applications.submission import LONGEST, approval_faults, cell_faults
from examserver.registration.models import Application
from examserver.registration.services.batches import recount
from examserver.registration.services.histories import Deed, Seen, check_step, held, take_step
from examserver.registration.services.outcomes import forfeit


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the words that the applicant reads; the alternative that was found to hold, on approval."""

    reason: str = ""
    alternative: str = ""


@transaction.atomic
def precheck(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """The institution has looked at its own applicant's papers (REQ-30). NotAllowed `role_needed` for any other."""
    return _step(seen, Step.PRECHECK, Deed(actor, now))


@transaction.atomic
def take_under_review(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """A clerk of the body begins; IllegalMove for a group's application that its institution has not looked at."""
    return _step(seen, Step.TAKE, Deed(actor, now))


@transaction.atomic
def approve(*, seen: Seen, decision: Decision, actor: Actor, now: datetime) -> Application:
    """The conditions are met, by the alternative that the decision names or the one that was applied with.

    Refused `original_missing`, `too_long`, `consent_missing`; NotAllowed `role_needed`, `changed_meanwhile`;
    IllegalMove unless under review.
    """
    application = held(seen, actor)
    check_step(application, Step.APPROVE, actor)
    received = application.original_received_on is not None
    waived = frozenset(settings.FORM_ORIGINAL_WAIVED)
    refuse_any(approval_faults(EntryChannel(application.entry_channel), received, waived))
    used = decision.alternative.strip() or application.alternative
    refuse_any(cell_faults({"alternative": used}, LONGEST))
    given_up = forfeit(application, now.astimezone(VENUE_ZONE).date())
    deed = Deed(actor, now, decision.reason.strip(), {"alternative": used, **given_up})
    take_step(application, Step.APPROVE, deed, alternative=used)
    return application


@transaction.atomic
def reject(*, seen: Seen, decision: Decision, actor: Actor, now: datetime) -> Application:
    """The conditions are not met; NotAllowed `reason_needed`."""
    return _step(seen, Step.REJECT, _reasoned(decision.reason, actor, now))


@transaction.atomic
def return_for_material(*, seen: Seen, decision: Decision, actor: Actor, now: datetime) -> Application:
    """Back to the applicant, who reads what is missing; NotAllowed `reason_needed`."""
    return _step(seen, Step.RETURN, _reasoned(decision.reason, actor, now))


@transaction.atomic
def cancel_qualification(
    *, seen: Seen, found: CancelledAs, reason: str, actor: Actor, now: datetime
) -> Application:
    """It was found that the conditions were not met, or that material was forged; at any time after submission.

    The notice gives the fee back in neither case (须知 一). Only forgery is a matter for a case under 四.1, which the
    office opens; a bar follows from a confirmed case and never from here. NotAllowed `reason_needed`.
    """
    if found is CancelledAs.NONE:
        raise NotAllowed("finding_needed")
    deed = _reasoned(reason, actor, now, {"found": found.value})
    application = _step(seen, Step.CANCEL, deed, cancelled_as=found, non_refundable=True)
    recount(application, deed)
    return application


def _reasoned(reason: str, actor: Actor, now: datetime, facts: dict[str, Any] | None = None) -> Deed:
    if not reason.strip():
        raise NotAllowed("reason_needed")
    return Deed(actor, now, reason.strip(), facts or {})


def _step(seen: Seen, step: Step, deed: Deed, **changes: Any) -> Application:
    application = held(seen, deed.actor)
    take_step(application, step, deed, **changes)
    return application
