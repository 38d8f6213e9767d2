"""Hands the credits of a period to the accountant, and writes down that it did."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.registration.accounting import FileForm, written
from examserver.registration.applications.duties import FINANCE
from examserver.registration.applications.faults import refuse
from examserver.registration.selectors.accounting import credited_between
from examserver.registration.services.histories import STREAM


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which the bank shows money, both ends included."""

    first: date
    last: date


@transaction.atomic
def export_credits(*, period: Period, form: FileForm, actor: Actor, now: datetime) -> bytes:
    """The file of the period; each one is audited with its hash. NotAllowed `role_needed`; Refused `period_wrong`."""
    if not actor.has(*FINANCE):
        raise NotAllowed("role_needed")
    if period.first > period.last:
        raise refuse("period_wrong", "last", first=str(period.first), last=str(period.last))
    rows = credited_between(period.first, period.last)
    data = written(rows, form)
    facts = {
        "first": str(period.first),
        "last": str(period.last),
        "rows": len(rows),
        "total": sum(row.amount for row in rows),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    audit.record(audit.Act(STREAM, "credits.export", f"credits:{form}", str(actor), facts), now)
    return data
