"""Reads what a person has passed and failed, and judges by it whether a resit may be applied for."""

from collections.abc import Iterator
from datetime import date

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Origin
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.dates.windows import window_on
from examserver.registration.models import Application, Offering, SubjectOutcome
from examserver.registration.resits.forfeiture import consent_needed, forfeited_by
from examserver.registration.resits.rules import judge
from examserver.registration.resits.values import (
    Allowed,
    Ask,
    Denied,
    Forfeiture,
    NewFull,
    Outcome,
    ResitPlan,
    Taken,
    Terms,
    terms_of,
)
from examserver.registration.selectors.catalogue import catalogue_in_force
from itembank.states import Subject


def taken(candidate_id: int, offering_id: int) -> tuple[Taken, ...]:
    """The person's released results in the offering; each has the mode of its day's catalogue."""
    rows = SubjectOutcome.objects.filter(ticket__candidate_id=candidate_id, ticket__offering_id=offering_id)
    return tuple(_taken(one) for one in rows.select_related("ticket__offering", "ticket__application"))


def _taken(row: SubjectOutcome) -> Taken:
    application, day = row.ticket.application, row.ticket.exam_date
    known = Origin.FULL if row.ticket.first_time else Origin.RESIT
    return Taken(
        row.pk,
        Subject(row.subject),
        Outcome(row.outcome),
        day,
        _mode(catalogue_in_force(day).catalogue, row.ticket.offering.code),
        Origin(application.origin) if application else known,
        row.forfeited_by_id is not None,
    )


def _mode(catalogue: Catalogue, code: str) -> str:
    offered = catalogue.offered(code)
    return offered.mode if offered else ""


def terms(offering: str, day: date) -> Terms | None:
    """What holds for an offering on `day`; None where it is not offered then. Refused `no_catalogue`."""
    catalogue = catalogue_in_force(day).catalogue
    plans = tuple(
        ResitPlan(
            one.code,
            one.old_mode,
            one.new_mode,
            one.published_on,
            {subject: frozenset(instead) for subject, instead in one.takes.items()},
        )
        for one in catalogue.resit_plans
        if one.offering == offering
    )
    return terms_of(catalogue, offering, _mode(catalogue, offering), plans)


def resit(candidate_id: int, offering: Offering, ask: Ask) -> Allowed | Denied:
    """Whether the person may take a resit in the offering, of what and for how much; Refused `no_catalogue`."""
    held = terms(offering.code, ask.applied_on)
    if held is None:
        return Denied(
            Fault("not_offered", "offering", {"code": offering.code, "day": str(ask.applied_on)}), 0
        )
    return judge(taken(candidate_id, offering.pk), ask, held)


def asked_on(day: date) -> Ask:
    """A resit that is applied for on `day`: its exam comes by the end of the month's window at the latest.

    Refused `no_catalogue`.
    """
    window = window_on(catalogue_in_force(day).catalogue.windows, day)
    return Ask(day, exam_by=window.evaluate_by if window else None)


def offerings_sat(candidate_id: int) -> list[Offering]:
    """The offerings in which something of the person is released."""
    rows = Offering.objects.filter(admissionticket__outcomes__ticket__candidate_id=candidate_id)
    return list(rows.distinct().order_by("code"))


def warned(application: Application, day: date, candidate_id: int | None = None) -> Fault | None:
    """What the person must consent to give up before this application is handed in; None when it is nothing.

    `candidate_id` where the application does not name its person yet. Refused `no_catalogue`.
    """
    new = _new(application)
    held = _held(candidate_id or application.candidate_id, day)
    found = (consent_needed(results, new, terms_then, day) for results, terms_then in held)
    return next((fault for fault in found if fault), None)


def given_up(application: Application, day: date) -> list[Forfeiture | Fault]:
    """What the approval on `day` gives up, or the fault by which it must not happen; Refused `no_catalogue`."""
    new = _new(application, day)
    held = _held(application.candidate_id, day)
    every = (forfeited_by(results, new, terms_then) for results, terms_then in held)
    return [one for one in every if one is not None]


def _held(candidate_id: int | None, day: date) -> Iterator[tuple[tuple[Taken, ...], Terms]]:
    """The person's results in each offering, with its terms on `day`; of what is not offered then, nothing."""
    if candidate_id is None:
        return
    for one in offerings_sat(candidate_id):
        if terms_then := terms(one.code, day):
            yield taken(candidate_id, one.pk), terms_then


def _new(application: Application, approved_on: date | None = None) -> NewFull:
    offering = application.offering
    consented = application.consented_at is not None
    return NewFull(offering.code, offering.level, Origin(application.origin), approved_on, consented)
