"""What a bank asks of an item beyond being readable: its key names options that exist, once each. Pure.

Scoring does not need it, so `read_item` does not ask; an import does, before anything is written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from itembank.qti import registry
from itembank.qti.faults import Place, QtiFault, fault
from itembank.qti.model import Declaration, Item, Node
from itembank.qti.rules import presentational
from itembank.qti.words import words

_CHOICES = words(
    """simple-choice simple-associable-choice gap gap-img gap-text hottext inline-choice hotspot-choice
    associable-hotspot"""
)
_OF_BODY = words("class dir role language base xml:lang slot style")
_NAMED = words("identifier pair directedPair")


@dataclass(frozen=True, slots=True)
class _Filled:
    """An interaction of an item with the identifiers that its responses may name."""

    node: Node
    options: tuple[str, ...]


def item_faults(item: Item, *, name: str) -> tuple[QtiFault, ...]:
    """Every fault that keeps an item out of the bank; `name` is its file's."""
    filled = [
        _Filled(node, _options(node)) for node in item.body.walk() if node.name in registry.INTERACTIONS
    ]
    return tuple(
        fault(Place(name, line), code, what, **params)
        for line, code, what, params in (*_interaction_faults(item, filled), *_key_faults(item, filled))
    )


_Found = tuple[int, str, str, dict[str, str]]


def _options(node: Node) -> tuple[str, ...]:
    return tuple(one.get("identifier") for one in node.walk() if one.name in _CHOICES)


def _interaction_faults(item: Item, filled: list[_Filled]) -> Iterator[_Found]:
    used = Counter(one.node.get("response-identifier") for one in filled)
    for one in filled:
        node, known = one.node, registry.INTERACTIONS[one.node.name]
        identifier = node.get("response-identifier")
        declared = item.declaration(identifier)
        if declared is None or declared.kind != "response":
            yield node.line, "undeclared_response", identifier, {}
        elif declared.cardinality not in known.cardinalities or not _fits(declared, known.base_types):
            kind = f"{declared.cardinality} {declared.base_type or ''}".strip()
            yield declared.line, "wrong_response_type", identifier, {"type": kind, "interaction": node.name}
        if used[identifier] > 1 and node.name != "position-object-interaction":
            yield node.line, "response_used_twice", identifier, {}
        for key in node.attributes.keys() - known.attributes - _OF_BODY:
            if not presentational(key):
                yield node.line, "unknown_attribute", node.name, {"attribute": key}
        for option, times in Counter(one.options).items():
            if times > 1 and option:
                yield node.line, "duplicate_identifier", option, {}


def _fits(declared: Declaration, base_types: frozenset[str]) -> bool:
    return declared.cardinality == "record" or declared.base_type in base_types


def _key_faults(item: Item, filled: list[_Filled]) -> Iterator[_Found]:
    """Keys and mappings that name what is no option; only where the interaction has options to name."""
    options: dict[str, set[str]] = {}
    for one in filled:
        options.setdefault(one.node.get("response-identifier"), set()).update(one.options)
    for declared in item.declarations:
        known = options.get(declared.identifier)
        if declared.kind != "response" or not known or declared.base_type not in _NAMED:
            continue
        for text in _named_in(declared):
            for part in text.split():
                if part not in known:
                    yield declared.line, "key_without_option", part, {"variable": declared.identifier}
        yield from _repeated_keys(declared)


def _named_in(declared: Declaration) -> Iterator[str]:
    if declared.correct:
        yield from (value.text for value in declared.correct.values)
    if declared.mapping:
        yield from (entry.key for entry in declared.mapping.entries)


def _repeated_keys(declared: Declaration) -> Iterator[_Found]:
    entries = declared.mapping.entries if declared.mapping else ()
    for key, times in Counter(" ".join(entry.key.split()) for entry in entries).items():
        if times > 1:
            yield declared.line, "duplicate_identifier", key, {}
