"""A clip holds the frames around an incident as they came, the same bytes every time, within a bound of bytes."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest

from proctor.clips import ClipDamaged, Subject, pack_clip, read_clip
from proctor.codec import ReportDamaged, decode_report, encode_report
from proctor.filming import AFTER, BEFORE, MOST_BYTES, SPAN, Filming, Reel
from proctor.frames import MAX_JPEG_BYTES, Frame
from proctor.reports import IncidentReport, without_pictures
from tests.proctor.made import report, small_jpeg

SUBJECT = Subject("7-PHONE-1000", "PHONE", 7)


def frame(at: float, size: int = 100) -> Frame:
    return Frame(7, round(at * 2), at - 0.25, at, small_jpeg(round(at * 2), size))


def film(raised: IncidentReport, first: float, last: float) -> list[IncidentReport]:
    """Two frames a second from `first` to `last`; the report is raised in its time."""
    filming, told = Filming(), []
    for at in (first + n / 2 for n in range(round((last - first) * 2) + 1)):
        filming.add(frame(at))
        if at == raised.at:
            filming.begin([raised])
        told += filming.finished(at)
    return told


def times(told: IncidentReport) -> list[float]:
    assert told.clip is not None
    return [one.received_at for one in read_clip(told.clip.data)]


def test_a_clip_gives_back_its_frames_and_is_the_same_bytes_every_time() -> None:
    frames = [frame(at / 2) for at in range(6)]
    clip = pack_clip(SUBJECT, frames)
    assert read_clip(clip.data) == frames
    assert clip == pack_clip(SUBJECT, frames)
    assert (clip.frames, clip.began_at, clip.ended_at) == (6, 0.0, 2.5)


def test_any_zip_program_can_open_a_clip_and_read_what_its_pictures_are() -> None:
    clip = pack_clip(SUBJECT, [frame(3.0)])
    with zipfile.ZipFile(BytesIO(clip.data)) as archive:
        told = json.loads(archive.read("clip.json"))
        assert archive.testzip() is None
        assert archive.read("0000.jpg") == frame(3.0).jpeg
    assert (told["uid"], told["frames"][0]["captured_at"]) == (SUBJECT.uid, 2.75)


def test_a_changed_cut_or_packed_clip_is_refused() -> None:
    data = pack_clip(SUBJECT, [frame(1.0), frame(1.5)]).data
    at = data.index(frame(1.5).jpeg) + 20
    for damaged in (data[:at] + b"x" + data[at + 1 :], data[:-30], b"", b"PK" + data[2:50]):
        with pytest.raises(ClipDamaged):
            read_clip(damaged)
    room = BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("clip.json", b"0" * 1_000_000)
    with pytest.raises(ClipDamaged, match="packed"):
        read_clip(room.getvalue())


def test_a_clip_is_from_ten_seconds_before_to_ten_seconds_after() -> None:
    raised = replace(report(at=33.0), started_at=30.0)
    [told] = film(raised, 0.0, 60.0)
    assert (told.phase, told.at, told.uid, told.stills) == ("filmed", 33.0 + AFTER, raised.uid, ())
    assert (times(told)[0], times(told)[-1]) == (30.0 - BEFORE, 33.0 + AFTER)
    assert len(times(told)) == 47


def test_a_clip_is_not_cut_before_its_time_and_at_once_when_the_seat_is_closed() -> None:
    raised = replace(report(at=5.0), started_at=5.0)
    assert film(raised, 0.0, 14.5) == []
    filming = Filming()
    for at in range(8):
        filming.add(frame(at))
    filming.begin([raised])
    [told] = filming.finish(7.0)
    assert (told.at, times(told)) == (7.0, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert filming.finish(8.0) == []


def test_where_no_frame_ever_came_there_is_no_clip() -> None:
    filming = Filming()
    filming.begin([report(at=5.0)])
    assert filming.finished(15.0) == []


def test_a_clock_that_is_set_back_ends_a_film_and_takes_no_future_frames_along() -> None:
    filming = Filming()
    filming.add(frame(1000.0))
    filming.begin([replace(report(at=1000.0), started_at=1000.0)])
    filming.add(frame(20.0))
    assert filming.finished(20.0) == []  # its only frame was of a time that has not been
    assert filming.finished(1010.0) == []


def test_a_reel_stays_within_its_bytes_and_still_reaches_back() -> None:
    reel = Reel()
    for n in range(400):
        reel.add(frame(n / 2, MAX_JPEG_BYTES))
        assert reel.size <= MOST_BYTES
    kept = [one.received_at for one in reel.between(0.0, 1000.0)]
    assert kept[-1] == 199.5
    assert 199.5 - SPAN <= kept[0] <= 199.5 - BEFORE - AFTER
    assert max(b - a for a, b in pairwise(kept)) <= 12


def test_a_report_with_a_clip_travels_and_one_without_its_pictures_keeps_their_hashes() -> None:
    told = replace(report("filmed", stills=2), clip=pack_clip(SUBJECT, [frame(1.0)]))
    bare = without_pictures(told)
    assert decode_report(encode_report(told)) == told
    assert decode_report(encode_report(bare)) == bare
    assert len(encode_report(bare)) < 1000
    assert bare.clip is not None
    assert told.clip is not None
    assert (bare.clip.data, bare.clip.sha256) == (b"", told.clip.sha256)


def test_a_report_with_a_changed_clip_or_an_unknown_phase_is_refused() -> None:
    data = encode_report(replace(report("filmed"), clip=pack_clip(SUBJECT, [frame(1.0)])))
    for damaged in (data[:-1] + b"x", data.replace(b'"filmed"', b'"framed"')):
        with pytest.raises(ReportDamaged):
            decode_report(damaged)
