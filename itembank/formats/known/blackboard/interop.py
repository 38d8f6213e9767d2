"""The QTI 1.2 dialect of Blackboard 6: flows of blocks, `respcondition`s that say what is right."""

from collections.abc import Callable, Mapping
from typing import Any

from itembank.formats.numbers import number
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Combined, Essay, Pair, Question
from itembank.formats.xml import Element, line_of, text_at

_TEXTS = ("mat_formattedtext", "mattext")


def question_of(item: Element) -> Question:
    """The question of one `item`."""
    kind = text_at(item, "itemmetadata/bbmd_questiontype")
    reader = _TYPES.get(kind)
    fields = (
        reader(item)
        if reader
        else {"type": "other", "reason": f"Blackboard: {kind or item.get('title', '')}"}
    )
    points = number(text_at(item, "itemmetadata/qmd_absolutescore_max"))
    told = None if kind == "True/False" else _combined(item)
    return Question(
        prompt=_block(item, "QUESTION_BLOCK"),
        format="html",
        title=item.get("title", ""),
        code=text_at(item, "itemmetadata/bbmd_asi_object_id"),
        points=points or None,
        combined=told,
        **fields,
    )


def _said(element: Element) -> str:
    """All texts below an element, in reading order."""
    texts = (one.text or "" for one in element.iter(*_TEXTS))
    return "\n".join(text.strip() for text in texts if text.strip())


def _block(item: Element, name: str) -> str:
    return "\n".join(_said(one) for one in item.iter("flow") if one.get("class") == name)


def _feedback(item: Element, name: str) -> str:
    return next((_said(one) for one in item.iter("itemfeedback") if one.get("ident") == name), "")


def _combined(item: Element) -> Combined | None:
    right, wrong = _feedback(item, "correct"), _feedback(item, "incorrect")
    return Combined(right=right, wrong=wrong) if right or wrong else None


def _right(item: Element) -> list[str]:
    """What the condition of a right response names; what it says must not be chosen is left out."""
    for condition in item.iter("respcondition"):
        if condition.get("title") == "correct":
            named = condition.find("conditionvar")
            found = [] if named is None else list(named.iter("varequal"))
            return [one.text or "" for one in found if not any(up.tag == "not" for up in one.iterancestors())]
    return []


def _labels(element: Element) -> dict[str, str]:
    return {one.get("ident", ""): _said(one) for one in element.iter("response_label")}


def _choices(item: Element) -> dict[str, Any]:
    listed, right = _labels(item), _right(item)
    if unknown := [one for one in right if one not in listed]:
        raise BadQuestion("key_names_no_choice", line_of(item), key=", ".join(unknown))
    share = 1 / max(len(right), 1)
    choices = tuple(
        Choice(text=text, fraction=share if name in right else 0.0, feedback=_feedback(item, name))
        for name, text in listed.items()
    )
    return {"choices": choices}


def _true_false(item: Element) -> dict[str, Any]:
    right = [one.lower() for one in _right(item)]
    if right not in (["true"], ["false"]):
        raise BadQuestion("key_not_true_false", line_of(item), key=", ".join(right))
    told = (_feedback(item, "incorrect"), _feedback(item, "correct"))
    choices = tuple(
        Choice(text=text, fraction=float(text in right), feedback=told[text in right])
        for text in ("true", "false")
    )
    return {"type": "true_false", "choices": choices}


def _match(item: Element) -> dict[str, Any]:
    """Each left text stands beside a list of places; a place is that of the right text of the same number."""
    rights = [_said(one) for one in _blocks_below(item, "RIGHT_MATCH_BLOCK")]
    keys = {one.get("respident", ""): one.text or "" for one in item.iter("varequal")}
    pairs: list[Pair] = []
    used: set[int] = set()
    for block in _blocks_below(item, "RESPONSE_BLOCK"):
        asked = block.find("response_lid")
        places = [] if asked is None else [one.get("ident", "") for one in asked.iter("response_label")]
        key = "" if asked is None else keys.get(asked.get("ident", ""), "")
        if key not in places or places.index(key) >= len(rights):
            raise BadQuestion("key_names_no_choice", line_of(block), key=key)
        used.add(places.index(key))
        pairs.append(Pair(left=_said(block), right=rights[places.index(key)], format="html"))
    pairs += [Pair(left="", right=text) for n, text in enumerate(rights) if n not in used]
    return {"type": "match", "pairs": tuple(pairs)}


def _blocks_below(item: Element, name: str) -> list[Element]:
    return [
        block
        for flow in item.iter("flow")
        if flow.get("class") == name
        for block in flow.findall("flow")
        if block.get("class") == "Block"
    ]


def _order(item: Element) -> dict[str, Any]:
    listed = _labels(item)
    right = [one for one in _right(item) if one in listed]
    if len(right) != len(listed):
        raise BadQuestion("order_incomplete", line_of(item), key=", ".join(right))
    return {
        "type": "order",
        "choices": tuple(Choice(text=listed[one], fraction=1 / len(right)) for one in right),
    }


def _short(item: Element) -> dict[str, Any]:
    texts = [one.text or "" for one in item.iter("varequal", "varsubset")]
    answers = tuple(Answer(text=text.strip()) for text in dict.fromkeys(texts) if text.strip())
    return {"type": "short", "answers": answers}


def _numeric(item: Element) -> dict[str, Any]:
    found = {tag: number(text_at(item, f".//{tag}")) for tag in ("vargte", "varlte", "varequal")}
    low, high, value = (found[tag] for tag in ("vargte", "varlte", "varequal"))
    if value is not None and low is not None and high is not None:
        answer = Answer(value=value, tolerance=max(value - low, high - value))
    elif low is not None and high is not None:
        answer = Answer(min=low, max=high)
    elif value is not None:
        answer = Answer(value=value, tolerance=0.0)
    else:
        raise BadQuestion("no_answers", line_of(item))
    return {"type": "numeric", "answers": (answer,)}


def _essay(item: Element) -> dict[str, Any]:
    told = _feedback(item, "solution")
    return {"type": "essay", "essay": Essay(for_markers=told) if told else None}


_TYPES: Mapping[str, Callable[[Element], dict[str, Any]]] = {
    "True/False": _true_false,
    "Multiple Choice": lambda item: {"type": "single", **_choices(item)},
    "Either/Or": lambda item: {"type": "single", **_choices(item)},
    "Multiple Answer": lambda item: {"type": "multiple", **_choices(item)},
    "Matching": _match,
    "Ordering": _order,
    "Fill in the Blank": _short,
    "Numeric": _numeric,
    "Essay": _essay,
    "Short Response": _essay,
}
