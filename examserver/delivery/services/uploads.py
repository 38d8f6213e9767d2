"""Takes work files in pieces: begin, append at an offset, confirm by hash. Every version is kept."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from examserver.delivery.models import Sitting, WorkFile
from examserver.delivery.services.changes import Change, sitting_changed
from examserver.delivery.states import OPEN_STATES, UPLOAD_MOVES, SittingState, UploadState
from examserver.kernel.access import Actor
from examserver.kernel.http import ApiError
from examserver.kernel.transitions import move
from itembank.selectors import open_shapes

MOST_VERSIONS = 30


@dataclass(frozen=True, slots=True)
class NewFile:
    """What the candidate is about to send: for which deliverable, under which name, how many bytes."""

    deliverable: str
    name: str
    size: int


def path_of(file: WorkFile) -> Path:
    """Where the bytes of `file` lie."""
    return Path(settings.UPLOAD_DIR) / str(file.sitting_id) / str(file.pk)


def takes_work(sitting: Sitting, now: datetime) -> bool:
    """Whether the sitting still takes work at `now`."""
    until = sitting.accepts_until
    running = sitting.state == SittingState.IN_PROGRESS and until is not None and now <= until
    return running or sitting.state == SittingState.PAUSED


def _check_open(sitting: Sitting, now: datetime) -> None:
    if sitting.state not in OPEN_STATES or not takes_work(sitting, now):
        raise ApiError("not_open", 409)


@transaction.atomic
def begin_upload(*, sitting: Sitting, file: NewFile, now: datetime) -> WorkFile:
    """A new version of a deliverable's file; ApiError not_open, unknown_deliverable, forbidden_type, too_large."""
    _check_open(sitting, now)
    shape = open_shapes(sitting.paper).get(file.deliverable)
    if shape is None or shape.kind != "file":
        raise ApiError("unknown_deliverable", 404, field="deliverable")
    name = PurePath(file.name.replace("\\", "/")).name[:200]
    if not name or PurePath(name).suffix.lower() not in shape.accept:
        raise ApiError("forbidden_type", 415, field="name")
    if not 0 < file.size <= shape.max_bytes:
        raise ApiError("too_large" if file.size > 0 else "empty_file", 413, field="size")
    last = sitting.files.filter(deliverable=file.deliverable).aggregate(last=Max("version"))["last"] or 0
    if last >= MOST_VERSIONS:
        raise ApiError("too_many_versions", 409, field="deliverable")
    return WorkFile.objects.create(
        sitting=sitting,
        deliverable=file.deliverable,
        version=last + 1,
        name=name,
        size=file.size,
        begun_at=now,
    )


def append_chunk(*, file: WorkFile, offset: int, chunk: bytes, now: datetime) -> int:
    """Write `chunk` at `offset`, durable before it counts; returns the new offset.

    ApiError wrong_offset when the file is elsewhere by now, too_large beyond the announced size.
    """
    _check_open(file.sitting, now)
    if offset != file.received:
        raise ApiError("wrong_offset", 409, field="Upload-Offset")
    end = offset + len(chunk)
    if end > file.size:
        raise ApiError("too_large", 413)
    path = path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o640), "r+b") as target:
        target.seek(offset)
        target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    changes = {"received": end, "state": UploadState.RECEIVED if end == file.size else UploadState.RECEIVING}
    if not WorkFile.objects.filter(pk=file.pk, received=offset).update(**changes):
        raise ApiError("wrong_offset", 409, field="Upload-Offset")
    return end


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def confirm_upload(*, file: WorkFile, sha256: str, actor: Actor, now: datetime) -> WorkFile:
    """The candidate says: this is my work. ApiError incomplete, hash_differs; confirmed again it changes nothing."""
    if file.state == UploadState.CONFIRMED and file.sha256 == sha256:
        return file
    _check_open(file.sitting, now)
    if file.state != UploadState.RECEIVED:
        raise ApiError("incomplete", 409)
    digest = _digest(path_of(file))
    if digest != sha256.lower():
        raise ApiError("hash_differs", 422, field="sha256")
    move(file, UPLOAD_MOVES, UploadState.CONFIRMED, sha256=digest, confirmed_at=now)
    data = {"deliverable": file.deliverable, "version": file.version, "size": file.size, "sha256": digest}
    sitting_changed(file.sitting, Change("file.confirmed", actor, now, data))
    return file
