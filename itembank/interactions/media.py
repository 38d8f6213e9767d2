"""Pictures, sound and film of items: what a file is by its bytes, and how large a picture is. Pure.

A file's type is told by how it begins, never by its name. What is none of these is refused: a page shows nothing else.
"""

import hashlib
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from itembank.interactions.contents import MediaEntry

PICTURE_TYPES = frozenset(["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"])
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}
_SVG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?svg[\s>]", re.DOTALL
)
_SVG_TAG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>", re.DOTALL)
_HEAD_BYTES = 4096


class UnknownMedia(ValueError):
    """Bytes that are none of the kinds of picture, sound and film that a page shows."""

    code = "unknown_media"


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of an item: type, SHA-256 and number of its bytes; width and height in pixels, 0 for what has none."""

    media_type: str
    sha256: str
    size: int
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURE_TYPES

    def entry(self, code: str) -> MediaEntry:
        """The entry of an item's content; the name says nothing, for a file's own may say which option is right."""
        return MediaEntry(code, code + ENDINGS[self.media_type], self.media_type, self.sha256, self.size)


def media_file(data: bytes) -> MediaFile:
    """What these bytes are; UnknownMedia."""
    media_type = media_type_of(data)
    width, height = _SIZES[media_type](data) if media_type in _SIZES else (0, 0)
    return MediaFile(media_type, hashlib.sha256(data).hexdigest(), len(data), width, height)


def media_type_of(data: bytes) -> str:
    """The media type of a picture, sound or film by its first bytes; UnknownMedia."""
    for media_type, begins in _BEGINNINGS:
        if begins(data):
            return media_type
    raise UnknownMedia(data[:16].hex())


def _is_mpeg_audio(data: bytes) -> bool:
    return data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2)


def _is_riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == b"RIFF" and data[8:12] == form


_BEGINNINGS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("image/png", lambda data: data[:8] == b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", lambda data: data[:3] == b"\xff\xd8\xff"),
    ("image/gif", lambda data: data[:6] in (b"GIF87a", b"GIF89a")),
    ("image/webp", _is_riff(b"WEBP")),
    ("image/svg+xml", lambda data: _SVG.match(data[:_HEAD_BYTES]) is not None),
    ("audio/ogg", lambda data: data[:4] == b"OggS"),
    ("audio/wav", _is_riff(b"WAVE")),
    ("audio/mp4", lambda data: data[4:8] == b"ftyp" and data[8:11] == b"M4A"),
    ("video/mp4", lambda data: data[4:8] == b"ftyp"),
    ("video/webm", lambda data: data[:4] == b"\x1a\x45\xdf\xa3"),
    ("audio/mpeg", _is_mpeg_audio),
)


def _png_size(data: bytes) -> tuple[int, int]:
    return struct.unpack(">II", data[16:24]) if len(data) >= 24 else (0, 0)


def _gif_size(data: bytes) -> tuple[int, int]:
    return struct.unpack("<HH", data[6:10]) if len(data) >= 10 else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """The size in the first frame header; segments before it are stepped over."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(data) >= 30:
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return 0, 0


def _svg_size(data: bytes) -> tuple[int, int]:
    tag = found.group() if (found := _SVG_TAG.search(data[:_HEAD_BYTES])) else b""
    width, height = (_svg_length(tag, name) for name in (b"width", b"height"))
    if width and height:
        return width, height
    box = re.search(rb"viewBox\s*=\s*[\"']([^\"']*)", tag)
    numbers = re.findall(rb"-?\d+\.?\d*", box[1]) if box else []
    return (round(float(numbers[2])), round(float(numbers[3]))) if len(numbers) == 4 else (0, 0)


def _svg_length(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"'](\d+\.?\d*)(?:px)?[\"']", tag)
    return round(float(found[1])) if found else 0


_SIZES: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "image/png": _png_size,
    "image/jpeg": _jpeg_size,
    "image/gif": _gif_size,
    "image/webp": _webp_size,
    "image/svg+xml": _svg_size,
}


def entries_of(content: object) -> tuple[MediaEntry, ...]:
    """The media of an item's content as it stands in a paper; none for the three plain types."""
    listed = content.get("media", ()) if isinstance(content, dict) else ()
    return msgspec.convert(listed, tuple[MediaEntry, ...])
