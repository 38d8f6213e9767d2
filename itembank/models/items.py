"""Items, with their keys apart from their content."""

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
