"""What delivery and scoring read of a frozen paper."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from pytest_django import DjangoAssertNumQueries

from itembank.models import Paper
from itembank.selectors import item_count, keys, material, paper_for_candidate, response_shape
from itembank.shapes import Shape
from tests.itembank.builders import practical_paper, theory_paper

pytestmark = pytest.mark.django_db


def test_a_theory_paper_is_as_the_protocol_says() -> None:
    paper = theory_paper()
    found = paper_for_candidate(paper, 11)
    assert set(found) == {"sha256", "subject", "title", "minutes", "sections"}
    assert (found["sha256"], found["subject"], found["minutes"]) == (paper.sha256, "theory", 90)
    first = found["sections"][0]["items"][0]
    assert set(first) == {"id", "number", "stem", "options"}
    assert first["options"] == [{"id": "T", "text": ""}, {"id": "F", "text": ""}]


def test_two_candidates_get_the_same_items_in_orders_of_their_own() -> None:
    paper = theory_paper()
    one, other = (paper_for_candidate(paper, seed)["sections"][1]["items"] for seed in (1, 2))
    assert {item["id"] for item in one} == {item["id"] for item in other}
    assert [item["options"] for item in one] != [item["options"] for item in other]
    assert one == paper_for_candidate(Paper.objects.get(pk=paper.pk), 1)["sections"][1]["items"]


def test_a_practical_paper_is_as_the_protocol_says(store: Path, tmp_path: Path) -> None:
    found = paper_for_candidate(practical_paper(tmp_path), 11)
    assert set(found) == {"sha256", "subject", "title", "minutes", "equipment", "tasks"}
    (task,) = found["tasks"]
    assert set(task) == {
        "id", "title", "title_en", "minutes", "points", "site", "brief", "materials", "deliverables"
    }  # fmt: skip
    assert task["deliverables"][0] == {
        "id": "T1.D1", "kind": "text", "title": "脚本", "title_en": "", "max_chars": 5
    }  # fmt: skip
    json.dumps(found)


def test_what_one_caller_adds_to_its_paper_the_next_does_not_see() -> None:
    paper = theory_paper()
    paper_for_candidate(paper, 11)["responses"] = {}
    assert "responses" not in paper_for_candidate(paper, 11)


def test_every_item_of_a_theory_paper_has_its_shape() -> None:
    paper = theory_paper()
    shapes = response_shape(paper)
    assert set(shapes) == set(keys(paper.pk))
    assert item_count(paper) == len(shapes) == 7
    by_type = {code[:2]: shape for code, shape in shapes.items()}
    assert by_type["TF"] == Shape("choice", options=frozenset("TF"))
    assert by_type["SC"] == Shape("choice", options=frozenset("ABCD"))
    assert by_type["MC"] == Shape("choice", options=frozenset("ABCD"), multiple=True)


def test_every_deliverable_of_a_practical_paper_has_its_shape(store: Path, tmp_path: Path) -> None:
    assert response_shape(practical_paper(tmp_path)) == {
        "T1.D1": Shape("text", max_chars=5),
        "T1.D2": Shape("table", columns=2, max_rows=3),
        "T1.D3": Shape("file", accept=(".pdf",), max_bytes=1000),
    }


def test_shapes_and_orders_cost_no_query_the_second_time(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    paper = Paper.objects.defer("body").get(pk=theory_paper(code="seen-for-the-first-time").pk)
    with django_assert_num_queries(1):
        response_shape(paper)
        paper_for_candidate(paper, 1)
    with django_assert_num_queries(0):
        item_count(paper)
        paper_for_candidate(paper, 2)


def test_what_is_kept_of_a_paper_is_not_given_for_another_hash() -> None:
    theory = theory_paper()
    response_shape(theory)
    with pytest.raises(ObjectDoesNotExist):
        response_shape(Paper(pk=theory.pk, sha256="0" * 64, subject="theory"))


@pytest.mark.parametrize(("task", "code"), [("T1", "M2"), ("T2", "M1")])
def test_a_material_that_no_task_hands_out_is_not_found(
    store: Path, tmp_path: Path, task: str, code: str
) -> None:
    paper = practical_paper(tmp_path)
    with pytest.raises(ObjectDoesNotExist):
        material(paper.pk, task, code)
