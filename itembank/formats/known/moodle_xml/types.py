"""The question types of Moodle XML: from an element, the fields that its type has beyond those of every question."""

from collections.abc import Callable, Mapping
from typing import Any

from itembank.formats.cloze import embedded
from itembank.formats.known.moodle_xml.fields import Source, fraction, optional, switch, whole
from itembank.formats.known.moodle_xml.gaps import gaps
from itembank.formats.numbers import number
from itembank.formats.problems import BadQuestion
from itembank.formats.question import Answer, Choice, Essay, Pair, Unit, Units
from itembank.formats.xml import Element, text_at

Fields = Mapping[str, Any]
_GRADING = {"0": "optional", "1": "response", "2": "total"}
_SHOWN = {"0": "text", "1": "radio", "2": "menu", "3": "none"}


def _answers(source: Source) -> list[Element]:
    return source.element.findall("answer")


def _choice(source: Source, element: Element) -> Choice:
    text = source.rich(element)
    told = source.rich(element.find("feedback"))
    return Choice(
        text=text.text,
        fraction=fraction(element),
        feedback=told.text,
        format=source.own(text),  # type: ignore[arg-type]
        feedback_format=source.own(told),  # type: ignore[arg-type]
    )


def multichoice(source: Source) -> Fields:
    is_single = switch(source.element, "single", default=True)
    choices = tuple(_choice(source, one) for one in _answers(source))
    return {"type": "single" if is_single else "multiple", "choices": choices, **_shuffled(source)}


def _shuffled(source: Source) -> Fields:
    found = source.element.find("shuffleanswers")
    return {} if found is None else {"shuffle": switch(source.element, "shuffleanswers")}


def truefalse(source: Source) -> Fields:
    sides = {text_at(one, "text").lower(): _choice(source, one) for one in _answers(source)}
    if sides.keys() != {"true", "false"}:
        raise BadQuestion("true_false_texts", source.element.sourceline or 0, texts=", ".join(sides))
    choices = tuple(
        Choice(
            text=name,
            fraction=sides[name].fraction,
            feedback=sides[name].feedback,
            feedback_format=sides[name].feedback_format,
        )
        for name in ("true", "false")
    )
    return {"type": "true_false", "choices": choices}


def shortanswer(source: Source) -> Fields:
    answers = tuple(_told(source, one, Answer(text=text_at(one, "text"))) for one in _answers(source))
    case = switch(source.element, "usecase")
    return {"type": "short", "answers": answers, "case_sensitive": case, "wildcards": True}


def _told(source: Source, element: Element, accepted: Answer) -> Answer:
    told = source.rich(element.find("feedback"))
    return Answer(
        text=accepted.text,
        value=accepted.value,
        tolerance=accepted.tolerance,
        fraction=fraction(element),
        feedback=told.text,
        feedback_format=source.own(told),  # type: ignore[arg-type]
    )


def numerical(source: Source) -> Fields:
    answers = tuple(_told(source, one, _number(one)) for one in _answers(source))
    return {"type": "numeric", "answers": answers, "units": _units(source.element)}


def _number(element: Element) -> Answer:
    text = text_at(element, "text")
    if text == "*":
        return Answer(text="*")
    value = number(text, comma=True)
    if value is None:
        raise BadQuestion("not_a_number", element.sourceline or 0, text=text)
    tolerance = optional(element, "tolerance") or 0.0
    if tolerance < 0:
        raise BadQuestion("tolerance_negative", element.sourceline or 0, text=text)
    return Answer(value=value, tolerance=tolerance)


def _units(element: Element) -> Units | None:
    listed = tuple(_unit(one) for one in element.findall("units/unit"))
    if not listed:
        return None
    shown = _SHOWN.get(text_at(element, "showunits", "0"), "text")
    grading = (
        "none" if shown == "none" else _GRADING.get(text_at(element, "unitgradingtype", "0"), "optional")
    )
    return Units(
        units=listed,
        grading=grading,  # type: ignore[arg-type]
        penalty=optional(element, "unitpenalty") or 0.0,
        left=switch(element, "unitsleft"),
        shown=shown,  # type: ignore[arg-type]
    )


def _unit(element: Element) -> Unit:
    multiplier = optional(element, "multiplier")
    name = text_at(element, "unit_name")
    if not multiplier or not name:
        raise BadQuestion("unit_broken", element.sourceline or 0, name=name)
    return Unit(name=name, multiplier=multiplier)


def matching(source: Source) -> Fields:
    pairs = tuple(_pair(source, one) for one in source.element.findall("subquestion"))
    return {"type": "match", "pairs": pairs, **_shuffled(source)}


def _pair(source: Source, element: Element) -> Pair:
    left = source.rich(element)
    return Pair(left=left.text, right=text_at(element, "answer/text"), format=source.own(left))  # type: ignore[arg-type]


def essay(source: Source) -> Fields:
    element = source.element
    details = Essay(
        template=source.rich(element.find("responsetemplate")).text,
        for_markers=source.rich(element.find("graderinfo")).text,
        min_words=whole(element, "minwordlimit"),
        max_words=whole(element, "maxwordlimit"),
        lines=whole(element, "responsefieldlines"),
        files=whole(element, "attachments") or 0,
    )
    return {"type": "essay", "essay": details}


def description(source: Source) -> Fields:
    return {"type": "description"}


def cloze(source: Source) -> Fields:
    found = embedded(source.rich(source.element.find("questiontext")).text, source.format)
    return {"type": "cloze", "prompt": found.prompt, "parts": found.parts}


def ordering(source: Source) -> Fields:
    placed = sorted(_answers(source), key=lambda one: number(one.get("fraction", "0")) or 0)
    share = 1 / max(len(placed), 1)
    texts = [source.rich(one) for one in placed]
    choices = tuple(
        Choice(text=one.text, fraction=share, format=source.own(one))  # type: ignore[arg-type]
        for one in texts
    )
    return {"type": "order", "choices": choices}


TYPES: dict[str, Callable[[Source], Fields]] = {
    "multichoice": multichoice,
    "truefalse": truefalse,
    "shortanswer": shortanswer,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "essay": essay,
    "description": description,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": gaps,
    "ddwtos": gaps,
    "ordering": ordering,
}
