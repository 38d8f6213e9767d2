"""`examserver evidence` tells an officer what there is, what is due, and whether it holds."""

import argparse
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from examserver.commands import evidence as command
from examserver.invigilation.models import Evidence, Incident
from examserver.kernel import clock
from tests.invigilation.pictures import clip, filmed
from tests.invigilation.room import Room


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_the_room_taken_and_left_is_told(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    filmed(room, clip())
    assert run("status") == 0
    told = capsys.readouterr().out
    assert "quota        20,000.0 MB".replace("20,000.0", f"{20000 * 1.048576:,.1f}") in told
    assert "CLIP     here            1" in told


def test_what_is_due_is_only_told_until_it_is_to_be_deleted(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = filmed(room, clip())
    Incident.objects.update(
        started_at=clock.now() - timedelta(days=182), seen_at=clock.now() - timedelta(days=181)
    )
    assert run("retention") == 0
    assert "1 incidents are due" in capsys.readouterr().out
    assert Evidence.objects.get().gone == ""
    assert run("retention", "--delete") == 0
    assert Evidence.objects.get().gone == "expired"
    assert not (Path(settings.EVIDENCE_DIR) / evidence.path).exists()


def test_the_house_is_verified_and_a_missing_file_is_an_error(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = filmed(room, clip())
    assert run("verify") == 0
    (Path(settings.EVIDENCE_DIR) / evidence.path).unlink()
    assert run("verify") == 1
    assert evidence.sha256 in capsys.readouterr().out
