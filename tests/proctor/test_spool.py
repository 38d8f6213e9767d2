"""The spool never takes more than its share of a disk, says what it left out, and loses no report that matters."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from proctor.clips import Subject, pack_clip
from proctor.files import free_bytes
from proctor.frames import Frame
from proctor.reports import IncidentReport, without_pictures
from proctor.spool import Limits, Spool
from tests.proctor.made import report, small_jpeg
from tests.support.volumes import small_volume

NO_FLOOR = Limits(floor_bytes=0)
BLIND = Limits(floor_bytes=-(2**40))  # only the failing write itself tells that the disk is full


def filmed(at: float, size: int = 60_000) -> IncidentReport:
    """A report with a clip of so many bytes and a little."""
    clip = pack_clip(Subject("7", "PHONE", 7), [Frame(7, 1, at, at, small_jpeg(int(at), size))])
    return replace(report("filmed", at, stills=0), clip=clip)


def received(spool: Spool) -> list[IncidentReport]:
    """Everything that waits, acknowledged."""
    found = []
    while receipts := spool.receive(10, 0.0):
        found += [receipt.report for receipt in receipts]
        for receipt in receipts:
            spool.acknowledge(receipt)
    return found


def test_pictures_are_left_out_above_the_limit_and_not_at_it(tmp_path: Path) -> None:
    first, second = filmed(1), filmed(2)
    Spool(tmp_path / "plain", limits=NO_FLOOR).send(first)
    size = Spool(tmp_path / "plain", limits=NO_FLOOR).waiting().size
    for limit, kept in ((2 * size, second), (2 * size - 1, without_pictures(second))):
        spool = Spool(tmp_path / str(limit), limits=Limits(most_bytes=limit, floor_bytes=0))
        spool.send(first)
        spool.send(second)
        assert received(spool) == [first, kept]
        assert spool.left_out["pictures"] == (kept != second)


def test_when_a_full_spool_was_emptied_pictures_are_kept_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limits=Limits(most_bytes=70_000, floor_bytes=0))
    for at in (1, 2):
        spool.send(filmed(at))
    assert received(spool) == [filmed(1), without_pictures(filmed(2))]
    spool.send(filmed(3))
    assert received(spool) == [filmed(3)]


def test_a_volume_that_is_nearly_full_gets_no_pictures(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limits=Limits(floor_bytes=2**62))
    spool.send(filmed(1))
    assert received(spool) == [without_pictures(filmed(1))]


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (3, 3)])
def test_above_the_most_reports_only_what_begins_or_ends_is_kept(
    tmp_path: Path, limit: int, count: int
) -> None:
    spool = Spool(tmp_path, limits=Limits(floor_bytes=0, most_reports=limit))
    for at in range(limit):
        spool.send(report("raised", at))
    spool.send(report("updated", 90))
    spool.send(filmed(91))
    assert (spool.waiting().reports, spool.left_out["reports"]) == (count, 2)
    spool.send(report("ended", 92))
    assert spool.waiting().reports == count + 1


@pytest.mark.parametrize("limits", [NO_FLOOR, BLIND])
def test_a_full_disk_costs_pictures_and_no_report(tmp_path: Path, limits: Limits) -> None:
    with small_volume(tmp_path / "volume", megabytes=1) as volume:
        spool = Spool(volume, limits=limits)
        sent = [filmed(at, 200_000) for at in range(1, 11)]
        for one in sent:
            spool.send(one)
        found = received(spool)
        assert [without_pictures(one) for one in found] == [without_pictures(one) for one in sent]
        whole = [one for one in found if one.clip and one.clip.data]
        assert (len(whole), spool.left_out["pictures"]) == (5, 5)
        assert [path.name for path in volume.rglob("*.part")] == []


def test_a_disk_without_any_room_is_said_and_passes(tmp_path: Path) -> None:
    with small_volume(tmp_path / "volume", megabytes=1) as volume:
        spool = Spool(volume, limits=BLIND)
        ballast = volume / "ballast"
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free_bytes(volume))
        with pytest.raises(OSError, match="No space"):
            spool.send(filmed(1))
        ballast.write_bytes(b"")
        spool.send(filmed(2))
        assert received(spool) == [filmed(2)]


def test_reports_are_read_a_few_megabytes_at_a_time(tmp_path: Path) -> None:
    spool = Spool(tmp_path, limits=NO_FLOOR)
    sent = [filmed(at, 6_000_000) for at in range(1, 5)]
    for one in sent:
        spool.send(one)
    assert [len(spool.receive(10, 0.0)) for _ in range(3)] == [2, 2, 0]
