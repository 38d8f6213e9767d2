"""The states of an application and the named steps between them, as requirements A.5 draw them. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ApplicationState(StrEnum):
    """How far an application has come, from the draft to the last subject, and its side exits."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    PRECHECKED = "PRECHECKED"
    UNDER_REVIEW = "UNDER_REVIEW"
    RETURNED_FOR_MATERIAL = "RETURNED_FOR_MATERIAL"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    PAID = "PAID"
    PAYMENT_EXPIRED = "PAYMENT_EXPIRED"
    QUEUED = "QUEUED"
    BATCHED = "BATCHED"
    SCHEDULED = "SCHEDULED"
    TICKETED = "TICKETED"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"
    ROLLED_OVER = "ROLLED_OVER"
    AWAITING_NEXT_YEAR_NOTICE = "AWAITING_NEXT_YEAR_NOTICE"
    QUALIFICATION_CANCELLED = "QUALIFICATION_CANCELLED"


class Channel(StrEnum):
    """Who applies: an institution for its trainees or students, or a person for themselves."""

    GROUP = "GROUP"
    INDIVIDUAL = "INDIVIDUAL"


class EntryChannel(StrEnum):
    """The way in: the public pages, the front desk, an institution's file."""

    ONLINE = "ONLINE"
    DESK = "DESK"
    FILE = "FILE"


class Origin(StrEnum):
    """What is applied for: all subjects, the resit of one, or what a competition entered."""

    FULL = "FULL"
    RESIT = "RESIT"
    COMPETITION = "COMPETITION"


class CancelledAs(StrEnum):
    """Why a qualification was cancelled: the conditions were not met, or material was forged."""

    NONE = ""
    INELIGIBLE = "INELIGIBLE"
    FRAUD = "FRAUD"


class Step(StrEnum):
    """What somebody does to an application; each is written into its history under this name."""

    SUBMIT = "submit"
    PRECHECK = "precheck"
    TAKE = "take"
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    ASK_PAYMENT = "ask_payment"
    CREDIT = "credit"
    EXPIRE = "expire"
    REOPEN_PAYMENT = "reopen_payment"
    QUEUE = "queue"
    BATCH = "batch"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    TICKET = "ticket"
    COMPLETE = "complete"
    ROLL_OVER = "roll_over"
    REQUEUE = "requeue"
    AWAIT_NOTICE = "await_notice"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a step leads where."""

    sources: frozenset[ApplicationState]
    target: ApplicationState


S = ApplicationState
BOTH = frozenset(Channel)
# What nothing leads out of: a new application is another one.
FINAL = frozenset({S.REJECTED, S.WITHDRAWN, S.QUALIFICATION_CANCELLED})
# A person may sit at most once in a month: of these no second one counts.
DEAD = FINAL | {S.DRAFT, S.PAYMENT_EXPIRED}
EDITABLE = frozenset({S.DRAFT, S.RETURNED_FOR_MATERIAL})
# Whoever has a place in a room is moved out of it by the planner first.
_SEATED = frozenset({S.SCHEDULED, S.TICKETED})
WITHDRAWABLE = frozenset(S) - FINAL - _SEATED - {S.COMPLETED}
# 一经查实: at any later time, so also when everything is over.
CANCELLABLE = frozenset(S) - FINAL - {S.DRAFT}
PAYABLE = frozenset({S.AWAITING_PAYMENT})


def _rule(target: ApplicationState, *sources: ApplicationState) -> Rule:
    return Rule(frozenset(sources), target)


_COMMON: Mapping[Step, Rule] = {
    Step.SUBMIT: _rule(S.SUBMITTED, S.DRAFT, S.RETURNED_FOR_MATERIAL),
    Step.APPROVE: _rule(S.APPROVED, S.UNDER_REVIEW),
    Step.REJECT: _rule(S.REJECTED, S.UNDER_REVIEW),
    Step.RETURN: _rule(S.RETURNED_FOR_MATERIAL, S.UNDER_REVIEW),
    Step.ASK_PAYMENT: _rule(S.AWAITING_PAYMENT, S.APPROVED),
    Step.CREDIT: _rule(S.PAID, S.AWAITING_PAYMENT),
    Step.EXPIRE: _rule(S.PAYMENT_EXPIRED, S.AWAITING_PAYMENT),
    Step.REOPEN_PAYMENT: _rule(S.AWAITING_PAYMENT, S.PAYMENT_EXPIRED),
    Step.QUEUE: _rule(S.QUEUED, S.PAID),
    Step.BATCH: _rule(S.BATCHED, S.QUEUED),
    Step.SCHEDULE: _rule(S.SCHEDULED, S.BATCHED),
    Step.UNSCHEDULE: _rule(S.BATCHED, S.SCHEDULED, S.TICKETED),
    Step.TICKET: _rule(S.TICKETED, S.SCHEDULED),
    Step.COMPLETE: _rule(S.COMPLETED, S.TICKETED),
    Step.ROLL_OVER: _rule(S.ROLLED_OVER, S.QUEUED, S.BATCHED),
    Step.REQUEUE: _rule(S.QUEUED, S.ROLLED_OVER, S.AWAITING_NEXT_YEAR_NOTICE),
    Step.AWAIT_NOTICE: _rule(S.AWAITING_NEXT_YEAR_NOTICE, S.QUEUED, S.BATCHED, S.ROLLED_OVER),
    Step.WITHDRAW: Rule(WITHDRAWABLE, S.WITHDRAWN),
    Step.CANCEL: Rule(CANCELLABLE, S.QUALIFICATION_CANCELLED),
}

# A group goes through its institution first; a person comes to the body at once.
RULES: Mapping[Channel, Mapping[Step, Rule]] = MappingProxyType(
    {
        Channel.GROUP: {
            **_COMMON,
            Step.PRECHECK: _rule(S.PRECHECKED, S.SUBMITTED),
            Step.TAKE: _rule(S.UNDER_REVIEW, S.PRECHECKED),
            # The institution sends its own mistakes back without troubling the body.
            Step.RETURN: _rule(S.RETURNED_FOR_MATERIAL, S.SUBMITTED, S.UNDER_REVIEW),
        },
        Channel.INDIVIDUAL: {**_COMMON, Step.TAKE: _rule(S.UNDER_REVIEW, S.SUBMITTED)},
    }
)


def steps_from(channel: Channel, state: ApplicationState) -> frozenset[Step]:
    """What may be done to an application of `channel` that stands at `state`."""
    return frozenset(step for step, rule in RULES[channel].items() if state in rule.sources)


def _moves(channel: Channel) -> Mapping[ApplicationState, frozenset[ApplicationState]]:
    found: defaultdict[ApplicationState, set[ApplicationState]] = defaultdict(set)
    for rule in RULES[channel].values():
        for source in rule.sources:
            found[source].add(rule.target)
    return MappingProxyType({state: frozenset(found[state]) for state in ApplicationState})


# For `kernel.transitions.move`; a step checks its own source beside it, since two may lead to one state.
MOVES: Mapping[Channel, Mapping[ApplicationState, frozenset[ApplicationState]]] = MappingProxyType(
    {channel: _moves(channel) for channel in Channel}
)
