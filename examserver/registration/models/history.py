"""What is written once about an application: its history, its documents, the money that came for it, the files."""

from typing import Any, NoReturn

from django.db import models

from examserver.kernel.choices import choices
from examserver.registration.applications.documents import DocumentKind


class WrittenOnce(Exception):
    """A row of the history was to be changed or deleted."""


class WrittenOnceQuerySet(models.QuerySet[Any]):
    """Rows that are only added."""

    def update(self, **kwargs: Any) -> NoReturn:
        """WrittenOnce."""
        raise WrittenOnce(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """WrittenOnce."""
        raise WrittenOnce(self.model.__name__)

    def delete(self) -> NoReturn:
        """WrittenOnce."""
        raise WrittenOnce(self.model.__name__)


class WrittenOnceModel(models.Model):
    """A row that is added and never changed."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; WrittenOnce when it is there already."""
        if not self._state.adding:
            raise WrittenOnce(str(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """WrittenOnce."""
        raise WrittenOnce(str(self))


class ApplicationEvent(WrittenOnceModel):
    """One thing that was done to an application; `number` counts from 1 and is the application's version after it."""

    application = models.ForeignKey(
        "registration.Application", on_delete=models.PROTECT, related_name="events"
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    deed = models.CharField(max_length=32)
    source = models.CharField(max_length=32, blank=True)
    target = models.CharField(max_length=32)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="application_event_number_once")
        ]
        ordering = ["application", "number"]

    def __str__(self) -> str:
        return f"{self.application_id}#{self.number} {self.deed}"


class Document(WrittenOnceModel):
    """A file of an application; the bytes lie under their hash. Of a kind, the newest counts and all are kept."""

    application = models.ForeignKey(
        "registration.Application", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=24, choices=choices(DocumentKind))
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "sha256"], name="document_once_an_application"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.sha256[:12]}"


class Credit(WrittenOnceModel):
    """Money on the body's account, for one application or several: the bank's reference, its date, whole yuan."""

    reference = models.CharField(max_length=64, unique=True)
    credited_on = models.DateField()
    amount = models.PositiveIntegerField()
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reference} {self.credited_on}"


class GroupFile(WrittenOnceModel):
    """A file of applications that an institution handed in, and what came of its rows."""

    institution = models.ForeignKey(
        "registration.Institution", on_delete=models.PROTECT, related_name="files"
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    stored = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    faults = models.JSONField(default=list)
    handed_in_by = models.CharField(max_length=80)
    handed_in_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.institution_id} {self.name}"
