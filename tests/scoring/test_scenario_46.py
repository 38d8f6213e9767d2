"""S46 on the real demonstration paper: all right except two multiples with one missing letter is 98.0."""

from decimal import Decimal
from pathlib import Path

import pytest

import itembank
from examserver.kernel.access import SYSTEM
from itembank.models import Paper
from itembank.selectors import keys
from itembank.services.importing import import_bank
from itembank.services.papers import PaperHeading, assemble_theory_paper
from itembank.services.sealing import open_papers
from itembank.specs import read_papers
from scoring import rules
from scoring.rubrics import total
from tests.itembank.approved import approve_bank
from tests.scoring.venue import START

DEMO = Path(itembank.__file__).parent / "demo"


@pytest.fixture
def paper(db: None) -> Paper:
    """The demonstration paper of level 3: 40, 140 and 10 items."""
    import_bank(data=(DEMO / "theory_l3.json").read_bytes(), level=3, actor=SYSTEM, now=START)
    approve_bank(START)
    spec = next(one for one in read_papers((DEMO / "papers.json").read_bytes()) if one.id == "O5").theory
    heading = PaperHeading("O5-T", "O5", 3, "理论知识")
    frozen = assemble_theory_paper(heading=heading, spec=spec, seed=46, actor=SYSTEM, now=START)
    open_papers(paper_ids=[frozen.pk], actor=SYSTEM, reason="start", now=START)
    return frozen


def test_two_incomplete_multiples_in_an_otherwise_right_paper_of_190_items_give_98(paper: Paper) -> None:
    found = {item: rules.read_key(data) for item, data in keys(paper.pk).items()}
    responses = {item: sorted(key.correct) for item, key in found.items()}
    for item in [item for item, key in found.items() if key.type is rules.ItemType.MULTIPLE][:2]:
        responses[item] = responses[item][:-1]
    policy = rules.read_policy(paper.policy)
    points = total(rules.score(responses[item], key, policy).points for item, key in found.items())
    assert len(found) == 190
    assert points == Decimal("98.0")
