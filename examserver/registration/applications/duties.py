"""Who may do what to an application: staff of the body by role, an institution and a candidate to their own. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.registration.applications.states import ApplicationState, Step

CLERKS = frozenset({Role.CLERK})
FINANCE = frozenset({Role.FINANCE})
PLANNERS = frozenset({Role.SCHEDULER})
# Who finds that a qualification was never there, or was forged.
FINDERS = frozenset({Role.CLERK, Role.OFFICER})
# Reads every application; the supervisor does nothing but read.
BODY = CLERKS | FINANCE | PLANNERS | FINDERS | {Role.ADMIN, Role.SUPERVISOR}
# What follows payment, from the queue to the last subject: a planner's, or a routine's that a planner has set off.
PLANNED = frozenset(
    {
        Step.QUEUE,
        Step.BATCH,
        Step.SCHEDULE,
        Step.UNSCHEDULE,
        Step.TICKET,
        Step.COMPLETE,
        Step.ROLL_OVER,
        Step.REQUEUE,
        Step.AWAIT_NOTICE,
    }
)

_BY_ROLE: Mapping[Step, frozenset[Role]] = MappingProxyType(
    {
        Step.TAKE: CLERKS,
        Step.APPROVE: CLERKS,
        Step.REJECT: CLERKS,
        Step.RETURN: CLERKS,
        Step.CANCEL: FINDERS,
        Step.ASK_PAYMENT: CLERKS | FINANCE,
        Step.CREDIT: FINANCE,
        Step.EXPIRE: FINANCE,
        Step.REOPEN_PAYMENT: FINANCE,
    }
)
_OWN = frozenset({Step.SUBMIT, Step.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Ownership:
    """Where an application stands, and whether the actor is of its institution or is its candidate."""

    state: ApplicationState
    of_institution: bool
    is_candidate: bool


def check_duty(step: Step, actor: Actor, whose: Ownership) -> None:
    """NotAllowed `role_needed` unless the actor may take `step`; that the actor may see it is asked before."""
    if not _may(step, actor, whose):
        raise NotAllowed("role_needed")


def _may(step: Step, actor: Actor, whose: Ownership) -> bool:
    if step is Step.PRECHECK:
        return whose.of_institution
    if step is Step.RETURN and whose.state is ApplicationState.SUBMITTED:
        return whose.of_institution
    if step in _OWN:
        return whose.of_institution or whose.is_candidate or actor.has(*CLERKS)
    if step in PLANNED:
        return actor.kind == "system" or actor.has(*PLANNERS)
    return actor.has(*_BY_ROLE[step])
