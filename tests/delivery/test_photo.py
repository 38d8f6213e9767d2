"""The photograph on file: shown to the person it shows, and to nobody else."""

from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from examserver.people.cookies import COOKIE, session_cookie
from examserver.people.models import Candidate
from examserver.people.services import open_session
from tests.delivery.venue import SmallVenue


@pytest.fixture
def browsers(venue: SmallVenue, start: datetime, tmp_path: Path, settings: Settings) -> list[Client]:
    """Two signed-in candidates; the first one's photograph is on file."""
    settings.PHOTO_DIR = tmp_path
    (tmp_path / "one.jpg").write_bytes(b"\xff\xd8 a photograph")
    clients = []
    for index in (0, 1):
        sitting = venue.sitting(index)
        session = open_session(
            candidate=sitting.ticket.candidate, workstation="X", sitting=sitting.pk, now=start
        )
        clients.append(Client())
        clients[-1].cookies[COOKIE] = session_cookie(session.pk)
    Candidate.objects.filter(pk=venue.sitting(0).ticket.candidate_id).update(photo="one.jpg")
    return clients


def test_a_candidate_sees_their_own_photograph(browsers: list[Client]) -> None:
    answer = browsers[0].get("/exam/photo/")
    assert b"".join(answer.streaming_content).endswith(b"a photograph")  # type: ignore[attr-defined]
    assert answer["Cache-Control"] == "no-store"


def test_who_has_none_on_file_sees_none(browsers: list[Client]) -> None:
    assert browsers[1].get("/exam/photo/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(browsers: list[Client]) -> None:
    assert Client().get("/exam/photo/").status_code == 302


def test_a_photograph_that_has_been_deleted_is_not_there(browsers: list[Client], tmp_path: Path) -> None:
    (tmp_path / "one.jpg").unlink()
    assert browsers[0].get("/exam/photo/").status_code == 404
