"""Filters for applications: faults, states, deeds and documents in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.words import said, state_name
from examserver.registration.catalogue.content import Words
from examserver.registration.eligibility.engine import Finding, Verdict
from examserver.registration.eligibility.words import found_said

register = template.Library()
register.filter("state_name", state_name)
register.filter("finding_said", found_said)


@register.filter
def offering_name(offering: Any) -> str:
    """What is applied for, as the page's language calls it."""
    return Words(offering.name, offering.name_en or offering.name).of(get_language() or "")


@register.filter
def application_fault(fault: Fault) -> str:
    """What is wrong."""
    return said(fault)


@register.filter
def row_fault_said(told: Mapping[str, Any]) -> str:
    """What is wrong with a row, as a group file keeps it."""
    return said(Fault(told["key"], told["column"], told["facts"]))


@register.filter
def fact_said(found: Mapping[str, Any]) -> str:
    """A finding as the history keeps it."""
    return found_said(Finding(Verdict(found["verdict"]), found["key"], found["facts"]))


@register.filter
def deed_name(deed: str) -> str:
    """What was done to an application."""
    return gettext(f"application.deed.{deed}")


@register.filter
def document_name(kind: str) -> str:
    """The notice's title of a document."""
    return gettext(f"application.document.{kind}")


@register.filter
def next_step(state: str) -> str:
    """What comes next, said to the applicant."""
    return gettext(f"my.next.{state}")


@register.filter
def verdict_name(verdict: str) -> str:
    """How an alternative stands."""
    return gettext(f"eligibility.verdict.{verdict}")


@register.filter
def school_name(school: str) -> str:
    """A kind of school."""
    return gettext(f"eligibility.school.{school}")


@register.filter
def subject_name(subject: str) -> str:
    """A subject of the day."""
    return gettext(f"ticket.subject.{subject}")


@register.filter
def batch_state(state: str) -> str:
    """How far a batch has come."""
    return gettext(f"batch.state.{state}")


@register.filter
def order_standing(standing: str) -> str:
    """Whether an order waits for money."""
    return gettext(f"orders.standing.{standing}")


@register.filter
def order_meaning(standing: str) -> str:
    """Which of the four meanings the standing of an order has; nothing due is none, for it may have lapsed."""
    return {"open": "attention", "late": "act-now"}.get(standing, "")


@register.filter
def meaning(state: str) -> str:
    """Which of the four meanings a state of an application or a batch, or a verdict, has; none for most."""
    return _MEANINGS.get(state, "")


_MEANINGS = {
    **dict.fromkeys(("PAID", "TICKETED", "COMPLETED", "CONFIRMED", "HELD_THIS_YEAR", "PASS"), "ok"),
    **dict.fromkeys(
        ("RETURNED_FOR_MATERIAL", "AWAITING_PAYMENT", "CLOSED", "DECEMBER_DECISION", "NEEDS_REVIEW"),
        "attention",
    ),
    **dict.fromkeys(("REJECTED", "PAYMENT_EXPIRED", "QUALIFICATION_CANCELLED", "FAIL"), "act-now"),
}
