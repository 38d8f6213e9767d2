"""Deletes evidence when its time is over, once a day and while no exam is under way; and legal holds, which stop it."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from examserver.delivery import selectors as delivery
from examserver.invigilation import files
from examserver.invigilation.bus import frame_bus
from examserver.invigilation.models import Evidence, Incident, LegalHold, Signal
from examserver.invigilation.retention import Days, Keeping, read_rules
from examserver.invigilation.retention_facts import expired_signals, judged, kept_evidence
from examserver.invigilation.services.face_checks import forget_distances
from examserver.invigilation.services.shedding import remove_evidence
from examserver.invigilation.states import Gone
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.clock import VENUE_ZONE
from examserver.kernel.models import LogEntry
from proctor.keeping import forget_desks

log = logging.getLogger(__name__)
STREAM = "retention"
INCIDENTS_A_TURN = 20
ORPHAN_SECONDS = 86_400
SILENT_SECONDS = 3600  # after which a camera's last picture and its thumbnail are nobody's business any more


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of deleting did: incidents whose evidence went, and those where the disk refused."""

    deleted: int
    failed: int


def days() -> Days:
    """The venue's rules, in days."""
    return read_rules(Path(settings.EVIDENCE_RETENTION)).days


def keep_to_retention(*, now: datetime) -> None:
    """A turn of the daily deletion, unless it was done today or somebody is at work in an exam."""
    if _done_today(now) or delivery.open_sittings().exists():
        return
    if delete_expired(now=now, limit=INCIDENTS_A_TURN).deleted < INCIDENTS_A_TURN:
        silent_since = now.timestamp() - SILENT_SECONDS
        cleared = {
            "orphans": _remove_orphans(now),
            "live_pictures": frame_bus().forget_pictures(silent_since),
            "desks": forget_desks(frame_bus(), silent_since),
        }
        _put_on_record(cleared, now)


def _done_today(now: datetime) -> bool:
    last = LogEntry.objects.filter(stream=STREAM).order_by("-number").first()
    return last is not None and delivery.venue_date(last.at) >= delivery.venue_date(now)


def delete_expired(*, now: datetime, limit: int | None = None) -> Turn:
    """Delete the evidence of up to `limit` incidents whose time is over; a file that cannot go is tried tomorrow."""
    deleted = failed = 0
    for kept in kept_evidence(days()):
        if limit is not None and deleted >= limit:
            break
        if kept.keeping.is_over(now):
            try:
                deleted += _delete(kept.incident.pk, now)
            except OSError:
                failed += 1
                log.exception("the evidence of incident %s cannot be deleted", kept.incident.pk)
    return Turn(deleted, failed)


@transaction.atomic
def _delete(pk: int, now: datetime) -> bool:
    """Judge again under the lock: a hold may have been placed meanwhile."""
    incident = Incident.objects.select_for_update().get(pk=pk)
    [kept] = judged([incident], days())
    if not kept.keeping.is_over(now):
        return False
    pieces = Evidence.objects.filter(incident=incident, gone=Gone.HERE)
    rule = _rule_text(kept.keeping)
    remove_evidence(incident=incident, pieces=pieces, why=Gone.EXPIRED, rule=rule, now=now)
    return True


def _rule_text(keeping: Keeping) -> str:
    until = "" if keeping.until is None else keeping.until.isoformat()
    return f"{keeping.rule} {until}".strip()


def _remove_orphans(now: datetime) -> int:
    """Files that no row names: what a power cut left between a write and its commit. A day's grace for writers."""
    known = set(Evidence.objects.filter(gone=Gone.HERE).values_list("path", flat=True))
    old = [one.path for one in files.listing() if now.timestamp() - one.written_at > ORPHAN_SECONDS]
    orphans = [path for path in old if path not in known]
    for path in orphans:
        files.remove(path)
    return len(orphans)


@transaction.atomic
def _put_on_record(cleared: dict[str, int], now: datetime) -> None:
    """The signals go with the entry that counts them: they hold no file that could be left behind."""
    signals, _ = Signal.objects.filter(pk__in=expired_signals(days(), now)).delete()
    today = delivery.venue_date(now)
    gone = Evidence.objects.filter(gone=Gone.EXPIRED, deleted_at__gte=_midnight(now)).count()
    kept_for = read_rules(Path(settings.EVIDENCE_RETENTION)).face.days
    faces = forget_distances(now=now, days=kept_for)
    data = {"deleted": gone, "signals": signals, "faces": faces, **cleared}
    audit.record(audit.Act(STREAM, "retention.done", f"day:{today}", str(SYSTEM), data), now)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(VENUE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def place_hold(*, sitting_id: int, actor: Actor, reason: str, now: datetime) -> LegalHold:
    """Keep all evidence of a sitting until the hold is lifted. NotAllowed staff_only, reason_needed, already_held."""
    _check_officer(actor)
    if not reason.strip():
        raise NotAllowed("reason_needed")
    try:
        with transaction.atomic():
            facts = {"reason": reason.strip(), "placed_by_id": actor.id, "placed_at": now}
            hold = LegalHold.objects.create(sitting_id=sitting_id, **facts)
            _record(hold, "hold.placed", actor, now)
            return hold
    except IntegrityError as error:
        raise NotAllowed("already_held") from error


@transaction.atomic
def lift_hold(*, sitting_id: int, actor: Actor, now: datetime) -> None:
    """The rules apply again. NotAllowed staff_only, not_held."""
    _check_officer(actor)
    hold = LegalHold.objects.select_for_update().filter(sitting_id=sitting_id, lifted_at=None).first()
    if hold is None:
        raise NotAllowed("not_held")
    hold.lifted_by_id, hold.lifted_at = actor.id, now
    hold.save(update_fields=["lifted_by", "lifted_at"])
    _record(hold, "hold.lifted", actor, now)


def _check_officer(actor: Actor) -> None:
    if not actor.has(Role.OFFICER):
        raise NotAllowed("staff_only")


def _record(hold: LegalHold, action: str, actor: Actor, now: datetime) -> None:
    """In the log of evidence: a board shows no holds."""
    stream = f"evidence:{delivery.sitting(hold.sitting_id).session_id}"
    data = {"sitting": hold.sitting_id, "reason": hold.reason}
    audit.record(audit.Act(stream, action, f"hold:{hold.pk}", str(actor), data), now)
