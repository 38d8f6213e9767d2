"""The record of an incident leaves the house whole, proves itself without it, and tells nothing of others."""

import io
import zipfile
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.urls import reverse

from examserver.commands import evidence as command
from examserver.invigilation.models import Incident
from examserver.invigilation.proof import Record, faults, read_record
from examserver.invigilation.services.exporting import check_house, export_incident
from examserver.invigilation.services.retention import delete_expired
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from tests.invigilation.pictures import clip, filmed
from tests.invigilation.room import Room, still


@pytest.fixture
def incident(room: Room) -> Incident:
    """With a still and a clip, and an incident at another seat in between."""
    found = room.notice(stills=(still(room.at(10).timestamp()),))
    room.notice(source=room.theory(1).pk, stills=(still(room.at(10).timestamp(), 50),))
    filmed(room, clip())
    return found


def exported(room: Room, incident: Incident) -> dict[str, bytes]:
    data = export_incident(incident=incident, actor=room.officer, now=room.at(30))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def split(files: dict[str, bytes]) -> tuple[Record, dict[str, bytes]]:
    pictures = {name: data for name, data in files.items() if name != "record.json"}
    return read_record(files["record.json"]), pictures


def test_an_exported_record_holds_and_says_nothing_of_others(room: Room, incident: Incident) -> None:
    record, pictures = split(exported(room, incident))
    assert faults(record, pictures) == []
    assert sorted(one.kind for one in record.evidence) == ["CLIP", "STILL"]
    told = [link.number for link in record.chain if link.data is not None]
    assert [link.subject for link in record.chain if link.number in told] == [record.incident] * 2
    assert len(record.chain) == 3


def test_whatever_is_changed_in_a_record_is_found(room: Room, incident: Incident) -> None:
    record, pictures = split(exported(room, incident))
    [first, *_] = pictures
    change = msgspec.structs.replace
    entry = change(record.chain[0], data={**(record.chain[0].data or {}), "score": 1.0})
    anonymous = change(record.chain[1], hash="0" * 64)
    broken = [
        faults(record, {**pictures, first: pictures[first] + b"x"}),
        faults(record, {name: data for name, data in pictures.items() if name != first}),
        faults(record, {**pictures, "more.jpg": b"x"}),
        faults(change(record, chain=[entry, *record.chain[1:]]), pictures),
        faults(change(record, chain=[record.chain[0], anonymous, record.chain[2]]), pictures),
        faults(change(record, chain=[record.chain[0], record.chain[2]]), pictures),
        faults(change(record, chain=[]), pictures),
        faults(change(record, evidence=record.evidence[:1]), {first: pictures[first]}),
    ]
    assert all(broken), broken


def test_a_record_of_deleted_pictures_still_holds(room: Room, incident: Incident) -> None:
    delete_expired(now=room.at(60 * 24 * 400))
    record, pictures = split(exported(room, incident))
    assert (faults(record, pictures), pictures) == ([], {})
    assert {one.gone for one in record.evidence} == {"expired"}
    assert record.chain[-1].action == "evidence.deleted"


def test_the_chief_and_the_office_get_it_and_it_is_on_record(room: Room, incident: Incident) -> None:
    url = reverse("incident_export", args=[incident.pk])
    assert room.client(room.first).get(url).status_code == 404
    answer = room.client(room.venue.chief).get(url)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/zip",
        "private, no-store",
    )
    entry = LogEntry.objects.get(action="incident.exported")
    assert (entry.actor, entry.data["incident"]) == (str(room.venue.chief), incident.pk)
    with pytest.raises(NotAllowed):
        export_incident(incident=incident, actor=room.first, now=room.at(31))


def test_the_house_checks_itself_and_names_what_was_changed(room: Room, incident: Incident) -> None:
    assert [one.faults for one in check_house(room.at(30))] == [[], []]
    piece = incident.evidence.first()
    assert piece is not None
    (Path(settings.EVIDENCE_DIR) / piece.path).write_bytes(b"another")
    [broken] = [one for one in check_house(room.at(30)) if one.faults]
    assert (broken.incident, piece.sha256 in broken.faults[0]) == (incident.pk, True)


def test_the_command_verifies_a_zip_and_its_folder_and_refuses_what_is_none(
    room: Room, incident: Incident, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, folder = tmp_path / "record.zip", tmp_path / "folder"
    path.write_bytes(export_incident(incident=incident, actor=room.officer, now=room.at(30)))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    assert [command._verify(one) for one in (path, folder)] == [0, 0]
    next(folder.glob("*.jpg")).write_bytes(b"another")
    assert command._verify(folder) == 1
    assert "changed" in capsys.readouterr().out
    path.write_bytes(b"no zip")
    assert command._verify(path) == 2
