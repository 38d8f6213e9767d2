"""What the application keeps, a module for each part of it."""

from examserver.registration.models.applications import Application, Institution, InstitutionMember
from examserver.registration.models.batches import Batch, BatchEvent
from examserver.registration.models.catalogue import CalendarDay, CalendarYear, CatalogueVersion
from examserver.registration.models.history import (
    ApplicationEvent,
    Credit,
    Document,
    GroupFile,
    WrittenOnce,
)
from examserver.registration.models.offerings import AdmissionTicket, Bar, Offering, TicketVersion
from examserver.registration.models.orders import PaymentLine, PaymentOrder
from examserver.registration.models.outcomes import SubjectOutcome

__all__ = [
    "AdmissionTicket",
    "Application",
    "ApplicationEvent",
    "Bar",
    "Batch",
    "BatchEvent",
    "CalendarDay",
    "CalendarYear",
    "CatalogueVersion",
    "Credit",
    "Document",
    "GroupFile",
    "Institution",
    "InstitutionMember",
    "Offering",
    "PaymentLine",
    "PaymentOrder",
    "SubjectOutcome",
    "TicketVersion",
    "WrittenOnce",
]
