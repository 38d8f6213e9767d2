"""The ids that leave the server in place of the authors' own, which may say which option is right. Pure.

An alias is a letter for the kind of thing and its place in the candidate's own order, counted from 1: it says nothing
that the page does not show. What is stored, scored and counted are the authors' ids: `meant` turns an answer that
comes in into them, `shown` turns a stored one back.

| alias | of |
|---|---|
| `r` | an interaction, in the order of their places in the item's HTML |
| `o` | an option |
| `s`, `t` | a source and a target of a match |
| `c`, `g` | a choice for a gap or a place, and a gap |
| `w` | hot text |
| `p` | a place in a picture |
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LETTERS = {
    "options": "o",
    "sources": "s",
    "targets": "t",
    "choices": "c",
    "gaps": "g",
    "texts": "w",
    "spots": "p",
}
# Which lists of a kind an answer's strings name: none, one (ids) or two (pairs).
_SIDES = {
    "choice": ("options",),
    "inline_choice": ("options",),
    "order": ("options",),
    "hot_text": ("texts",),
    "hotspot": ("spots",),
    "graphic_order": ("spots",),
    "match": ("sources", "targets"),
    "associate": ("options", "options"),
    "graphic_associate": ("spots", "spots"),
    "gap_match": ("choices", "gaps"),
    "graphic_gap_match": ("choices", "spots"),
}
# Safe HTML escapes quotes within values and `<` in text: what matches here is a tag.
_PLACE = re.compile(r'<((?:span|div)(?: [a-z-]+="[^"]*")*?) data-(interaction|gap|hot)="([^"]*)"')
_KEPT_SIDES = 4096

Ids = Mapping[str, str]


class UnknownAlias(ValueError):
    """An answer names something that this candidate's paper does not have."""


def _known(ids: Ids, names: list[Any]) -> list[str]:
    """Asked of every answer, so that whatever is no name of these is found by asking for it."""
    try:
        return [ids[name] for name in names]
    except (KeyError, TypeError) as error:
        raise UnknownAlias(str(names)[:80]) from error


def _pair(text: Any, left: Ids, right: Ids) -> str:
    first, _, second = text.partition(" ") if isinstance(text, str) else ("", "", "")
    return f"{_known(left, [first])[0]} {_known(right, [second])[0]}"


@dataclass(frozen=True, slots=True)
class ListAliases:
    """Of the strings of an answer: each alias's own id, for ids one `side`, for pairs two, for what has no ids none."""

    sides: tuple[Ids, ...]

    def meant(self, values: Any) -> Any:
        """The strings with the authors' ids; UnknownAlias. What is no list comes back as it is."""
        return self._translated(values, self.sides) if isinstance(values, list) else values

    def shown(self, values: list[str]) -> list[str]:
        """Stored strings with the aliases; UnknownAlias when they are none of this item."""
        sides = tuple({own: alias for alias, own in side.items()} for side in self.sides)
        return self._translated(values, sides)

    def _translated(self, values: list[Any], sides: tuple[Ids, ...]) -> list[Any]:
        if len(sides) == 2:
            return [_pair(one, *sides) for one in values]
        return _known(sides[0], values) if sides else values


@dataclass(frozen=True, slots=True)
class ItemAliases:
    """Of an item with interactions: by each one's alias its own identifier, and its strings' aliases."""

    names: Ids
    lists: Mapping[str, ListAliases]

    def meant(self, value: Any) -> Any:
        """The answer with the authors' ids; UnknownAlias. What has not the form of an answer comes back as it is."""
        if not isinstance(value, dict):
            return value
        names = _known(self.names, list(value))
        return {
            name: self.lists[alias].meant(values)
            for name, (alias, values) in zip(names, value.items(), strict=True)
        }

    def shown(self, value: Any) -> Any:
        """A stored answer with the aliases."""
        if not isinstance(value, dict):
            return value
        aliases = {own: alias for alias, own in self.names.items()}
        return {aliases[name]: self.lists[aliases[name]].shown(values) for name, values in value.items()}


Aliases = ListAliases | ItemAliases


@dataclass(frozen=True, slots=True)
class Aliased:
    """An item as it leaves the server, and what its aliases mean; None where it has none."""

    item: dict[str, Any]
    aliases: Aliases | None = None


@dataclass(frozen=True, slots=True)
class _Within:
    """A list whose things stand in the interaction's own HTML, and the places there."""

    field: str
    place: str


_WITHIN = {"gap_match": _Within("gaps", "gap"), "hot_text": _Within("texts", "hot")}


@lru_cache(maxsize=_KEPT_SIDES)
def _side(letter: str, ids: tuple[str, ...]) -> Ids:
    """Shared by all candidates who have these ids in this order."""
    return {f"{letter}{place}": own for place, own in enumerate(ids, 1)}


@lru_cache(maxsize=_KEPT_SIDES)
def _of_options(ids: tuple[str, ...]) -> ListAliases:
    return ListAliases((_side(LETTERS["options"], ids),))


def _renamed(field: str, things: Iterable[Any]) -> list[Any]:
    letter = LETTERS[field]
    if field == "texts":
        return [f"{letter}{place}" for place, _ in enumerate(things, 1)]
    return [{**one, "id": f"{letter}{place}"} for place, one in enumerate(things, 1)]


def _ids(things: Iterable[Any]) -> tuple[str, ...]:
    return tuple(one if isinstance(one, str) else one["id"] for one in things)


def aliased_options(item: dict[str, Any]) -> Aliased:
    """A plain item in the candidate's own order, its options under aliases; the input is not changed."""
    options = item["options"]
    return Aliased({**item, "options": _renamed("options", options)}, _of_options(_ids(options)))


def aliased_item(item: dict[str, Any]) -> Aliased:
    """The same of an item with interactions."""
    names = _names(item)
    found = {names[own]: item["interactions"][own] for own in names}
    content = {
        **item,
        "html": _places(item["html"], {"interaction": names}),
        "interactions": {alias: _aliased(one) for alias, one in found.items()},
    }
    lists = {alias: _lists(one) for alias, one in found.items()}
    return Aliased(content, ItemAliases({alias: own for own, alias in names.items()}, lists))


def _names(item: dict[str, Any]) -> dict[str, str]:
    """The alias of each interaction's identifier, in the order of the places; what has no place comes last."""
    placed = [html.unescape(one[3]) for one in _PLACE.finditer(item["html"]) if one[2] == "interaction"]
    own = item["interactions"]
    ordered = dict.fromkeys([*(name for name in placed if name in own), *sorted(own)])
    return {name: f"r{place}" for place, name in enumerate(ordered, 1)}


def _lists(interaction: dict[str, Any]) -> ListAliases:
    fields = _SIDES.get(interaction["kind"], ())
    return ListAliases(tuple(_side(LETTERS[field], _ids(interaction[field])) for field in fields))


def _aliased(interaction: dict[str, Any]) -> dict[str, Any]:
    kind = interaction["kind"]
    fields = dict.fromkeys(_SIDES.get(kind, ()))
    renamed = {**interaction, **{field: _renamed(field, interaction[field]) for field in fields}}
    if kind not in _WITHIN:
        return renamed
    within = _WITHIN[kind]
    names = dict(zip(_ids(interaction[within.field]), _ids(renamed[within.field]), strict=True))
    return {**renamed, "html": _places(interaction["html"], {within.place: names})}


def _places(markup: str, names: Mapping[str, Ids]) -> str:
    """`markup` with the aliases at its places; a place of nothing that is known loses its name."""
    return _PLACE.sub(_renaming(names), markup)


def _renaming(names: Mapping[str, Ids]) -> Callable[[re.Match[str]], str]:
    def renamed(found: re.Match[str]) -> str:
        tag, kind, own = found[1], found[2], html.unescape(found[3])
        alias = names.get(kind, {}).get(own)
        return f'<{tag} data-{kind}="{alias}"' if alias else f"<{tag}"

    return renamed
