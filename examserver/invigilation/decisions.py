"""Reads cases as the office works them off, and as the candidate is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from examserver.invigilation.clauses import REFERRED
from examserver.invigilation.models import Case
from examserver.invigilation.states import CONFIRMED_CASES, CaseState
from examserver.kernel.access import Actor
from examserver.registration.notice import Clause, Tier, clause, tier_of

# What waits for the office first, what is over last; a withdrawn report that nobody confirmed is the room's affair.
WORK = (
    CaseState.APPEALED,
    CaseState.CONFIRMED,
    CaseState.DECIDED,
    CaseState.NOTIFIED,
    CaseState.UPHELD,
    CaseState.CHANGED,
    CaseState.WITHDRAWN,
    CaseState.CLOSED,
)
TOLD = frozenset(WORK) - {CaseState.CONFIRMED, CaseState.DECIDED}
MEANINGS = {
    CaseState.APPEALED: "act-now",
    CaseState.CONFIRMED: "attention",
    CaseState.DECIDED: "attention",
    CaseState.NOTIFIED: "technical",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list: how it stands, and whose it is."""

    case: Case
    clause: Clause
    tier: Tier

    @property
    def meaning(self) -> str:
        """Which of the four meanings of the pages its state has, or none."""
        return MEANINGS.get(CaseState(self.case.state), "")

    @property
    def to_refer(self) -> bool:
        """Whether the authorities are still to hear of it."""
        standing = self.case.state in CONFIRMED_CASES | {CaseState.CLOSED}
        return standing and self.case.severity in REFERRED and not hasattr(self.case, "referral")


def _signed() -> QuerySet[Case]:
    rows = Case.objects.select_related(
        "sitting__ticket__candidate",
        "sitting__ticket__offering",
        "sitting__session__exam_day",
        "opened_by",
        "proposed_by",
        "confirmed_by",
        "withdrawn_by",
        "decided_by",
        "appeal__decided_by",
        "referral__referred_by",
    )
    return rows.exclude(confirmed_at=None).order_by("-confirmed_at", "-pk")


def line_of(case: Case) -> Line:
    """The case with the words that it cites."""
    return Line(case, clause(case.clause), tier_of(case.clause))


def signed_lines(states: Iterable[CaseState] = WORK) -> list[Line]:
    """Every case that two people have signed and that is in one of `states`, in the order of the work."""
    wanted = list(states)
    rows = [line_of(one) for one in _signed().filter(state__in=wanted)]
    return sorted(rows, key=lambda one: WORK.index(CaseState(one.case.state)))


def signed_case(pk: int) -> Case:
    """One of them; Case.DoesNotExist."""
    return _signed().get(pk=pk)


def told_lines(actor: Actor) -> list[Line]:
    """The decisions of which the candidate has been told, the newest first."""
    rows = _signed().filter(sitting__ticket__candidate_id=actor.id, state__in=TOLD).exclude(told_on=None)
    return [line_of(one) for one in rows.order_by("-told_on", "-pk")]


def told_case(actor: Actor, pk: int) -> Case:
    """One of the candidate's own; Case.DoesNotExist for everybody else's."""
    rows = _signed().filter(sitting__ticket__candidate_id=actor.id, state__in=TOLD).exclude(told_on=None)
    return rows.get(pk=pk)


def may_appeal(case: Case, today: date) -> bool:
    """Whether the window is open on that day."""
    return case.state == CaseState.NOTIFIED and case.appeal_until is not None and today <= case.appeal_until
