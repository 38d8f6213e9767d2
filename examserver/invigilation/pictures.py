"""Bundles of live pictures for a board: for each sitting a short header and a JPEG, big-endian, one after another."""

import struct
from collections.abc import Iterable
from typing import Literal

from proctor.bus import FrameBus

HEADER = struct.Struct(">IQI")  # sitting, captured at in milliseconds since 1970, length; then the JPEG
Size = Literal["thumbnail", "full"]


def bundle(bus: FrameBus, sittings: Iterable[int], size: Size) -> bytes:
    """The newest picture of each sitting that has one.

    A thumbnail is of the last frame analysed; a seat that nobody analyses yet is shown by its last frame.
    """
    parts: list[bytes] = []
    for sitting in sittings:
        small = bus.thumbnail(sitting) if size == "thumbnail" else None
        picture = small or bus.latest(sitting)
        if picture is not None:
            captured = round(picture.captured_at * 1000)
            parts += (HEADER.pack(sitting, captured, len(picture.jpeg)), picture.jpeg)
    return b"".join(parts)
