"""An amended result is followed again: it may have completed an offering."""

from examserver.kernel.access import Actor
from examserver.results.models import Release
from examserver.results.routines import follow_results
from examserver.results.services.amending import amend_result
from scoring.models import ScoreChange
from tests.results import test_amendments
from tests.scoring.venue import LATER

change = test_amendments.change


def test_the_release_of_an_amended_result_is_followed_again(change: ScoreChange, officer: Actor) -> None:
    follow_results(LATER)
    assert Release.objects.get().followed_at == LATER
    amend_result(change=change, actor=officer, reason="答案更正", now=LATER)
    assert Release.objects.get().followed_at is None
    follow_results(LATER)
    assert Release.objects.get().followed_at == LATER
