"""What the application keeps, a module for each part of it."""

from examserver.registration.models.catalogue import CalendarDay, CalendarYear, CatalogueVersion
from examserver.registration.models.offerings import AdmissionTicket, Bar, Offering

__all__ = ["AdmissionTicket", "Bar", "CalendarDay", "CalendarYear", "CatalogueVersion", "Offering"]
