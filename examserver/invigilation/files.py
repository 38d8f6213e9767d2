"""The evidence folder: files under their hash, whole or not there, on a volume that may fill up."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


class BadEvidence(ValueError):
    """Bytes that do not have the hash that was stated, or are gone."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file: its path inside the folder, and when it was written, in seconds since 1970."""

    path: str
    written_at: float


def folder() -> Path:
    """Where evidence lies."""
    found = Path(settings.EVIDENCE_DIR)
    found.mkdir(parents=True, exist_ok=True, mode=0o750)
    return found


def free_bytes() -> int:
    """What may still be written to the volume of evidence."""
    facts = os.statvfs(folder())
    return facts.f_bavail * facts.f_frsize


def write_once(path: str, data: bytes) -> None:
    """Whole and on the disk when this returns; OSError leaves nothing behind."""
    target = folder() / path
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, partial = tempfile.mkstemp(dir=target.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
    except OSError:
        Path(partial).unlink(missing_ok=True)
        raise
    _sync(target.parent)


def read(path: str, sha256: str) -> bytes:
    """The bytes under a path; BadEvidence when they are gone or not what their hash says."""
    try:
        found = (folder() / path).read_bytes()
    except FileNotFoundError as error:
        raise BadEvidence(sha256) from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise BadEvidence(sha256)
    return found


def remove(path: str) -> None:
    """Remove a file for good; one that is not there is removed already."""
    target = folder() / path
    target.unlink(missing_ok=True)
    if target.parent.exists():
        _sync(target.parent)


def listing() -> Iterator[Stored]:
    """Every file of the folder, also those half written."""
    top = folder()
    for path in top.glob("*/*"):
        if path.is_file():
            yield Stored(str(path.relative_to(top)), path.stat().st_mtime)


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
