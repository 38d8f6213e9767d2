"""Every event that people are told of, as data: where it leads, its facts, and what of it an institution is told. Pure.

The texts stand in the locale files: `message.EVENT.title`, `message.EVENT.body`, and `message.EVENT.institution` where
an institution is told less. A fact is a string, a number, or a mapping by language, {"zh": …, "en": …}. What was told
is shown for years, so the facts of an event never change: other facts are another event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Page(StrEnum):
    """The page of the candidate's that an event leads to."""

    APPLICATION = "application"
    TICKETS = "tickets"
    RESULTS = "results"
    DECISIONS = "decisions"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its page, the facts that its texts need, and those of an institution's text; None: it is not told."""

    page: Page
    facts: frozenset[str]
    institution: frozenset[str] | None = None

    @property
    def is_told_less(self) -> bool:
        """Whether the institution has a text of its own."""
        return self.institution is not None and self.institution != self.facts


def _event(page: Page, *facts: str) -> Event:
    """Told to the candidate only."""
    return Event(page, frozenset(facts))


def _both(page: Page, *facts: str, told: tuple[str, ...] | None = None) -> Event:
    """Told to the institution too: of all facts, or of `told`."""
    return Event(page, frozenset(facts), frozenset(facts if told is None else told))


EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        "application.returned": _both(Page.APPLICATION, "offering", "reason"),
        "application.approved": _both(Page.APPLICATION, "offering"),
        "application.rejected": _both(Page.APPLICATION, "offering", "reason"),
        "application.cancelled": _both(Page.APPLICATION, "offering", "reason"),
        "application.withdrawn": _both(Page.APPLICATION, "offering"),
        "payment.asked": _both(Page.APPLICATION, "offering", "amount", "last_day", "payee"),
        "payment.credited": _both(Page.APPLICATION, "offering", "day"),
        "payment.expired": _both(Page.APPLICATION, "offering", "last_day"),
        "batch.rolled_over": _both(Page.APPLICATION, "offering", "source", "target"),
        "batch.confirmed": _both(Page.APPLICATION, "offering", "month", "evaluate_by"),
        "batch.reopened": _both(Page.APPLICATION, "offering", "month"),
        "batch.next_year": _both(Page.APPLICATION, "offering"),
        "batch.requeued": _both(Page.APPLICATION, "offering", "month"),
        "exam.planned": _both(
            Page.TICKETS, "offering", "day", "places", "opens", told=("offering", "day", "opens")
        ),
        "exam.changed": _both(
            Page.TICKETS, "offering", "day", "before", "places", "reason", "version", told=("offering", "day")
        ),
        "exam.unplanned": _both(Page.APPLICATION, "offering"),
        "ticket.open": _both(Page.TICKETS, "offering", "day"),
        "result.released": _event(Page.RESULTS, "offering", "day"),
        "result.amended": _event(Page.RESULTS, "offering", "subject", "day"),
        "resit.offered": _event(Page.RESULTS, "offering", "subjects", "until"),
        "certificate.ready": _event(Page.RESULTS, "offering", "number", "address", "phone"),
        "certificate.ready_institution": _both(
            Page.RESULTS, "offering", "number", "institution", told=("offering",)
        ),
        "certificate.handed": _event(Page.RESULTS, "offering", "number", "institution"),
        "certificate.revoked": _both(Page.RESULTS, "offering", "number"),
        "conduct.told": _event(Page.DECISIONS, "clause", "document", "until", "phones"),
        "conduct.upheld": _event(Page.DECISIONS, "clause", "document", "phones"),
        "conduct.changed": _event(Page.DECISIONS, "clause", "document", "phones"),
        "conduct.withdrawn": _event(Page.DECISIONS, "clause", "document", "phones"),
        "conduct.decided": _event(Page.RESULTS, "clause", "day", "phones"),
        "conduct.barred": _event(Page.RESULTS, "clause", "first", "last", "phones"),
    }
)
