"""A frozen table of legal moves, the error for any other, and the compare-and-set that makes a move."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Moves = Mapping[Any, frozenset[Any]]


class IllegalMove(Exception):
    """A move that the table does not allow, or that somebody else's move came before."""

    def __init__(self, subject: str, source: str, target: str) -> None:
        super().__init__(f"{subject}: {source} -> {target}")
        self.subject, self.source, self.target = subject, source, target


def check_move(moves: Moves, source: StrEnum, target: StrEnum) -> None:
    """Raise IllegalMove unless `moves` allows `source` -> `target`."""
    if target not in moves.get(source, frozenset()):
        raise IllegalMove(type(source).__name__, source, target)


def move(row: Any, moves: Moves, target: StrEnum, **changes: Any) -> None:
    """Move `row.state` to `target` and set `changes`, if the row still is in the state it was read in.

    The update names the old state, so that of two movers one gets IllegalMove. `row` is brought up to date.
    """
    source = type(target)(row.state)
    check_move(moves, source, target)
    changed = type(row)._default_manager.filter(pk=row.pk, state=source).update(state=target, **changes)
    if not changed:
        raise IllegalMove(type(source).__name__, source, target)
    for name, value in {"state": target, **changes}.items():
        setattr(row, name, value)
