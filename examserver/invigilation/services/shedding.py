"""Makes room on the volume of evidence in the shed order, and puts every piece that goes on record."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Q, Sum

from examserver.invigilation import files
from examserver.invigilation.clauses import INCIDENTS
from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.quota import Room, StoredClip, to_shed
from examserver.invigilation.retention import BadRules, read_rules
from examserver.invigilation.services.changes import Change, incident_changed
from examserver.invigilation.states import Gone, IncidentState, Risk
from examserver.kernel.access import SYSTEM

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
TECHNICAL = [code for code, rule in INCIDENTS.items() if rule.risk is Risk.TECHNICAL]


def used_bytes() -> int:
    """What the files of all evidence take; a file that two incidents share counts once."""
    files_here = Evidence.objects.filter(gone=Gone.HERE).order_by().values("path").annotate(one=Max("size"))
    return int(files_here.aggregate(total=Sum("one"))["total"] or 0)


def room() -> Room:
    """The room there is for evidence, as the settings bound it; OSError when the volume cannot be asked."""
    return Room(
        quota=settings.EVIDENCE_QUOTA_MB * MEGABYTE,
        used=used_bytes(),
        free=files.free_bytes(),
        floor=settings.EVIDENCE_FLOOR_MB * MEGABYTE,
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many pieces of a kind there are, and why they are gone; "" for those that are here."""

    kind: str
    gone: str
    pieces: int


def counts() -> list[Count]:
    """Every kind and state of evidence, counted."""
    rows = Evidence.objects.order_by().values_list("kind", "gone").annotate(pieces=models.Count("pk"))
    return [Count(*row) for row in sorted(rows)]


def make_room(*, size: int, clip: bool, may_shed: bool, now: datetime) -> bool:
    """Whether a piece of `size` bytes may be written; clips are shed for it where that is enough. Never raises OSError.

    A disk that cannot be asked, or refuses to delete, and rules that cannot be read leave no room: intake goes on.
    """
    try:
        lacking = room().lacks(size, clip=clip)
        if lacking and may_shed:
            _shed(lacking, now)
            lacking = room().lacks(size, clip=clip)
    except (OSError, BadRules) as error:
        log.error("no room can be made for evidence: %s", error)
        return False
    if lacking:
        log.warning("no room for %d bytes of evidence: %d are missing", size, lacking)
    return not lacking


def _shed(lacking: int, now: datetime) -> None:
    chosen = to_shed(_stored_clips(), lacking, now, read_rules(settings.EVIDENCE_RETENTION).dismissed_minimum)
    for clip in chosen:
        evidence = Evidence.objects.select_related("incident__sitting").get(pk=clip.pk)
        remove_evidence(incident=evidence.incident, pieces=[evidence], why=Gone.SHED, rule="shed", now=now)


def _stored_clips() -> Iterable[StoredClip]:
    """The clips that may go at all: nobody holds them, no case of their sitting may need them."""
    may_go = Q(incident__state=IncidentState.DISMISSED) | Q(incident__code__in=TECHNICAL)
    kept = Evidence.objects.filter(may_go, kind=Evidence.Kind.CLIP, gone=Gone.HERE).select_related("incident")
    held = Incident.objects.filter(sitting__legal_holds__lifted_at=None, sitting__legal_holds__isnull=False)
    in_case = Incident.objects.filter(sitting__cases__isnull=False)
    for one in kept.exclude(incident__in=held).exclude(incident__in=in_case):
        dismissed = one.incident.state == IncidentState.DISMISSED
        decided = (one.incident.decided_at or one.incident.seen_at) if dismissed else None
        technical = one.incident.code in TECHNICAL
        yield StoredClip(one.pk, one.size, one.captured_at, technical, decided)


@transaction.atomic
def remove_evidence(
    *, incident: Incident, pieces: Iterable[Evidence], why: Gone, rule: str, now: datetime
) -> None:
    """Remove these pieces' files and keep their rows; the audit entry with their hashes is the proof of deletion.

    The file goes before the commit: what is on record as deleted is deleted, and what fails is tried again.
    """
    gone = list(pieces)
    for one in gone:
        one.gone, one.deleted_at = why, now
    Evidence.objects.bulk_update(gone, ["gone", "deleted_at"])
    for path in {one.path for one in gone}:
        if not Evidence.objects.filter(path=path, gone=Gone.HERE).exists():
            files.remove(path)
    told = [{"id": one.pk, "kind": one.kind, "sha256": one.sha256} for one in gone]
    fresh = Incident.objects.select_related("sitting").get(pk=incident.pk)
    data = {"why": str(why), "rule": rule, "evidence": told}
    incident_changed(fresh, Change("evidence.deleted", SYSTEM, now, data))
