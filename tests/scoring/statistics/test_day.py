"""A paper's day from real rows: what counts, what the page shows and to whom, what goes back to the bank."""

from statistics import correlation

import pytest
from django.test import Client

from examserver.delivery.models import Sitting
from examserver.delivery.services.sessions import close_session
from examserver.kernel.access import Actor, NotAllowed, Role
from itembank.models import Exposure, VersionFigures
from itembank.states import Subject
from scoring.models import SubjectScore, TaskScore
from scoring.selectors.statistics import SatPaper, asked_of, day_marks, paper_of, sat_paper, sat_papers
from scoring.services.statistics import day_report, record_day_statistics
from tests.scoring import venue as made
from tests.scoring.venue import LATER, Venue


def close(venue: Venue) -> None:
    venue.theory.refresh_from_db()
    close_session(session=venue.theory, actor=venue.chief, now=LATER)


def browser(actor: Actor, language: str = "zh-hans") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(made.user(actor))
    return client


def address(sat: SatPaper, more: str = "") -> str:
    return f"/statistics/{sat.day}/{sat.paper_id}/{more}"


def test_a_paper_that_is_still_sat_shows_nothing(venue: Venue, sat: SatPaper, author: Actor) -> None:
    with pytest.raises(NotAllowed, match="statistics_still_sat"):
        day_report(sat)
    answer = browser(author).get(address(sat))
    assert answer.status_code == 409
    assert "SC-1" not in answer.content.decode()


def test_the_report_is_made_of_everybodys_scores_and_choices(venue: Venue, sat: SatPaper) -> None:
    close(venue)
    found = day_report(sat)
    items = {asked.id: one for asked, one in zip(found.asked, found.report.items, strict=True)}
    assert (sat.candidates, found.report.paper.s, found.report.paper.maxmark) == (6, 6, 10.0)
    assert items["SC-2"].figures.facility == pytest.approx(3 / 6)
    expected = 100 * correlation([2, 0, 0, 0, 2, 2], [8, 8, 6, 6, 2, 0])
    assert items["SC-2"].figures.discriminationindex == pytest.approx(expected)
    options = {one.id: one for one in items["SC-2"].options}
    assert (options["A"].count, options["C"].count, options["C"].key) == (3, 3, True)
    assert items["MC-1"].unanswered == 1


def test_void_and_ended_sittings_are_not_counted(venue: Venue, sat: SatPaper) -> None:
    close(venue)
    score = SubjectScore.objects.order_by("pk")[0]
    Sitting.objects.filter(pk=score.sitting_id).update(state="VOID_SUBJECT")
    assert sat_papers()[0].candidates == 5
    assert day_report(sat_papers()[0]).report.paper.s == 5


def test_figures_go_back_to_the_bank_and_count_the_exposure(
    venue: Venue, sat: SatPaper, author: Actor
) -> None:
    close(venue)
    assert record_day_statistics(sat=sat, actor=author, now=LATER) == 5
    row = VersionFigures.objects.get(use__version__item__code="SC-2")
    assert (row.candidates, row.facility, row.figures["options"]["A"]) == (6, 0.5, 3)
    assert Exposure.objects.get(use=row.use).candidates == 6


def test_the_page_shows_flags_items_and_options_in_both_languages(
    venue: Venue, sat: SatPaper, author: Actor
) -> None:
    close(venue)
    chinese = browser(author).get(address(sat)).content.decode()
    english = browser(author, "en").get(address(sat)).content.decode()
    assert "考生不足 30 人" in chinese
    assert "Fewer than 30 candidates" in english
    for page in (chinese, english):
        assert page.count('class="item"') == 5
        assert "statistics." not in page.replace("statistics.css", "").replace("statistics.js", "")


@pytest.mark.parametrize("order", ["number", "facility", "discrimination", "nonsense"])
def test_items_can_be_ordered(venue: Venue, sat: SatPaper, author: Actor, order: str) -> None:
    close(venue)
    page = browser(author).get(address(sat), {"order": order}).content.decode()
    first = page.split('class="item" id="item-')[1].split('"')[0]
    numbers = {asked.id: asked.number for asked in day_report(sat).asked}
    assert (int(first) == numbers["MC-1"]) == (order == "facility")


def test_giving_back_answers_with_what_was_kept(venue: Venue, sat: SatPaper, author: Actor) -> None:
    close(venue)
    answer = browser(author).post(address(sat, "record/"), follow=True)
    assert "5 道题" in answer.content.decode()
    assert VersionFigures.objects.count() == 5


def test_what_was_not_sat_is_not_found(venue: Venue, sat: SatPaper, author: Actor) -> None:
    client = browser(author)
    for url in ("/statistics/2026-03-27/1/", "/statistics/soon/1/", f"/statistics/{sat.day}/9999/"):
        assert client.get(url).status_code == 404
    assert sat_paper(sat.day, sat.paper_id) == sat


def test_graders_do_not_see_the_keys(venue: Venue, sat: SatPaper) -> None:
    close(venue)
    grader = browser(made.staff("grader9", Role.GRADER))
    assert grader.get(address(sat)).status_code == 404
    assert grader.get("/statistics/").status_code == 404


def test_a_practical_paper_has_its_tasks_as_items(venue: Venue) -> None:
    present = [venue.candidate()[Subject.PRACTICAL] for _ in range(2)]
    venue.begin(venue.practical, *present)
    for sitting, points in zip(present, ((50, 10), (30, 30)), strict=True):
        SubjectScore.objects.create(
            sitting=sitting, points=sum(points), of=100, key_sha256="", scored_at=LATER
        )
        for task, of, mark in zip(("T1", "T2"), (60, 40), points, strict=True):
            TaskScore.objects.create(
                sitting=sitting,
                task=task,
                points=mark,
                of=of,
                decision="mean",
                totals=[],
                reconciled_at=LATER,
            )
    marks = day_marks(sat_papers()[0], paper_of(sat_papers()[0]).content, {})
    assert [one.type for one in marks.asked] == ["task", "task"]
    assert sorted(marks.sheet.marks.tolist()) == [[30, 30], [50, 10]]
    assert marks.sheet.max_marks.tolist() == [60, 40]


def test_an_item_that_is_one_choice_interaction_has_its_options_too() -> None:
    choice = {"kind": "choice", "options": [{"id": "A", "html": "<p>甲</p>"}, {"id": "B", "html": "乙"}]}
    content = {
        "sections": [
            {"type": "interactive", "items": [_interactive(choice), _interactive({"kind": "order"})]}
        ]
    }
    first, second = asked_of(content, {})
    assert (first.options, second.options) == ({"A": "甲", "B": "乙"}, {})


def _interactive(interaction: dict[str, object]) -> dict[str, object]:
    return {"id": interaction["kind"], "stem": "题干", "interactions": {"RESPONSE": interaction}}
