"""The key of a QTI item as JSON, from which it is scored without its file; numbers are texts or whole. Pure.

`{"by": "qti", "adaptive", "declarations", "response_processing", "template_processing", "max"}`, with nodes as
`{"name", "attributes", "children"}`; `max` is the text of the highest SCORE, for a share of the points.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from itembank.faults import Fault
from itembank.qti.faults import Place, fault
from itembank.qti.model import Declaration, Item, Node
from scoring.processing.errors import BadItem
from scoring.processing.items import Processing, Scorer, compile_item, compile_processing
from scoring.processing.maximum import highest_score
from scoring.processing.values import to_wire

BY = "qti"
Score: TypeAlias = Callable[[Mapping[str, Sequence[str]]], dict[str, Any]]


class _Key(msgspec.Struct, frozen=True):
    """The key as it is read back."""

    declarations: tuple[Declaration, ...]
    adaptive: bool = False
    response_processing: Node | None = None
    template_processing: Node | None = None


def dump_key(item: Item, *, highest: float | None = None) -> dict[str, Any]:
    """The key of an item; BadItem when it cannot be compiled, or no highest SCORE is given and none can be found."""
    scorer = compile_item(item)
    found = highest or highest_score(item, scorer)
    if found is None:
        raise BadItem([fault(Place(item.identifier), "no_maximum", "SCORE")])
    return {
        "by": BY,
        "adaptive": item.adaptive,
        "declarations": [_declaration(one) for one in item.declarations],
        "response_processing": _node(item.response_processing),
        "template_processing": _node(item.template_processing),
        "max": str(to_wire(found)),
    }


def load_key(grading: Mapping[str, Any], *, where: str = "key") -> Scorer:
    """The scorer behind a key; BadItem when it is none."""
    try:
        key = msgspec.convert(dict(grading), _Key, strict=False)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadItem([Fault(where, "", str(error))]) from error
    return compile_processing(
        Processing(where, key.declarations, key.response_processing, key.template_processing, key.adaptive)
    )


def scorer(grading: Mapping[str, Any], *, seed: int | str = 0) -> Score:
    """From a key to a function of responses that gives every outcome as on the wire.

    The function raises BadResponse for a response of the wrong shape, ScoringFailed when a rule cannot be worked out.
    """
    compiled = load_key(grading)

    def score(responses: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        return {name: to_wire(value) for name, value in compiled.score(responses, seed=seed).items()}

    return score


def _declaration(declaration: Declaration) -> dict[str, Any]:
    plain: dict[str, Any] = _without_floats(msgspec.to_builtins(declaration))
    del plain["line"]
    return {name: value for name, value in plain.items() if value not in (None, {})}


def _without_floats(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {name: _without_floats(value) for name, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [_without_floats(value) for value in plain]
    return repr(plain) if isinstance(plain, float) else plain


def _node(node: Node | None) -> dict[str, Any] | None:
    if node is None:
        return None
    children = [child if isinstance(child, str) else _node(child) for child in node.children]
    return {"name": node.name, "attributes": dict(node.attributes), "children": children}
