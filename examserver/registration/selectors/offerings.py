"""Reads offerings."""

from examserver.registration.models import Offering


def offering(code: str) -> Offering:
    """The offering `code`."""
    return Offering.objects.get(code=code)
