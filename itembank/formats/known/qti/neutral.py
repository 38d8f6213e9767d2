"""A QTI item to a neutral question, where one can say it."""

from collections.abc import Callable, Mapping
from typing import Any

from itembank.formats.known.qti.markup import KEPT, markup, simplest
from itembank.formats.known.qti.scores import Scores, scores_of, tolerance_of
from itembank.formats.numbers import number
from itembank.formats.question import Answer, Choice, Pair, Part, Question
from itembank.qti.model import Item, Node
from itembank.qti.words import words

_INLINE = ("text-entry-interaction", "inline-choice-interaction")
# Whatever else stands in a body (feedback, rubrics, mathematics) would be lost, so that such an item is kept whole.
_SAID = KEPT | words("item-body prompt simple-choice inline-choice simple-match-set simple-associable-choice")
_NUMBERS = ("integer", "float")


class _Unsaid(Exception):
    """An item that a neutral question cannot say; the text names what."""


def question_of(item: Item, where: str) -> Question:
    """The question of an item; `other` with the reason where there is none."""
    asked = [node for node in item.body.walk() if node.name.endswith("-interaction")]
    bare = _bare(item, asked)
    try:
        fields = _fields(item, asked)
    except _Unsaid as reason:
        fields = {"type": "other", "reason": f"QTI: {reason}"}
    return Question(**{**bare, "where": where, **fields})


def _bare(item: Item, asked: list[Node]) -> dict[str, Any]:
    prompts = [node for one in asked if (node := one.first("prompt"))]
    body = markup(_without(item.body, asked))
    told = "".join(
        f"<p>{inside}</p>" if "<p" not in (inside := markup(one.children)) else inside for one in prompts
    )
    text, format = simplest(body.strip() + told)
    score = item.declaration("SCORE")
    points = score.normal_maximum if score else None
    return {"prompt": text, "format": format, "title": item.title, "code": item.identifier, "points": points}


def _without(node: Node, asked: list[Node]) -> tuple[Node | str, ...]:
    """The children of `node`, places in the text instead of inline interactions, nothing instead of others."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            kept.append(child)
        elif child.name in _INLINE:
            kept.append(f"{{#{child.get('response-identifier')}}}")
        elif child not in asked:
            kept.append(Node(child.name, child.attributes, _without(child, asked)))
    return tuple(kept)


def _fields(item: Item, asked: list[Node]) -> dict[str, Any]:
    if item.adaptive or item.template_processing:
        raise _Unsaid("adaptive" if item.adaptive else "template-processing")
    if others := sorted({node.name for node in asked} - {*_INLINE, *_KINDS}):
        raise _Unsaid(", ".join(others))
    if strange := sorted({node.name for node in item.body.walk()} - _SAID - {node.name for node in asked}):
        raise _Unsaid(", ".join(strange))
    if item.stimulus_refs:
        raise _Unsaid("assessment-stimulus-ref")
    if not asked:
        return {"type": "description"}
    if all(node.name in _INLINE for node in asked):
        return _inline(item, asked)
    if len(asked) > 1:
        raise _Unsaid(", ".join(sorted({node.name for node in asked})))
    return _KINDS[asked[0].name](item, asked[0])


def _scores(item: Item, node: Node) -> Scores:
    found = scores_of(item, node.get("response-identifier"))
    if found is None:
        raise _Unsaid("response-processing")
    return found


def _choice(item: Item, node: Node) -> dict[str, Any]:
    scores = _scores(item, node)
    many = node.get("max-choices", "1") != "1"
    listed = [
        (one.get("identifier"), one)
        for one in node.elements
        if one.name in ("simple-choice", "inline-choice")
    ]
    _, format = simplest(markup(node_text(item)))
    choices = tuple(_one(one, scores.share(name, many=many), format) for name, one in listed)
    names = [name.lower() for name, _ in listed]
    if names == ["true", "false"] and not many:
        sides = tuple(
            Choice(text=name, fraction=one.fraction) for name, one in zip(names, choices, strict=True)
        )
        return {"type": "true_false", "choices": sides}
    shuffle = {"shuffle": node.get("shuffle") == "true"} if node.get("shuffle") else {}
    return {"type": "multiple" if many else "single", "choices": choices, **shuffle}


def node_text(item: Item) -> tuple[Node | str, ...]:
    """What stands in the body beside its interactions."""
    asked = [node for node in item.body.walk() if node.name.endswith("-interaction")]
    return _without(item.body, asked)


def _one(node: Node, fraction: float, format: str) -> Choice:
    text, own = simplest(markup(node.children))
    if own == "plain" and format == "html":
        return Choice(text=markup(node.children).strip(), fraction=fraction)
    return Choice(text=text, fraction=fraction, format="html" if own != format and own == "html" else "")


def _order(item: Item, node: Node) -> dict[str, Any]:
    right = _scores(item, node).correct
    texts = {
        one.get("identifier"): markup(one.children).strip()
        for one in node.elements
        if one.name == "simple-choice"
    }
    if sorted(right) != sorted(texts):
        raise _Unsaid("order-interaction")
    _, format = simplest(markup(node_text(item)))
    told = {name: text if format == "html" else simplest(text)[0] for name, text in texts.items()}
    return {
        "type": "order",
        "choices": tuple(Choice(text=told[one], fraction=1 / len(right)) for one in right),
    }


def _match(item: Item, node: Node) -> dict[str, Any]:
    sets = [one for one in node.elements if one.name == "simple-match-set"]
    left, right = (
        {c.get("identifier"): simplest(markup(c.children))[0] for c in one.elements} for one in sets
    )
    paired = dict(pair.split(" ", 1) for pair in _scores(item, node).correct if " " in pair)
    if paired.keys() != left.keys() or not set(paired.values()) <= right.keys():
        raise _Unsaid("match-interaction")
    pairs = [Pair(left=text, right=right[paired[name]]) for name, text in left.items()]
    pairs += [Pair(left="", right=text) for name, text in right.items() if name not in paired.values()]
    return {"type": "match", "pairs": tuple(pairs)}


def _essay(item: Item, node: Node) -> dict[str, Any]:
    if item.response_processing is not None:
        raise _Unsaid("response-processing")
    return {"type": "essay"}


def _inline(item: Item, asked: list[Node]) -> dict[str, Any]:
    body = markup(node_text(item))
    names = [node.get("response-identifier") for node in asked]
    if len(asked) == 1 and asked[0].name == "text-entry-interaction":
        place = f"{{#{names[0]}}}"
        text, format = simplest(body.replace(f"<p>{place}</p>", "").replace(place, "_____"))
        return {**_gap(item, asked[0]), "prompt": text, "format": format}
    for n, name in enumerate(names, 1):
        body = body.replace(f"{{#{name}}}", f"{{#{n}}}")
    text, format = simplest(body)
    parts = tuple(
        Part(name=str(n), question=Question(prompt="", format=format, **_gap(item, node)))
        for n, node in enumerate(asked, 1)
    )
    return {"type": "cloze", "prompt": text, "format": format, "parts": parts}


def _gap(item: Item, node: Node) -> dict[str, Any]:
    if node.name == "inline-choice-interaction":
        return {key: value for key, value in _choice(item, node).items() if key in ("type", "choices")}
    declaration = item.declaration(node.get("response-identifier"))
    if declaration is not None and declaration.base_type in _NUMBERS:
        return _number(item, node)
    scores = _scores(item, node)
    answers = tuple(Answer(text=text, fraction=scores.share(text)) for text in scores.listed)
    return {"type": "short", "answers": answers, "case_sensitive": scores.case_sensitive}


def _number(item: Item, node: Node) -> dict[str, Any]:
    tolerance = tolerance_of(item, node.get("response-identifier"))
    listed = _scores(item, node).listed if tolerance is None else tolerance.values
    values = [number(text) for text in listed]
    if None in values:
        raise _Unsaid("text-entry-interaction")
    margin = 0.0 if tolerance is None else tolerance.margin
    return {"type": "numeric", "answers": tuple(Answer(value=one, tolerance=margin) for one in values)}


_KINDS: Mapping[str, Callable[[Item, Node], dict[str, Any]]] = {
    "choice-interaction": _choice,
    "order-interaction": _order,
    "match-interaction": _match,
    "extended-text-interaction": _essay,
}
