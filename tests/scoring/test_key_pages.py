"""The pages on which a key is corrected, by role, from proposal to decision."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from examserver.delivery.models import Sitting
from examserver.kernel.access import Actor, Role
from itembank.states import Subject
from scoring.models import KeyCorrection, SubjectScore
from scoring.services.theory import score_closed_theory
from scoring.templatetags.exam_words import explained
from tests.scoring import venue as made
from tests.scoring.venue import ALL_RIGHT, LATER, Venue


@pytest.fixture
def sitting(venue: Venue) -> Sitting:
    """Somebody who had everything right, scored."""
    found = venue.candidate()[Subject.THEORY]
    venue.begin(venue.theory, found)
    made.answer(found, ALL_RIGHT)
    made.hand_in(found)
    score_closed_theory(now=LATER)
    return found


@pytest.fixture
def author(venue: Venue) -> Client:
    """A browser of who proposes."""
    return browser(made.staff("author", Role.ITEM_AUTHOR))


@pytest.fixture
def lead(venue: Venue) -> Client:
    """A browser of who decides."""
    return browser(made.staff("lead", Role.GRADING_LEAD))


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(made.user(actor))
    return client


def propose(client: Client, sitting: Sitting, **changes: str) -> str:
    body = {"item": "SC-1", "treatment": "key", "correct": "c", "reason": "教材已改版", **changes}
    return client.post(f"/keys/{sitting.paper_id}/", body, follow=True).content.decode()


def test_from_a_proposal_to_everybody_scored_anew(sitting: Sitting, author: Client, lead: Client) -> None:
    assert sitting.paper.code in author.get("/keys/").content.decode()
    told = propose(author, sitting)
    assert sitting.ticket.number not in told
    page = lead.get(f"/keys/{sitting.paper_id}/").content.decode()
    assert sitting.ticket.number in page
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    row = KeyCorrection.objects.get()
    lead.post(f"/keys/corrections/{row.pk}/", {"act": "apply", "seen": seen[1] if seen else ""})
    assert str(SubjectScore.objects.get(sitting=sitting).points) == "8.0"
    assert "教材已改版" in author.get(f"/keys/{sitting.paper_id}/").content.decode()


def test_a_rejected_proposal_changes_nothing(sitting: Sitting, author: Client, lead: Client) -> None:
    propose(author, sitting, treatment="credit")
    row = KeyCorrection.objects.get()
    lead.post(f"/keys/corrections/{row.pk}/", {"act": "reject", "reason": "原答案无误"})
    row.refresh_from_db()
    assert (row.state, str(SubjectScore.objects.get(sitting=sitting).points)) == ("REJECTED", "10.0")


@pytest.mark.parametrize(
    "changes",
    [
        {"correct": "Z"},
        {"correct": ""},
        {"treatment": "magic"},
        {"item": "XX"},
        {"reason": " "},
        {"correct": "b"},
    ],
)
def test_what_cannot_be_proposed_is_said_in_words(
    sitting: Sitting, author: Client, changes: dict[str, str]
) -> None:
    told = propose(author, sitting, **changes)
    assert 'class="strip attention"' in told
    assert "error." not in told
    assert not KeyCorrection.objects.exists()


def test_who_proposed_cannot_decide_on_the_page_either(sitting: Sitting, lead: Client) -> None:
    told = propose(lead, sitting)
    assert 'name="act"' not in told
    row = KeyCorrection.objects.get()
    lead.post(f"/keys/corrections/{row.pk}/", {"act": "apply", "seen": ""})
    assert str(SubjectScore.objects.get(sitting=sitting).points) == "10.0"


def test_no_key_is_shown_while_somebody_may_still_sit_the_paper(
    venue: Venue, sitting: Sitting, lead: Client
) -> None:
    assert lead.get(f"/keys/{sitting.paper_id}/").status_code == 200
    Sitting.objects.filter(pk=venue.candidate()[Subject.THEORY].pk).update(state="EXPECTED")
    assert lead.get(f"/keys/{sitting.paper_id}/").status_code == 404
    assert sitting.paper.code not in lead.get("/keys/").content.decode()


@pytest.mark.parametrize("role", [Role.GRADER, Role.OFFICER, Role.INVIGILATOR])
def test_others_find_nothing_there(sitting: Sitting, role: Role) -> None:
    other = browser(made.staff("other", role))
    assert [other.get(url).status_code for url in ("/keys/", f"/keys/{sitting.paper_id}/")] == [404, 404]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_explanation_is_a_sentence_in_both_languages(language: str) -> None:
    stored = {"key": "outcome.share", "params": {"chosen": 2, "of": 3}}
    with override(language):
        told = explained(stored)
        assert explained({"key": "outcome.unit", "params": {"percent": 80}}).count("80%") == 1
    assert ("2" in told, "3" in told, "outcome" in told, "%" in told) == (True, True, False, False)
