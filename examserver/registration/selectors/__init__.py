"""What may be asked here, a module for each part of it; every function a bounded number of queries."""

from examserver.registration.selectors.bars import bars_on
from examserver.registration.selectors.offerings import offering
from examserver.registration.selectors.tickets import is_first_time, ticket

__all__ = ["bars_on", "is_first_time", "offering", "ticket"]
