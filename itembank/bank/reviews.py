"""Reads the review queue: what waits, since when, and for how many more people."""

from itembank.models import ItemVersion
from itembank.states import VersionState


def versions_in_review() -> list[ItemVersion]:
    """Every version that waits for reviewers, those that wait longest first."""
    waiting = ItemVersion.objects.filter(standing__state=VersionState.IN_REVIEW)
    return list(waiting.select_related("item", "standing").order_by("standing__changed_at", "pk"))
