"""What the bus still shows of a camera is wiped once it is silent; a watched seat and the counters stay."""

from mmap import PROT_READ, mmap

from proctor.bus import Thumbnail, Watch, open_bus
from proctor.buses.redis import MOST_PICTURED
from proctor.buses.shared import SharedBus
from proctor.frames import Frame
from proctor.reports import without_pictures
from tests.proctor.conftest import Opener
from tests.proctor.made import report, small_jpeg


def frame(source: int, received_at: float) -> Frame:
    return Frame(source, 1, received_at, received_at, small_jpeg(source, 5000))


def test_a_silent_cameras_pictures_are_wiped_and_its_counters_stay(opener: Opener) -> None:
    server, worker = opener(), opener()
    server.put(frame(5, 100.0))
    worker.take(5, 101.0)
    worker.report_analysed(5, 101.0, Thumbnail(small_jpeg(3, 90), 100.0))
    assert server.forget_pictures(100.0) == 0
    assert server.forget_pictures(100.1) == 1
    assert (server.latest(5), server.thumbnail(5), server.status(5).analysed) == (None, None, 1)
    assert server.forget_pictures(100.1) == 0


def test_a_watched_or_lively_seat_is_left_alone_and_a_wiped_one_goes_on(opener: Opener) -> None:
    server = opener()
    for source, at in ((5, 100.0), (6, 300.0), (7, 100.0)):
        server.put(frame(source, at))
    server.watch(Watch(5, 50.0))
    assert server.forget_pictures(200.0) == 1
    assert [server.latest(source) is None for source in (5, 6, 7)] == [False, False, True]
    server.put(frame(7, 400.0))
    assert server.latest(7) == frame(7, 400.0)


def test_nothing_of_a_wiped_picture_is_left_in_shared_memory(shared_url: str) -> None:
    bus = open_bus(shared_url)
    assert isinstance(bus, SharedBus)
    bus.put(frame(5, 100.0))
    with bus.frames_path.open("rb") as file, mmap(file.fileno(), 0, prot=PROT_READ) as memory:
        assert memory.find(bytes([5]) * 100) > 0
        bus.forget_pictures(200.0)
        assert memory.find(bytes([5]) * 100) == -1
    bus.close()


def test_reports_wait_in_redis_with_only_so_many_pictures(redis_server: str) -> None:
    bus = open_bus(redis_server)
    sent = [report(at=float(n)) for n in range(MOST_PICTURED + 1)]
    for one in sent:
        bus.send(one)
    found = [receipt.report for receipt in bus.receive(MOST_PICTURED + 1, 1.0)]
    assert found == [*sent[:-1], without_pictures(sent[-1])]
    bus.close()
