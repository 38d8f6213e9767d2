"""Evidence stays within its quota: what goes first, what is not kept then, and that nothing ever stops for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from examserver.delivery.models import Sitting
from examserver.invigilation.models import Incident, LegalHold
from examserver.invigilation.quota import Room as Space
from examserver.invigilation.quota import StoredClip, to_shed
from examserver.invigilation.services.incidents import dismiss_incident, record_incident
from examserver.invigilation.services.shedding import used_bytes
from examserver.invigilation.states import DismissReason
from examserver.kernel.models import LogEntry
from proctor.reports import Code
from tests.invigilation.pictures import KILOBYTE, big_still, clip, filmed
from tests.invigilation.room import Room
from tests.support.volumes import small_volume

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def small(settings: Settings) -> None:
    """One megabyte for everything, a tenth of it for stills alone."""
    settings.EVIDENCE_QUOTA_MB, settings.EVIDENCE_FLOOR_MB = 1, 0


def stored(
    pk: int, size: int = 100, *, technical: bool = False, dismissed: float | None = None
) -> StoredClip:
    """A clip, the older the smaller its number; `dismissed` days ago."""
    ago = None if dismissed is None else NOW - dismissed * DAY
    return StoredClip(pk, size, NOW - timedelta(hours=100 - pk), technical, ago)


def shed(clips: list[StoredClip], lacking: int) -> list[int]:
    return [one.pk for one in to_shed(clips, lacking, NOW, DAY)]


@pytest.mark.parametrize(("size", "lacking"), [(899, 0), (900, 0), (901, 1)])
def test_a_clip_leaves_a_tenth_of_the_quota_to_stills(size: int, lacking: int) -> None:
    space = Space(quota=1000, used=0, free=10**6, floor=0)
    assert space.lacks(size, clip=True) == lacking
    assert space.lacks(size, clip=False) == 0


@pytest.mark.parametrize(("size", "lacking"), [(300, 0), (301, 1)])
def test_a_still_may_take_the_last_byte_of_the_quota_and_of_the_volume(size: int, lacking: int) -> None:
    assert Space(quota=1000, used=700, free=10**6, floor=0).lacks(size, clip=False) == lacking
    assert Space(quota=10**6, used=0, free=500, floor=200).lacks(size, clip=False) == lacking


def test_dismissed_clips_go_first_then_technical_ones_the_oldest_first_and_no_more_than_needed() -> None:
    clips = [
        stored(1, technical=True),
        stored(2, dismissed=3),
        stored(3, dismissed=2),
        stored(4, technical=True),
    ]
    assert shed(clips, 100) == [2]
    assert shed(clips, 101) == [2, 3]
    assert shed(clips, 400) == [2, 3, 1, 4]


def test_where_all_were_not_enough_none_goes() -> None:
    assert shed([stored(1, technical=True)], 101) == []


@pytest.mark.parametrize(("days", "going"), [(1.0, [1]), (0.999, [])])
def test_a_dismissed_clip_is_safe_for_its_minimum(days: float, going: list[int]) -> None:
    assert shed([stored(1, dismissed=days), stored(2)], 100) == going


@pytest.mark.usefixtures("small")
def test_a_clip_too_much_is_not_kept_and_the_incident_says_so_while_stills_go_on(room: Room) -> None:
    first = filmed(room, clip(10, 600 * KILOBYTE))
    second = filmed(room, clip(20, 600 * KILOBYTE), minutes=20)
    assert (first.gone, second.gone) == ("", "no_room")
    entry = LogEntry.objects.filter(action="incident.filmed").latest("pk")
    assert entry.data["no_room"] == [second.sha256]
    shown = room.notice(minutes=30, stills=(big_still(room, 30, 300 * KILOBYTE),))
    assert shown.evidence.get().gone == ""
    late = room.notice(minutes=40, stills=(big_still(room, 40, 300 * KILOBYTE),))
    assert late.evidence.get().gone == "no_room"


@pytest.mark.usefixtures("small")
def test_the_clip_of_a_dismissed_incident_makes_room_after_its_minimum(
    room: Room, settings: Settings
) -> None:
    old = filmed(room, clip(10, 600 * KILOBYTE))
    dismiss_incident(
        incident=old.incident, actor=room.first, reason=DismissReason.OTHER, now=room.at(-24 * 60 + 21)
    )
    assert filmed(room, clip(20, 600 * KILOBYTE), minutes=19).gone == "no_room"
    new = filmed(room, clip(30, 600 * KILOBYTE), minutes=21)
    old.refresh_from_db()
    assert (old.gone, old.deleted_at, new.gone) == ("shed", room.at(22), "")
    assert not (Path(settings.EVIDENCE_DIR) / old.path).exists()
    entry = LogEntry.objects.get(action="evidence.deleted")
    assert (entry.data["why"], entry.data["evidence"][0]["sha256"]) == ("shed", old.sha256)


@pytest.mark.usefixtures("small")
def test_technical_clips_make_room_for_others_and_never_for_one_another(room: Room) -> None:
    technical = filmed(room, clip(10, 600 * KILOBYTE), Code.CAMERA_BLOCKED)
    assert filmed(room, clip(20, 600 * KILOBYTE), Code.CAMERA_LOST).gone == "no_room"
    assert filmed(room, clip(30, 600 * KILOBYTE)).gone == ""
    technical.refresh_from_db()
    assert technical.gone == "shed"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("safe", ["hold", "case"])
def test_a_full_disk_takes_nothing_on_legal_hold_or_in_a_case(room: Room, safe: str) -> None:
    kept = filmed(room, clip(10, 600 * KILOBYTE), Code.CAMERA_BLOCKED)
    if safe == "case":
        room.propose("三.1", room.venue.chief)
    else:
        placed = {"reason": "诉讼", "placed_by_id": room.officer.id, "placed_at": room.at(15)}
        LegalHold.objects.create(sitting=room.theory(), **placed)
    assert filmed(room, clip(30, 600 * KILOBYTE), minutes=20).gone == "no_room"
    kept.refresh_from_db()
    assert kept.gone == ""


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("broken", ["disk", "rules"])
def test_what_cannot_be_shed_costs_the_new_clip_and_no_incident(
    room: Room, settings: Settings, tmp_path: Path, broken: str
) -> None:
    technical = filmed(room, clip(10, 600 * KILOBYTE), Code.CAMERA_BLOCKED)
    if broken == "rules":
        settings.EVIDENCE_RETENTION = tmp_path / "none.toml"
    else:
        path = Path(settings.EVIDENCE_DIR) / technical.path
        path.unlink()
        path.mkdir()  # what cannot be unlinked
    assert filmed(room, clip(30, 600 * KILOBYTE)).gone == "no_room"
    technical.refresh_from_db()
    assert (technical.gone, Incident.objects.count()) == ("", 2)


def test_a_file_that_two_incidents_share_counts_once(room: Room) -> None:
    first, second = filmed(room, clip()), filmed(room, clip(), minutes=20)
    assert (first.path, used_bytes()) == (second.path, first.size)


def test_a_full_volume_costs_pictures_and_no_incident(room: Room, settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_FLOOR_MB = -1_000_000  # only the failing write itself tells
    with small_volume(tmp_path / "volume", megabytes=1) as volume:
        settings.EVIDENCE_DIR = volume
        rows = [filmed(room, clip(10 * n, 300 * KILOBYTE), minutes=10 + n) for n in range(1, 6)]
        assert [row.gone for row in rows] == ["", "", "", "no_room", "no_room"]
        assert list(volume.rglob("*.part")) == []
    assert Incident.objects.count() == 5


def test_a_volume_that_is_not_there_costs_pictures_and_no_incident(room: Room, settings: Settings) -> None:
    settings.EVIDENCE_DIR = Path("/proc/no/such/volume")
    report = replace(room.report(), stills=(big_still(room, 10, KILOBYTE),))
    incident = record_incident(report=report, now=room.at(11))
    assert incident is not None
    assert incident.evidence.get().gone == "no_room"
    assert Sitting.objects.get(pk=incident.sitting_id).state == "IN_PROGRESS"
