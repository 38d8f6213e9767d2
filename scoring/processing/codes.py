"""What expressions compile into: a function of the running state, and what is known about its value. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from scoring.processing.values import Value


@dataclass(slots=True)
class State:
    """One scoring run: the values of all variables, and what template processing put in place of declared ones."""

    values: dict[str, Value]
    random: Random
    corrects: dict[str, Value] = field(default_factory=dict)
    defaults: dict[str, Value] = field(default_factory=dict)

    @classmethod
    def still(cls) -> "State":
        """A state without variables, for what is constant."""
        return cls({}, Random(0))


Run: TypeAlias = Callable[[State], Value]


@dataclass(frozen=True, slots=True)
class Code:
    """An expression, compiled: `cardinality` and `base_type` are None where only the run shows them.

    `constant` says that `run` gives the same value for every state.
    """

    run: Run
    cardinality: str | None = None
    base_type: str | None = None
    constant: bool = False
