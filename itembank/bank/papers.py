"""Reads frozen papers for their custodian, and tries blueprints on the approved items of a pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from itembank.bank.pool import approved_rows, enemy_groups
from itembank.blueprints.assembling import Assembly, assemble_forms
from itembank.blueprints.banks import BankFiles, enemies_of, make_bank
from itembank.blueprints.specification import read_blueprint
from itembank.blueprints.tables import Table
from itembank.models import Paper
from itembank.selectors import item_count


class TooFewItems(ValueError):
    """The pool has no approved item."""

    code = "pool_empty"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A frozen paper in the list."""

    paper: Paper
    items: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A frozen paper looked into: its sections or tasks as they are frozen, never its keys."""

    paper: Paper
    sections: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    codes: Sequence[str]


def paper_list() -> list[PaperRow]:
    """Every paper, the newest first."""
    return [PaperRow(paper, item_count(paper)) for paper in Paper.objects.order_by("-frozen_at", "code")]


def paper_page(paper: Paper, content: Mapping[str, Any]) -> PaperPage:
    """The paper with all that candidates will see of it; `content` is what its custodian was let see."""
    sections, tasks = content.get("sections", ()), content.get("tasks", ())
    return PaperPage(
        paper, sections, tasks, [item["id"] for section in sections for item in section["items"]]
    )


def try_blueprint(text: str, pool: str) -> Assembly:
    """The forms that a blueprint gives from the approved items of `pool`; BadBlueprint, TooFewItems, Invalid."""
    blueprint = read_blueprint(text)
    rows = approved_rows(pool=pool)
    if not rows:
        raise TooFewItems(pool)
    columns: dict[str, tuple[Any, ...]] = {
        "code": tuple(row.code for row in rows),
        "type": tuple(row.type.value for row in rows),
        "knowledge_point": tuple(row.knowledge_point for row in rows),
        "direction": tuple(row.direction for row in rows),
        "difficulty": tuple(float(row.difficulty) for row in rows),
        "points": tuple(float(row.points) for row in rows),
        "uses": tuple(float(row.uses) for row in rows),
    }
    bank = make_bank(BankFiles(Table(pool, columns, len(rows))), blueprint.bank)
    groups = {str(n): sorted(group) for n, group in enumerate(enemy_groups([row.code for row in rows]))}
    return assemble_forms(blueprint, replace(bank, enemies=enemies_of(groups)))
