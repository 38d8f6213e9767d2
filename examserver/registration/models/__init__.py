"""What the application keeps, a module for each part of it."""

from examserver.registration.models.offerings import AdmissionTicket, Bar, Offering

__all__ = ["AdmissionTicket", "Bar", "Offering"]
