"""Files that are always whole: written beside their place and moved there in one step."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, durable: bool = False) -> None:
    """Replace a file in one step; `durable` also waits until the disk has it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    partial.replace(path)
    if durable:
        sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Wait until the names in a directory are on the disk."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
