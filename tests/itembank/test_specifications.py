"""Specifications of papers: read strictly, and checked beyond their single fields."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from itembank.faults import BadSpec
from itembank.fields import points_text, whole_points
from itembank.rules import check_practical, check_theory
from itembank.specs import PracticalSpec, TheorySpec, read_papers
from itembank.states import Subject
from itembank.wording import paper_title
from tests.itembank.builders import practical_spec, task, theory_spec

PAPERS = Path(__file__).parents[2] / "itembank" / "demo" / "papers.json"


def faults(spec: TheorySpec | PracticalSpec) -> set[tuple[str, str]]:
    """Where and in which field `spec` is refused; empty when it is not."""
    try:
        check_theory(spec) if isinstance(spec, TheorySpec) else check_practical(spec)
    except BadSpec as error:
        return {(fault.where, fault.field) for fault in error.faults}
    return set()


def one_task(**changes: Any) -> PracticalSpec:
    """A paper of one task with `changes`."""
    return practical_spec(tasks=[task(**changes)])


def sections(points: object) -> list[dict[str, object]]:
    """One section of six items of so many points."""
    return [{"type": "single", "count": 6, "points": points}]


def test_the_demonstration_papers_are_read_and_hold() -> None:
    papers = read_papers(PAPERS.read_bytes())
    assert [one.id for one in papers] == ["O1", "O2", "O3", "O4", "O5"]
    for one in papers:
        assert not faults(one.theory)
        assert not faults(one.practical)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"offerings": [{}]}', b'{"offerings": 1}'])
def test_what_is_no_papers_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadSpec):
        read_papers(data)


def test_an_unknown_field_is_named_with_its_place() -> None:
    papers = msgspec.json.decode(PAPERS.read_bytes())
    papers["offerings"][1]["practical"]["tasks"][0]["pionts"] = 1
    with pytest.raises(BadSpec, match=r"pionts.*\$\.offerings\[1\]\.practical\.tasks\[0\]"):
        read_papers(msgspec.json.encode(papers))


@pytest.mark.parametrize(("points", "mark", "fine"), [("0.5", 3, True), ("0.5", "3.5", False), (1, 6, True)])
def test_the_pass_mark_can_be_reached(points: object, mark: object, fine: bool) -> None:
    found = faults(theory_spec(sections=sections(points), pass_mark=mark))
    assert found == (set() if fine else {("theory", "pass_mark")})


@pytest.mark.parametrize("points", [0, -1, "0.25", "NaN", "Infinity"])
def test_points_come_in_steps_of_a_half_above_nothing(points: object) -> None:
    assert faults(theory_spec(sections=sections(points))) == {("S1", "points")}


@pytest.mark.parametrize("mark", [0, -60, "0.3", "NaN"])
def test_a_pass_mark_is_points_too(mark: object) -> None:
    assert faults(theory_spec(pass_mark=mark)) == {("theory", "pass_mark")}
    assert faults(practical_spec(pass_mark=mark)) == {("practical", "pass_mark")}


def test_a_theory_paper_needs_a_section() -> None:
    assert ("theory", "sections") in faults(theory_spec(sections=[]))


@pytest.mark.parametrize(("graders", "fine"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_graders_mark_a_task(graders: int, fine: bool) -> None:
    assert faults(practical_spec(graders=graders)) == (set() if fine else {("practical", "graders")})


@pytest.mark.parametrize(("minutes", "fine"), [(49, False), (50, True)])
def test_the_tasks_fit_into_the_paper(minutes: int, fine: bool) -> None:
    assert faults(practical_spec(minutes=minutes)) == (set() if fine else {("practical", "minutes")})


def test_a_rubric_adds_up_to_its_task() -> None:
    assert not faults(one_task(points=40))
    assert faults(one_task(points="40.5")) == {("T1", "points")}
    assert faults(one_task(rubric=[])) == {("T1", "points")}


def test_a_rubric_line_looks_at_a_deliverable_of_its_own_task() -> None:
    line = {"no": "1", "points": 40, "kind": "JUDGED", "description": "x", "deliverable": "D9"}
    assert faults(one_task(rubric=[line])) == {("T1/1", "deliverable")}


@pytest.mark.parametrize("name", ["deliverables", "materials", "rubric"])
def test_nothing_in_a_task_is_named_twice(name: str) -> None:
    assert ("T1", name) in faults(one_task(**{name: task()[name] * 2}))


def test_no_two_tasks_have_the_same_id_and_there_is_one() -> None:
    assert ("practical", "tasks") in faults(practical_spec(tasks=[task(), task()]))
    assert ("practical", "tasks") in faults(practical_spec(tasks=[]))


def test_a_task_asks_for_something() -> None:
    rubric = [{"no": "1", "points": 40, "kind": "JUDGED", "description": "x"}]
    assert faults(one_task(deliverables=[], rubric=rubric)) == {("T1", "deliverables")}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"min_rows": 4}, "min_rows"), ({"min_rows": 3}, ""), ({"columns": []}, "columns")],
)
def test_a_table_can_be_filled_in(changes: dict[str, Any], field: str) -> None:
    table = {"id": "D2", "kind": "table", "title": "表", "columns": ["a"], "min_rows": 1, "max_rows": 3}
    found = faults(
        one_task(deliverables=[{**table, **changes}], rubric=[task()["rubric"][1] | {"points": 40}])
    )
    assert found == ({("T1.D2", field)} if field else set())


def test_a_file_has_an_ending_to_accept() -> None:
    file = {"id": "D3", "kind": "file", "title": "t", "accept": [], "max_bytes": 1}
    spec = one_task(deliverables=[file], rubric=[task()["rubric"][1] | {"points": 40}])
    assert faults(spec) == {("T1.D3", "accept")}


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("name", "评论 1.csv", "../a.csv"),
        ("name", "a.csv", "a\\b.csv"),
        ("name", "a.csv", ".."),
        ("name", "a.csv", ""),
        ("name", "x" * 120, "x" * 121),
        ("media_type", "text/csv", "csv"),
        ("media_type", "application/x-subrip", "text/csv; charset=utf-8"),
        ("id", "M" * 16, "M" * 17),
    ],
)
def test_a_material_has_a_plain_name_and_type(field: str, good: str, bad: str) -> None:
    (material,) = task()["materials"]
    assert not faults(one_task(materials=[material | {field: good}]))
    with pytest.raises(msgspec.ValidationError):
        one_task(materials=[material | {field: bad}])


@pytest.mark.parametrize("ending", ["pdf", ".PDF", ".tar.gz", "."])
def test_endings_are_lower_case_with_their_dot(ending: str) -> None:
    file = {"id": "D3", "kind": "file", "title": "t", "accept": [ending], "max_bytes": 1}
    with pytest.raises(msgspec.ValidationError):
        one_task(deliverables=[file])


@pytest.mark.parametrize(
    ("points", "text"), [("40", "40"), ("0.5", "0.5"), ("60.0", "60"), ("1E+2", "100"), ("100.00", "100")]
)
def test_points_are_written_shortly_and_without_exponent(points: str, text: str) -> None:
    assert points_text(Decimal(points)) == text
    assert whole_points(Decimal(points))


def test_a_paper_is_called_after_offering_level_and_subject() -> None:
    assert (
        paper_title("全媒体运营师（直播运营）", 3, Subject.THEORY)
        == "全媒体运营师（直播运营）三级 理论知识试卷"
    )
