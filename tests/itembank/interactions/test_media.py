"""Files of items are known by their bytes, whatever their names say."""

import struct

import pytest

from itembank.interactions.media import UnknownMedia, media_file, media_type_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 40, 30) + b"\x08\x02\x00\x00\x00"
GIF = b"GIF89a" + struct.pack("<HH", 40, 30)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03"
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"></svg>'
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x0a\x00\x00\x00" + b"\x00" * 4 + b"\x27\x00\x00" + b"\x1d\x00\x00"


@pytest.mark.parametrize("data", [PNG, GIF, JPEG, SVG, WEBP], ids=["png", "gif", "jpeg", "svg", "webp"])
def test_a_picture_has_a_type_and_a_size(data: bytes) -> None:
    found = media_file(data)
    assert (found.is_picture, found.width, found.height, found.size) == (True, 40, 30, len(data))


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"OggS", "audio/ogg"),
        (b"RIFF____WAVE", "audio/wav"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4"),
        (b"\x1a\x45\xdf\xa3", "video/webm"),
    ],
)
def test_sound_and_film_are_told_apart(data: bytes, media_type: str) -> None:
    assert media_type_of(data) == media_type


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"<html><svg>", b"MZ\x90", b"\xff\x00"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownMedia):
        media_file(data)


@pytest.mark.parametrize("data", [PNG[:12], GIF[:6], JPEG[:5], WEBP[:16], b"<svg>"])
def test_a_broken_picture_has_no_size(data: bytes) -> None:
    assert (media_file(data).width, media_file(data).height) == (0, 0)


def test_an_entry_says_nothing_of_the_files_own_name() -> None:
    assert media_file(PNG).entry("M1").name == "M1.png"
