"""Brings items from outside into the bank: what is new, what has changed, and all of it in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from itembank.models import Item, ItemVersion, Pool
from itembank.services.versions import Hand, Writing, write_versions
from itembank.versions import Draft

BATCH = 500


@dataclass(frozen=True, slots=True)
class Coming:
    """An item that comes from outside under `code`; `source` says where it was read."""

    code: str
    draft: Draft
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that the bank has, and that comes otherwise."""

    item: Item
    coming: Coming


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comes, against what the bank has; `foreign` are items of another pool, which is not changed from here."""

    new: Sequence[Coming]
    changed: Sequence[Change]
    unchanged: Sequence[str]
    foreign: Sequence[Item]


def compare(coming: Sequence[Coming], pool: Pool) -> Comparison:
    """What of `coming` is new, changed or as it was; each against the newest version, whatever became of it."""
    known = _known([one.code for one in coming])
    new: list[Coming] = []
    changed: list[Change] = []
    unchanged: list[str] = []
    foreign: list[Item] = []
    for one in coming:
        item = known.get(one.code)
        if item is None:
            new.append(one)
        elif item.pool_id != pool.pk:
            foreign.append(item)
        elif item.latest is not None and same(item.latest, one.draft):
            unchanged.append(one.code)
        else:
            changed.append(Change(item, one))
    return Comparison(new, changed, unchanged, foreign)


def _known(codes: Sequence[str]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for start in range(0, len(codes), BATCH):
        rows = Item.objects.filter(code__in=codes[start : start + BATCH])
        found |= {row.code: row for row in rows.select_related("latest__key", "pool")}
    return found


def same(version: ItemVersion, draft: Draft) -> bool:
    """Whether a version says, is worth and is filed as `draft`."""
    if version.sha256 != draft.sha256 or version.key.explanation != draft.explanation:
        return False
    stored = (version.points, version.knowledge_point, version.direction, version.difficulty)
    given = (draft.points, draft.knowledge_point, draft.direction, draft.difficulty)
    return stored == given and version.attributes == dict(draft.attributes)


def take_over(found: Comparison, pool: Pool, hand: Hand) -> list[ItemVersion]:
    """Store what is new or changed, in the caller's transaction."""
    items = [Item(code=one.code, level=pool.level, pool=pool) for one in found.new]
    Item.objects.bulk_create(items, batch_size=BATCH)
    writings = [Writing(item, 1, one.draft, one.source) for item, one in zip(items, found.new, strict=True)]
    for change in found.changed:
        number = change.item.latest.number + 1 if change.item.latest else 1
        writings.append(Writing(change.item, number, change.coming.draft, change.coming.source))
    return write_versions(writings, hand)
