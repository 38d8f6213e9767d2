"""Frames and incidents get across, the same way in shared memory and in Redis."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from proctor.bus import NOTHING, BusUnavailable, Thumbnail, Watch, open_bus
from proctor.buses.redis import DAMAGED, STREAM
from proctor.frames import MAX_JPEG_BYTES, BadFrame, Frame
from proctor.reports import IncidentReport
from tests.proctor.conftest import Opener
from tests.proctor.made import report, small_jpeg
from tests.support.ports import free_port


def frame(source: int, seq: int) -> Frame:
    return Frame(source, seq, 1000.25 + seq, 2000.5 + seq, small_jpeg(seq, 300 + seq))


def test_the_newest_frame_wins_and_is_taken_once(opener: Opener) -> None:
    server, worker = opener(), opener()
    assert [server.put(frame(5, seq)).replaced for seq in range(3)] == [False, True, True]
    assert worker.take(5, 1.0) == frame(5, 2)
    assert worker.take(5, 1.0) is None
    assert server.latest(5) == worker.latest(5) == frame(5, 2)


def test_frames_that_nobody_took_are_counted_as_dropped(opener: Opener) -> None:
    server, worker = opener(), opener()
    for seq in range(3):
        server.put(frame(5, seq))
    waiting = server.status(5)
    assert (waiting.received, waiting.dropped, waiting.waiting) == (3, 2, True)
    worker.take(5, 3000.5)
    worker.report_analysed(5, 3000.75, None)
    server.put(frame(5, 3))
    done = server.status(5)
    assert (done.received, done.analysed, done.dropped, done.waiting) == (4, 1, 2, True)
    assert (done.received_at, done.analysed_at) == (2003.5, 3000.75)


def test_sources_do_not_mix(opener: Opener) -> None:
    server, worker = opener(), opener()
    for source in (0, 1, 2**40):
        server.put(frame(source, source % 7))
    assert worker.take(2**40, 1.0) == frame(2**40, 2**40 % 7)
    assert worker.take(0, 1.0) == frame(0, 0)
    assert worker.statuses([0, 1, 3])[1].waiting
    assert worker.statuses([0, 1, 3])[3] == NOTHING


def test_a_source_that_was_never_seen_has_nothing(opener: Opener) -> None:
    bus = opener()
    assert (bus.take(9, 1.0), bus.latest(9), bus.thumbnail(9), bus.status(9)) == (None, None, None, NOTHING)
    bus.unwatch(9)


def test_a_frame_of_the_largest_size_passes_and_a_larger_one_is_refused(opener: Opener) -> None:
    bus = opener()
    largest = Frame(1, 1, 0.0, 0.0, small_jpeg(1, MAX_JPEG_BYTES))
    bus.put(largest)
    assert bus.take(1, 1.0) == largest
    with pytest.raises(BadFrame, match="too_large"):
        bus.put(replace(largest, jpeg=small_jpeg(1, MAX_JPEG_BYTES + 1)))


def test_the_last_thumbnail_stays_until_there_is_a_new_one(opener: Opener) -> None:
    server, worker = opener(), opener()
    for shown in (Thumbnail(small_jpeg(3, 90), 1000.25), None):
        server.put(frame(5, 0))
        worker.take(5, 1.0)
        assert worker.report_analysed(5, 1.0, shown)
    assert server.thumbnail(5) == Thumbnail(small_jpeg(3, 90), 1000.25)


def test_watches_are_seen_by_others_changed_and_ended(opener: Opener) -> None:
    server, worker = opener(), opener()
    server.watch(Watch(8, 5.5))
    server.watch(Watch(3, 6.5, frozenset({"SEAT_EMPTY"})))
    assert worker.watches() == [Watch(3, 6.5, frozenset({"SEAT_EMPTY"})), Watch(8, 5.5)]
    server.watch(Watch(3, 6.5))
    server.unwatch(8)
    assert worker.watches() == opener().watches() == [Watch(3, 6.5)]


def test_counters_and_frames_outlive_either_side(opener: Opener) -> None:
    server = opener()
    server.put(frame(5, 0))
    again = opener()
    again.put(frame(5, 1))
    assert opener().take(5, 1.0) == frame(5, 1)
    assert again.status(5).received == 2


def test_a_report_arrives_whole_and_goes_when_it_is_acknowledged(opener: Opener) -> None:
    server, worker = opener(), opener()
    worker.send(report(stills=3))
    [receipt] = server.receive(10, 1.0)
    assert receipt.report == report(stills=3)
    server.acknowledge(receipt)
    assert server.receive(10, 0.05) == opener().receive(10, 0.05) == []


def test_an_unacknowledged_report_comes_again_to_a_new_reader(opener: Opener) -> None:
    opener().send(report())
    first = opener().receive(10, 1.0)
    reader = opener()
    second = reader.receive(10, 1.0)
    assert [one.report for one in second] == [one.report for one in first] == [report()]
    assert reader.receive(10, 0.05) == []


def test_reports_come_in_order_of_time_and_no_more_than_asked(opener: Opener) -> None:
    server, worker = opener(), opener()
    sent = [report("raised", 5.0), report("updated", 15.0), report("ended", 15.0)]
    for one in sent:
        worker.send(one)
    got: list[IncidentReport] = []
    while receipts := server.receive(2, 0.05):
        assert len(receipts) <= 2
        got += [receipt.report for receipt in receipts]
        for receipt in receipts:
            server.acknowledge(receipt)
    assert got == sent


def test_acknowledging_twice_is_harmless(opener: Opener) -> None:
    bus = opener()
    bus.send(report())
    [receipt] = bus.receive(1, 1.0)
    bus.acknowledge(receipt)
    bus.acknowledge(receipt)
    assert bus.receive(1, 0.05) == []


def test_what_a_worker_left_open_is_kept_by_source_until_it_is_forgotten(opener: Opener) -> None:
    opener().save_open(7, b"[1]")
    assert (opener().load_open(7), opener().load_open(8)) == (b"[1]", None)
    assert opener().open_sources() == {7}
    opener().save_open(7, b"")
    assert (opener().load_open(7), opener().open_sources()) == (None, frozenset())


def test_a_room_that_cannot_be_entered_is_said_to_be_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    for url in (f"shared:{tmp_path}/file", f"redis://127.0.0.1:{free_port()}/0"):
        with pytest.raises(BusUnavailable):
            open_bus(url)


def test_a_damaged_report_in_redis_is_put_aside_and_the_others_come(redis_server: str) -> None:
    bus = open_bus(redis_server)
    with Redis.from_url(redis_server) as client:
        client.xadd(STREAM, {"report": b"{"})
        bus.send(report())
        assert [receipt.report for receipt in bus.receive(5, 1.0)] == [report()]
        assert client.xlen(DAMAGED) == client.xlen(STREAM) == 1
    bus.close()


def test_waiting_for_a_report_ends_after_the_time_given(opener: Opener) -> None:
    began = time.monotonic()
    assert opener().receive(1, 6.0) == []
    assert 5.9 <= time.monotonic() - began < 9


@pytest.mark.parametrize("url", ["", "shared:", "file:/here", "redis"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address of a bus"):
        open_bus(url)
