"""GIFT files that others wrote mean what their JSON says."""

import json
from pathlib import Path
from typing import Any

import pytest

from itembank.formats.question import Question
from itembank.formats.registry import read
from itembank.formats.shown import item
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance
TYPES = {
    "TF": ("true_false",),
    "MC": ("single", "multiple"),
    "Short": ("short",),
    "Numerical": ("numeric",),
    "Matching": ("match",),
    "Essay": ("essay",),
    "Description": ("description",),
}


def test_every_file_means_what_its_json_says() -> None:
    files = sorted(fixtures("gift").glob("*.gift"))
    assert files
    different = {path.name: found for path in files if (found := list(differences(path)))}
    assert different == {}


def differences(path: Path) -> list[str]:
    reading = read(path.read_bytes(), path.name)
    expected = [
        one for one in json.loads(path.with_suffix(".json").read_text("utf-8")) if one["type"] != "Category"
    ]
    if reading.errors or len(reading.questions) != len(expected):
        return [f"{reading.errors}, {len(reading.questions)} of {len(expected)}"]
    return [
        f"{number}: {told} is not {wanted}"
        for number, (question, one) in enumerate(zip(reading.questions, expected, strict=True), 1)
        if (told := meaning(question)) != (wanted := wish(one)) or question.type not in TYPES[one["type"]]
    ]


def spaced(text: Any) -> str:
    told = text["text"] if isinstance(text, dict) else text
    return " ".join((told or "").split())


def meaning(question: Question) -> dict[str, Any]:
    shown = item(question)
    told: dict[str, Any] = {"title": shown["title"], "prompt": spaced(shown["prompt"])}
    told["explanation"] = spaced(question.explanation)
    told["choices"] = [(spaced(c["text"]), c["fraction"], spaced(c["feedback"])) for c in shown["choices"]]
    told["answers"] = [(accepted(a), a["fraction"], spaced(a["feedback"])) for a in shown["answers"]]
    told["pairs"] = [(spaced(p["left"]), spaced(p["right"])) for p in shown["pairs"]]
    return told


def accepted(answer: dict[str, Any]) -> tuple[Any, ...]:
    kept = {name: answer[name] for name in ("text", "value", "tolerance", "min", "max") if name in answer}
    return tuple(sorted((name, spaced(value) if name == "text" else value) for name, value in kept.items()))


def wish(one: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"title": one["title"] or "", "prompt": spaced(one["stem"])}
    told["explanation"] = spaced(one.get("globalFeedback"))
    told |= {"choices": [], "answers": [], "pairs": []}
    if one["type"] == "TF":
        told["choices"] = sides(one)
    elif one["type"] == "Matching":
        told["pairs"] = [(spaced(p["subquestion"]), spaced(p["subanswer"])) for p in one["matchPairs"]]
    elif one["type"] == "MC":
        told["choices"] = [(spaced(c["text"]), share(c), spaced(c["feedback"])) for c in one["choices"]]
    elif one["type"] in ("Short", "Numerical"):
        told["answers"] = answers(one["choices"])
    return told


def sides(one: dict[str, Any]) -> list[tuple[str, int, str]]:
    """`trueFeedback` of the files is the first of the two, which is for the wrong choice."""
    wrong, right = spaced(one["trueFeedback"]), spaced(one["falseFeedback"])
    feedback = (right, wrong) if one["isTrue"] else (wrong, right)
    return [("true", int(one["isTrue"]), feedback[0]), ("false", int(not one["isTrue"]), feedback[1])]


def share(choice: dict[str, Any]) -> float:
    return choice["weight"] / 100 if choice["weight"] is not None else int(choice["isCorrect"])


def answers(choices: Any) -> list[tuple[Any, ...]]:
    if isinstance(choices, dict):
        return [(number(choices), 1, "")]
    return [(number(c["text"]), share(c), spaced(c["feedback"])) for c in choices]


def number(text: dict[str, Any]) -> tuple[Any, ...]:
    kinds = {
        "simple": lambda: (("tolerance", 0), ("value", text["number"])),
        "range": lambda: (("tolerance", text["range"]), ("value", text["number"])),
        "high-low": lambda: (("max", text["numberHigh"]), ("min", text["numberLow"])),
    }
    return kinds[text["type"]]() if text.get("type") in kinds else (("text", spaced(text)),)
