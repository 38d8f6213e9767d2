"""Frames as they travel (a fixed header and a JPEG) and as pictures."""

import struct
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor.jpegs import read_picture

Image: TypeAlias = NDArray[np.uint8]  # HxWx3, BGR

WIRE_VERSION = 1
HEADER = struct.Struct(">BIQ")  # version, seq, captured at in milliseconds since 1970; then the JPEG
MAX_JPEG_BYTES = 262_144
MAX_WIDTH, MAX_HEIGHT = 1920, 1440
MAX_SCANS = 20  # a progressive picture has ten, and may carry a small one of itself
MAX_CAPTURED_MS = 32_503_680_000_000  # the year 3000; what stores and shows times ends with the year 9999

SOI, EOI, SOS = b"\xff\xd8", b"\xff\xd9", b"\xff\xda"
# The start-of-frame markers of ITU-T T.81, table B.1: 0xC0 to 0xCF without DHT, JPG and DAC.
SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BASELINE = frozenset({0xC0, 0xC1})  # sequential and Huffman coded
FILL = 0xFF
# Tables, restart interval, applications' segments, comments. Others have no length: whoever skips them otherwise than
# the decoder does is shown another header than the decoder reads.
BEFORE_SOF = frozenset({0xC4, 0xCC, 0xDB, 0xDD, *range(0xE0, 0xF0), 0xFE, FILL})


class BadFrame(ValueError):
    """A frame that must be refused; `code` says why in one word for a counter and a message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Frame:
    """One JPEG of one source; both times are seconds since 1970, the first by the sender's clock."""

    source: int
    seq: int
    captured_at: float
    received_at: float
    jpeg: bytes


def looks_like_jpeg(data: bytes) -> bool:
    """Whether the bytes begin and end as a JPEG does."""
    return len(data) > 4 and data[:2] == SOI and data[-2:] == EOI


def parse_wire(data: bytes, source: int, received_at: float) -> Frame:
    """Read one message of the frame socket.

    Raises BadFrame: too_short, bad_version, bad_time, too_large or not_jpeg.
    """
    if len(data) <= HEADER.size:
        raise BadFrame("too_short")
    version, seq, captured_ms = HEADER.unpack_from(data)
    if version != WIRE_VERSION:
        raise BadFrame("bad_version")
    if captured_ms > MAX_CAPTURED_MS:
        raise BadFrame("bad_time")
    if len(data) - HEADER.size > MAX_JPEG_BYTES:
        raise BadFrame("too_large")
    jpeg = bytes(memoryview(data)[HEADER.size :])
    if not looks_like_jpeg(jpeg):
        raise BadFrame("not_jpeg")
    return Frame(source, seq, captured_ms / 1000, received_at, jpeg)


def pack_wire(frame: Frame) -> bytes:
    """The message that `parse_wire` reads."""
    return HEADER.pack(WIRE_VERSION, frame.seq, round(frame.captured_at * 1000)) + frame.jpeg


def decode(frame: Frame) -> Image:
    """The picture of a frame, BGR uint8 of shape (height, width, 3), turned as its EXIF orientation says.

    Raises BadFrame: undecodable (also when larger than 1920x1440), too_many_scans, or damaged.
    """
    # The size is read before decoding: a few bytes can claim a picture of gigabytes.
    head = read_head(frame.jpeg)
    if not (0 < head.width <= MAX_WIDTH and 0 < head.height <= MAX_HEIGHT):
        raise BadFrame("undecodable")
    # Each scan is a pass over the whole picture; other than in a baseline picture a dozen bytes are enough for one.
    if not head.baseline and frame.jpeg.count(SOS) > MAX_SCANS:
        raise BadFrame("too_many_scans")
    return decode_jpeg(frame.jpeg)


def decode_jpeg(jpeg: bytes) -> Image:
    """Decode the bytes of a picture; raises BadFrame: undecodable, or damaged where a part of it is missing."""
    try:
        image, whole = read_picture(jpeg)
    except cv2.error as error:
        raise BadFrame("undecodable") from error
    if image is None:
        raise BadFrame("undecodable")
    if not whole:
        raise BadFrame("damaged")
    return image


@dataclass(frozen=True, slots=True)
class Head:
    """What a JPEG states before its pixels: width, height, and whether each of its blocks costs some bits."""

    width: int
    height: int
    baseline: bool


def read_head(jpeg: bytes) -> Head:
    """The first frame header of a JPEG; raises BadFrame("undecodable")."""
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in SOF:
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            return Head(width, height, marker in BASELINE)
        if marker not in BEFORE_SOF:
            break
        at += 1 if marker == FILL else 2 + max(2, length)
    raise BadFrame("undecodable")


def shrink(image: Image, size: tuple[int, int]) -> Image:
    """The picture, coloured or grey, in a smaller size (width, height): each pixel the mean of those it stands for.

    Halved as often as that goes: OpenCV takes six times as long to average sixteen pixels in one step.
    """
    width, height = size
    while image.shape[1] >= 2 * width and image.shape[0] >= 2 * height:
        half = (image.shape[1] // 2, image.shape[0] // 2)
        image = as_image(cv2.resize(image, half, interpolation=cv2.INTER_AREA))
    if image.shape[:2] == (height, width):
        return image
    return as_image(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def encode(image: Image, quality: int = 80) -> bytes:
    """The picture as a JPEG; quality 0 to 100."""
    written, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise ValueError("the picture cannot be written as a JPEG")
    return bytes(data.tobytes())


def as_image(array: Any) -> Image:
    """State the type that OpenCV's stubs leave open."""
    image: Image = np.asarray(array, dtype=np.uint8)
    return image
