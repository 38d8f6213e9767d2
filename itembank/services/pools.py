"""Opens parts of the bank, says which items are enemies, and retires items and takes them back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.transitions import move
from itembank.models import EnemyGroup, Item, Pool
from itembank.states import ITEM_MOVES, ItemState
from itembank.wording import LEVEL_TITLES


def level_pool(level: int) -> Pool:
    """The pool that serves all of a level, opened when there is none."""
    return Pool.objects.get_or_create(
        code=f"L{level}", defaults={"name": LEVEL_TITLES[level], "level": level}
    )[0]


def named_pool(code: str) -> Pool:
    """The pool `code`; that of a level is opened when there is none. NotAllowed `pool_missing`."""
    levels = {f"L{level}": level for level in LEVEL_TITLES}
    if code in levels:
        return level_pool(levels[code])
    found = Pool.objects.filter(code=code).first()
    if found is None:
        raise NotAllowed("pool_missing")
    return found


def add_pool(*, code: str, name: str, level: int) -> Pool:
    """A new part of the bank."""
    return Pool.objects.create(code=code, name=name, level=level)


@transaction.atomic
def add_enemies(*, codes: Collection[str], reason: str, actor: Actor, now: datetime) -> EnemyGroup:
    """At most one of the items may stand in a paper. NotAllowed `enemies_unknown` or `enemies_too_few`."""
    items = list(Item.objects.filter(code__in=codes))
    if len(items) < len(set(codes)):
        raise NotAllowed("enemies_unknown")
    if len(items) < 2:
        raise NotAllowed("enemies_too_few")
    group = EnemyGroup.objects.create(reason=reason, created_by=str(actor), created_at=now)
    group.items.set(items)
    _record("enemies.added", f"enemies:{group.pk}", actor, sorted(codes), now)
    return group


@transaction.atomic
def remove_enemies(*, group: EnemyGroup, actor: Actor, now: datetime) -> None:
    """The items may meet in a paper again."""
    codes = sorted(group.items.values_list("code", flat=True))
    _record("enemies.removed", f"enemies:{group.pk}", actor, codes, now)
    group.delete()


@transaction.atomic
def retire_item(*, item: Item, actor: Actor, reason: str, now: datetime) -> None:
    """No new paper takes the item any more; papers that hold it keep their copy. IllegalMove."""
    move(item, ITEM_MOVES, ItemState.RETIRED)
    data = {"reason": reason}
    audit.record(audit.Act("itembank", "item.retired", f"item:{item.code}", str(actor), data), now)


@transaction.atomic
def restore_item(*, item: Item, actor: Actor, now: datetime) -> None:
    """New papers may take the item again. IllegalMove."""
    move(item, ITEM_MOVES, ItemState.ACTIVE)
    audit.record(audit.Act("itembank", "item.restored", f"item:{item.code}", str(actor), {}), now)


def _record(action: str, subject: str, actor: Actor, codes: list[str], now: datetime) -> None:
    audit.record(audit.Act("itembank", action, subject, str(actor), {"items": codes}), now)
