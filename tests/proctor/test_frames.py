"""What comes over the frame socket is read, or refused with a reason."""

import struct

import cv2
import numpy as np
import pytest

from proctor.frames import (
    HEADER,
    MAX_JPEG_BYTES,
    BadFrame,
    Frame,
    decode,
    decode_jpeg,
    encode,
    pack_wire,
    parse_wire,
    shrink,
)
from tests.proctor.made import jpeg, small_jpeg


def refused(data: bytes) -> str:
    with pytest.raises(BadFrame) as caught:
        parse_wire(data, 1, 0.0)
    return caught.value.code


def test_a_frame_comes_back_from_the_wire_as_it_was_packed() -> None:
    sent = Frame(source=9, seq=4_000_000_000, captured_at=1_795_000_000.125, received_at=7.5, jpeg=jpeg())
    assert parse_wire(pack_wire(sent), 9, 7.5) == sent


def test_the_header_is_thirteen_bytes_of_version_sequence_and_milliseconds() -> None:
    data = struct.pack(">BIQ", 1, 7, 1500) + small_jpeg(0, 5)
    assert HEADER.size == 13
    assert (parse_wire(data, 1, 0.0).seq, parse_wire(data, 1, 0.0).captured_at) == (7, 1.5)


def test_a_message_without_a_picture_is_too_short() -> None:
    assert refused(b"") == "too_short"
    assert refused(HEADER.pack(1, 0, 0)) == "too_short"


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_is_refused(version: int) -> None:
    assert refused(HEADER.pack(version, 0, 0) + small_jpeg(0, 100)) == "bad_version"


def test_a_picture_of_exactly_the_limit_is_taken_and_one_byte_more_is_refused() -> None:
    header = HEADER.pack(1, 0, 0)
    assert len(parse_wire(header + small_jpeg(0, MAX_JPEG_BYTES), 1, 0.0).jpeg) == MAX_JPEG_BYTES
    assert refused(header + small_jpeg(0, MAX_JPEG_BYTES + 1)) == "too_large"


@pytest.mark.parametrize(
    "picture", [b"GIF89a" * 20, small_jpeg(0, 100)[:-1], small_jpeg(0, 100)[1:], b"\xff"]
)
def test_what_does_not_begin_and_end_as_a_jpeg_is_refused(picture: bytes) -> None:
    assert refused(HEADER.pack(1, 0, 0) + picture) == "not_jpeg"


def test_a_frame_is_decoded_to_blue_green_red() -> None:
    image = decode(Frame(1, 0, 0, 0, jpeg()))
    assert image.shape == (480, 640, 3)
    assert image.dtype == np.uint8


def test_garbage_between_the_markers_cannot_be_decoded() -> None:
    for damaged in (small_jpeg(7, 500), jpeg()[:40] + b"\xff\xd9", b"\xff\xd8\xff\xd9"):
        with pytest.raises(BadFrame, match="undecodable"):
            decode(Frame(1, 0, 0, 0, damaged))


def test_a_picture_of_the_largest_size_is_decoded_and_one_pixel_more_is_not() -> None:
    largest = encode(np.zeros((1440, 1920, 3), np.uint8))
    assert decode(Frame(1, 0, 0, 0, largest)).shape == (1440, 1920, 3)
    for shape in ((1441, 1920, 3), (1440, 1921, 3)):
        with pytest.raises(BadFrame, match="undecodable"):
            decode(Frame(1, 0, 0, 0, encode(np.zeros(shape, np.uint8))))


def test_a_header_that_claims_an_absurd_size_is_refused_before_memory_is_taken() -> None:
    data = bytearray(encode(np.zeros((16, 16, 3), np.uint8)))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_535, 65_535)
    with pytest.raises(BadFrame, match="undecodable"):
        decode(Frame(1, 0, 0, 0, bytes(data)))


@pytest.mark.parametrize("size", [(160, 120), (320, 240), (500, 400), (640, 480)])
def test_a_picture_is_shrunk_to_the_mean_of_its_pixels(size: tuple[int, int]) -> None:
    image = decode_jpeg(jpeg("person"))
    means = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(int)
    shrunk = shrink(image, size)
    assert shrunk.shape == means.shape
    assert abs(shrunk.astype(int) - means).max() <= 2


def test_a_grey_picture_and_one_of_an_odd_size_are_shrunk_too() -> None:
    shrunk = shrink(np.full((481, 643), 9, np.uint8), (160, 120))
    assert shrunk.shape == (120, 160)
    assert (shrunk == 9).all()
