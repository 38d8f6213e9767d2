"""Pictures, times and files that are not what they should be: each is named, and whatever else there is goes on."""

import io
import os
import random
import struct
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from proctor import models
from proctor.bus import Watch
from proctor.detectors import devices, faces
from proctor.detectors.devices import Devices
from proctor.frames import (
    HEADER,
    MAX_CAPTURED_MS,
    MAX_SCANS,
    SOS,
    BadFrame,
    Frame,
    decode,
    decode_jpeg,
    encode,
    parse_wire,
)
from proctor.loading import load_detectors
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.probing import named, tried
from proctor.reports import Code, IncidentReport
from proctor.runtime import Session
from proctor.scenes import scene
from tests.proctor.made import frame, jpeg, small_jpeg

ROTATED_BY_90 = 6  # EXIF: the first row of the file is the right side of the scene
PERSON = Pillow.fromarray(cv2.cvtColor(scene("person", 0.0), cv2.COLOR_BGR2RGB))


@pytest.fixture(scope="module")
def detectors(models_dir: Path) -> Detectors:
    return load_detectors(models_dir)


def saved(picture: Pillow.Image, **options: object) -> bytes:
    room = io.BytesIO()
    picture.save(room, "JPEG", quality=80, **options)
    return room.getvalue()


def oriented(orientation: int) -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    return saved(PERSON, exif=exif)


def refusal(data: bytes) -> str:
    with pytest.raises(BadFrame) as caught:
        decode(Frame(1, 0, 0.0, 0.0, data))
    return caught.value.code


def many_scans(scans: int) -> bytes:
    """A flat progressive picture of the largest size with its last scan written again and again."""
    flat = saved(Pillow.new("L", (1920, 1440), 128), progressive=True)
    last = flat[flat.rindex(SOS) : -2]
    return flat[:-2] + last * (scans - flat.count(SOS)) + flat[-2:]


OTHER_KINDS = {
    "grey": saved(PERSON.convert("L")),
    "progressive": saved(PERSON, progressive=True),
    "CMYK": saved(PERSON.convert("CMYK")),
    "without subsampling": saved(PERSON, subsampling=0),
    "with restart markers": saved(PERSON, restart_marker_blocks=4),
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_picture_of_another_kind_shows_the_same_person(kind: str, detectors: Detectors) -> None:
    image = decode(Frame(1, 0, 0.0, 0.0, OTHER_KINDS[kind]))
    assert (image.shape, image.dtype) == ((480, 640, 3), np.uint8)
    assert "person" in {one.label for one in detectors.scene.detect([image])[0] if one.score > 0.5}


@pytest.mark.parametrize(
    ("size", "fits"),
    [((1, 1), True), ((17, 9), True), ((1920, 1440), True), ((1921, 8), False), ((8, 1441), False)],
)
def test_a_picture_of_any_size_up_to_the_largest_goes_through_all_stages(
    size: tuple[int, int], fits: bool, detectors: Detectors
) -> None:
    data = saved(PERSON.resize(size))
    if not fits:
        assert refusal(data) == "undecodable"
        return
    analysis = Pipeline(detectors, load_rules()).analyse(replace(frame(), jpeg=data), Watch(1, 0.0))
    assert analysis.thumbnail is not None


def test_a_picture_lies_as_its_exif_says_which_is_how_a_browser_shows_it() -> None:
    upright, turned = decode_jpeg(oriented(1)), decode_jpeg(oriented(ROTATED_BY_90))
    assert turned.shape == (640, 480, 3)
    assert np.array_equal(turned, np.rot90(upright, -1))


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95])
def test_a_picture_that_was_cut_and_ends_with_the_right_marker_is_damaged(part: float) -> None:
    whole = jpeg()
    start = whole.index(SOS) + 14
    cut = whole[: start + int(part * (len(whole) - start - 60))] + b"\xff\xd9"
    assert refusal(cut) == "damaged"


def test_a_picture_with_a_marker_in_its_middle_is_damaged_and_a_whole_one_after_it_is_not() -> None:
    torn = bytearray(jpeg())
    torn[15_000:15_002] = b"\xff\xd9"
    assert refusal(bytes(torn)) == "damaged"
    assert decode_jpeg(jpeg()).shape == (480, 640, 3)


def test_what_others_write_to_standard_error_meanwhile_is_passed_on(
    capfd: pytest.CaptureFixture[str],
) -> None:
    from proctor.jpegs import EAR

    result, heard = EAR.listen(lambda: os.write(2, b"from somebody else\n"))
    assert (result, heard) == (19, b"from somebody else\n")
    refusal(jpeg()[:15_000] + b"\xff\xd9")
    os.write(2, b"still here\n")
    assert capfd.readouterr().err == "still here\n"


def test_so_many_scans_that_a_picture_takes_seconds_are_refused_unread() -> None:
    assert decode(Frame(1, 0, 0.0, 0.0, saved(PERSON, progressive=True))).shape == (480, 640, 3)
    assert refusal(many_scans(MAX_SCANS + 1)) == "too_many_scans"
    assert refusal(many_scans(5000)) == "too_many_scans"


@pytest.mark.parametrize("marker", [b"\xff\x01", b"\xff\xd0", b"\xff\x00"])
def test_a_header_that_only_we_would_see_hides_no_other_from_the_decoder(marker: bytes) -> None:
    flat = saved(Pillow.new("L", (3000, 3000), 128), progressive=True)
    # What stands in a comment's length is read as the length of the marker before it, and leads far behind.
    comment = b"\xff\xfe\x01\x02" + bytes(256)
    fake = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 480, 640) + bytes(4)
    hidden = flat[:2] + marker + comment + flat[2:]
    hidden += bytes(2 + 2 + 0xFFFE - len(hidden)) + fake + b"\xff\xd9"
    assert cv2.imdecode(np.frombuffer(hidden, np.uint8), cv2.IMREAD_COLOR) is not None
    assert refusal(hidden) == "undecodable"


def test_an_all_black_picture_is_a_covered_camera_and_not_an_empty_seat(detectors: Detectors) -> None:
    black = encode(np.zeros((480, 640, 3), np.uint8))
    reports = played(detectors, [(at / 2, black) for at in range(60)])
    assert {report.code for report in reports if report.phase == "raised"} <= {
        Code.CAMERA_BLOCKED,
        Code.FRAME_FROZEN,
    }
    assert Code.CAMERA_BLOCKED in {report.code for report in reports}


def played(detectors: Detectors, shots: list[tuple[float, bytes]]) -> list[IncidentReport]:
    pipeline = Pipeline(detectors, load_rules())
    found = []
    for seq, (at, data) in enumerate(shots):
        found += pipeline.analyse(Frame(1, seq, at, at, data), Watch(1, 0.0)).reports
    return found


@pytest.mark.parametrize("ms", [0, MAX_CAPTURED_MS])
def test_the_time_of_a_capture_is_one_that_a_calendar_has(ms: int) -> None:
    data = HEADER.pack(1, 0, ms) + small_jpeg(0, 100)
    assert datetime.fromtimestamp(parse_wire(data, 1, 0.0).captured_at, UTC).year <= 3000


@pytest.mark.parametrize("ms", [MAX_CAPTURED_MS + 1, 2**64 - 1])
def test_a_time_behind_every_calendar_is_refused(ms: int) -> None:
    with pytest.raises(BadFrame, match="bad_time"):
        parse_wire(HEADER.pack(1, 0, ms) + small_jpeg(0, 100), 1, 0.0)


def test_a_captured_time_that_jumps_changes_nothing_that_is_reported(detectors: Detectors) -> None:
    shots = [frame(seq=n, at=n / 2, name="phone") for n in range(10)]
    jumping = [replace(shot, captured_at=(-1) ** n * 1e9 + 1e9) for n, shot in enumerate(shots)]
    told = [[as_key(one) for one in shown(detectors, frames)] for frames in (shots, jumping)]
    assert told[0] == told[1] != []


def shown(detectors: Detectors, frames: list[Frame]) -> list[IncidentReport]:
    pipeline = Pipeline(detectors, load_rules())
    return [report for one in frames for report in pipeline.analyse(one, Watch(1, 0.0)).reports]


def as_key(report: IncidentReport) -> tuple[str, str, float, float]:
    return report.uid, report.phase, report.started_at, report.at


@pytest.mark.parametrize("jump", [3600.0, -3600.0, 1e8, -1e8])
def test_after_the_server_s_clock_jumps_incidents_are_still_raised_and_end(
    detectors: Detectors, jump: float
) -> None:
    names = ["phone"] * 12 + ["person"] * 40
    before = [frame(seq=n, at=1e9 + n / 2, name=name) for n, name in enumerate(["person"] * 6 + names)]
    later = [replace(one, seq=100 + one.seq, received_at=one.received_at + 29 + jump) for one in before]
    reports = shown(detectors, [*before, *later])
    raised = [one for one in reports if one.phase == "raised" and one.code is Code.PHONE]
    ended = [one for one in reports if one.phase == "ended" and one.code is Code.PHONE]
    assert (len(raised), len(ended)) == (2, 2)


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_a_clock_that_jumps_in_the_middle_of_an_incident_leaves_none_open(
    detectors: Detectors, jump: float
) -> None:
    names = ["phone"] * 20 + ["person"] * 40
    frames = [frame(seq=n, at=1e9 + n / 2, name=name) for n, name in enumerate(names)]
    moved = [replace(one, received_at=one.received_at + (jump if one.seq >= 12 else 0)) for one in frames]
    reports = shown(detectors, moved)
    raised = {one.uid for one in reports if one.phase == "raised"}
    assert raised
    assert raised == {one.uid for one in reports if one.phase == "ended"}


def test_a_network_of_another_shape_is_named_when_it_is_loaded_and_not_at_every_frame(
    models_dir: Path,
) -> None:
    path = models.verify(models_dir)["centerface"]
    with pytest.raises(models.ModelCorrupt, match=f"{path} takes or gives other shapes"), named(path):
        tried(Devices(Session(faces.open_dimensions(path.read_bytes()))))
    with pytest.raises(models.ModelCorrupt, match="not the YOLOX file"), named(path):
        devices.open_dimensions(path.read_bytes())
    with pytest.raises(models.ModelCorrupt, match="other shapes"), named(path):
        Session(b"no network at all")


def test_the_networks_that_are_named_are_tried_and_taken(models_dir: Path) -> None:
    detectors = load_detectors(models_dir)
    assert detectors.scene.detect([scene("person", 0.0)])[0]


@pytest.mark.parametrize("kind", ["progressive", "CMYK", "grey"])
def test_whatever_is_changed_in_a_picture_it_is_a_picture_or_refused(kind: str) -> None:
    rng, whole, codes = random.Random(kind), OTHER_KINDS[kind], set()
    for _ in range(150):
        data = bytearray(whole)
        for at in rng.sample(range(2, 700), rng.randrange(1, 5)):
            data[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(3))
        data[:2], data[-2:] = b"\xff\xd8", b"\xff\xd9"
        try:
            assert decode(Frame(1, 0, 0.0, 0.0, bytes(data))).shape[2] == 3
        except BadFrame as error:
            codes.add(error.code)
    assert {"undecodable", "damaged"} <= codes <= {"undecodable", "damaged", "too_many_scans"}
