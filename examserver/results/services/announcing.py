"""What the results tell of their deeds, never with points; in the deed's transaction."""

from collections.abc import Iterable
from datetime import datetime

from examserver.notifications.services.telling import News, tell
from examserver.registration.catalogue.content import Desk
from examserver.registration.selectors.tickets import ticket_subject
from examserver.registration.services.announcing import offering_words, subject_words
from examserver.results.models import Certificate, SubjectResult


def announce_release(results: Iterable[SubjectResult], now: datetime) -> None:
    """One message a ticket: its results can be looked up."""
    tickets = {one.sitting.ticket_id: one.sitting.ticket for one in results}
    for ticket in tickets.values():
        facts = {"offering": offering_words(ticket.offering), "day": str(ticket.exam_date)}
        tell(news=News("result.released", facts, ticket_subject(ticket), ticket.candidate_id), now=now)


def announce_amended(result: SubjectResult, now: datetime) -> None:
    """A result that was told before is another by now."""
    ticket = result.sitting.ticket
    facts = {
        "offering": offering_words(ticket.offering),
        "subject": subject_words([result.sitting.session.subject]),
        "day": str(ticket.exam_date),
    }
    tell(news=News("result.amended", facts, ticket_subject(ticket), ticket.candidate_id), now=now)


def announce_issued(row: Certificate, desk: Desk, now: datetime) -> None:
    """Ready: at the service point for the holder, or with the institution that collects it (REQ-74, REQ-75)."""
    if row.institution is not None:
        _tell(row, "certificate.ready_institution", {"institution": row.institution.name}, now)
        return
    address = {"zh": desk.address.zh, "en": desk.address.en}
    _tell(row, "certificate.ready", {"address": address, "phone": desk.phone}, now)


def announce_handed(row: Certificate, now: datetime) -> None:
    """The institution has it."""
    name = row.institution.name if row.institution else ""
    _tell(row, "certificate.handed", {"institution": name}, now)


def announce_revoked(row: Certificate, now: datetime) -> None:
    """It counts no more."""
    _tell(row, "certificate.revoked", {}, now)


def _tell(row: Certificate, event: str, facts: dict[str, object], now: datetime) -> None:
    every = {"offering": offering_words(row.offering), "number": row.number, **facts}
    subject = ticket_subject(row.practical.sitting.ticket)
    tell(news=News(event, every, subject, row.candidate_id, row.institution_id), now=now)
