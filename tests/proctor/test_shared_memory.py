"""The slots and the spool hold whoever is killed when."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proctor.bus import BusFull, Watch
from proctor.buses.shared import SharedBus
from proctor.codec import ReportDamaged, decode_report, encode_report
from proctor.frames import Frame
from proctor.slots import SlotFile, create_slot_file, owner_of, remove_orphans
from proctor.spool import AGAIN_AFTER, Spool
from tests.proctor.made import report, small_jpeg

SPAWN = multiprocessing.get_context("spawn")
SIZE = 250_000


def write_for_ever(directory: str) -> None:
    """A server that puts frames, each of one byte repeated, as fast as it can."""
    bus = SharedBus(Path(directory))
    seq = 0
    while True:
        seq += 1
        bus.put(Frame(1, seq, float(seq), float(seq), small_jpeg(seq, SIZE)))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[SharedBus]:
    """A bus in `tmp_path / "bus"`, its memory given back afterwards."""
    bus = SharedBus(tmp_path / "bus")
    yield bus
    bus.discard()


def is_whole(frame: Frame) -> bool:
    return frame.jpeg == small_jpeg(frame.seq, SIZE) and frame.captured_at == frame.seq


def test_no_torn_frame_is_ever_read_while_writers_are_killed_and_replaced(
    tmp_path: Path, bus: SharedBus
) -> None:
    for _ in range(4):
        reads = 0
        writer = SPAWN.Process(target=write_for_ever, args=(str(tmp_path / "bus"),))
        writer.start()
        before, until = bus.status(1).received, time.monotonic() + 30
        while reads < 25 or bus.status(1).received < before + 100:
            assert time.monotonic() < until
            for frame in (bus.take(1, 1.0), bus.latest(1)):
                assert frame is None or is_whole(frame)
                reads += frame is not None
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        left = bus.latest(1)
        assert left is None or is_whole(left)


def test_a_frame_left_half_written_is_not_read_and_the_next_one_is(bus: SharedBus) -> None:
    bus.put(Frame(1, 1, 1.0, 1.0, small_jpeg(1, 500)))
    slots = bus._slots
    slots._words[slots._base(0)] += 1  # what a writer does first
    slots._bytes[slots._base(0) * 8 + 4096 + 100] = 9
    assert (bus.take(1, 1.0), bus.latest(1)) == (None, None)
    bus.put(Frame(1, 2, 2.0, 2.0, small_jpeg(2, 500)))
    assert bus.take(1, 1.0) == Frame(1, 2, 2.0, 2.0, small_jpeg(2, 500))


def test_bytes_that_changed_under_an_even_lock_are_not_read(bus: SharedBus) -> None:
    bus.put(Frame(1, 1, 1.0, 1.0, small_jpeg(1, 500)))
    slots = bus._slots
    slots._bytes[slots._base(0) * 8 + 4096 + 100] ^= 1
    assert bus.latest(1) is None


def test_watched_sources_keep_their_slots_and_silent_ones_give_theirs_up(tmp_path: Path) -> None:
    bus = SharedBus(tmp_path / "bus", slots=2)
    bus.watch(Watch(1, 0.0))
    bus.put(Frame(2, 1, 1.0, 1.0, small_jpeg(1, 500)))
    bus.watch(Watch(3, 0.0))
    assert bus.latest(2) is None
    with pytest.raises(BusFull):
        bus.watch(Watch(4, 0.0))
    assert [watch.source for watch in bus.watches()] == [1, 3]
    bus.discard()


def test_two_processes_share_one_file_and_a_lost_one_is_made_anew(tmp_path: Path) -> None:
    first, second = SharedBus(tmp_path / "bus"), SharedBus(tmp_path / "bus")
    assert first.frames_path == second.frames_path
    second.discard()
    third = SharedBus(tmp_path / "bus")
    assert third.latest(1) is None
    first.close()
    third.discard()


def test_another_file_is_not_taken_for_slots(tmp_path: Path) -> None:
    path = tmp_path / "frames"
    create_slot_file(path, 4, tmp_path)
    SlotFile(path).close()
    with path.open("r+b") as file:
        file.write(b"PROCTOR0")
    with pytest.raises(ValueError, match="not a slot file"):
        SlotFile(path)


def test_slots_whose_directory_is_gone_are_removed_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    for name in ("kept", "gone"):
        create_slot_file(tmp_path / f"{name}.frames", 1, tmp_path / name)
    (tmp_path / "other.frames").write_text("not slots")
    remove_orphans(tmp_path, "*.frames")
    assert sorted(path.name for path in tmp_path.glob("*.frames")) == ["kept.frames", "other.frames"]
    assert owner_of(tmp_path / "kept.frames") == tmp_path / "kept"


def test_a_list_of_watches_that_cannot_be_read_counts_as_empty(tmp_path: Path, bus: SharedBus) -> None:
    bus.watch(Watch(1, 0.0))
    (tmp_path / "bus" / "watches.json").write_bytes(b"\0\0\0")
    assert bus.watches() == []
    bus.watch(Watch(2, 0.0))
    assert bus.watches() == [Watch(2, 0.0)]


def test_a_report_comes_again_after_half_a_minute_and_not_before(tmp_path: Path) -> None:
    now = [100.0]
    spool = Spool(tmp_path, clock=lambda: now[0])
    spool.send(report())
    assert len(spool.receive(5, 0)) == 1
    now[0] += AGAIN_AFTER - 0.1
    assert spool.receive(5, 0) == []
    now[0] += 0.1
    assert len(spool.receive(5, 0)) == 1


def test_sending_the_same_phase_twice_leaves_one_report(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.send(report())
    spool.send(report())
    assert len(spool.receive(5, 0)) == 1


def test_a_damaged_report_is_put_aside_and_the_others_come(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    (tmp_path / "new" / "000-0-x.report").write_bytes(b"{")
    spool.send(report())
    assert [receipt.report for receipt in spool.receive(5, 0)] == [report()]
    assert [path.name for path in (tmp_path / "damaged").iterdir()] == ["000-0-x.report"]


def send_for_ever(directory: str) -> None:
    """A worker that sends reports as fast as it can."""
    spool, at = Spool(Path(directory)), 0.0
    while True:
        at += 1.0
        spool.send(report(at=at, stills=3))


def test_reports_are_whole_whenever_the_worker_is_killed(tmp_path: Path) -> None:
    writer = SPAWN.Process(target=send_for_ever, args=(str(tmp_path),))
    writer.start()
    until = time.monotonic() + 30
    while len(list((tmp_path / "new").glob("*.report"))) < 30 and time.monotonic() < until:
        time.sleep(0.01)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    receipts = Spool(tmp_path).receive(100_000, 0)
    assert [receipt.report for receipt in receipts] == [
        report(at=float(n + 1), stills=3) for n in range(len(receipts))
    ]
    assert len(receipts) >= 30
    assert list((tmp_path / "damaged").iterdir()) == []


def test_every_cut_of_a_report_is_noticed() -> None:
    data = encode_report(report(stills=2))
    assert decode_report(data) == report(stills=2)
    for size in range(0, len(data), 7):
        with pytest.raises(ReportDamaged):
            decode_report(data[:size])
    with pytest.raises(ReportDamaged):
        decode_report(data + b"x")
