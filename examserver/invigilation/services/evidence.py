"""Keeps the pictures that prove an incident: on the disk under their hash before a row names them. Reads are logged."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from examserver.invigilation.models import Evidence
from examserver.kernel import audit
from examserver.kernel.access import Actor
from proctor.detections import Detection
from proctor.reports import Still


class BadEvidence(ValueError):
    """A picture whose bytes do not have the hash that was stated, or are gone."""


@dataclass(frozen=True, slots=True)
class StoredStill:
    """A still whose file is on the disk; `path` is relative to the evidence folder."""

    captured_at: datetime
    sha256: str
    path: str
    boxes: list[dict[str, Any]]


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as an aware datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def store_stills(stills: Sequence[Still]) -> list[StoredStill]:
    """Write every still where it is not yet; BadEvidence when one is not what its hash says."""
    return [_store(still) for still in stills]


def _store(still: Still) -> StoredStill:
    if hashlib.sha256(still.jpeg).hexdigest() != still.sha256:
        raise BadEvidence(still.sha256)
    path = f"{still.sha256[:2]}/{still.sha256}.jpg"
    _write_once(Path(settings.EVIDENCE_DIR) / path, still.jpeg)
    return StoredStill(moment(still.captured_at), still.sha256, path, [_box(one) for one in still.boxes])


def _box(one: Detection) -> dict[str, Any]:
    return {"label": str(one.label), "score": round(one.score, 3), **asdict(one.box)}


def _write_once(path: Path, data: bytes) -> None:
    """Whole or not at all, and on the disk when this returns."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, partial = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(partial).replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@transaction.atomic
def view_evidence(*, evidence: Evidence, actor: Actor, now: datetime) -> bytes:
    """The picture's bytes; who looked is recorded. BadEvidence when the file is gone or was changed.

    The log has its own stream: looking changes nothing that a board shows.
    """
    incident = evidence.incident
    data = {"sha256": evidence.sha256, "incident": incident.pk, "sitting": incident.sitting_id}
    stream = f"evidence:{incident.sitting.session_id}"
    audit.record(audit.Act(stream, "evidence.viewed", f"evidence:{evidence.pk}", str(actor), data), now)
    return _read(evidence)


def _read(evidence: Evidence) -> bytes:
    try:
        found = (Path(settings.EVIDENCE_DIR) / evidence.path).read_bytes()
    except FileNotFoundError as error:
        raise BadEvidence(evidence.sha256) from error
    if hashlib.sha256(found).hexdigest() != evidence.sha256:
        raise BadEvidence(evidence.sha256)
    return found
