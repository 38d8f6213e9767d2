"""The check of a face at the desk: what the machine said, who looked, and who let a held candidate in.

The machine points and people decide: NO_MATCH holds until somebody other than the one who checked says what follows.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from examserver.delivery import selectors as delivery
from examserver.delivery.services import sittings
from examserver.delivery.states import SittingState
from examserver.invigilation import selectors
from examserver.invigilation.face_comparing import Answer, cannot
from examserver.invigilation.models import FaceCheck, LegalHold
from examserver.invigilation.services.cases import NewCase, propose_case
from examserver.invigilation.services.changes import Change
from examserver.invigilation.states import FACE_MOVES, HOLDING, FaceOutcome, FaceState, Severity
from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.publish import publish
from examserver.kernel.transitions import check_move, move

CONSENT = "2026-1"  # of the text in docs/identity.md that the candidate agrees to
IMPERSONATION = "四.4"
_AFTER = {
    FaceOutcome.MATCH: FaceState.CLEAR,
    FaceOutcome.CANNOT_VERIFY: FaceState.TO_LOOK,
    FaceOutcome.NO_MATCH: FaceState.HELD,
}


def check_may_compare(*, sitting_id: int, actor: Actor, consent: str) -> None:
    """Before a picture is looked at. NotAllowed staff_only, consent_needed, on_hold, already_admitted."""
    if consent != CONSENT:
        raise NotAllowed("consent_needed")
    _check_staff(actor)
    _check_waiting(sitting_id)
    found = FaceCheck.objects.filter(sitting_id=sitting_id).first()
    if found is not None:
        _check_repeatable(found)


def record_comparison(*, sitting_id: int, actor: Actor, answer: Answer, now: datetime) -> FaceCheck:
    """What the machine said of a candidate who agreed. NotAllowed staff_only, on_hold, already_admitted."""
    return _record(sitting_id, actor, CONSENT, answer, now)


def record_refusal(*, sitting_id: int, actor: Actor, now: datetime) -> FaceCheck:
    """The candidate does not want to be compared: checked by eye, and nothing else differs.

    NotAllowed staff_only, on_hold, already_admitted.
    """
    return _record(sitting_id, actor, "", cannot("refused"), now)


def _record(sitting_id: int, actor: Actor, consent: str, answer: Answer, now: datetime) -> FaceCheck:
    _check_staff(actor)
    facts: dict[str, object] = {
        "consent": consent,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "distance": answer.distance,
        "model_sha256": answer.model_sha256,
        "checked_by_id": actor.id,
        "checked_at": now,
        "decided_by_id": None,
        "decided_at": None,
    }
    try:
        with transaction.atomic():
            check = _put(sitting_id, _AFTER[answer.outcome], facts)
            told = {"consent": consent, "outcome": answer.outcome, "reason": answer.reason}
            _changed(check, Change("face.checked", actor, now, told))
            # Looked at only now: the record holds the room's stream, so that who admits meanwhile is seen.
            _check_waiting(sitting_id)
            return check
    except IntegrityError as error:  # somebody else checked the same candidate in the same moment
        raise NotAllowed("checked_meanwhile") from error


def _put(sitting_id: int, state: FaceState, facts: dict[str, object]) -> FaceCheck:
    check = FaceCheck.objects.select_for_update().filter(sitting_id=sitting_id).first()
    if check is None:
        return FaceCheck.objects.create(sitting_id=sitting_id, state=state, **facts)
    _check_repeatable(check)
    move(check, FACE_MOVES, state, **facts)
    return check


@transaction.atomic
def release(*, sitting_id: int, actor: Actor, note: str, now: datetime) -> None:
    """A second person has looked at the ID card and lets the candidate in, with a note.

    NotAllowed staff_only, not_held, second_person_needed, reason_needed, case_exists (while one is open).
    """
    check = _held(sitting_id, actor, note)
    if selectors.open_case(sitting_id, IMPERSONATION) is not None:
        raise NotAllowed("case_exists")
    _decide(check, FaceState.RELEASED, Change("face.released", actor, now, {"note": note.strip()}))


@transaction.atomic
def report(*, sitting_id: int, actor: Actor, note: str, severity: Severity, now: datetime) -> None:
    """A second person opens a case under 四.4; the candidate is held until it is decided.

    NotAllowed as `release` and `propose_case`; IllegalMove when it was reported already.
    """
    check = _held(sitting_id, actor, note)
    check_move(FACE_MOVES, FaceState(check.state), FaceState.REPORTED)
    propose_case(sitting_id=sitting_id, actor=actor, new=NewCase(IMPERSONATION, severity, note), now=now)
    _decide(check, FaceState.REPORTED, Change("face.reported", actor, now, {"note": note.strip()}))


@transaction.atomic
def admit(*, sitting_id: int, actor: Actor, now: datetime, reason: str = "") -> None:
    """Admit, unless the candidate is held; who admits where the machine has no answer has looked by eye.

    The late cutoff counts from the check: a candidate whom staff kept waiting is not late.
    NotAllowed on_hold, and as `sittings.admit`.
    """
    came = FaceCheck.objects.filter(sitting_id=sitting_id, state__in=HOLDING | {FaceState.RELEASED}).first()
    came_at = None if came is None else came.checked_at
    sittings.admit(sitting=delivery.sitting(sitting_id), actor=actor, now=now, reason=reason, came_at=came_at)
    # Looked at only now: the record of the admission holds the room's stream, so that a hold made meanwhile is seen.
    check = FaceCheck.objects.select_for_update().filter(sitting_id=sitting_id).first()
    if check is None:
        return
    if check.state in HOLDING:
        raise NotAllowed("on_hold")
    if check.state == FaceState.TO_LOOK:
        _decide(check, FaceState.CLEAR, Change("face.looked", actor, now, {"reason": check.reason}))


def forget_distances(*, now: datetime, days: int) -> int:
    """Delete what the comparison measured once its days are over, but not of held or reported sittings."""
    standing = LegalHold.objects.filter(lifted_at=None).values("sitting")
    old = FaceCheck.objects.filter(checked_at__lte=now - timedelta(days=days), distance__isnull=False)
    over = old.exclude(state__in=HOLDING).exclude(sitting__in=standing)
    return over.update(distance=None)


def _held(sitting_id: int, actor: Actor, note: str) -> FaceCheck:
    _check_staff(actor)
    check = FaceCheck.objects.select_for_update().filter(sitting_id=sitting_id).first()
    if check is None or check.state not in HOLDING:
        raise NotAllowed("face_not_held")
    if actor.id == check.checked_by_id:
        raise NotAllowed("second_person_needed")
    if not note.strip():
        raise NotAllowed("reason_needed")
    return check


def _decide(check: FaceCheck, state: FaceState, change: Change) -> None:
    note = str(change.data.get("note", ""))
    move(check, FACE_MOVES, state, decided_by_id=change.actor.id, decided_at=change.now, note=note)
    _changed(check, change)


def _check_staff(actor: Actor) -> None:
    if not actor.has(Role.INVIGILATOR, Role.CHIEF_INVIGILATOR):
        raise NotAllowed("staff_only")


def _check_waiting(sitting_id: int) -> None:
    if delivery.sitting(sitting_id).state != SittingState.EXPECTED:
        raise NotAllowed("already_admitted")


def _check_repeatable(check: FaceCheck) -> None:
    if check.state in HOLDING or check.state == FaceState.RELEASED:
        raise NotAllowed("on_hold" if check.state in HOLDING else "face_decided")


def _changed(check: FaceCheck, change: Change) -> None:
    """In the room's stream; the board has nothing new to draw, but its count of events goes on."""
    data = {"sitting": check.sitting_id, "state": check.state, **change.data}
    stream = delivery.stream(delivery.sitting(check.sitting_id).session_id)
    publish(
        audit.record(
            audit.Act(stream, change.action, f"face:{check.pk}", str(change.actor), data), change.now
        )
    )
