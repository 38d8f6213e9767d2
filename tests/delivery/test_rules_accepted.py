"""The rules of conduct are shown at the workstation, accepted before the start, and what was shown is provable."""

import json
from pathlib import Path

import pytest

from examserver.delivery.models import Sitting
from examserver.delivery.rules import rules
from examserver.delivery.services import sittings
from examserver.invigilation.models import Case
from examserver.invigilation.services.cases import NewCase, propose_case
from examserver.kernel import clock
from examserver.registration import notice
from tests.delivery.test_sealed_papers import page_of
from tests.delivery.venue import SmallVenue

pytestmark = pytest.mark.django_db


def seated(venue: SmallVenue) -> Sitting:
    """The first candidate sits there, and has accepted nothing yet."""
    now, staff = clock.now(), venue.invigilators[0]
    sittings.admit(sitting=venue.sitting(), actor=staff, now=now)
    sittings.take_seat(sitting=venue.sitting(), actor=venue.candidate(), now=now)
    return venue.sitting()


@pytest.mark.requirement("REQ-82")
def test_the_clauses_are_shown_again_and_nobody_begins_before_they_are_accepted(venue: SmallVenue) -> None:
    seated(venue)
    page = page_of(venue, clock.now())
    shown = page.get("/exam/").content.decode()
    assert all(one.text_zh in shown for one in notice.CLAUSES.values())
    page.post("/exam/rules/", {})
    assert venue.sitting().rules_accepted_at is None
    page.post("/exam/rules/", {"accepted": "on"})
    accepted = venue.sitting()
    assert accepted.rules_accepted_at is not None
    assert accepted.rules_sha256 == rules("zh-hans")["sha256"]


@pytest.mark.requirement("REQ-83")
def test_a_finding_keeps_the_version_of_the_clauses_by_which_it_was_made(venue: SmallVenue) -> None:
    venue.make_ready(0, clock.now())
    case = propose_case(
        sitting_id=venue.sitting().pk,
        actor=venue.chief,
        new=NewCase(clause="三.2", note="x"),
        now=clock.now(),
    )
    shipped = json.loads((Path(notice.__file__).parent / "notice.json").read_bytes())
    assert "工作指引" in shipped["source"]
    assert Case.objects.get(pk=case.pk).clause_version == shipped["version"] == notice.VERSION
    assert len(shipped["clauses"]) == 16
