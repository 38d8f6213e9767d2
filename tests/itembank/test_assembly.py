"""Assembly: seeded, spread, without repetition, and honest about a bank that is too small."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.assembly import NotEnoughItems, PoolItem, SectionPlan, assemble
from itembank.states import ItemType


def pool(count: int, points: int = 3, type: ItemType = ItemType.SINGLE) -> list[PoolItem]:
    """`count` items of a type, dealt over so many knowledge points."""
    return [PoolItem(f"{type}-{n}", type, f"point {n % points}") for n in range(count)]


@given(st.integers(0, 2**63 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_no_item_is_drawn_twice_and_every_section_is_full(seed: int, counts: list[int]) -> None:
    plans = [SectionPlan(ItemType.SINGLE, count) for count in counts]
    drawn = assemble(plans, pool(24), seed)
    codes = [code for section in drawn for code in section]
    assert [len(section) for section in drawn] == counts
    assert len(set(codes)) == len(codes)


@given(st.integers(0, 2**63 - 1), st.permutations(pool(12)))
def test_the_same_seed_draws_the_same_paper_whatever_the_order_of_the_pool(
    seed: int, shuffled: list[PoolItem]
) -> None:
    plans = [SectionPlan(ItemType.SINGLE, 7)]
    assert assemble(plans, shuffled, seed) == assemble(plans, pool(12), seed)


@given(st.integers(0, 2**63 - 1), st.integers(1, 30), st.integers(1, 7))
def test_knowledge_points_with_enough_items_differ_by_at_most_one(seed: int, count: int, points: int) -> None:
    items = {item.code: item for item in pool(30 * points, points)}
    (drawn,) = assemble([SectionPlan(ItemType.SINGLE, count)], items.values(), seed)
    used = Counter({f"point {n}": 0 for n in range(points)})
    used.update(items[code].knowledge_point for code in drawn)
    assert max(used.values()) - min(used.values()) <= 1


def test_a_small_knowledge_point_gives_all_it_has() -> None:
    small = [PoolItem("rare", ItemType.SINGLE, "rare")]
    for seed in range(20):
        (drawn,) = assemble([SectionPlan(ItemType.SINGLE, 4)], [*pool(30), *small], seed)
        assert "rare" in drawn


def test_different_seeds_draw_different_papers() -> None:
    plans = [SectionPlan(ItemType.SINGLE, 10)]
    assert len({tuple(assemble(plans, pool(40), seed)[0]) for seed in range(50)}) == 50


def test_a_recorded_seed_means_the_same_paper_in_every_python() -> None:
    assert assemble([SectionPlan(ItemType.SINGLE, 4)], pool(9), 20260328) == [
        ["single-6", "single-8", "single-7", "single-0"]
    ]


def test_a_pool_of_exactly_the_wanted_size_is_enough_and_one_less_is_not() -> None:
    plans = [SectionPlan(ItemType.SINGLE, 2), SectionPlan(ItemType.SINGLE, 3)]
    assert sum(map(len, assemble(plans, pool(5), 1))) == 5
    with pytest.raises(NotEnoughItems) as caught:
        assemble(plans, pool(4), 1)
    assert (caught.value.type, caught.value.wanted, caught.value.had) == (ItemType.SINGLE, 5, 4)


def test_items_of_another_type_do_not_count() -> None:
    with pytest.raises(NotEnoughItems, match="multiple: 1 wanted, 0 in the bank"):
        assemble([SectionPlan(ItemType.MULTIPLE, 1)], pool(5), 1)
