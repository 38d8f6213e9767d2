"""Graders' totals for one task become one mark, or call for the grading lead. Pure.

Two graders whose difference is at most `max_gap_percent` of the task's points give their mean; beyond it the
lead gives a third mark, which decides, and all of them are kept (scenario S42). Nothing is rounded up (S44):
a mean keeps its hundredths, and only the subject's total falls to the half below.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from scoring.points import floor_half

HUNDREDTH = Decimal("0.01")


class Decision(StrEnum):
    """How a final mark came about."""

    SINGLE = "SINGLE"
    MEAN = "MEAN"
    LEAD = "LEAD"


@dataclass(frozen=True, slots=True)
class GradingPolicy:
    """How many grade a task, how far apart they may be, and in how many days the work is due."""

    graders: int = 2
    max_gap_percent: Decimal = Decimal(10)
    grading_days: int = 14


@dataclass(frozen=True, slots=True)
class Final:
    """The one mark of a task and how it came about."""

    points: Decimal
    decision: Decision


@dataclass(frozen=True, slots=True)
class NeedsThird:
    """The graders are too far apart: `gap` points where `allowed` were."""

    gap: Decimal
    allowed: Decimal


@dataclass(frozen=True, slots=True)
class Waiting:
    """Graders have not finished; `missing` of them."""

    missing: int


Reconciled = Final | NeedsThird | Waiting


def read_policy(data: Mapping[str, Any]) -> GradingPolicy:
    """The paper's grading policy; ValueError when a number is none or out of its range."""
    try:
        policy = GradingPolicy(
            graders=int(data.get("graders", 2)),
            max_gap_percent=Decimal(str(data.get("max_gap_percent", 10))),
            grading_days=int(data.get("grading_days", 14)),
        )
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"grading policy unreadable: {data}") from error
    if not (1 <= policy.graders <= 5 and 0 <= policy.max_gap_percent <= 100 and policy.grading_days > 0):
        raise ValueError(f"grading policy out of range: {policy}")
    return policy


def reconcile(
    totals: Sequence[Decimal], of: Decimal, policy: GradingPolicy, lead: Decimal | None = None
) -> Reconciled:
    """One mark from the graders' `totals` on a task of `of` points and the lead's, where there is one."""
    if len(totals) < policy.graders:
        return Waiting(policy.graders - len(totals))
    if lead is not None:
        return Final(lead, Decision.LEAD)
    gap, allowed = max(totals) - min(totals), of * policy.max_gap_percent / 100
    if gap > allowed:
        return NeedsThird(gap, allowed)
    decision = Decision.MEAN if len(totals) > 1 else Decision.SINGLE
    return Final((sum(totals, Decimal(0)) / len(totals)).quantize(HUNDREDTH, ROUND_FLOOR), decision)


def subject_total(finals: Sequence[Decimal]) -> Decimal:
    """The subject's points: the tasks' marks added up, then down to the half below."""
    return floor_half(sum(finals, Decimal(0)))
