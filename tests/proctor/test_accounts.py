"""received = analysed + dropped + refused + late + timed out + waiting + in work: on both buses, at every moment."""

import multiprocessing
import os
import random
import signal
import time
from typing import Any

import pytest

from proctor.bus import ALIVE_SECONDS, Outcome, SourceStatus, open_bus
from proctor.coverage import Run
from proctor.frames import Frame
from tests.proctor.conftest import Opener
from tests.proctor.made import small_jpeg

SPAWN = multiprocessing.get_context("spawn")
SOURCE, NOW = 5, 2000.0


def frame(seq: int, at: float = NOW, source: int = SOURCE) -> Frame:
    return Frame(source, seq, at, at, small_jpeg(seq, 300))


def accounted(status: SourceStatus) -> int:
    """All that a status knows of frames."""
    done = status.analysed + status.refused + status.late + status.timed_out
    return done + status.dropped + status.waiting + status.in_work


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_frame_that_came_to_nothing_is_counted_by_its_cause(opener: Opener, outcome: Outcome) -> None:
    server, worker = opener(), opener()
    server.put(frame(1))
    assert worker.take(SOURCE, NOW) is not None
    taken = server.status(SOURCE)
    assert (taken.in_work, taken.taken_at, accounted(taken)) == (True, NOW, 1)
    assert worker.report_unused(SOURCE, outcome)
    done = server.status(SOURCE)
    assert {one: getattr(done, one.value) for one in Outcome} == {one: int(one is outcome) for one in Outcome}
    assert (done.in_work, done.analysed, accounted(done)) == (False, 0, 1)


def test_an_outcome_counts_once_and_only_for_a_frame_that_was_taken(opener: Opener) -> None:
    server, worker = opener(), opener()
    assert not worker.report_analysed(SOURCE, NOW, None)
    server.put(frame(1))
    worker.take(SOURCE, NOW)
    assert worker.report_analysed(SOURCE, NOW, None)
    assert not worker.report_analysed(SOURCE, NOW, None)
    assert not worker.report_unused(SOURCE, Outcome.REFUSED)
    assert server.status(SOURCE).analysed == 1


def test_a_frame_whose_worker_is_gone_is_timed_out_when_the_next_one_takes(opener: Opener) -> None:
    server, gone, worker = opener(), opener(), opener()
    server.put(frame(1))
    gone.take(SOURCE, NOW)
    server.put(frame(2))
    worker.take(SOURCE, NOW)
    assert not gone.report_analysed(SOURCE, NOW, None)
    assert worker.report_analysed(SOURCE, NOW, None)
    status = server.status(SOURCE)
    assert (status.analysed, status.timed_out, status.in_work, accounted(status)) == (1, 1, False, 2)


def test_runs_go_on_up_to_two_seconds_and_then_begin_anew(opener: Opener) -> None:
    server, worker = opener(), opener()
    for at in (10.0, 12.0, 13.5, 15.6, 16.0):
        server.put(frame(1, at))
        worker.take(SOURCE, at)
        worker.report_analysed(SOURCE, at + 0.1, None)
    assert server.runs([SOURCE, 9]) == {SOURCE: (Run(10.0, 13.5), Run(15.6, 16.0)), 9: ()}


def test_only_the_newest_runs_are_kept(opener: Opener) -> None:
    server, worker = opener(), opener()
    for number in range(20):
        server.put(frame(number, 10.0 * number))
        worker.take(SOURCE, NOW)
        worker.report_analysed(SOURCE, NOW, None)
    assert server.runs([SOURCE])[SOURCE] == tuple(Run(10.0 * n, 10.0 * n) for n in range(4, 20))


def test_a_source_belongs_to_one_living_worker_and_passes_on_when_it_is_silent(opener: Opener) -> None:
    server, bus, now = opener(), opener(), time.time()
    server.put(frame(1))
    bus.beat(11, now)
    bus.beat(12, now)
    assert bus.claim(SOURCE, 11, now)
    assert not bus.claim(SOURCE, 12, now)
    assert (server.status(SOURCE).holder, server.alive(now)) == (11, {11, 12})
    time.sleep(ALIVE_SECONDS + 0.1)
    bus.beat(12, now := time.time())
    assert server.alive(now) == {12}
    assert bus.claim(SOURCE, 12, now)
    assert server.status(SOURCE).holder == 12


def test_a_worker_that_retires_or_lets_go_leaves_its_sources_at_once(opener: Opener) -> None:
    bus, now = opener(), time.time()
    bus.put(frame(1))
    bus.beat(11, now)
    bus.beat(12, now)
    assert bus.claim(SOURCE, 11, now)
    bus.release(SOURCE, 12)
    assert bus.status(SOURCE).holder == 11
    bus.release(SOURCE, 11)
    assert bus.claim(SOURCE, 12, now)
    bus.retire(12)
    assert bus.claim(SOURCE, 11, now)
    assert bus.alive(now) == {11}


def test_taking_a_source_over_gives_up_the_frame_that_was_out(opener: Opener) -> None:
    bus, now = opener(), time.time()
    bus.put(frame(1))
    bus.beat(12, now)
    bus.take(SOURCE, now)
    bus.claim(SOURCE, 12, now)
    assert (bus.status(SOURCE).timed_out, bus.status(SOURCE).in_work) == (1, False)
    assert not bus.report_analysed(SOURCE, now, None)


def put_for_ever(url: str, put: Any) -> None:
    """A server: frames of four sources without rest; tells how many it has handed over for certain."""
    bus, seq = open_bus(url), 0
    while True:
        seq += 1
        bus.put(frame(seq, time.time(), seq % 4))
        put.value += 1


def take_for_ever(url: str, done: Any) -> None:
    """A worker: takes, and comes to one end or the other."""
    bus, chance = open_bus(url), random.Random(os.getpid())
    while True:
        for source in range(4):
            if bus.take(source, time.time()):
                end = chance.choice([None, None, *Outcome])
                time.sleep(0.001 * chance.random())
                if end is None:
                    bus.report_analysed(source, time.time(), None)
                else:
                    bus.report_unused(source, end)
                done.value += 1


def test_no_frame_is_uncounted_however_servers_and_workers_are_killed(bus_url: str, opener: Opener) -> None:
    reader, put, done = opener(), SPAWN.RawValue("q", 0), SPAWN.RawValue("q", 0)
    chance, kills = random.Random(), 0
    for _ in range(4):
        parts = [SPAWN.Process(target=put_for_ever, args=(bus_url, put))]
        parts += [SPAWN.Process(target=take_for_ever, args=(bus_url, done)) for _ in range(2)]
        before, until = done.value, time.monotonic() + 30
        for part in parts:
            part.start()
        while done.value < before + 50:
            assert time.monotonic() < until
            time.sleep(0.01)
        chance.shuffle(parts)
        for part in parts:
            time.sleep(0.02 * chance.random())
            os.kill(part.pid or 0, signal.SIGKILL)
            part.join()
            kills += 1
    statuses = [reader.status(source) for source in range(4)]
    assert [status.received for status in statuses] == [accounted(status) for status in statuses]
    received = sum(status.received for status in statuses)
    assert put.value <= received <= put.value + kills  # a server may die between handing over and saying so
    assert sum(status.analysed for status in statuses) > 50
