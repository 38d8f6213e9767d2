"""From what the bank keeps back to a neutral question, for the editor and for export; interactive items have none."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from itembank.authoring.entries import ASKED
from itembank.authoring.parts import RESPONSE, BadDraft
from itembank.formats.question import Answer, Choice, Essay, Pair, Part, Question, QuestionType, Unit, Units
from itembank.states import ItemType
from itembank.versions import Draft

PLACE = re.compile(r'<div><span data-interaction="RESPONSE"></span></div>\Z')
GAP_PLACE = re.compile(r'<span data-interaction="(RESPONSE\d+)"></span>')


def question_of(code: str, draft: Draft) -> Question:
    """The question that `draft` was made from, as far as the bank keeps it; BadDraft `type_interactive`."""
    if draft.type is ItemType.INTERACTIVE:
        raise BadDraft("type_interactive")
    grading = draft.key.get("grading", draft.key)
    return Question(
        type=cast(QuestionType, draft.type.value),
        code=code,
        **_prompt(draft.content, draft.type),
        **_fields(draft, grading),
        points=float(draft.points),
        difficulty=draft.difficulty,
        knowledge_point=draft.knowledge_point,
        direction=draft.direction,
        explanation=draft.explanation,
        explanation_format="plain",
        tags=tuple(draft.attributes.get("tags", ())),
    )


def _prompt(content: Mapping[str, Any], type: ItemType) -> dict[str, Any]:
    if "html" not in content:
        return {"prompt": content["stem"], "format": "plain"}
    if type is ItemType.CLOZE:
        return {"prompt": GAP_PLACE.sub(r"{#\1}", content["html"]), "format": "html"}
    html = PLACE.sub("", content["html"])
    inner = html.removeprefix("<p>").removesuffix("</p>")
    if "<" not in inner and "&" not in inner:
        return {"prompt": inner, "format": "plain"}
    return {"prompt": html, "format": "html"}


def _fields(draft: Draft, grading: Mapping[str, Any]) -> dict[str, Any]:
    content = draft.content
    if draft.type in (ItemType.SINGLE, ItemType.MULTIPLE):
        options = content["options"] if "options" in content else content["interactions"][RESPONSE]["options"]
        return {"choices": _choices(options, grading, draft.type is ItemType.SINGLE)}
    if draft.type is ItemType.TRUE_FALSE:
        true = grading["correct"] == ["T"]
        return {
            "choices": (
                Choice(text="true", fraction=float(true)),
                Choice(text="false", fraction=float(not true)),
            )
        }
    if draft.type is ItemType.MATCH:
        return {"pairs": _pairs(content["interactions"][RESPONSE], grading)}
    if draft.type is ItemType.ORDER:
        texts = {one["id"]: one["html"] for one in content["interactions"][RESPONSE]["options"]}
        share = 1 / len(texts)
        return {"choices": tuple(_choice(texts[id], share) for id in grading["order"])}
    if draft.type is ItemType.CLOZE:
        return {
            "parts": tuple(
                _part(id, one, grading["parts"][id]) for id, one in content["interactions"].items()
            )
        }
    return _entry(draft.type, grading, content["interactions"][RESPONSE].get("units", ()))


def _entry(type: ItemType, grading: Mapping[str, Any], shown: Sequence[str]) -> dict[str, Any]:
    if type is ItemType.ESSAY:
        return {"essay": Essay(for_markers=grading.get("guide", ""))}
    if type is ItemType.SHORT:
        return {
            "answers": tuple(
                Answer(text=one["text"], fraction=float(one["fraction"])) for one in grading["answers"]
            ),
            "case_sensitive": grading["case_sensitive"],
            "wildcards": grading["wildcards"],
        }
    return {"answers": tuple(_number(one) for one in grading["answers"]), "units": _units(grading, shown)}


def _choice(html: str, fraction: float) -> Choice:
    marked = "<" in html or "&" in html
    return Choice(text=html, fraction=fraction, format="html" if marked else "plain")


def _choices(options: Any, grading: Mapping[str, Any], single: bool) -> tuple[Choice, ...]:
    shares = grading.get("fractions") or {}
    right = 1.0 if single else 1 / max(1, len(grading["correct"]))
    usual = dict.fromkeys(grading["correct"], right)
    given = {one["id"]: float(shares.get(one["id"], usual.get(one["id"], 0))) for one in options}
    return tuple(
        Choice(text=one["text"], fraction=given[one["id"]], format="plain")
        if "text" in one
        else _choice(one["html"], given[one["id"]])
        for one in options
    )


def _pairs(interaction: Mapping[str, Any], grading: Mapping[str, Any]) -> tuple[Pair, ...]:
    rights = {one["id"]: one["html"] for one in interaction["targets"]}
    lefts = {one["id"]: one["html"] for one in interaction["sources"]}
    used = {right for _, right in grading["pairs"]}
    joined = [Pair(left=lefts[left], right=rights[right]) for left, right in grading["pairs"]]
    return (*joined, *(Pair(left="", right=text) for id, text in rights.items() if id not in used))


def _number(one: Mapping[str, Any]) -> Answer:
    if one["value"] == "*":
        return Answer(text="*", fraction=float(one["fraction"]))
    return Answer(
        value=float(one["value"]), tolerance=float(one["tolerance"]), fraction=float(one["fraction"])
    )


def _units(grading: Mapping[str, Any], shown: Sequence[str]) -> Units | None:
    if not grading["units"]:
        return None
    factors = tuple(Unit(name=name, multiplier=float(factor)) for name, factor in grading["units"].items())
    return Units(
        units=factors,
        grading=ASKED[grading["unit_grading"]],
        penalty=float(grading["unit_penalty"]),
        left=grading["units_before"],
        shown="menu" if shown else "text",
    )


def _part(id: str, content: Mapping[str, Any], grading: Mapping[str, Any]) -> Part:
    points = float(grading["weight"])
    if grading["by"] == "choice":
        type = "multiple" if grading["multiple"] else "single"
        choices = _choices(content["options"], grading, not grading["multiple"])
        asked = Question(type=type, prompt="", choices=choices, points=points)  # type: ignore[arg-type]
        return Part(name=id, question=asked)
    type = ItemType.SHORT if grading["by"] == "short" else ItemType.NUMERIC
    kind = cast(QuestionType, type.value)
    units = content.get("units", ())
    return Part(
        name=id, question=Question(type=kind, prompt="", points=points, **_entry(type, grading, units))
    )
