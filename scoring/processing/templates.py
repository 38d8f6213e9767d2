"""The response processing templates that the standards name, as the rules they stand for. Pure.

A template is known by the last part of its address, so that every version's address means the same.
"""

from collections.abc import Callable, Mapping

from itembank.qti.model import Node

RESPONSE, SCORE = "RESPONSE", "SCORE"


def standard(address: str) -> tuple[Node, ...] | None:
    """The rules behind a template's address; None for one that no standard names."""
    name = address.strip().rstrip("/").rsplit("/", 1)[-1].removesuffix(".xml")
    make = _TEMPLATES.get(name)
    return make() if make else None


def _node(name: str, *children: "Node | str", **attributes: str) -> Node:
    return Node(name, {key.replace("_", "-"): value for key, value in attributes.items()}, children)


def _base(base_type: str, text: str) -> Node:
    return _node("base-value", text, base_type=base_type)


def _variable(name: str) -> Node:
    return _node("variable", identifier=name)


def _set(name: str, value: Node) -> Node:
    return _node("set-outcome-value", value, identifier=name)


def _when(test: Node, then: tuple[Node, ...], otherwise: tuple[Node, ...]) -> Node:
    return _node("response-condition", _node("response-if", test, *then), _node("response-else", *otherwise))


def _right() -> Node:
    return _node("match", _variable(RESPONSE), _node("correct", identifier=RESPONSE))


def _match_correct() -> tuple[Node, ...]:
    return (_when(_right(), (_set(SCORE, _base("float", "1")),), (_set(SCORE, _base("float", "0")),)),)


def _mapped(expression: str) -> tuple[Node, ...]:
    empty = _node("is-null", _variable(RESPONSE))
    worth = _set(SCORE, _node(expression, identifier=RESPONSE))
    return (_when(empty, (_set(SCORE, _base("float", "0")),), (worth,)),)


def _map_response() -> tuple[Node, ...]:
    return _mapped("map-response")


def _map_response_point() -> tuple[Node, ...]:
    return _mapped("map-response-point")


def _match_basic() -> tuple[Node, ...]:
    told = [_set("FEEDBACKBASIC", _base("identifier", word)) for word in ("correct", "incorrect")]
    return (_when(_right(), (_set(SCORE, _variable("MAXSCORE")), told[0]), (told[1],)),)


def _map_with_feedback() -> tuple[Node, ...]:
    told = [_set("FEEDBACK", _base("identifier", word)) for word in ("correct", "incorrect")]
    full = _node("equal", _variable("MAXSCORE"), _variable(SCORE), tolerance_mode="exact")
    return (*_mapped("map-response"), _when(full, (told[0],), (told[1],)))


_TEMPLATES: Mapping[str, Callable[[], tuple[Node, ...]]] = {
    "match_correct": _match_correct,
    "map_response": _map_response,
    "map_response_point": _map_response_point,
    "CC2_match": _match_correct,
    "CC2_match_basic": _match_basic,
    "CC2_map_response": _map_with_feedback,
}
