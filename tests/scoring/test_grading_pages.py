"""What reaches a grader's browser: the work, never the person, and nothing of another's."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from examserver.delivery.models import Sitting
from examserver.kernel.access import Actor
from scoring.models import GradingTask
from scoring.services.tasks import open_grading_tasks, take_task
from tests.itembank.builders import opened
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue

Graders = tuple[Actor, Actor, Actor]


@pytest.fixture
def mine(work: Sitting, graders: Graders) -> GradingTask:
    """A task in the first grader's hands."""
    open_grading_tasks(now=LATER)
    found = GradingTask.objects.get(sitting=work, task="T1", slot=1)
    take_task(grading_task=found, actor=graders[0], now=LATER)
    return found


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(made.user(actor))
    return client


def post(client: Client, url: str, body: dict[str, Any]) -> Any:
    return client.post(url, json.dumps(body), content_type="application/json")


def body_of(answer: Any) -> bytes:
    """All that is sent, also of an answer in pieces."""
    return b"".join(answer)


def own_addresses(mine: GradingTask) -> list[str]:
    pages = ["/grading/", f"/grading/{mine.code}/"]
    return [*pages, f"/api/grading/{mine.code}/files/2/", f"/api/grading/{mine.code}/materials/M1/"]


def test_nothing_that_names_the_candidate_reaches_the_browser(mine: GradingTask, graders: Graders) -> None:
    ticket = mine.sitting.ticket
    identifying = (ticket.number, ticket.candidate.name, ticket.candidate.id_number[-6:], "张三")
    for url in own_addresses(mine):
        answer = browser(graders[0]).get(url)
        told = body_of(answer).decode("utf-8", "replace") + str(answer.headers)
        assert answer.status_code == 200
        assert [word for word in identifying if word in told] == [], url


def test_the_page_shows_text_file_and_rubric_by_deliverable_and_version(
    mine: GradingTask, graders: Graders
) -> None:
    page = browser(graders[0]).get(f"/grading/{mine.code}/").content.decode()
    assert "开场三十秒" in page
    assert "T1.D2-v1.png" in page
    assert re.findall(r'data-line="([\d.]+)"', page) == ["1.1", "1.2"]


def test_anothers_task_is_not_there(mine: GradingTask, graders: Graders) -> None:
    other = browser(graders[1])
    for url in own_addresses(mine)[1:]:
        assert other.get(url).status_code == 404
    for act in ("marks", "note", "finish"):
        assert post(other, f"/api/grading/{mine.code}/{act}/", {}).status_code == 404
    assert other.get("/grading/ABC-DEF/").status_code == 404


def test_a_candidate_and_a_stranger_reach_nothing_of_grading(mine: GradingTask, venue: Venue) -> None:
    assert Client().get("/grading/").status_code == 302
    assert Client().get(f"/api/grading/{mine.code}/files/2/").status_code == 401
    assert browser(venue.chief).get("/grading/").status_code == 404
    assert browser(venue.chief).get(f"/grading/{mine.code}/").status_code == 404


def test_a_mark_is_answered_with_what_is_stored(mine: GradingTask, graders: Graders) -> None:
    url = f"/api/grading/{mine.code}/marks/"
    answer = post(browser(graders[0]), url, {"line": "1.1", "points": "35.5", "reason": "好"}).json()
    assert (answer["points"], answer["total"], answer["marked"]) == ("35.5", "35.5", 1)
    assert mine.marks.get().points == 35.5


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"line": "1.1", "points": "41"}, 400, "above_line"),
        ({"line": "1.1", "points": "0.3"}, 400, "bad_points"),
        ({"line": "9.9", "points": "1"}, 409, "unknown_line"),
        ({"line": "1.1"}, 400, "bad_message"),
        ({"line": "1.1", "points": "1", "grader": 3}, 400, "bad_message"),
    ],
)
def test_a_bad_mark_gets_its_own_error(
    mine: GradingTask, graders: Graders, body: dict[str, Any], status: int, code: str
) -> None:
    answer = post(browser(graders[0]), f"/api/grading/{mine.code}/marks/", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not mine.marks.exists()


def test_finishing_too_early_names_the_lines(mine: GradingTask, graders: Graders) -> None:
    answer = post(browser(graders[0]), f"/api/grading/{mine.code}/finish/", {})
    assert answer.status_code == 409
    assert answer.json()["error"]["lines"] == ["1.1", "1.2"]


def test_a_first_grader_never_hears_how_far_apart_the_marks_are(mine: GradingTask, graders: Graders) -> None:
    client = browser(graders[0])
    for line in ("1.1", "1.2"):
        post(client, f"/api/grading/{mine.code}/marks/", {"line": line, "points": "0"})
    assert post(client, f"/api/grading/{mine.code}/finish/", {}).json() == {"ok": True, "outcome": "done"}


def test_a_file_is_sent_so_that_nothing_in_it_can_run(mine: GradingTask, graders: Graders) -> None:
    answer = browser(graders[0]).get(f"/api/grading/{mine.code}/files/2/")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == 'inline; filename="T1.D2-v1.png"'
    assert body_of(answer) == b"\x89PNG\r\n\x1a\n0123456789"


def test_a_part_of_a_file_is_sent_as_the_player_asks(mine: GradingTask, graders: Graders) -> None:
    client, url = browser(graders[0]), f"/api/grading/{mine.code}/files/2/"
    part = client.get(url, headers={"Range": "bytes=8-11"})
    assert (part.status_code, part.content, part["Content-Range"]) == (206, b"0123", "bytes 8-11/18")
    assert client.get(url, headers={"Range": "bytes=99-"}).status_code == 416


@pytest.mark.parametrize("number", [0, 1, 3, 99])
def test_a_file_that_is_not_there_is_404(mine: GradingTask, graders: Graders, number: int) -> None:
    assert browser(graders[0]).get(f"/api/grading/{mine.code}/files/{number}/").status_code == 404


def leaves(value: object) -> Iterator[str]:
    """Every name and text in a JSON value."""
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def test_what_a_candidate_is_sent_has_no_key_and_no_rubric(venue: Venue) -> None:
    from itembank.selectors import paper_for_candidate

    for paper in venue.papers.values():
        told = set(leaves(paper_for_candidate(opened(paper), seed=5)))
        assert told.isdisjoint({"correct", "key", "keys", "rubric", "nominal", "explanation"})
        assert "1080×1440" not in told


def test_the_lead_takes_a_third_mark_and_sees_the_first_two(work: Sitting, graders: Graders) -> None:
    from tests.scoring.test_grading import grade, slot

    open_grading_tasks(now=LATER)
    grade(slot(work), graders[0], "20")
    grade(slot(work, number=2), graders[1], "30")
    client, third = browser(graders[2]), GradingTask.objects.get(third=True)
    assert third.code in client.get("/grading/lead/").content.decode()
    assert client.post(f"/grading/lead/{third.code}/take/").status_code == 302
    page = client.get(f"/grading/{third.code}/").content.decode()
    assert "<b>20</b>" in page
    assert "<b>30</b>" in page
    assert browser(graders[0]).get("/grading/lead/").status_code == 404
