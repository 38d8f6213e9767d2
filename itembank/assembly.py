"""Draws the items of a theory paper: seeded, spread over the knowledge points, no item twice. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from random import Random

from itembank.seeded import permuted
from itembank.states import ItemType


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """How many items of which type a section has."""

    type: ItemType
    count: int


@dataclass(frozen=True, slots=True, order=True)
class PoolItem:
    """What assembly looks at in an item; its content plays no part."""

    code: str
    type: ItemType
    knowledge_point: str


class NotEnoughItems(Exception):
    """The bank holds fewer items of a type than the sections want together."""

    code = "not_enough_items"

    def __init__(self, type: ItemType, wanted: int, had: int) -> None:
        super().__init__(f"{type}: {wanted} wanted, {had} in the bank")
        self.type, self.wanted, self.had = type, wanted, had


def assemble(plans: Sequence[SectionPlan], pool: Iterable[PoolItem], seed: int) -> list[list[str]]:
    """The codes of the items of each section, in order of `plans`; NotEnoughItems when the pool is too small.

    The same plans, pool (in any order) and seed give the same paper.
    """
    rng = Random(seed)
    items = sorted(set(pool))
    _check_enough(plans, items)
    drawn = {type: _spread([item for item in items if item.type is type], rng) for type in ItemType}
    return [[item.code for item in islice(drawn[plan.type], plan.count)] for plan in plans]


def _check_enough(plans: Sequence[SectionPlan], items: Sequence[PoolItem]) -> None:
    for type in ItemType:
        wanted = sum(plan.count for plan in plans if plan.type is type)
        had = sum(item.type is type for item in items)
        if wanted > had:
            raise NotEnoughItems(type, wanted, had)


def _spread(items: Sequence[PoolItem], rng: Random) -> Iterator[PoolItem]:
    """One item of each knowledge point, then the next of each, the points and their items in seeded order."""
    points: dict[str, list[PoolItem]] = defaultdict(list)
    for item in items:
        points[item.knowledge_point].append(item)
    columns = [permuted(points[name], rng) for name in permuted(points, rng)]
    rounds = zip_longest(*columns)
    return (item for item in chain.from_iterable(rounds) if item is not None)
