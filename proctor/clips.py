"""A clip as one file: a zip of the JPEGs as they came, nothing packed again, and a list of what they are.

The same frames give the same bytes. Any zip program opens it; `clip.json` in it says of each picture when it was
captured (the sender's clock) and received (ours), both seconds since 1970, its number and the SHA-256 of its bytes.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from proctor.frames import Frame, looks_like_jpeg
from proctor.reports import Clip, make_clip

VERSION = 1
LIST = "clip.json"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell; the true times stand in the list
UNIX = 3
MOST_BYTES = 8_388_608


class ClipDamaged(ValueError):
    """Bytes that are not a whole clip, or whose pictures are not the ones in its list."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Which incident a clip shows."""

    uid: str
    code: str
    source: int


def pack_clip(subject: Subject, frames: Sequence[Frame]) -> Clip:
    """The clip of these frames, in their order; ValueError where there are none."""
    if not frames:
        raise ValueError("a clip has at least one frame")
    rows = [_row(number, frame) for number, frame in enumerate(frames)]
    told = {"version": VERSION, "uid": subject.uid, "code": subject.code, "source": subject.source}
    head = json.dumps({**told, "frames": rows}, indent=1).encode()
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, LIST, head)
        for row, frame in zip(rows, frames, strict=True):
            _add(archive, row["file"], frame.jpeg)
    return make_clip(frames[0].received_at, frames[-1].received_at, len(frames), room.getvalue())


def _row(number: int, frame: Frame) -> dict[str, Any]:
    return {
        "file": f"{number:04d}.jpg",
        "seq": frame.seq,
        "captured_at": frame.captured_at,
        "received_at": frame.received_at,
        "sha256": hashlib.sha256(frame.jpeg).hexdigest(),
    }


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = UNIX
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, data)


def read_clip(data: bytes) -> list[Frame]:
    """The frames of a clip; ClipDamaged where anything in it is not as its list says."""
    if len(data) > MOST_BYTES:
        raise ClipDamaged("a clip of more than 8 MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(one.compress_type != zipfile.ZIP_STORED for one in archive.infolist()):
                raise ClipDamaged("a clip is never packed")
            head = json.loads(archive.read(LIST))
            return [_read(archive, head["source"], row) for row in head["frames"]]
    except (zipfile.BadZipFile, KeyError, TypeError, EOFError, OSError, UnicodeDecodeError) as error:
        raise ClipDamaged(f"not a clip: {error}") from error
    except json.JSONDecodeError as error:
        raise ClipDamaged(f"the list of a clip cannot be read: {error}") from error


def _read(archive: zipfile.ZipFile, source: int, row: dict[str, Any]) -> Frame:
    jpeg = archive.read(row["file"])
    if hashlib.sha256(jpeg).hexdigest() != row["sha256"] or not looks_like_jpeg(jpeg):
        raise ClipDamaged(f"{row['file']} is not the picture that was filmed")
    return Frame(source, row["seq"], row["captured_at"], row["received_at"], jpeg)
