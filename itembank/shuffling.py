"""The candidate's own order of a theory paper, from the seed recorded with the sitting, and its own ids. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from itembank.interactions.aliases import Aliased, Aliases, aliased_item, aliased_options
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


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A theory paper as one candidate gets it, and what the ids in it mean, by item; true and false are themselves."""

    sections: list[dict[str, Any]]
    aliases: Mapping[str, Aliases]


def own_paper(sections: list[dict[str, Any]], seed: int) -> OwnPaper:
    """`sections` in the order of `seed`, every id of options and interactions an alias; the input is not changed."""
    aliases: dict[str, Aliases] = {}
    shown = []
    for section in arranged(sections, seed):
        found = [_aliased(item, section["type"]) for item in section["items"]]
        shown.append({**section, "items": [one.item for one in found]})
        aliases |= {one.item["id"]: one.aliases for one in found if one.aliases is not None}
    return OwnPaper(shown, aliases)


def _aliased(item: dict[str, Any], type: str) -> Aliased:
    """`T` and `F` stay: they are what the page shows, in every paper."""
    if has_interactions(item):
        return aliased_item(item)
    return Aliased(item) if type == ItemType.TRUE_FALSE else aliased_options(item)
