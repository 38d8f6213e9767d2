"""Frozen papers, what they are scored by, and the files they hand out."""

from django.db import models

from itembank.fields import points_text
from itembank.freezing import digest
from itembank.models.frozen import FrozenModel


class Paper(FrozenModel):
    """A frozen paper: content without keys, hash, minutes, pass mark and policy, all as data."""

    code = models.CharField(max_length=40, unique=True)
    offering = models.CharField(max_length=8)
    subject = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)
    content = models.JSONField()
    policy = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    seed = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return self.code

    def computed_sha256(self) -> str:
        """The hash over all that candidates are given and judged by; `sha256` holds it since freezing."""
        pass_mark = points_text(self.pass_mark)
        head = [self.code, self.offering, self.subject, self.title, self.minutes, pass_mark]
        return digest([head, self.content, self.policy])


class PaperKey(FrozenModel):
    """What a frozen paper is scored by: keys of its items, or the rubric lines of its tasks."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="key")
    keys = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"key of {self.paper_id}"


class Material(FrozenModel):
    """A file that a task hands to the candidate, stored under its hash."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="materials")
    task = models.CharField(max_length=16)
    code = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "task", "code"], name="material_once_a_task")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.task}/{self.code}"
