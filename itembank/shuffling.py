"""The candidate's own order of a theory paper, from the seed recorded with the sitting. Pure."""

from random import Random
from typing import Any

from itembank.interactions.contents import has_interactions
from itembank.interactions.orders import arranged_item
from itembank.seeded import permuted
from itembank.states import ItemType


def arranged(sections: list[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """`sections` with the items of each, and the options of each item, in the order of `seed`.

    Items stay in their section and get `number`, counted through the paper from 1. Option ids stay with
    their texts, so keys hold whatever the order; true and false are never exchanged. The input is not
    changed.
    """
    rng = Random(seed)
    result, number = [], 1
    for section in sections:
        items = [_arranged_item(item, section["type"], rng) for item in section["items"]]
        ordered = permuted(items, rng)
        result.append({**section, "items": [{**item, "number": n} for n, item in enumerate(ordered, number)]})
        number += len(ordered)
    return result


def _arranged_item(item: dict[str, Any], type: str, rng: Random) -> dict[str, Any]:
    if has_interactions(item):
        return arranged_item(item, rng)
    if type == ItemType.TRUE_FALSE:
        return item
    return {**item, "options": permuted(item["options"], rng)}
