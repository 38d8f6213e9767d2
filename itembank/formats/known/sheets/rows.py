"""One row to a question."""

from collections.abc import Callable
from typing import Any

from itembank.formats.known.sheets import keys
from itembank.formats.known.sheets.cells import Cells
from itembank.formats.known.sheets.words import meaning
from itembank.formats.numbers import number
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Essay, Question, Unit, Units

Fields = dict[str, Any]


def question_of(cells: Cells) -> Question:
    """The question of a row; BadQuestion with `cells.field` telling the column."""
    told = cells.at("type")
    kind = meaning("types", told) if told else cells.sheet.default_type
    if not kind:
        raise BadQuestion("type_unknown" if told else "type_missing", type=told)
    prompt = cells.at("prompt")
    if not prompt:
        raise BadQuestion("no_prompt")
    fields: Fields = {"type": kind, "prompt": prompt, "where": cells.where("prompt")}
    return Question(**(fields | _TYPES[kind](cells) | _common(cells)))


def _choice(cells: Cells, kind: str) -> Fields:
    choices = cells.choices()
    if len(choices) < 2:
        cells.field = "choice:A"
        raise BadQuestion("too_few_choices", count=len(choices))
    right = keys.right_letters(cells.at("answer"), choices)
    if kind == "single" and len(right) > 1:
        raise BadQuestion("single_many_keys", key="".join(right))
    return {"choices": keys.chosen(choices, right)}


def _true_false(cells: Cells) -> Fields:
    choices = cells.choices()
    return {"choices": keys.true_or_false(cells.at("answer"), choices)}


def _short(cells: Cells) -> Fields:
    prompt = cells.text("prompt")
    key = cells.at("answer")
    if not key:
        raise BadQuestion("key_missing")
    if keys.blanks(prompt) < 2:
        return {"answers": keys.accepted(key)}
    cloze = keys.filled(prompt, key)
    return {"type": "cloze", "prompt": cloze.prompt, "parts": cloze.parts}


def _numeric(cells: Cells) -> Fields:
    answer = keys.numeric(cells.at("answer"), cells.text("tolerance"))
    unit = cells.text("unit")
    units = Units(units=(Unit(name=unit, multiplier=1),)) if unit else None
    return {"answers": (answer,), "units": units}


def _match(cells: Cells) -> Fields:
    choices = cells.choices()
    cells.field = "choice:A"
    return {"pairs": keys.pairs(choices)}


def _order(cells: Cells) -> Fields:
    choices = cells.choices()
    return {"choices": keys.ordered(cells.at("answer"), choices)}


def _essay(cells: Cells) -> Fields:
    told = cells.text("answer")
    return {"essay": Essay(for_markers=told) if told else None}


_TYPES: dict[str, Callable[[Cells], Fields]] = {
    "single": lambda cells: _choice(cells, "single"),
    "multiple": lambda cells: _choice(cells, "multiple"),
    "true_false": _true_false,
    "short": _short,
    "numeric": _numeric,
    "match": _match,
    "order": _order,
    "essay": _essay,
    "description": lambda cells: {},
}


_TEXTS = ("code", "title", "category", "direction", "knowledge_point", "explanation")


def _common(cells: Cells) -> Fields:
    known = cells.sheet.columns
    found: Fields = {field: cells.text(field) for field in _TEXTS if field in known}
    if "tags" in known:
        tags = cells.text("tags").replace("，", ",").split(",")
        found["tags"] = tuple(tag.strip() for tag in tags if tag.strip())
    return found | {"points": _points(cells), "difficulty": _difficulty(cells), "level": _level(cells)}


def _points(cells: Cells) -> float | None:
    text = cells.at("points")
    if not text:
        return None
    value = number(text.removesuffix("分"))
    if value is None or value < 0:
        raise BadQuestion("points_unreadable", text=text)
    return value


def _difficulty(cells: Cells) -> float | None:
    if text := cells.at("facility"):
        return round(1 - _share(text, 1), 10)
    text = cells.at("difficulty")
    if not text:
        return None
    word = meaning("difficulties", text)
    if word:
        return float(word)
    return (_share(text, 5, least=1) - 1) / 4 if cells.in_five else _share(text, 1)


def _share(text: str, most: float, least: float = 0) -> float:
    value = number(text)
    if value is None or not least <= value <= most:
        raise BadQuestion("difficulty_unreadable", text=text)
    return value


def _level(cells: Cells) -> int | None:
    text = cells.at("level")
    if not text:
        return None
    told = meaning("levels", text) or text
    if told not in ("1", "2", "3", "4", "5"):
        raise BadQuestion("level_unreadable", text=text)
    return int(told)
