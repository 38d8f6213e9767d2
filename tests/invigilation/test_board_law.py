"""The board's law: a snapshot and every event after it equal a fresh snapshot, whatever happens in the room."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from examserver.kernel.access import NotAllowed
from examserver.kernel.transitions import IllegalMove
from tests.invigilation.acts import ACTS, CONDUCT, Draw, Nothing
from tests.invigilation.boards import Board
from tests.invigilation.room import Room

DAYS = 30  # drawn from fixed seeds, so that each run lives the same ones and every act has its chance


def draw_day(seed: int) -> list[tuple[Any, int]]:
    """Acts with a number from which each draws what it needs."""
    chance = Random(seed)
    acts = chance.choices((*ACTS, *CONDUCT, *CONDUCT), k=chance.randint(25, 40))
    return [(act, chance.randint(0, 10**6)) for act in acts]


def act_all(room: Room, acts: list[tuple[Any, int]]) -> set[str]:
    """Perform the acts half a minute apart; what the rules refuse is left out. The names of those performed."""
    done = set()
    for step, (act, number) in enumerate(acts):
        draw = Draw(room, number, room.at(20) + timedelta(seconds=30 * step), Random(number))
        with suppress(NotAllowed, IllegalMove, Nothing), transaction.atomic():
            act(draw)
            done.add(act.__name__)
    return done


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_snapshot_and_events_equal_a_fresh_snapshot(
    room: Room, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, language: str
) -> None:
    performed: set[str] = set()

    for seed in range(DAYS):
        with transaction.atomic():
            boards = [
                Board(room.officer, session.pk, language)
                for session in (room.venue.theory, room.venue.practical)
            ]
            with django_capture_on_commit_callbacks(execute=True):
                performed.update(act_all(room, draw_day(seed)))
            for board in boards:
                board.hear()
                board.close()
                assert dict(board.objects) == board.fresh(), f"the day of seed {seed}"
            transaction.set_rollback(True)
    assert {"convict", "notice", "remind", "refuse", "read", "follow", "dismiss", "report"} <= performed
    assert {"leave", "come_back", "follow_leaves", "allow"} <= performed
