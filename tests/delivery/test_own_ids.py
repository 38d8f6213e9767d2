"""What the bank calls its options stays on the server: aliases go out and come in, the bank's own ids are stored."""

import json
from datetime import datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from examserver.delivery import answers, pages
from examserver.delivery.messages import Answer
from examserver.delivery.models import Response
from examserver.delivery.selectors import responses_of
from examserver.delivery.services.responses import store_responses
from itembank.selectors import answer_sheet, keys
from scoring import rules
from tests.delivery.venue import SmallVenue

pytestmark = pytest.mark.django_db


@pytest.fixture
def working(venue: SmallVenue, start: datetime) -> SmallVenue:
    """The first two candidates at work."""
    for index in (0, 1):
        venue.make_ready(index, start)
    venue.start(start)
    return venue


def paper(venue: SmallVenue, index: int) -> dict[str, Any]:
    """The paper as the candidate's browser has it."""
    found: dict[str, Any] = json.loads(json.dumps(pages.paper(venue.sitting(index))))
    return found


def right(item: dict[str, Any], texts: set[str]) -> list[str]:
    """The ids of the options with these words, as this candidate's page names them."""
    return [option["id"] for option in item["options"] if option["text"] in texts]


def answer_rightly(venue: SmallVenue, index: int, now: datetime) -> None:
    sitting, own = venue.sitting(index), paper(venue, index)
    sheet = answer_sheet(sitting.paper, sitting.seed)
    texts = {"single": {"选项A"}, "multiple": {"选项A", "选项B"}}
    given = [
        Answer(item["id"], 1, right(item, texts[section["type"]]) if section["type"] in texts else ["T"])
        for section in own["sections"]
        for item in section["items"]
    ]
    store_responses([answers.submitted(one, sheet, sitting.pk, now) for one in given])


def points(stored: dict[str, Any], key: dict[str, Any]) -> int:
    policy = rules.read_policy({"multiple": "all_or_nothing"})
    found = (rules.score(rules.read_response(stored[i]), rules.read_key(k), policy) for i, k in key.items())
    return int(sum(one.points for one in found))


def test_who_answers_rightly_is_stored_and_scored_by_the_banks_ids_whatever_the_order(
    working: SmallVenue, start: datetime
) -> None:
    for index in (0, 1):
        answer_rightly(working, index, start)
        sitting = working.sitting(index)
        stored = responses_of(sitting)
        assert {"".join(sorted(value)) for value in stored.values()} == {"T", "A", "AB"}
        assert points(stored, keys(sitting.paper_id)) == 100


def test_a_reload_shows_what_was_given(working: SmallVenue, start: datetime) -> None:
    answer_rightly(working, 0, start)
    before, again = (paper(working, 0) for _ in range(2))
    assert before == again
    for section in again["sections"]:
        for item in section["items"]:
            value = again["responses"][item["id"]]["value"]
            assert set(value) <= {option["id"] for option in item["options"]}


def test_the_same_option_has_other_names_on_other_papers(working: SmallVenue) -> None:
    named = {
        (item["id"], index): right(item, {"选项A"})
        for index in (0, 1)
        for section in paper(working, index)["sections"]
        for item in section["items"]
        if section["type"] != "true_false"
    }
    assert all(len(names) == 1 and names[0] in ("o1", "o2", "o3", "o4") for names in named.values())
    assert len({names[0] for names in named.values()}) > 1


@pytest.mark.parametrize("value", [["A"], ["o5"], ["o0"], ["o1", "A"]])
def test_the_banks_own_ids_are_none_that_a_page_may_send(
    working: SmallVenue, start: datetime, value: list[str]
) -> None:
    sitting = working.sitting()
    sheet = answer_sheet(sitting.paper, sitting.seed)
    item = next(name for name in sheet.shapes if name.startswith("MC"))
    with pytest.raises(answers.NotTaken, match="bad_value"):
        answers.submitted(Answer(item, 1, value), sheet, sitting.pk, start)


def test_reading_an_answer_asks_the_database_nothing(
    working: SmallVenue, start: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sitting = working.sitting()
    sheet = answer_sheet(sitting.paper, sitting.seed)
    with django_assert_num_queries(0):
        item = next(name for name in answer_sheet(sitting.paper, sitting.seed).shapes if name[:2] == "SC")
        row = answers.submitted(Answer(item, 1, ["o1"]), sheet, sitting.pk, start)
    assert json.loads(row.value)[0] in "ABCD"
    assert not Response.objects.exists()
