"""Counts tries, so that nobody guesses their way to what is another's."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` in `seconds`, counted from the first of them."""

    name: str
    tries: int
    seconds: int


def allow(limit: Limit, address: str) -> bool:
    """Count one try from `address`, or whatever else is counted; whether it is still within the limit."""
    key = f"throttle:{limit.name}:{hashlib.sha256(address.encode()).hexdigest()}"
    if cache.add(key, 1, limit.seconds):
        return True
    try:
        return cache.incr(key) <= limit.tries
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, limit.seconds)
        return True
