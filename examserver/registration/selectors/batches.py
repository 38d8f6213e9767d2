"""Reads batches with how many they hold; what does not count any more is not counted."""

from django.db.models import Count, Q, QuerySet

from examserver.registration.applications.states import DEAD, ApplicationState, Origin
from examserver.registration.batches.rules import first_window
from examserver.registration.batches.states import HELD
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.dates.windows import Window
from examserver.registration.models import Application, Batch, BatchEvent
from examserver.registration.selectors.catalogue import catalogue_of


def batches() -> QuerySet[Batch]:
    """Every batch with `people`, the newest month first."""
    live = ~Q(applications__state__in=sorted(DEAD))
    return Batch.objects.annotate(people=Count("applications", filter=live)).order_by("-month", "scope")


def members(batch: Batch) -> QuerySet[Application]:
    """Who is in the batch and still counts, in the order in which they came to the first queue."""
    rows = Application.objects.filter(batch=batch).exclude(state__in=sorted(DEAD))
    return rows.select_related("offering", "institution").order_by("queue_number")


def counted(batch: Batch, catalogue: Catalogue) -> int:
    """How many count towards the least number; resits too unless the catalogue says otherwise (AMB-10)."""
    rows = members(batch)
    return rows.count() if catalogue.rules.batch_counts_resits else rows.exclude(origin=Origin.RESIT).count()


def rolled(batch: Batch) -> dict[int, int]:
    """By application: how often it was rolled over, of those of the batch who ever were."""
    rows = members(batch).filter(events__deed="roll_over").annotate(times=Count("events"))
    return dict(rows.values_list("pk", "times"))


def events(batch: Batch) -> list[BatchEvent]:
    """What was done to the batch, in order."""
    return list(batch.events.order_by("number"))


def window_of(batch: Batch) -> Window:
    """The window of the batch's month by the catalogue that it remembers."""
    found = first_window(catalogue_of(batch.catalogue_version).windows, batch.month)
    if found is None:
        raise LookupError(f"batch {batch} lies after the last window")
    return found


def held_batches() -> QuerySet[Batch]:
    """Batches that are held, with how many of their people wait for a day (`waiting`)."""
    waiting = Count("applications", filter=Q(applications__state=ApplicationState.BATCHED))
    rows = Batch.objects.filter(state__in=sorted(HELD)).annotate(waiting=waiting)
    return rows.order_by("evaluate_by", "scope")


def held_batch(batch_id: int) -> Batch | None:
    """The batch, if it is held."""
    return held_batches().filter(pk=batch_id).first()
