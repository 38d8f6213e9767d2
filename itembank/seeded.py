"""Orders from a recorded seed that come out the same in every version of Python. Pure."""

from collections.abc import Iterable
from random import Random
from typing import TypeVar

T = TypeVar("T")


def permuted(values: Iterable[T], rng: Random) -> list[T]:
    """`values` in an order drawn from `rng`.

    Only `random()` and seeding by an integer are promised never to change their sequence between Python
    versions, and an order on a screen must be provable years later; `shuffle` gives no such promise.
    """
    return sorted(values, key=lambda _: rng.random())
