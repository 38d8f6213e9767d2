"""What people said of versions, which items may not meet, and files that wait for somebody's agreement."""

from django.db import models

from itembank.models.frozen import FrozenModel
from itembank.models.items import Item, ItemVersion
from itembank.states import ImportState


class Review(FrozenModel):
    """One reviewer's decision on a version in one round of review."""

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    reviewer = models.CharField(max_length=80)
    decision = models.CharField(max_length=12)
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "round", "reviewer"], name="one_review_a_person_and_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.decision}"


class EnemyGroup(models.Model):
    """Items of which at most one may stand in a paper, and why."""

    items = models.ManyToManyField(Item, related_name="enemy_groups")
    reason = models.CharField(max_length=200, blank=True)
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason


class ImportFile(models.Model):
    """A file handed in for import; its bytes are kept only until somebody agrees or discards.

    `seen` is the digest of what the preview showed: only that is ever written.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    pool = models.ForeignKey("itembank.Pool", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=ImportState.OFFERED)
    uploaded_by = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()
    seen = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
