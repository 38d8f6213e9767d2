"""Papers by blueprint from the bank itself: parallel ones share nothing, and what cannot be freezes nothing."""

import msgspec
import pytest

from itembank.faults import BadSpec
from itembank.models import EnemyGroup, Item, Paper, PaperUse
from itembank.services import PaperHeading, import_bank
from itembank.services.drawing import NoSuchPapers
from itembank.services.papers import assemble_parallel_papers, assemble_theory_paper
from itembank.services.sealing import inspect_paper
from itembank.specs import TheorySpec
from tests.itembank.approved import approve_bank
from tests.itembank.builders import NOW, OFFICER, bank, item, theory_spec

pytestmark = pytest.mark.django_db
SECTIONS = [
    {"type": "single", "count": 2, "points": 1},
    {"type": "multiple", "count": 2, "points": 1},
    {"type": "single", "count": 1, "points": 2},
]


@pytest.fixture
def level() -> int:
    """A level with ten approved items of each type."""
    items = [item(kind, n) for kind in ("true_false", "single", "multiple") for n in range(10)]
    import_bank(data=bank(*items), level=3, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    return 3


def spec(**blueprint: object) -> TheorySpec:
    """Three sections, two of the same type, and a blueprint."""
    return theory_spec(sections=SECTIONS, pass_mark=2, blueprint=blueprint)


def headings(count: int, level: int) -> list[PaperHeading]:
    """Codes P1, P2, …"""
    return [PaperHeading(f"P{n}", "O5", level, "理论") for n in range(1, count + 1)]


def codes(paper: Paper) -> list[list[str]]:
    """The items of each section."""
    content = inspect_paper(paper=paper, actor=OFFICER, now=NOW)
    return [[one["id"] for one in section["items"]] for section in content["sections"]]


def test_parallel_papers_share_no_item_and_fill_their_sections(level: int) -> None:
    papers = assemble_parallel_papers(
        headings=headings(3, level), spec=spec(), seed=4, actor=OFFICER, now=NOW
    )
    parts = [codes(paper) for paper in papers]
    assert [[len(part) for part in paper] for paper in parts] == [[2, 2, 1]] * 3
    everything = [code for paper in parts for part in paper for code in part]
    assert len(set(everything)) == 15
    assert PaperUse.objects.count() == 15
    assert {code[:2] for code in parts[0][2]} == {"SC"}


def test_rules_of_the_blueprint_and_enemies_of_the_bank_hold(level: int) -> None:
    group = EnemyGroup.objects.create(reason="same case", created_at=NOW)
    group.items.set(Item.objects.filter(code__in=["SC-001", "SC-004", "SC-007"]))
    rule = {"kind": "number", "where": 'knowledge_point == "point 1"', "min": 5, "max": 5}
    with pytest.raises(NoSuchPapers) as caught:
        assemble_theory_paper(
            heading=headings(1, level)[0], spec=spec(rules=[rule]), seed=1, actor=OFFICER, now=NOW
        )
    assert {one.rule for one in caught.value.assembly.blocking} >= {"enemies"}
    assert not Paper.objects.exists()
    softer = {**rule, "min": 3, "max": 3}
    paper = assemble_theory_paper(
        heading=headings(1, level)[0], spec=spec(rules=[softer]), seed=1, actor=OFFICER, now=NOW
    )
    chosen = [code for part in codes(paper) for code in part]
    assert sum(int(code[-3:]) % 3 == 1 for code in chosen) == 3
    assert len({"SC-001", "SC-004", "SC-007"} & set(chosen)) <= 1


def test_what_earlier_papers_used_counts(level: int) -> None:
    plan = spec(history={"max": 1})
    first, second = (
        assemble_theory_paper(heading=one, spec=plan, seed=1, actor=OFFICER, now=NOW)
        for one in headings(2, level)
    )
    assert not {c for part in codes(first) for c in part} & {c for part in codes(second) for c in part}


def test_several_papers_without_a_blueprint_are_refused(level: int) -> None:
    plain = msgspec.structs.replace(spec(), blueprint=None)
    with pytest.raises(BadSpec, match="needed for more than one"):
        assemble_parallel_papers(headings=headings(2, level), spec=plain, seed=1, actor=OFFICER, now=NOW)
