"""The records of a recording: each with its length and checksum, so that a torn end shows."""

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, BinaryIO

Json = dict[str, Any]

MAGIC = b"EXAMREC1"
HEAD = struct.Struct("<IIB")  # length of the payload, its CRC-32 begun with the kind, the kind
LONGEST = 4 * 2**20  # bytes of a payload: a frame and its head, or the reports of one call


class Kind(IntEnum):
    """What a record tells: the calls of a pipeline, and what came of them."""

    FRAME = 1  # a frame was given to it; the blob is its JPEG
    OUTCOME = 2  # what came of the frame before
    TICK = 3  # time passed for the source, and what came of that
    CLOSE = 4  # the source was forgotten, and what came of that
    END = 5  # nothing follows, and why
    ADOPT = 6  # the source was taken over from another worker, with what that one left
    DROP = 7  # the source was left to another worker


@dataclass(frozen=True, slots=True)
class Record:
    """One record: facts as JSON, and bytes that are kept as they are."""

    kind: Kind
    facts: Json
    blob: bytes = b""


class Torn(ValueError):
    """A file that is not whole: where it stops being readable, and how many bytes are left over there.

    `cut` says that the file merely ends within a record, as it does after a kill or a power cut.
    """

    def __init__(self, path: Path, at: int, left: int, cut: bool) -> None:
        what = "ends within a record" if cut else "is damaged"
        super().__init__(f"{path.name} {what} at byte {at}; {left} bytes after it are not read")
        self.cut = cut


def pack(record: Record) -> bytes:
    """The bytes that `read_records` reads."""
    line = json.dumps(record.facts, ensure_ascii=False, separators=(",", ":")).encode()
    payload = b"".join((line, b"\n", record.blob))
    return HEAD.pack(len(payload), checksum(record.kind, payload), record.kind) + payload


def checksum(kind: int, payload: bytes) -> int:
    """CRC-32 of kind and payload together."""
    return zlib.crc32(payload, kind)


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file one after another; raises Torn behind the last whole one, OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Torn(path, 0, size, cut=size < len(MAGIC))
        while (at := file.tell()) < size:
            try:
                yield read_one(file)
            except EOFError as error:
                raise Torn(path, at, size - at, cut=True) from error
            except ValueError as error:
                raise Torn(path, at, size - at, cut=False) from error


def read_one(file: BinaryIO) -> Record:
    """The record that begins here; raises EOFError where the file ends first, ValueError for damage."""
    length, crc, kind = HEAD.unpack(read_whole(file, HEAD.size))
    if length > LONGEST:
        raise ValueError(f"a record of {length} bytes")
    payload = read_whole(file, length)
    if checksum(kind, payload) != crc:
        raise ValueError("the checksum of a record is wrong")
    line, _, blob = payload.partition(b"\n")
    return Record(Kind(kind), json.loads(line), blob)


def read_whole(file: BinaryIO, size: int) -> bytes:
    """Exactly so many bytes; raises EOFError."""
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data
