"""Keeps the files that tasks hand out: each under its SHA-256, written whole or not at all."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from tempfile import _TemporaryFileWrapper

from django.conf import settings

from itembank.contents import StoredFile, part_id
from itembank.faults import BadSpec, Fault
from itembank.specs import PracticalSpec

CHUNK_BYTES = 1 << 20


def stored_path(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.MATERIAL_DIR) / sha256[:2] / sha256


def file_sha256(path: Path) -> str:
    """SHA-256 of the file's bytes; FileNotFoundError when there is none."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_materials(spec: PracticalSpec, folder: Path) -> dict[str, StoredFile]:
    """Copy every material of `spec` from below `folder`; by `part_id`. BadSpec naming each absent file."""
    sources = {
        part_id(task.id, material.id): _inside(folder, material.file)
        for task in spec.tasks
        for material in task.materials
    }
    missing = [name for name, source in sources.items() if source is None]
    if missing:
        raise BadSpec(Fault(name, "file", "no such file below the materials folder") for name in missing)
    return {name: keep(source) for name, source in sources.items() if source is not None}


def _inside(folder: Path, file: str) -> Path | None:
    """A file outside the folder counts as absent: a specification must not publish the rest of the disk."""
    path, root = (folder / file).resolve(), folder.resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


def keep(source: Path) -> StoredFile:
    """Copy `source` into the store and say what was stored; a copy already there is replaced by its equal."""
    root = Path(settings.MATERIAL_DIR)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as temporary:
        try:
            with source.open("rb") as file:
                shutil.copyfileobj(file, temporary, CHUNK_BYTES)
            return _settle(temporary)
        finally:
            Path(temporary.name).unlink(missing_ok=True)


def _settle(temporary: "_TemporaryFileWrapper[bytes]") -> StoredFile:
    """Durable before it gets its name, so that a name always stands for whole bytes."""
    temporary.flush()
    os.fsync(temporary.fileno())
    name = Path(temporary.name)
    sha256, size = file_sha256(name), name.stat().st_size
    target = stored_path(sha256)
    target.parent.mkdir(exist_ok=True)
    name.replace(target)
    _sync_folder(target.parent)
    return StoredFile(size, sha256)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
