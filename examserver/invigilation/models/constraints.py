"""What the constraints of the tables are made of."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Q


def values(states: Iterable[StrEnum]) -> list[str]:
    """Plain words in a fixed order, so that a migration names no class of today."""
    return sorted(state.value for state in states)


def check(name: str, condition: Q) -> models.CheckConstraint:
    """A constraint under its name."""
    return models.CheckConstraint(condition=condition, name=name)
