"""Puts the items of a form in order: by section, by the blueprint's order, and in variants for neighbours. Pure."""

from collections.abc import Sequence
from random import Random

import numpy as np

from itembank.blueprints.banks import Bank
from itembank.blueprints.masks import mask
from itembank.blueprints.specification import Blueprint, Order
from itembank.blueprints.tables import Cell
from itembank.seeded import permuted

LETTERS = "ABCD"


def sections_of(blueprint: Blueprint, bank: Bank, chosen: Sequence[int], seed: int) -> list[list[int]]:
    """The places of a form's items, section by section (one without sections), each in its order.

    Items of a stimulus stay together. What no order rule decides, the seed does.
    """
    rng = Random(seed)
    rank = {at: n for n, at in enumerate(permuted(sorted(chosen), rng))}
    stimulus_rank: dict[str, int] = {}
    for at in sorted(chosen, key=rank.__getitem__):
        stimulus_rank.setdefault(bank.stimulus[at] or f"#{at}", rank[at])
    orders = [rule for rule in blueprint.rules if isinstance(rule, Order) and rule.on]
    place = {one: at for at, one in enumerate(bank.stimulus_ids)}

    def key(at: int) -> tuple[object, ...]:
        own = bank.stimulus[at]
        whole = [_key(bank.stimuli.column(one.column)[place[own]] if own else None, one)
                 for one in orders if one.of == "stimulus"]  # fmt: skip
        parts = [_key(bank.items.column(one.column)[at], one) for one in orders if one.of == "item"]
        if own is None or any(one.of == "item" for one in orders):
            return (*whole, *parts, stimulus_rank[own or f"#{at}"], rank[at])
        return (*whole, stimulus_rank[own], rank[at])

    return [sorted(part, key=key) for part in _parts(blueprint, bank, chosen)]


def _parts(blueprint: Blueprint, bank: Bank, chosen: Sequence[int]) -> list[list[int]]:
    if not blueprint.sections:
        return [list(chosen)]
    masks = [mask(section.where, bank.items) for section in blueprint.sections]
    return [[at for at in chosen if own[at]] for own in masks]


def _key(cell: Cell, rule: Order) -> tuple[int, float, str]:
    """Numbers before texts before nothing; texts only ascend."""
    if isinstance(cell, str):
        return (1, 0.0, cell)
    if cell is None:
        return (2, 0.0, "")
    return (0, -cell if rule.descending else cell, "")


def variants(sections: Sequence[Sequence[str]], count: int) -> dict[str, list[list[str]]]:
    """`count` orders of a form, A first as it is: no two have the same item at the same place of a section.

    A section of fewer items than variants cannot differ in all of them: it is turned as far as it goes.
    """
    found = {}
    for n, letter in enumerate(LETTERS[:count]):
        turns = [n * max(1, len(items) // count) % max(1, len(items)) for items in sections]
        found[letter] = [[*items[turn:], *items[:turn]] for items, turn in zip(sections, turns, strict=True)]
    return found


def variant_at(row: int, column: int, count: int) -> str:
    """The variant of a seat: two and three differ from those beside and in front, four also across corners."""
    number = 2 * (row % 2) + column % 2 if count == 4 else (row + column) % count
    return LETTERS[number]


def form_at(row: int, column: int, forms: int) -> int:
    """Which of several parallel forms (from 0) a seat gets, so that neighbours beside and in front differ."""
    return int(np.mod(row * max(1, forms // 2) + column, forms)) if forms != 2 else (row + column) % 2
