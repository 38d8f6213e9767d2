"""What papers may draw from: approved versions of items not retired, with all that a blueprint may ask for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from itembank.models import EnemyGroup, Item, PaperUse
from itembank.states import ItemState, ItemType

BATCH = 500


@dataclass(frozen=True, slots=True)
class BankRow:
    """An approved item as assembly looks at it. `version` is the version's key, `uses` how many papers hold the item.

    `difficulty` is 0 (easy) to 1; `stimulus` is empty where the item stands alone.
    """

    code: str
    version: int
    type: ItemType
    level: int
    pool: str
    knowledge_point: str
    direction: str
    difficulty: float
    points: Decimal
    stimulus: str
    uses: int
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemContent:
    """What a paper copies of an item: `key` is `{"correct": [...]}` or `{"grading": {...}}`."""

    code: str
    version: int
    type: ItemType
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    points: Decimal


def _usable() -> QuerySet[Item]:
    return Item.objects.filter(state=ItemState.ACTIVE, approved__isnull=False)


def approved_rows(*, level: int | None = None, pool: str | None = None) -> list[BankRow]:
    """Every item that a new paper may take, by code; of one level or pool where that is named."""
    rows = _usable().select_related("approved", "approved__stimulus", "pool").order_by("code")
    if level is not None:
        rows = rows.filter(level=level)
    if pool is not None:
        rows = rows.filter(pool__code=pool)
    used = _uses(rows)
    return [_bank_row(row, used.get(row.pk, 0)) for row in rows]


def _uses(rows: QuerySet[Item]) -> dict[int, int]:
    counted = PaperUse.objects.filter(version__item__in=rows.values("pk")).values_list("version__item")
    return dict(counted.annotate(papers=Count("paper", distinct=True)))


def _bank_row(item: Item, uses: int) -> BankRow:
    version = item.approved
    assert version is not None, "the query asks for approved items"  # noqa: S101 - a row of the filter above
    return BankRow(
        code=item.code,
        version=version.pk,
        type=ItemType(version.type),
        level=item.level,
        pool=item.pool.code,
        knowledge_point=version.knowledge_point,
        direction=version.direction,
        difficulty=version.difficulty,
        points=version.points,
        stimulus=version.stimulus.code if version.stimulus else "",
        uses=uses,
        attributes=version.attributes,
    )


def enemy_groups(codes: Collection[str]) -> list[frozenset[str]]:
    """The sets of items, among `codes`, of which at most one may stand in a paper."""
    groups: dict[int, set[str]] = {}
    members = EnemyGroup.items.through.objects.values_list("enemygroup_id", "item__code")
    for group, code in members:
        if code in codes:
            groups.setdefault(group, set()).add(code)
    return [frozenset(members) for members in groups.values() if len(members) > 1]


def contents_of(codes: Iterable[str]) -> dict[str, ItemContent]:
    """The approved version of each item with its key, by code; a code that papers may not take is missing."""
    wanted = sorted(set(codes))
    found: dict[str, ItemContent] = {}
    for start in range(0, len(wanted), BATCH):
        rows = _usable().filter(code__in=wanted[start : start + BATCH]).select_related("approved__key")
        found |= {row.code: _content(row) for row in rows}
    return found


def _content(item: Item) -> ItemContent:
    version = item.approved
    assert version is not None, "the query asks for approved items"  # noqa: S101 - a row of the filter above
    key = version.key.key
    return ItemContent(item.code, version.pk, ItemType(version.type), version.content, key, version.points)
