"""Which values each kind of interaction takes as an answer. Pure.

An answer may be less than the author asks for (`min`): a half-finished one must be kept too. More than the
limits, ids that are not there, numbers and points out of range are refused.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from itembank.interactions.contents import (
    Associate,
    Choice,
    ExtendedText,
    GapMatch,
    GraphicAssociate,
    GraphicGapMatch,
    GraphicOrder,
    Hotspot,
    HotText,
    InlineChoice,
    Interaction,
    Match,
    Matchable,
    Media,
    Order,
    PositionObject,
    SelectPoint,
    Slider,
    Spot,
    TextEntry,
    Upload,
)

MOST_POINTS = 100
MOST_PAIRS = 200
_POINT = re.compile(r"(\d{1,5}) (\d{1,5})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_PLAYS = re.compile(r"\d{1,4}", re.ASCII)

Values = list[str]


def is_answer(interactions: Mapping[str, Interaction], value: Any) -> bool:
    """Whether `value`, as decoded from JSON, can be kept for an item with these interactions.

    `{identifier: [strings]}`; an identifier may be left out. `[]` for the whole takes an answer back.
    """
    if value == []:
        return isinstance(value, list)
    if not isinstance(value, dict) or not value.keys() <= interactions.keys():
        return False
    return all(is_value(interactions[name], values) for name, values in value.items())


def is_value(interaction: Interaction, values: Any) -> bool:
    """Whether `values` is a list of strings that this interaction takes; the empty list is, always."""
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return False
    return _CHECKS[type(interaction)](interaction, values)


def storable(text: str, limit: int) -> bool:
    """No longer than `limit`, and without NUL or half a surrogate pair: those not every database can store."""
    if len(text) > limit or "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _within(count: int, limit: int) -> bool:
    return limit == 0 or count <= limit


def _distinct(values: Values, known: Collection[str], limit: int) -> bool:
    chosen = set(values)
    return len(chosen) == len(values) and chosen <= set(known) and _within(len(values), limit)


def _ids(things: Iterable[Any]) -> list[str]:
    return [one.id for one in things]


def _choice(one: Choice, values: Values) -> bool:
    return _distinct(values, _ids(one.options), one.max)


def _inline_choice(one: InlineChoice, values: Values) -> bool:
    return _distinct(values, _ids(one.options), 1)


def _hot_text(one: HotText, values: Values) -> bool:
    return _distinct(values, one.texts, one.max)


def _hotspot(one: Hotspot, values: Values) -> bool:
    return _distinct(values, _ids(one.spots), one.max)


def _order(one: Order, values: Values) -> bool:
    return _distinct(values, _ids(one.options), one.max)


def _graphic_order(one: GraphicOrder, values: Values) -> bool:
    return _distinct(values, _ids(one.spots), one.max)


def _text_entry(one: TextEntry, values: Values) -> bool:
    if len(values) > (2 if one.units else 1):
        return False
    if len(values) == 2 and values[1] not in one.units:
        return False
    texts = values[:1]
    if one.format == "text":
        return all(storable(text, one.max_chars) for text in texts)
    known = _INTEGER if one.format == "integer" else _NUMBER
    return all(len(text) <= one.max_chars and known.fullmatch(text) for text in texts)


def _extended_text(one: ExtendedText, values: Values) -> bool:
    return len(values) <= one.strings and all(storable(text, one.max_chars) for text in values)


def _pairs(values: Values) -> list[tuple[str, str]] | None:
    """The values as pairs of ids; None when one is not a pair, or there are too many."""
    pairs = [tuple(value.split(" ")) for value in values]
    if len(pairs) > MOST_PAIRS or any(len(pair) != 2 for pair in pairs):
        return None
    return [(pair[0], pair[1]) for pair in pairs]


def _fits(chosen: Iterable[str], things: Iterable[Matchable | Spot]) -> bool:
    """Whether each id is one of `things` and not used oftener than it may be."""
    limits = {one.id: one.max for one in things}
    counts = Counter(chosen)
    return all(name in limits and _within(count, limits[name]) for name, count in counts.items())


def _match(one: Match, values: Values) -> bool:
    pairs = _pairs(values)
    if pairs is None or len(set(pairs)) < len(pairs) or not _within(len(pairs), one.max):
        return False
    return _fits((s for s, _ in pairs), one.sources) and _fits((t for _, t in pairs), one.targets)


def _is_association(values: Values, things: Iterable[Matchable | Spot], limit: int) -> bool:
    pairs = _pairs(values)
    if pairs is None or not _within(len(pairs), limit):
        return False
    unordered = {frozenset(pair) for pair in pairs}
    return len(unordered) == len(pairs) and _fits((name for pair in pairs for name in pair), things)


def _associate(one: Associate, values: Values) -> bool:
    return _is_association(values, one.options, one.max)


def _graphic_associate(one: GraphicAssociate, values: Values) -> bool:
    return _is_association(values, one.spots, one.max)


def _gap_match(one: GapMatch, values: Values) -> bool:
    pairs = _pairs(values)
    if pairs is None or not _within(len(pairs), one.max):
        return False
    gaps = [gap for _, gap in pairs]
    return _distinct(gaps, _ids(one.gaps), 0) and _fits((choice for choice, _ in pairs), one.choices)


def _graphic_gap_match(one: GraphicGapMatch, values: Values) -> bool:
    """The same choice may lie on the same place more than once, where both may be used so often."""
    pairs = _pairs(values)
    if pairs is None or not _within(len(pairs), one.max):
        return False
    return _fits((choice for choice, _ in pairs), one.choices) and _fits(
        (spot for _, spot in pairs), one.spots
    )


def _points(one: SelectPoint | PositionObject, values: Values) -> bool:
    found = [_POINT.fullmatch(value) for value in values]
    if len(values) > MOST_POINTS or not _within(len(values), one.max):
        return False
    width, height = one.picture.width, one.picture.height
    return all(point and int(point[1]) <= width and int(point[2]) <= height for point in found)


def _slider(one: Slider, values: Values) -> bool:
    if len(values) > 1:
        return False
    return all(_on_slider(one, value) for value in values)


def _on_slider(one: Slider, text: str) -> bool:
    if len(text) > 40 or not _NUMBER.fullmatch(text):
        return False
    value, lower, upper = Decimal(text), Decimal(one.lower), Decimal(one.upper)
    return lower <= value <= upper and (value - lower) % Decimal(one.step) == 0


def _upload(_one: Upload, values: Values) -> bool:
    return not values


def _media(one: Media, values: Values) -> bool:
    return len(values) <= 1 and all(_PLAYS.fullmatch(value) is not None for value in values)


_CHECKS: dict[type, Callable[[Any, Values], bool]] = {
    Choice: _choice,
    InlineChoice: _inline_choice,
    TextEntry: _text_entry,
    ExtendedText: _extended_text,
    Order: _order,
    Match: _match,
    Associate: _associate,
    GapMatch: _gap_match,
    HotText: _hot_text,
    Hotspot: _hotspot,
    SelectPoint: _points,
    GraphicOrder: _graphic_order,
    GraphicAssociate: _graphic_associate,
    GraphicGapMatch: _graphic_gap_match,
    PositionObject: _points,
    Slider: _slider,
    Upload: _upload,
    Media: _media,
}
