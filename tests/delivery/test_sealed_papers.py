"""The start signal opens the papers of a room, and nothing before it does."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from examserver.delivery.models import Session
from examserver.delivery.selectors import sitting as sitting_by_key
from examserver.delivery.services import sessions
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from itembank.models import PaperOpening
from itembank.sealing import PaperSealed
from itembank.selectors import open_shapes, paper_for_candidate
from tests.delivery.venue import SmallVenue

pytestmark = pytest.mark.django_db


def test_a_paper_is_sealed_until_the_signal_and_open_after_it(venue: SmallVenue, start: datetime) -> None:
    sitting = venue.sitting()
    venue.make_ready(0, start - timedelta(minutes=5))
    with pytest.raises(PaperSealed):
        paper_for_candidate(sitting.paper, sitting.seed)
    assert open_shapes(sitting.paper) == {}
    venue.start(start)
    found = sitting_by_key(sitting.pk)
    assert paper_for_candidate(found.paper, found.seed)["sections"]
    assert open_shapes(found.paper)
    opening = PaperOpening.objects.get()
    assert (opening.opened_at, opening.reason) == (start, f"session:{venue.theory.pk}")
    assert LogEntry.objects.filter(action="paper.opened").count() == 1


def test_a_room_whose_paper_cannot_be_opened_is_not_armed(
    venue: SmallVenue, start: datetime, settings: Settings
) -> None:
    session = Session.objects.get(pk=venue.theory.pk)
    settings.SEAL_KEY = "another"
    with pytest.raises(NotAllowed, match="paper_cannot_be_opened"):
        sessions.arm_session(session=session, actor=venue.invigilators[0], now=start)
    session.refresh_from_db()
    assert session.state == "PREPARING"
