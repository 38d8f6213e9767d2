"""Reads the review queue: what waits, since when, and for how many more people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from examserver.kernel.access import Actor
from itembank.bank.people import names
from itembank.models import ItemVersion, Review
from itembank.states import VersionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version in review; `open` is whether this reviewer may decide on it, else `why` says why not."""

    version: ItemVersion
    author: str
    approvals: int
    needed: int
    why: str

    @property
    def open(self) -> bool:
        """Whether the reviewer may decide."""
        return not self.why


def versions_in_review() -> list[ItemVersion]:
    """Every version that waits for reviewers, those that wait longest first."""
    waiting = ItemVersion.objects.filter(standing__state=VersionState.IN_REVIEW)
    return list(waiting.select_related("item__pool", "standing").order_by("standing__changed_at", "pk"))


def review_queue(actor: Actor) -> Sequence[Waiting]:
    """What waits, as `actor` sees it: own work and what was decided on already stand at the end."""
    versions = versions_in_review()
    rows = Review.objects.filter(
        version__standing__state=VersionState.IN_REVIEW, round=F("version__standing__round")
    )
    given: dict[int, set[str]] = {}
    for version, reviewer in rows.values_list("version_id", "reviewer"):
        given.setdefault(version, set()).add(reviewer)
    people = names(one.author for one in versions)
    queue = [_waiting(one, given.get(one.pk, set()), str(actor), people) for one in versions]
    return sorted(queue, key=lambda one: not one.open)


def _waiting(version: ItemVersion, given: set[str], actor: str, people: dict[str, str]) -> Waiting:
    why = "own_work" if version.author == actor else "reviewed_already" if actor in given else ""
    author = people.get(version.author, version.author)
    return Waiting(version, author, len(given), settings.ITEM_APPROVALS, why)
