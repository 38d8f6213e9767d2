"""What may be done here, a module for each part of it."""

from examserver.registration.services.bars import Barred, BarTerm, correct_bar, set_bar
from examserver.registration.services.offerings import add_offering
from examserver.registration.services.tickets import issue_ticket

__all__ = ["BarTerm", "Barred", "add_offering", "correct_bar", "issue_ticket", "set_bar"]
