"""Items with their keys apart from their content, and frozen papers."""

from django.db import models


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


class Paper(models.Model):
    """A frozen paper: its content without keys, its hash, its minutes, pass mark and policies, all as data."""

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


class PaperKey(models.Model):
    """What a frozen paper is scored by: keys of its items, or the rubric lines of its tasks."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="key")
    keys = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"key of {self.paper_id}"


class Material(models.Model):
    """A file that a task hands to the candidate, stored under its hash."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="materials")
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
