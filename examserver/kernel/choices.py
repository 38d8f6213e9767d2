"""The choices of a field that holds a state."""

from collections.abc import Iterable
from enum import StrEnum


def choices(states: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Each state's value as value and name: what a person reads stands in the locale files."""
    return [(state.value, state.value) for state in states]
