"""A neutral question to a QTI item: mappings worth the points, scored by map_response wherever that can say it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from itembank.formats.known.qti.markup import blocks, nodes
from itembank.formats.numbers import written
from itembank.formats.question import Answer, Choice, Question
from itembank.qti.model import Declaration, Item, MapEntry, Node, ResponseMapping, Value, Values

_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]")
_GAP = re.compile(r"\{#([A-Za-z0-9_]+)\}")
BLANK = "_____"
TEMPLATE = Node("response-processing", {"template": "map_response"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The interaction of a question, the declaration of its response, and how it is scored (None: by people)."""

    node: Node
    declarations: tuple[Declaration, ...]
    processing: Node | None = TEMPLATE


def item_of(question: Question, number: int) -> Item:
    """The item; `number` makes an identifier where the question has none."""
    points = 1.0 if question.points is None else question.points
    body, asked = _BODIES[question.type](question, points)
    score = Declaration("SCORE", "outcome", "single", "float", normal_maximum=points if asked else None)
    return Item(
        identifier=identifier_of(question, number),
        title=question.title or question.code or f"Q{number}",
        body=Node("item-body", {}, body),
        declarations=(*(asked.declarations if asked else ()), score),
        response_processing=asked.processing if asked else None,
    )


def identifier_of(question: Question, number: int) -> str:
    """A name that QTI allows."""
    name = _NOT_NAME.sub("_", question.code) or f"Q{number}"
    return name if name[0].isalpha() or name[0] == "_" else f"_{name}"


Body = tuple[tuple[Node | str, ...], Asked | None]


def _values(texts: Iterable[str]) -> Values:
    return Values(tuple(Value(text) for text in texts))


def _stem(question: Question) -> tuple[Node | str, ...]:
    return blocks(nodes(question.prompt, question.format))


def _choices(question: Question, points: float) -> Body:
    many = question.type == "multiple"
    named = list(zip(_names(question), question.choices, strict=True))
    attributes = {"response-identifier": "RESPONSE", "max-choices": "0" if many else "1"}
    if question.shuffle is not None:
        attributes["shuffle"] = "true" if question.shuffle else "false"
    asked = Node("choice-interaction", attributes, tuple(_simple(name, one, question) for name, one in named))
    entries = tuple(MapEntry(name, one.fraction * points) for name, one in named if one.fraction)
    return (*_stem(question), asked), Asked(asked, (_mapped(named, entries, many, points),))


def _names(question: Question) -> list[str]:
    if question.type == "true_false":
        return [one.text for one in question.choices]
    return [f"C{n}" for n in range(1, len(question.choices) + 1)]


def _simple(name: str, choice: Choice, question: Question) -> Node:
    return Node("simple-choice", {"identifier": name}, nodes(choice.text, choice.format or question.format))


def _mapped(
    named: list[tuple[str, Choice]],
    entries: tuple[MapEntry, ...],
    many: bool,
    points: float,
    name: str = "RESPONSE",
) -> Declaration:
    right = [one for one, choice in named if choice.fraction > 0]
    best = [one for one, choice in named if choice.fraction == max(c.fraction for _, c in named)][:1]
    mapping = ResponseMapping(entries, 0.0, 0.0 if many else None, points if many else None)
    cardinality = "multiple" if many else "single"
    return Declaration(
        name, "response", cardinality, "identifier", correct=_values(right if many else best), mapping=mapping
    )


def _order(question: Question, points: float) -> Body:
    names = _names(question)
    shown = sorted(zip(names, question.choices, strict=True), key=lambda one: one[1].text)
    asked = Node(
        "order-interaction",
        {"response-identifier": "RESPONSE", "shuffle": "true"},
        tuple(_simple(name, one, question) for name, one in shown),
    )
    declared = Declaration("RESPONSE", "response", "ordered", "identifier", correct=_values(names))
    return (*_stem(question), asked), Asked(asked, (declared,), _all_or_nothing(points))


def _all_or_nothing(points: float) -> Node:
    matched = Node("match", {}, (_variable("RESPONSE"), Node("correct", {"identifier": "RESPONSE"})))
    return _if(matched, points)


def _variable(name: str) -> Node:
    return Node("variable", {"identifier": name})


def _if(condition: Node, points: float) -> Node:
    worth = Node("base-value", {"base-type": "float"}, (written(points),))
    earn = Node("set-outcome-value", {"identifier": "SCORE"}, (worth,))
    rule = Node("response-condition", {}, (Node("response-if", {}, (condition, earn)),))
    return Node("response-processing", {}, (rule,))


def _match(question: Question, points: float) -> Body:
    asked = [one for one in question.pairs if one.left]
    rights = list(dict.fromkeys(one.right for one in question.pairs))
    ids = {text: f"R{n}" for n, text in enumerate(rights, 1)}
    paired = [f"L{n} {ids[one.right]}" for n, one in enumerate(asked, 1)]
    lefts = tuple(
        _associable(f"L{n}", nodes(one.left, one.format or question.format), 1)
        for n, one in enumerate(asked, 1)
    )
    shown = tuple(_associable(ids[text], (text,), 0) for text in sorted(rights))
    node = Node(
        "match-interaction",
        {"response-identifier": "RESPONSE", "shuffle": "false", "max-associations": str(len(asked))},
        (Node("simple-match-set", {}, lefts), Node("simple-match-set", {}, shown)),
    )
    entries = tuple(MapEntry(pair, points / len(paired)) for pair in paired)
    declared = Declaration(
        "RESPONSE",
        "response",
        "multiple",
        "directedPair",
        correct=_values(paired),
        mapping=ResponseMapping(entries, 0.0, 0.0, points),
    )
    return (*_stem(question), node), Asked(node, (declared,))


def _associable(name: str, children: tuple[Node | str, ...], most: int) -> Node:
    return Node("simple-associable-choice", {"identifier": name, "match-max": str(most)}, children)


def _short(question: Question, points: float) -> Body:
    entry = _entry("RESPONSE")
    declared = _texts("RESPONSE", question.answers, points, case=question.case_sensitive)
    return _with_entry(question, entry), Asked(entry, (declared,))


def _with_entry(question: Question, entry: Node) -> tuple[Node | str, ...]:
    """The stem with the entry in its one blank, or below it."""
    if question.prompt.count(BLANK) != 1:
        return (*_stem(question), Node("p", {}, (entry,)))
    placed = nodes(question.prompt.replace(BLANK, "{#RESPONSE}"), question.format)
    return blocks(tuple(_placed(placed, {"RESPONSE": entry})))


def _entry(name: str) -> Node:
    return Node("text-entry-interaction", {"response-identifier": name})


def _texts(name: str, answers: tuple[Answer, ...], points: float, *, case: bool) -> Declaration:
    entries = tuple(MapEntry(one.text, one.fraction * points, case) for one in answers)
    best = max(answers, key=lambda one: one.fraction)
    return Declaration(
        name, "response", "single", "string", correct=_values([best.text]), mapping=ResponseMapping(entries)
    )


def _numeric(question: Question, points: float) -> Body:
    entry = _entry("RESPONSE")
    middle, margin = _around(question.answers[0])
    declared = Declaration("RESPONSE", "response", "single", "float", correct=_values([written(middle)]))
    compared = Node(
        "equal",
        {"tolerance-mode": "absolute", "tolerance": f"{written(margin)} {written(margin)}"},
        (_variable("RESPONSE"), Node("correct", {"identifier": "RESPONSE"})),
    )
    return _with_entry(question, entry), Asked(entry, (declared,), _if(compared, points))


def _around(answer: Answer) -> tuple[float, float]:
    if answer.min is not None and answer.max is not None:
        middle = (answer.min + answer.max) / 2
        return middle, answer.max - middle
    return answer.value or 0.0, answer.tolerance or 0.0


def _essay(question: Question, points: float) -> Body:
    node = Node("extended-text-interaction", {"response-identifier": "RESPONSE"})
    declared = Declaration("RESPONSE", "response", "single", "string")
    return (*_stem(question), node), Asked(node, (declared,), None)


def _description(question: Question, points: float) -> Body:
    return _stem(question), None


def _cloze(question: Question, points: float) -> Body:
    total = sum(part.question.points or 1.0 for part in question.parts)
    names = {part.name: f"RESPONSE{n}" for n, part in enumerate(question.parts, 1)}
    made: dict[str, Node] = {}
    declared: list[Declaration] = []
    for part in question.parts:
        worth = points * (part.question.points or 1.0) / total
        node, declaration = _gap(names[part.name], part.question, worth)
        made[part.name] = node
        declared.append(declaration)
    mapped = tuple(Node("map-response", {"identifier": name}) for name in names.values())
    earn = Node("set-outcome-value", {"identifier": "SCORE"}, (Node("sum", {}, mapped),))
    body = blocks(tuple(_placed(nodes(question.prompt, question.format), made)))
    return body, Asked(
        body[0] if isinstance(body[0], Node) else Node("p"),
        tuple(declared),
        Node("response-processing", {}, (earn,)),
    )


def _gap(name: str, part: Question, worth: float) -> tuple[Node, Declaration]:
    if part.type == "short":
        return _entry(name), _texts(name, part.answers, worth, case=part.case_sensitive)
    named = [(f"C{n}", one) for n, one in enumerate(part.choices, 1)]
    options = tuple(
        Node("inline-choice", {"identifier": key}, nodes(one.text, "moodle")) for key, one in named
    )
    node = Node("inline-choice-interaction", {"response-identifier": name, "shuffle": "false"}, options)
    entries = tuple(MapEntry(key, one.fraction * worth) for key, one in named if one.fraction)
    return node, _mapped(named, entries, False, worth, name)


def _placed(children: Iterable[Node | str], made: Mapping[str, Node]) -> Iterable[Node | str]:
    for child in children:
        if isinstance(child, Node):
            yield Node(child.name, child.attributes, tuple(_placed(child.children, made)))
            continue
        pieces = _GAP.split(child)
        for number, piece in enumerate(pieces):
            if number % 2:
                yield made[piece]
            elif piece:
                yield piece


_BODIES: Mapping[str, Callable[[Question, float], Body]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _choices,
    "order": _order,
    "match": _match,
    "short": _short,
    "numeric": _numeric,
    "essay": _essay,
    "description": _description,
    "cloze": _cloze,
}


def can_say(question: Question) -> bool:
    """Whether the question has a form in QTI here."""
    if question.type == "numeric":
        return len(question.answers) == 1 and question.answers[0].text != "*"
    if question.type == "cloze":
        return all(part.question.type in ("short", "single") for part in question.parts)
    return question.type in _BODIES
