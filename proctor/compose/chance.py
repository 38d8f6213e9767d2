"""Random choices that are the same for the same seed."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Chance:
    """A named stream of choices: another name, another stream, so that a new choice here moves nothing there."""

    def __init__(self, *name: int) -> None:
        self._rng = np.random.default_rng(name)

    def among(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self._rng.integers(0, len(choices)))]

    def between(self, low: float, high: float) -> float:
        """A number from `low` to under `high`."""
        return float(self._rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to under `high`."""
        return int(self._rng.integers(low, high))

    def happens(self, chance: float) -> bool:
        """True so often, 0 to 1."""
        return float(self._rng.uniform()) < chance

    def colour(self, low: int = 40, high: int = 220) -> tuple[int, int, int]:
        """Blue, green and red."""
        blue, green, red = (int(part) for part in self._rng.integers(low, high, 3))
        return blue, green, red

    def muted(self, low: int, high: int) -> tuple[int, int, int]:
        """Blue, green and red that differ little, as walls and furniture have them."""
        level = self.whole(low, high)
        blue, green, red = (int(part) for part in np.clip(level + self._rng.integers(-28, 29, 3), 0, 255))
        return blue, green, red
