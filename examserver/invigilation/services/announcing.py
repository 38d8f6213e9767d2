"""What a case tells its candidate in the deed's transaction: confirmed, decided in writing, how an appeal ended."""

from datetime import datetime

from examserver.delivery import selectors as delivery
from examserver.invigilation.models import Case
from examserver.invigilation.states import CaseState
from examserver.notifications.services.telling import News, tell
from examserver.registration.selectors.catalogue import complaint_phones
from examserver.registration.selectors.tickets import ticket_subject


def announce_confirmed(case: Case, now: datetime) -> None:
    """Who sat hears of it, with the clause and whom one complains to (REQ-79)."""
    _tell(case, "conduct.decided", {"day": str(delivery.venue_date(case.act_at))}, now)


def announce_decision(case: Case, now: datetime) -> None:
    """The written decision, and until when it may be appealed against."""
    _tell(case, "conduct.told", {"document": case.document, "until": str(case.appeal_until)}, now)


def announce_ruling(case: Case, now: datetime) -> None:
    """How the appeal ended; the reasons are read after signing in."""
    event = {CaseState.UPHELD: "conduct.upheld", CaseState.CHANGED: "conduct.changed"}
    name = event.get(CaseState(case.state), "conduct.withdrawn")
    _tell(case, name, {"document": case.document}, now)


def _tell(case: Case, event: str, facts: dict[str, str], now: datetime) -> None:
    ticket = delivery.sitting(case.sitting_id).ticket
    phones = complaint_phones(delivery.venue_date(now))
    every = {"clause": case.clause, "phones": phones, **facts}
    tell(news=News(event, every, ticket_subject(ticket), ticket.candidate_id), now=now)
