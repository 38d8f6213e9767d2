"""Files that are always whole: written beside their place and moved there in one step."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, durable: bool = False) -> None:
    """Replace a file in one step; `durable` also waits until the disk has it. OSError leaves nothing behind."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write(partial, data, durable)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    if durable:
        sync_directory(path.parent)


def _write(path: Path, data: bytes, durable: bool) -> None:
    with path.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def sync_directory(directory: Path) -> None:
    """Wait until the names in a directory are on the disk."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_bytes(directory: Path) -> int:
    """What this user may still write to the volume of a directory."""
    facts = os.statvfs(directory)
    return facts.f_bavail * facts.f_frsize
