"""What stands after an appeal, and what an appeal may change a verdict to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from examserver.delivery.states import SittingState
from examserver.invigilation.states import Severity
from examserver.registration.notice import tier_of

_GRAVITY = (Severity.NONE, Severity.MINOR, Severity.SERIOUS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case that stands: of which sitting, under which clause."""

    sitting: int
    clause: str


def void_due(sitting: int, verdicts: Iterable[Verdict]) -> SittingState | None:
    """The void that the verdicts on a day still ask for at one of its sittings; None where nothing does.

    三 and 四 take every subject of the day, 二 only the one in which it happened.
    """
    found = list(verdicts)
    if any(tier_of(one.clause).voids_all for one in found):
        return SittingState.VOID_ALL
    if any(one.sitting == sitting for one in found):
        return SittingState.VOID_SUBJECT
    return None


def is_graver(clause: str, severity: Severity, than: str, than_severity: Severity) -> bool:
    """Whether the first verdict weighs more: by its tier, within one by its severity. No appeal may end so."""
    return _weight(clause, severity) > _weight(than, than_severity)


def _weight(clause: str, severity: Severity) -> tuple[int, int]:
    return tier_of(clause).tier, _GRAVITY.index(severity)
