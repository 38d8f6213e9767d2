"""Items: who they are, their versions that never change, and the keys apart from the content."""

from decimal import Decimal

from django.db import models

from itembank.models.frozen import FrozenModel
from itembank.states import ItemState, VersionState


class Pool(models.Model):
    """A part of the bank that papers draw from; `level` is 1 to 5."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """An item as such: its code and pool. What it says stands in its versions.

    `latest` is the newest version, `approved` the one that new papers take; services keep both.
    """

    code = models.CharField(max_length=40, unique=True)
    level = models.PositiveSmallIntegerField()
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="items")
    state = models.CharField(max_length=12, default=ItemState.ACTIVE)
    latest = models.OneToOneField("ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")
    approved = models.OneToOneField("ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["pool", "code"])]

    def __str__(self) -> str:
        return self.code


class Stimulus(FrozenModel):
    """A text, table or picture that several items ask about, as candidates see it; a change is a new number."""

    code = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="stimulus_number_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class Media(FrozenModel):
    """A picture, film or recording of items; the bytes lie in the store of materials under their hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ItemVersion(FrozenModel):
    """What an item says from one change to the next, as candidates see it; `sha256` is over content and key.

    `author` is the actor as the audit writes it; `text` is what a search looks in; `attributes` holds further
    columns of the bank (parameters, tags). `source` says where it came from, `note` what was changed and why.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=16)
    content = models.JSONField()
    points = models.DecimalField(max_digits=6, decimal_places=2, default=Decimal(1))
    knowledge_point = models.CharField(max_length=80, blank=True)
    direction = models.CharField(max_length=80, blank=True)
    difficulty = models.FloatField(default=0.5)
    attributes = models.JSONField(default=dict)
    stimulus = models.ForeignKey(Stimulus, on_delete=models.PROTECT, null=True, related_name="versions")
    media = models.ManyToManyField(Media, related_name="versions")
    text = models.TextField(blank=True)
    author = models.CharField(max_length=80)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=400, blank=True)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class VersionKey(FrozenModel):
    """The key of a version and why it is right; no candidate's page reads this table.

    `key` is `{"correct": [ids]}` or `{"grading": {...}}`; its type and points are added when a paper is frozen.
    """

    version = models.OneToOneField(ItemVersion, on_delete=models.PROTECT, related_name="key")
    key = models.JSONField()
    explanation = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"key of {self.version_id}"


class VersionStanding(models.Model):
    """How far a version has come; the only thing about it that changes. `round` counts its hand-ins to review."""

    version = models.OneToOneField(ItemVersion, on_delete=models.PROTECT, related_name="standing")
    state = models.CharField(max_length=12, default=VersionState.DRAFT)
    round = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "changed_at"])]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.state}"
