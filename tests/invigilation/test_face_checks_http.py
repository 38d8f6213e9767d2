"""The check of a face at the desk over HTTP: roles, rooms, bad pictures, and a machine that has no model."""

import base64
import importlib.util
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from django.test import Client
from pytest_django import Settings
from skimage.data import astronaut

from examserver.invigilation import face_comparing
from examserver.invigilation.models import FaceCheck
from examserver.invigilation.services.face_checks import CONSENT
from examserver.kernel.access import Actor, Role
from examserver.people.services import add_staff
from proctor.frames import encode
from tests.invigilation.room import Room, jpeg

GOOD = jpeg()


def post(client: Client, path: str, body: object) -> tuple[int, Any]:
    """The status, and the error's code or the answer."""
    answer = client.post(path, data=json.dumps(body), content_type="application/json")
    given = answer.json()
    return answer.status_code, given.get("error", {}).get("code", given)


def asked(*pictures: bytes, consent: str = CONSENT) -> dict[str, object]:
    return {"consent": consent, "pictures": [base64.b64encode(one).decode() for one in pictures]}


def path_of(room: Room, act: str = "") -> str:
    return f"/api/sittings/{room.theory(2).pk}/face{act}"


@pytest.mark.requirement("S19", partly=True)
def test_a_venue_without_photograph_or_model_is_told_to_look_by_eye(room: Room) -> None:
    client = room.client(room.first)
    looked = {"outcome": "CANNOT_VERIFY", "reason": "no_photo", "state": "TO_LOOK"}
    assert post(client, path_of(room), asked(GOOD, GOOD, GOOD)) == (200, looked)
    assert post(client, path_of(room, "/refused"), {}) == (200, {**looked, "reason": "refused"})


@pytest.mark.skipif(
    importlib.util.find_spec("dlib") is not None, reason="the optional identity check is installed"
)
def test_without_the_optional_packages_the_answer_is_that_there_is_none(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(GOOD)
    assert face_comparing.compare_faces(photo, (GOOD, GOOD, GOOD)) == face_comparing.cannot("not_available")


@pytest.mark.skipif(
    importlib.util.find_spec("dlib") is None, reason="needs requirements-identity.txt and its weights"
)
def test_with_the_optional_packages_a_face_is_itself_and_a_grey_picture_has_none(
    room: Room, tmp_path: Path, settings: Settings
) -> None:
    face = np.ascontiguousarray(astronaut()[0:340, 80:380, ::-1])
    settings.PHOTO_DIR = tmp_path
    (tmp_path / "photo.jpg").write_bytes(encode(face))
    candidate = room.theory(2).ticket.candidate
    candidate.photo = "photo.jpg"
    candidate.save(update_fields=["photo"])
    client, grey = room.client(room.first), asked(GOOD, GOOD, GOOD)
    looked = {"outcome": "CANNOT_VERIFY", "reason": "no_face", "state": "TO_LOOK"}
    assert post(client, path_of(room), grey) == (200, looked)
    seen = [encode(cv2.convertScaleAbs(face, alpha=1 + n / 20, beta=5 * n)) for n in (1, 2, 3)]
    clear = {"outcome": "MATCH", "reason": "", "state": "CLEAR"}
    assert post(client, path_of(room), asked(*seen)) == (200, clear)
    made = FaceCheck.objects.get()
    assert made.distance is not None
    assert made.distance < 0.3
    assert len(made.model_sha256) == 64


def test_a_comparison_that_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(GOOD)
    monkeypatch.setattr(face_comparing, "SECONDS", 0.01)
    assert face_comparing.compare_faces(photo, (GOOD,)) == face_comparing.cannot("too_slow")


@pytest.mark.parametrize(
    ("bad", "answer"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 200, (400, "not_jpeg")),
        (b"", (400, "not_jpeg")),
        (GOOD[: len(GOOD) // 2], (400, None)),
        (GOOD + b"0" * 300_000, (400, "bad_message")),
    ],
)
def test_a_bad_picture_is_refused_by_name_and_leaves_nothing(
    room: Room, bad: bytes, answer: tuple[int, str | None]
) -> None:
    status, code = post(room.client(room.first), path_of(room), asked(GOOD, bad, GOOD))
    assert status == answer[0]
    assert code == answer[1] or (answer[1] is None and code in {"not_jpeg", "undecodable", "damaged"})
    assert not FaceCheck.objects.exists()


@pytest.mark.parametrize("count", [0, 2, 4])
def test_three_pictures_and_no_other_number(room: Room, count: int) -> None:
    assert post(room.client(room.first), path_of(room), asked(*[GOOD] * count)) == (400, "bad_message")


def test_without_consent_no_picture_is_looked_at(room: Room) -> None:
    given = asked(b"", b"", b"", consent="")
    assert post(room.client(room.first), path_of(room), given) == (409, "consent_needed")
    assert not FaceCheck.objects.exists()


@pytest.mark.requirement("S18", partly=True)
def test_s18_from_the_hold_to_the_seat(room: Room) -> None:
    pk = room.theory(2).pk
    first, second = room.client(room.first), room.client(room.second)
    check = {"sitting_id": pk, "consent": CONSENT, "outcome": "NO_MATCH", "state": "HELD"}
    FaceCheck.objects.create(**check, checked_by_id=room.first.id, checked_at=room.at(5))
    admit = f"/api/sittings/{pk}/admit"
    assert post(second, admit, {}) == (409, "on_hold")
    assert post(first, path_of(room), asked(GOOD, GOOD, GOOD)) == (409, "on_hold")
    assert post(first, path_of(room, "/release"), {"reason": "是"}) == (409, "second_person_needed")
    assert post(second, path_of(room, "/report"), {"note": "x"}) == (400, "bad_message")
    assert post(second, path_of(room, "/release"), {"reason": "证件一致"}) == (200, {"ok": True})
    assert post(second, path_of(room, "/release"), {"reason": "证件一致"}) == (409, "face_not_held")


def test_what_is_anothers_is_not_there(room: Room) -> None:
    roles = frozenset({Role.INVIGILATOR})
    made = add_staff(username="other", display_name="other", password="a long one", roles=roles)
    stranger = room.client(Actor("staff", made.pk, roles))
    candidate = room.candidate_client(room.sign_in())
    bodies = {"": asked(GOOD, GOOD, GOOD), "/refused": {}, "/release": {"reason": "x"}}
    for act, body in {**bodies, "/report": {"note": "x", "severity": "SERIOUS"}}.items():
        assert post(stranger, path_of(room, act), body) == (404, "not_found")
        for nobody in (candidate, room.client(room.officer)):
            answer = nobody.post(path_of(room, act), json.dumps(body), content_type="application/json")
            assert answer.status_code == 404
    assert not FaceCheck.objects.exists()
