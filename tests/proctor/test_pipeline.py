"""One frame through all stages, with the real detectors."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from proctor.bus import NOTHING, SourceStatus, Watch
from proctor.frames import BadFrame, decode_jpeg
from proctor.loading import load_detectors
from proctor.looking import Detectors
from proctor.pipeline import Analysis, Pipeline
from proctor.policies import load_rules
from proctor.reports import Code, IncidentReport
from tests.proctor.made import frame

WATCH = Watch(1, 0.0)


@pytest.fixture(scope="module")
def detectors(models_dir: Path) -> Detectors:
    return load_detectors(models_dir)


@pytest.fixture
def pipeline(detectors: Detectors) -> Pipeline:
    return Pipeline(detectors, load_rules())


def play(pipeline: Pipeline, plan: list[tuple[str, float]], watch: Watch = WATCH) -> list[IncidentReport]:
    """Show scenes one after another, two frames a second."""
    return [report for one in analyses(pipeline, plan, watch) for report in one.reports]


def analyses(pipeline: Pipeline, plan: list[tuple[str, float]], watch: Watch = WATCH) -> Iterator[Analysis]:
    names = [name for name, seconds in plan for _ in range(round(seconds * 2))]
    for seq, name in enumerate(names):
        yield pipeline.analyse(replace(frame(name=name, at=seq / 2), seq=seq), watch)


def raised(reports: list[IncidentReport]) -> list[Code]:
    return [report.code for report in reports if report.phase == "raised"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("phone", Code.PHONE),
        ("phone_on_desk", Code.PHONE),
        ("book", Code.BOOK_NOTES),
        ("laptop", Code.LAPTOP_TABLET),
        ("second", Code.EXTRA_PERSON),
        ("covered", Code.CAMERA_BLOCKED),
    ],
)
def test_what_a_scene_shows_for_five_seconds_is_one_incident(
    pipeline: Pipeline, name: str, code: Code
) -> None:
    assert raised(play(pipeline, [("person", 3), (name, 5), ("person", 14), (name, 2)])) == [code]


def test_a_person_alone_is_no_incident(pipeline: Pipeline) -> None:
    assert play(pipeline, [("person", 30)]) == []


@pytest.mark.parametrize(("seconds", "count"), [(5.5, 1), (5.0, 0)])
def test_a_seat_is_reported_empty_after_five_seconds_and_not_before(
    pipeline: Pipeline, seconds: float, count: int
) -> None:
    assert (
        raised(play(pipeline, [("person", 8), ("empty", seconds), ("person", 4)]))
        == [Code.SEAT_EMPTY] * count
    )


def test_an_empty_seat_is_told_again_when_the_fifteen_seconds_of_the_notice_are_full(
    pipeline: Pipeline,
) -> None:
    reports = play(pipeline, [("person", 8), ("empty", 16)])
    told = [(one.phase, one.at - one.started_at) for one in reports]
    assert [one for one in told if one[0] in ("raised", "updated")] == [("raised", 5.0), ("updated", 15.0)]


def test_a_covered_camera_is_not_an_empty_seat(pipeline: Pipeline) -> None:
    assert raised(play(pipeline, [("person", 3), ("covered", 40)])) == [Code.CAMERA_BLOCKED]


def test_an_ignored_code_is_not_reported_and_the_others_are(pipeline: Pipeline) -> None:
    watch = replace(WATCH, ignored=frozenset({"PHONE"}))
    assert raised(play(pipeline, [("phone", 6), ("second", 6)], watch)) == [Code.EXTRA_PERSON]


def test_what_is_raised_carries_the_frames_that_prove_it(pipeline: Pipeline) -> None:
    [report] = [one for one in play(pipeline, [("person", 3), ("phone", 4)]) if one.phase == "raised"]
    assert 1 <= len(report.stills) <= 3
    assert report.stills[0].captured_at == report.started_at == 3.0
    assert all("phone" in [box.label for box in still.boxes] for still in report.stills)
    assert decode_jpeg(report.stills[0].jpeg).shape == (480, 640, 3)


@pytest.mark.parametrize(("silence", "count"), [(10.0, 1), (9.9, 0)])
def test_a_camera_is_lost_after_ten_seconds_without_a_frame(
    pipeline: Pipeline, silence: float, count: int
) -> None:
    play(pipeline, [("person", 1)])
    status = SourceStatus(received_at=0.5, analysed_at=0.5, received=2, analysed=2, dropped=0)
    reports = pipeline.tick(WATCH, status, 0.5 + silence)
    assert raised(reports) == [Code.CAMERA_LOST] * count
    assert all(report.stills[0].captured_at == 0.5 for report in reports)


def test_a_camera_that_never_sent_anything_is_lost_counted_from_the_watch(pipeline: Pipeline) -> None:
    watch = Watch(1, since=100.0)
    assert pipeline.tick(watch, NOTHING, 109.9) == []
    [report] = pipeline.tick(watch, NOTHING, 110.0)
    assert (report.code, report.started_at, report.stills) == (Code.CAMERA_LOST, 100.0, ())


def test_a_lost_camera_ends_with_the_next_frame(pipeline: Pipeline) -> None:
    pipeline.tick(WATCH, NOTHING, 10.0)
    reports = pipeline.analyse(frame(at=11.0), WATCH).reports
    assert [(report.code, report.phase) for report in reports] == [(Code.CAMERA_LOST, "ended")]


def test_closing_a_source_ends_its_incidents_and_forgets_it(pipeline: Pipeline) -> None:
    play(pipeline, [("phone", 5)])
    assert pipeline.is_suspicious(1)
    assert [report.phase for report in pipeline.close(1)] == ["ended", "filmed"]
    assert pipeline.close(1) == []
    assert (pipeline.sources, pipeline.is_suspicious(1)) == (frozenset(), False)


def test_a_frame_that_cannot_be_decoded_leaves_the_source_as_it_was(pipeline: Pipeline) -> None:
    play(pipeline, [("phone", 4)])
    with pytest.raises(BadFrame):
        pipeline.analyse(replace(frame(at=4.0), jpeg=b"\xff\xd8nothing\xff\xd9"), WATCH)
    assert pipeline.is_suspicious(1)


def test_a_thumbnail_is_a_small_picture_of_the_same_shape(pipeline: Pipeline) -> None:
    thumbnail = pipeline.analyse(frame(at=2.0), WATCH).thumbnail
    assert thumbnail is not None
    assert decode_jpeg(thumbnail.jpeg).shape == (120, 160, 3)
    assert (thumbnail.captured_at, len(thumbnail.jpeg) < 8_000) == (2.0, True)


def test_a_thumbnail_is_made_once_a_second_and_again_when_the_clock_was_set_back(pipeline: Pipeline) -> None:
    made = [pipeline.analyse(frame(at=at), WATCH).thumbnail is not None for at in (2.0, 2.9, 3.0, 1.0)]
    assert made == [True, False, True, True]


def test_a_raised_incident_is_filmed_from_before_it_began_to_ten_seconds_after(pipeline: Pipeline) -> None:
    reports = play(pipeline, [("person", 12), ("phone", 6), ("person", 14)])
    [told] = [one for one in reports if one.phase == "raised"]
    [film] = [one for one in reports if one.phase == "filmed"]
    assert film.clip is not None
    assert (film.uid, film.clip.began_at, film.clip.ended_at) == (
        told.uid,
        told.started_at - 10,
        told.at + 10,
    )


def test_a_worker_that_takes_over_films_what_is_left(pipeline: Pipeline, detectors: Detectors) -> None:
    reports = play(pipeline, [("person", 3), ("phone", 4)])
    [told] = [one for one in reports if one.phase == "raised"]
    heir = Pipeline(detectors, load_rules())
    heir.adopt(1, pipeline.left(1))
    frames = [replace(frame(name="phone", at=at / 2), seq=at) for at in range(14, 40)]
    later = [report for one in frames for report in heir.analyse(one, WATCH).reports]
    [film] = [one for one in later if one.phase == "filmed"]
    assert film.clip is not None
    assert (film.uid, film.clip.began_at, film.clip.ended_at) == (told.uid, 7.0, told.at + 10)
