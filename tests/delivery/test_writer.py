"""The group-commit writer: what comes together is stored together, and one bad row costs no other its place."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from examserver.delivery.writer import GroupWriter


class Store:
    """Keeps what it is given and answers ten times it; refuses a batch with a 13 in it; waits while `held`."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = threading.Event()
        self.free.set()

    def __call__(self, rows: Sequence[int]) -> list[int]:
        self.free.wait(5)
        self.batches.append(list(rows))
        if 13 in rows:
            raise ValueError(13)
        return [row * 10 for row in rows]


async def told(writer: GroupWriter[int, int], rows: Sequence[int]) -> list[int | None]:
    """Submit all rows in one turn of the loop; what each was told."""
    futures = [asyncio.get_running_loop().create_future() for _ in rows]
    for row, future in zip(rows, futures, strict=True):
        writer.submit(row, future.set_result)
    return list(await asyncio.wait_for(asyncio.gather(*futures), 5))


@pytest.mark.asyncio
async def test_what_comes_in_one_turn_of_the_loop_is_one_batch_and_everybody_is_told_their_own() -> None:
    store = Store()
    assert await told(GroupWriter(store), [1, 2, 3]) == [10, 20, 30]
    assert store.batches == [[1, 2, 3]]


@pytest.mark.asyncio
async def test_what_comes_while_a_batch_is_stored_is_the_next_batch() -> None:
    store = Store()
    writer = GroupWriter(store)
    store.free.clear()
    first = asyncio.create_task(told(writer, [1]))
    await asyncio.sleep(0.05)
    rest = [asyncio.create_task(told(writer, [n])) for n in (2, 3)]
    await asyncio.sleep(0.05)
    store.free.set()
    assert [await first, *[await one for one in rest]] == [[10], [20], [30]]
    assert store.batches == [[1], [2, 3]]


@pytest.mark.asyncio
async def test_no_batch_is_larger_than_the_limit() -> None:
    store = Store()
    await told(GroupWriter(store, limit=2), [1, 2, 3, 4, 5])
    assert store.batches == [[1, 2], [3, 4], [5]]


@pytest.mark.asyncio
async def test_a_row_that_cannot_be_stored_is_told_so_and_costs_no_other_its_place() -> None:
    store = Store()
    assert await told(GroupWriter(store), [1, 13, 3]) == [10, None, 30]
    assert store.batches == [[1, 13, 3], [1], [13], [3]]


def test_a_writer_goes_on_in_another_loop() -> None:
    writer = GroupWriter(Store())
    assert [asyncio.run(told(writer, [n])) for n in (1, 2)] == [[10], [20]]
