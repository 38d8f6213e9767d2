"""Reads the days on which a person may not take part."""

from datetime import date

from django.db.models import QuerySet

from examserver.registration.models import Bar


def bars_on(candidate_id: int, day: date) -> QuerySet[Bar]:
    """The bars that keep the candidate out on `day`; first and last day are both barred."""
    return Bar.objects.filter(
        candidate_id=candidate_id, first_day__lte=day, last_day__gte=day, lifted_at=None
    )
