"""The notice of a year in its versions, and the working days that no library knows: all of it written once."""

from typing import Any

from django.db import models


class CatalogueVersion(models.Model):
    """The notice from a day on, as a clerk's file said it; a later version takes its place, nothing is rewritten.

    `code` is the notice's year and the version's number in it, e.g. 2026-1: what an application remembers.
    """

    code = models.CharField(max_length=12, unique=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    announcement = models.TextField()
    announcement_en = models.TextField(blank=True)
    author = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=models.Q(effective_from__lte=models.F("effective_to")), name="version_has_days"
            ),
        ]
        indexes = [models.Index(fields=["effective_from", "effective_to"], name="version_by_days")]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only what is new is saved."""
        if not self._state.adding:
            raise TypeError("a catalogue version is written once")
        super().save(*args, **kwargs)


class CalendarYear(models.Model):
    """A year whose days off and make-up days a person has entered in full, so that its dates are no guess."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)
    author = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is a working day, or is none, whatever the library says of it."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    note = models.CharField(max_length=80, blank=True)
    author = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}: {'working day' if self.working else 'day off'}"
