"""Changes the days on which a person may not take part."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.registration.models import Bar
from examserver.registration.services.announcing import announce_bar


class Barred(Exception):
    """The candidate may not take part on that day; `last_day` is the last barred one."""

    def __init__(self, last_day: date) -> None:
        super().__init__(last_day.isoformat())
        self.last_day = last_day


@dataclass(frozen=True, slots=True)
class BarTerm:
    """Which days a confirmed case takes from a person, under which clause."""

    first_day: date
    last_day: date
    clause: str
    case: int


@transaction.atomic
def set_bar(*, candidate_id: int, term: BarTerm, actor: str, now: datetime) -> Bar:
    """Keep the candidate out for `term`; once for a case."""
    bar, created = Bar.objects.get_or_create(
        case=term.case,
        defaults={
            "candidate_id": candidate_id,
            "first_day": term.first_day,
            "last_day": term.last_day,
            "clause": term.clause,
        },
    )
    if created:
        data = {"first_day": str(term.first_day), "last_day": str(term.last_day), "case": term.case}
        audit.record(audit.Act("registration", "bar.set", f"candidate:{candidate_id}", actor, data), now)
        announce_bar(bar, now)
    return bar
