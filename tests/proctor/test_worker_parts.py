"""What a worker keeps for the next one, what waits to be sent, and who looks after the workers."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from proctor.bus import Watch, open_bus
from proctor.buses.shared import SharedBus
from proctor.incidents import Episode
from proctor.keeping import SAVE_EVERY, Keeper
from proctor.leaving import Left, read_left, write_left
from proctor.outbox import AGAIN_AFTER, MOST_PICTURED, Outbox
from proctor.pulse import BEAT_EVERY, HUNG_AFTER, Clocks, Pulse
from proctor.reports import Clip, Code, IncidentReport
from proctor.supervisor import AGAIN_AFTER as START_AGAIN_AFTER
from proctor.supervisor import FIRST_SIGN, SILENT_FOR, Place, look_at_all
from proctor.worker import CLOCKS
from tests.proctor.made import report

EPISODE = Episode("5-PHONE-1000", 5, Code.PHONE, 1.0, 3.0, 1.0, 0.5)
LEFT = Left((EPISODE,), {Code.PHONE: ((1.0, 0.5), (2.0, 0.25))})


class Sink:
    """A sink that takes what it is given, or nothing."""

    def __init__(self) -> None:
        self.works = True
        self.sent: list[IncidentReport] = []
        self.saved: dict[int, bytes] = {}

    def send(self, report: IncidentReport) -> None:
        if not self.works:
            raise OSError("no room")
        self.sent.append(report)

    def save_open(self, source: int, opened: bytes) -> None:
        if not self.works:
            raise OSError("no room")
        self.saved[source] = opened

    def load_open(self, source: int) -> bytes | None:
        return self.saved.get(source)

    def open_sources(self) -> frozenset[int]:
        return frozenset(self.saved)


def test_what_is_left_comes_back_as_it_was() -> None:
    assert read_left(write_left(LEFT)) == LEFT
    assert write_left(Left()) == b""
    assert read_left(None) == read_left(b"") == Left()


def test_an_episode_is_saved_at_once_when_it_changes_and_else_now_and_then() -> None:
    sink, now = Sink(), 100.0
    keeper = Keeper(sink)
    keeper.keep(5, Left(), now)
    assert sink.saved == {}
    keeper.keep(5, LEFT, now)
    later = Left(LEFT.episodes, {})
    keeper.keep(5, later, now + SAVE_EVERY - 0.01)
    assert read_left(sink.saved[5]) == LEFT
    keeper.keep(5, later, now + SAVE_EVERY)
    assert read_left(sink.saved[5]) == later
    keeper.keep(5, Left(), now + SAVE_EVERY)
    assert sink.saved == {5: b""}


@pytest.mark.parametrize("damaged", [b"{", b"[]", b'{"episodes": [{"code": "X"}], "samples": {}}'])
def test_what_cannot_be_read_counts_as_nothing_and_is_told(
    damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    sink = Sink()
    sink.saved[5] = damaged
    assert Keeper(sink).load(5) == Left()
    assert "source 5 cannot be read" in caplog.text


def test_reports_wait_while_the_bus_is_away_and_come_in_order(caplog: pytest.LogCaptureFixture) -> None:
    sink = Sink()
    outbox = Outbox(sink, Counter())
    sink.works = False
    outbox.extend([report(at=1.0), report("ended", 2.0)])
    outbox.deliver(100.0)
    sink.works = True
    outbox.deliver(100.0 + AGAIN_AFTER - 0.01)
    assert (sink.sent, outbox.empty) == ([], False)
    outbox.deliver(100.0 + AGAIN_AFTER)
    assert ([one.phase for one in sink.sent], outbox.empty) == (["raised", "ended"], True)
    assert "2 reports wait" in caplog.text


def test_what_waits_too_long_waits_without_pictures_and_is_counted() -> None:
    sink, counts = Sink(), Counter[str]()
    outbox = Outbox(sink, counts)
    outbox.extend(report(at=float(n)) for n in range(MOST_PICTURED + 3))
    outbox.deliver(0.0)
    assert [bool(one.stills[0].jpeg) for one in sink.sent] == [False] * 3 + [True] * MOST_PICTURED
    assert counts == {"unpictured": 3, "reports": MOST_PICTURED + 3}


def test_a_film_that_waits_too_long_is_named_by_its_hash_and_counted() -> None:
    sink, counts = Sink(), Counter[str]()
    outbox = Outbox(sink, counts)
    clip = Clip(0.0, 2.0, 3, b"film", "its hash")
    filmed = replace(report("filmed", 0.0, stills=0), clip=clip)
    outbox.extend([filmed, *(report(at=1.0 + n) for n in range(MOST_PICTURED))])
    outbox.deliver(0.0)
    assert sink.sent[0].clip == replace(clip, data=b"")
    assert counts["unfilmed"] == 1


def test_a_pulse_beats_and_calls_once_the_work_stands_still(tmp_path: Path) -> None:
    bus, hung, running = SharedBus(tmp_path / "bus", slots=2), threading.Event(), [0.0]
    with Pulse(bus, 7, Clocks(time.time, lambda: running[0]), hung.set) as pulse:
        running[0] = HUNG_AFTER
        time.sleep(3 * BEAT_EVERY)
        assert (bus.alive(time.time()), hung.is_set()) == ({7}, False)
        pulse.heard()
        running[0] = 2 * HUNG_AFTER + 0.1
        assert hung.wait(3 * BEAT_EVERY)
    bus.discard()


def sleeper() -> list[str]:
    """A command that does nothing for long, whatever else it is given."""
    return [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_worker_that_ends_is_replaced_but_not_again_and_again() -> None:
    place = Place(sleeper())
    place.look(frozenset(), 100.0)
    first, process = place.number, place.process
    assert process is not None
    process.kill()
    process.wait()
    place.look(frozenset(), 100.0 + START_AGAIN_AFTER - 0.01)
    assert place.process is process
    place.look(frozenset(), 100.0 + START_AGAIN_AFTER)
    assert place.process is not process
    assert place.number != first
    place.process.kill()
    place.end(5)


@pytest.mark.parametrize(("heard", "patience"), [(False, FIRST_SIGN), (True, SILENT_FOR)])
def test_a_worker_that_says_nothing_is_killed_when_its_time_is_over(heard: bool, patience: float) -> None:
    place = Place(sleeper())
    place.look(frozenset(), 100.0)
    process = place.process
    assert process is not None
    if heard:
        place.look(frozenset({place.number}), 100.0)
    place.look(frozenset(), 100.0 + patience)
    assert process.poll() is None
    place.look(frozenset(), 100.01 + patience)
    assert process.wait(5) < 0


def test_a_supervised_worker_that_is_killed_is_followed_by_another(tmp_path: Path, models_dir: Path) -> None:
    url = f"shared:{tmp_path / 'bus'}"
    command = [sys.executable, "-m", "proctor", "--models", str(models_dir), "work", "--bus", url]
    place, bus = Place(command), open_bus(url)
    bus.watch(Watch(1, time.time()))

    def until(holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 40
        while not holds():
            assert time.monotonic() < end
            look_at_all([place], bus, CLOCKS)
            time.sleep(0.05)

    until(lambda: place.number != 0 and bus.status(1).holder == place.number)
    first = place.number
    assert place.process is not None
    place.process.kill()
    until(lambda: place.number != first and bus.status(1).holder == place.number)
    place.process.terminate()
    place.end(10)
    assert place.process.returncode == 0
    assert bus.alive(time.time()) == frozenset()
    bus.close()
    SharedBus(tmp_path / "bus").discard()
