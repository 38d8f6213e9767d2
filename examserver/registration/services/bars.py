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


@transaction.atomic
def correct_bar(*, case: int, term: BarTerm | None, actor: str, now: datetime) -> None:
    """After an appeal the case takes other days from the person, or with None no more at all."""
    bar = Bar.objects.select_for_update().filter(case=case, lifted_at=None).first()
    if bar is None:
        return
    before = {"first_day": str(bar.first_day), "last_day": str(bar.last_day), "clause": bar.clause}
    if term is None:
        bar.lifted_at = now
    else:
        bar.first_day, bar.last_day, bar.clause = term.first_day, term.last_day, term.clause
    bar.save(update_fields=["lifted_at", "first_day", "last_day", "clause"])
    action = "bar.lifted" if term is None else "bar.corrected"
    act = audit.Act("registration", action, f"candidate:{bar.candidate_id}", actor, {"case": case, **before})
    audit.record(act, now)
