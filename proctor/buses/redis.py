"""The bus of many machines: frames in Redis hashes, incidents in a Redis stream with one group of readers."""

import json
import logging
import time
from collections.abc import Sequence
from typing import Any

from redis import Redis
from redis.exceptions import RedisError, ResponseError

from proctor import scripts
from proctor.bus import (
    ALIVE_SECONDS,
    NOTHING,
    BusUnavailable,
    Outcome,
    PutResult,
    Receipt,
    SourceStatus,
    Thumbnail,
    Watch,
)
from proctor.codec import ReportDamaged, decode_report, encode_report
from proctor.coverage import SPACING, Run
from proctor.frames import MAX_JPEG_BYTES, BadFrame, Frame
from proctor.reports import IncidentReport, without_pictures
from proctor.words import RUNS_KEPT

log = logging.getLogger(__name__)
PREFIX = "examserver:proctor:"
STREAM = PREFIX + "incidents"
DAMAGED = PREFIX + "damaged"
GROUP = READER = "server"
WATCHES = PREFIX + "watches"
WORKERS = PREFIX + "workers"
OPEN = PREFIX + "open"
LONGEST_WAIT = 2.0
AGAIN_AFTER_MS = 30_000
MOST_PICTURED = 200  # reports that wait with their pictures, some 2 MiB each; those after them wait without
KEPT_SECONDS = 86_400  # a source that is silent for a day is forgotten with its last picture

COUNTERS = (
    *("version", "taken", "count", "analysed", "refused", "late", "timed_out", "holder"),
    *("received", "analysed_at", "taken_at"),
)


class RedisBus:
    """The connection of one process; what reads and then writes is one script."""

    def __init__(self, client: Any) -> None:
        self._redis = client
        self._put, self._take, self._settle, self._beat, self._alive, self._claim, self._release = (
            client.register_script(script)
            for script in (
                *(scripts.PUT, scripts.TAKE, scripts.SETTLE),
                *(scripts.BEAT, scripts.ALIVE, scripts.CLAIM, scripts.RELEASE),
            )
        )
        self._taken: dict[
            int, tuple[int, float]
        ] = {}  # ticket and time of receipt of what this process has in hand
        self._cursor: bytes | None = b"0-0"  # None once all that an earlier reader left was given out
        self._make_group()

    def close(self) -> None:
        self._redis.close()

    def put(self, frame: Frame) -> PutResult:
        if len(frame.jpeg) > MAX_JPEG_BYTES:
            raise BadFrame("too_large")
        values = (frame.seq, repr(frame.captured_at), repr(frame.received_at), frame.jpeg, KEPT_SECONDS)
        return PutResult(bool(self._put(keys=[key(frame.source)], args=values)))

    def take(self, source: int, now: float) -> Frame | None:
        row = self._take(keys=[key(source)], args=[repr(now)])
        frame = as_frame(source, row[1:]) if row else None
        if frame is not None:
            self._taken[source] = (int(row[0]), frame.received_at)
        return frame

    def latest(self, source: int) -> Frame | None:
        return as_frame(source, self._redis.hmget(key(source), "seq", "captured", "received", "jpeg"))

    def thumbnail(self, source: int) -> Thumbnail | None:
        jpeg, captured = self._redis.hmget(key(source), "thumb", "thumb_at")
        return None if jpeg is None else Thumbnail(jpeg, float(captured))

    def forget_pictures(self, before: float) -> int:
        watched = {key(watch.source).encode() for watch in self.watches()}
        found = [name for name in self._redis.scan_iter(PREFIX + "source:*") if name not in watched]
        silent = [name for name in found if float(self._redis.hget(name, "received") or 0) < before]
        return sum(bool(self._redis.hdel(name, "jpeg", "thumb", "thumb_at")) for name in silent)

    def watch(self, watch: Watch) -> None:
        told = json.dumps([watch.since, sorted(watch.ignored)])
        self._redis.hset(WATCHES, watch.source, told)

    def unwatch(self, source: int) -> None:
        self._redis.hdel(WATCHES, source)

    def watches(self) -> list[Watch]:
        rows = ((int(source), *json.loads(told)) for source, told in self._redis.hgetall(WATCHES).items())
        return [Watch(source, since, frozenset(ignored)) for source, since, ignored in sorted(rows)]

    def status(self, source: int) -> SourceStatus:
        return as_status(self._redis.hmget(key(source), COUNTERS))

    def statuses(self, sources: Sequence[int]) -> dict[int, SourceStatus]:
        pipe = self._redis.pipeline(transaction=False)
        for source in sources:
            pipe.hmget(key(source), COUNTERS)
        return {source: as_status(row) for source, row in zip(sources, pipe.execute(), strict=True)}

    def runs(self, sources: Sequence[int]) -> dict[int, tuple[Run, ...]]:
        pipe = self._redis.pipeline(transaction=False)
        for source in sources:
            pipe.hget(key(source), "runs")
        return {source: as_runs(told) for source, told in zip(sources, pipe.execute(), strict=True)}

    def report_analysed(self, source: int, at: float, thumbnail: Thumbnail | None) -> bool:
        ticket, received_at = self._taken.pop(source, (0, 0.0))
        shown = (thumbnail.jpeg, repr(thumbnail.captured_at)) if thumbnail is not None else ()
        run = (repr(at), repr(received_at), SPACING, RUNS_KEPT)
        return bool(self._settle(keys=[key(source)], args=[ticket, "analysed", KEPT_SECONDS, *run, *shown]))

    def report_unused(self, source: int, outcome: Outcome) -> bool:
        ticket, _ = self._taken.pop(source, (0, 0.0))
        return bool(self._settle(keys=[key(source)], args=[ticket, outcome.value, KEPT_SECONDS]))

    def beat(self, worker: int, now: float) -> None:
        """By Redis' clock, so that the workers' own need not agree."""
        self._beat(keys=[WORKERS], args=[worker])

    def retire(self, worker: int) -> None:
        self._redis.zrem(WORKERS, worker)

    def alive(self, now: float) -> frozenset[int]:
        return frozenset(int(worker) for worker in self._alive(keys=[WORKERS], args=[ALIVE_SECONDS]))

    def claim(self, source: int, worker: int, now: float) -> bool:
        return bool(self._claim(keys=[key(source), WORKERS], args=[worker, ALIVE_SECONDS, KEPT_SECONDS]))

    def release(self, source: int, worker: int) -> None:
        self._release(keys=[key(source)], args=[worker])

    def send(self, report: IncidentReport) -> None:
        crowded = self._redis.xlen(STREAM) >= MOST_PICTURED
        self._redis.xadd(STREAM, {"report": encode_report(without_pictures(report) if crowded else report)})

    def receive(self, limit: int, timeout: float) -> list[Receipt]:
        until = time.monotonic() + timeout
        while True:
            left = until - time.monotonic()
            entries = self._unacknowledged(limit) or self._new(limit, left)
            receipts = [self._read(name.decode(), fields[b"report"]) for name, fields in entries]
            found = [receipt for receipt in receipts if receipt is not None]
            if found or left <= 0:
                return found

    def _new(self, limit: int, wait: float) -> list[Any]:
        """Reports not given out before, waiting for the first; not so long that the socket gives up."""
        block = max(1, round(min(wait, LONGEST_WAIT) * 1000))  # Redis takes 0 as "for ever"
        answer = self._redis.xreadgroup(GROUP, READER, {STREAM: ">"}, count=limit, block=block)
        return list(answer[0][1]) if answer else []

    def acknowledge(self, receipt: Receipt) -> None:
        self._remove(receipt.name)

    def _remove(self, name: str) -> None:
        pipe = self._redis.pipeline()
        pipe.xack(STREAM, GROUP, name)
        pipe.xdel(STREAM, name)
        pipe.execute()

    def _read(self, name: str, data: bytes) -> Receipt | None:
        """The report of an entry; one that cannot be read is put aside and logged."""
        try:
            return Receipt(name, decode_report(data))
        except ReportDamaged as error:
            log.error("report %s put aside: %s", name, error)
            self._redis.xadd(DAMAGED, {"report": data})
            self._remove(name)
            return None

    def save_open(self, source: int, opened: bytes) -> None:
        if opened:
            self._redis.hset(OPEN, source, opened)
        else:
            self._redis.hdel(OPEN, source)

    def load_open(self, source: int) -> bytes | None:
        opened: bytes | None = self._redis.hget(OPEN, source)
        return opened

    def open_sources(self) -> frozenset[int]:
        return frozenset(int(source) for source in self._redis.hkeys(OPEN))

    def _unacknowledged(self, limit: int) -> list[Any]:
        """Reports given out before and never acknowledged: first all there are, later the old ones."""
        left = self._cursor is not None
        idle, start = (0, self._cursor) if left else (AGAIN_AFTER_MS, b"0-0")
        claimed = self._redis.xautoclaim(STREAM, GROUP, READER, idle, start_id=start, count=limit)
        if left:
            self._cursor = None if claimed[0] == b"0-0" else claimed[0]
        return [entry for entry in claimed[1] if entry[1]]

    def _make_group(self) -> None:
        try:
            self._redis.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise


def open_room(url: str) -> RedisBus:
    """The bus at redis://…, rediss://… or unix://…"""
    try:
        return RedisBus(Redis.from_url(url))
    except RedisError as error:
        raise BusUnavailable(f"no Redis to work with at {url.rpartition('@')[2]}: {error}") from error


def key(source: int) -> str:
    return f"{PREFIX}source:{source}"


def as_frame(source: int, row: Any) -> Frame | None:
    """A frame from its four fields as Redis gives them."""
    if not row or row[3] is None:
        return None
    seq, captured, received, jpeg = row
    return Frame(source, int(seq), float(captured), float(received), jpeg)


def as_runs(told: bytes | None) -> tuple[Run, ...]:
    """Runs as the script wrote them."""
    rows: list[list[str]] = json.loads(told) if told else []
    return tuple(Run(float(began), float(ended)) for began, ended in rows)


def as_status(row: Any) -> SourceStatus:
    """Counters as Redis gives them; missing ones are zero."""
    if all(value is None for value in row):
        return NOTHING
    version, taken, count, analysed, refused, late, timed_out, holder = (int(one or 0) for one in row[:8])
    received_at, analysed_at, taken_at = (float(value or 0) for value in row[8:])
    waiting = version > taken
    return SourceStatus(
        received_at=received_at,
        analysed_at=analysed_at,
        received=version,
        analysed=analysed,
        dropped=max(0, version - count - int(waiting)),
        waiting=waiting,
        refused=refused,
        late=late,
        timed_out=timed_out,
        in_work=count > analysed + refused + late + timed_out,
        taken_at=taken_at,
        holder=holder,
    )
