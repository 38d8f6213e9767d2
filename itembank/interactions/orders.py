"""The candidate's own order of the options of an item's interactions; what is fixed keeps its place. Pure."""

from random import Random
from typing import Any

from itembank.seeded import permuted

# The fields of each kind that are mixed where the author says so.
_MIXED = {
    "choice": ("options",),
    "inline_choice": ("options",),
    "order": ("options",),
    "match": ("sources", "targets"),
    "associate": ("options",),
    "gap_match": ("choices",),
}


def arranged_item(item: dict[str, Any], rng: Random) -> dict[str, Any]:
    """`item` with the options of its interactions in the order of `rng`; the input is not changed."""
    mixed = {name: _arranged(one, rng) for name, one in item["interactions"].items()}
    return {**item, "interactions": mixed}


def _arranged(interaction: dict[str, Any], rng: Random) -> dict[str, Any]:
    if not interaction.get("shuffle", False):
        return interaction
    fields = _MIXED[interaction["kind"]]
    return {**interaction, **{name: around_fixed(interaction[name], rng) for name in fields}}


def around_fixed(options: list[dict[str, Any]], rng: Random) -> list[dict[str, Any]]:
    """`options` in an order of `rng`; each with `fixed` stands where it stood."""
    loose = iter(permuted([one for one in options if not one.get("fixed", False)], rng))
    return [one if one.get("fixed", False) else next(loose) for one in options]
