"""Reads who is expected in a room, as the desk at its door works them off."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from examserver.delivery import selectors as delivery
from examserver.delivery.states import SittingState
from examserver.invigilation.models import FaceCheck
from examserver.invigilation.states import HOLDING, FaceState
from examserver.people.selectors import photo_path

if TYPE_CHECKING:
    from examserver.delivery.models import Session, Sitting

_GONE_ON = frozenset(SittingState) - {SittingState.EXPECTED, SittingState.ABSENT, SittingState.NOT_ADMITTED}


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate at the desk; `standing` is expected, to_look, clear, held, reported, released, admitted or absent."""

    sitting: "Sitting"
    check: FaceCheck | None
    standing: str
    has_photo: bool

    @property
    def meaning(self) -> str:
        """Which of the four meanings of the pages it has, or none."""
        return _MEANINGS.get(self.standing, "")

    @property
    def is_held(self) -> bool:
        """Whether a second person has to say what follows."""
        return self.check is not None and self.check.state in HOLDING


_MEANINGS = {
    "to_look": "attention",
    "held": "act-now",
    "reported": "act-now",
    "clear": "ok",
    "released": "ok",
    "admitted": "ok",
}


def lines_of(session: "Session") -> list[Line]:
    """Everybody of the session by seat; who is held first, then who is still to come."""
    sittings = list(delivery.sittings_of(session))
    checks = {one.sitting_id: one for one in FaceCheck.objects.filter(sitting__in=sittings)}
    lines = [_line(one, checks.get(one.pk)) for one in sittings]
    return sorted(lines, key=lambda one: (not one.is_held, one.standing == "admitted"))


def _line(sitting: "Sitting", check: FaceCheck | None) -> Line:
    return Line(sitting, check, _standing(sitting, check), photo_path(sitting.ticket.candidate) is not None)


def _standing(sitting: "Sitting", check: FaceCheck | None) -> str:
    if sitting.state in _GONE_ON:
        return "admitted"
    if check is not None and sitting.state == SittingState.EXPECTED:
        return FaceState(check.state).lower()
    return "expected" if sitting.state == SittingState.EXPECTED else "absent"


def can_compare() -> bool:
    """Whether the optional comparison is installed; without it everybody is looked at by eye."""
    return find_spec("dlib") is not None
