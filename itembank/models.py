"""Items with their keys apart from their content, and frozen papers."""

from typing import Any, NoReturn

from django.db import models

from itembank.fields import points_text
from itembank.freezing import digest


class PaperFrozen(Exception):
    """A frozen paper, its key or one of its materials was to be changed or deleted."""

    code = "paper_frozen"


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows that are written once: no update, no delete."""

    def update(self, **kwargs: Any) -> NoReturn:
        """PaperFrozen."""
        raise PaperFrozen(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """PaperFrozen."""
        raise PaperFrozen(self.model.__name__)

    def delete(self) -> NoReturn:
        """PaperFrozen."""
        raise PaperFrozen(self.model.__name__)


class FrozenModel(models.Model):
    """A row that is written once; what goes past this, straight to the database, shows in the hash."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; PaperFrozen when it is there already."""
        if not self._state.adding:
            raise PaperFrozen(str(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """PaperFrozen."""
        raise PaperFrozen(str(self))


class Item(models.Model):
    """A theory item as candidates see it: stem and options, never the key."""

    code = models.CharField(max_length=40, unique=True)
    level = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=16)
    content = models.JSONField()
    knowledge_point = models.CharField(max_length=80)
    difficulty = models.FloatField()

    def __str__(self) -> str:
        return self.code


class ItemKey(models.Model):
    """The key of an item and why it is right; no candidate's page reads this table."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="key")
    correct = models.JSONField()
    explanation = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"key of {self.item_id}"


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
