"""Hands the record of one incident out as a zip, and puts on record who got it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from examserver.delivery.selectors import stream
from examserver.invigilation import files
from examserver.invigilation.files import BadEvidence
from examserver.invigilation.models import Evidence, Incident
from examserver.invigilation.proof import VERSION, Item, Link, Record, faults
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.models import LogEntry

EXPORTERS = (Role.CHIEF_INVIGILATOR, Role.OFFICER)
RECORD = "record.json"
ENDINGS = {"STILL": "jpg", "CLIP": "zip"}


@transaction.atomic
def export_incident(*, incident: Incident, actor: Actor, now: datetime) -> bytes:
    """A zip of the pictures, the row and its part of the audit chain. NotAllowed role_needed; BadEvidence."""
    if not actor.has(*EXPORTERS):
        raise NotAllowed("role_needed")
    record = record_of(incident, actor, now)
    data = {"incident": incident.pk, "sitting": incident.sitting_id, "chain_ends": record.chain[-1].hash}
    log = f"evidence:{incident.sitting.session_id}"
    audit.record(audit.Act(log, "incident.exported", f"incident:{incident.pk}", str(actor), data), now)
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(RECORD, msgspec.json.format(msgspec.json.encode(record), indent=1))
        for name, picture in pictures_of(incident).items():
            archive.writestr(name, picture)
    return room.getvalue()


def pictures_of(incident: Incident) -> dict[str, bytes]:
    """Every picture of the incident that is kept, by its name in the record; BadEvidence where one was changed."""
    kept = [one for one in incident.evidence.all() if not one.gone]
    return {_name(one): files.read(one.path, one.sha256) for one in kept}


def record_of(incident: Incident, actor: Actor, now: datetime) -> Record:
    """The record as it stands now."""
    return Record(
        version=VERSION,
        incident=f"incident:{incident.pk}",
        sitting=incident.sitting_id,
        code=incident.code,
        state=incident.state,
        started_at=incident.started_at.isoformat(),
        ended_at=incident.ended_at.isoformat() if incident.ended_at else None,
        exported_at=now.isoformat(),
        exported_by=str(actor),
        stream=stream(incident.sitting.session_id),
        evidence=[_item(one) for one in incident.evidence.all()],
        chain=_chain(incident),
    )


def _name(evidence: Evidence) -> str:
    return f"{evidence.captured_at:%Y%m%dT%H%M%SZ}-{evidence.sha256[:12]}.{ENDINGS[evidence.kind]}"


def _item(evidence: Evidence) -> Item:
    return Item(
        kind=evidence.kind,
        sha256=evidence.sha256,
        captured_at=evidence.captured_at.isoformat(),
        file="" if evidence.gone else _name(evidence),
        gone=evidence.gone,
        deleted_at=evidence.deleted_at.isoformat() if evidence.deleted_at else None,
    )


def _chain(incident: Incident) -> list[Link]:
    """The chain from the first entry about the incident to the last; those about others without their words."""
    subject = f"incident:{incident.pk}"
    whole = LogEntry.objects.filter(stream=stream(incident.sitting.session_id))
    numbers = list(whole.filter(subject=subject).order_by("number").values_list("number", flat=True))
    between = whole.filter(number__gte=numbers[0], number__lte=numbers[-1]).order_by("number")
    return [_link(one, subject) for one in between]


def _link(entry: LogEntry, subject: str) -> Link:
    bare = Link(number=entry.number, previous_hash=entry.previous_hash, hash=entry.hash)
    if entry.subject != subject:
        return bare
    return msgspec.structs.replace(
        bare,
        at=entry.at.isoformat(),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        data=entry.data,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """An incident with evidence, and what does not hold."""

    incident: int
    faults: list[str]


def check_house(now: datetime) -> Iterator[Checked]:
    """Every incident with evidence, against the files and the chain of this house."""
    for incident in Incident.objects.filter(evidence__isnull=False).distinct().order_by("pk").iterator():
        try:
            found = faults(record_of(incident, SYSTEM, now), pictures_of(incident))
        except BadEvidence as error:
            found = [f"{error}: missing or changed"]
        yield Checked(incident.pk, found)
