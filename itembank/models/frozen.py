"""Rows that are written once."""

from typing import Any, NoReturn

from django.db import models


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
