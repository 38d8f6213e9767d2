"""Cloze: a text with gaps, each a small question of its own."""

import re
from collections.abc import Mapping
from typing import Any

from itembank.authoring.choices import choice_key
from itembank.authoring.entries import numeric_grading, short_grading
from itembank.authoring.parts import (
    LETTERS,
    RESPONSE,
    BadDraft,
    Built,
    number_text,
    place,
    prompt_html,
    rich,
    stem,
)
from itembank.formats.question import Part, Question

GAP = re.compile(r"\{#([^{}\s]{1,40})\}")
BLANK = "____"


def cloze(question: Question, media: Mapping[str, str]) -> Built:
    """Every gap becomes an interaction RESPONSE1, RESPONSE2 …; BadDraft where gaps and parts do not agree."""
    named = GAP.findall(question.prompt)
    parts = {part.name: part for part in question.parts}
    if not parts or sorted(named) != sorted(parts):
        raise BadDraft("gaps_disagree", gaps=len(named), parts=len(parts))
    ids = {name: f"{RESPONSE}{number}" for number, name in enumerate(named, 1)}
    html = GAP.sub(lambda found: place(ids[found[1]]), prompt_html(question, media))
    built = {ids[name]: _part(parts[name], media) for name in named}
    content = {
        "stem": GAP.sub(BLANK, stem(question)),
        "html": html,
        "interactions": {id: one.content for id, one in built.items()},
        "media": [],
    }
    return Built(content, {"grading": {"by": "cloze", "parts": {id: one.key for id, one in built.items()}}})


def _part(part: Part, media: Mapping[str, str]) -> Built:
    asked = part.question
    if asked.type in ("single", "multiple"):
        built = _choices(asked, media)
    elif asked.type == "short":
        built = Built({"kind": "text_entry"}, short_grading(asked))
    elif asked.type == "numeric":
        built = Built({"kind": "text_entry"}, numeric_grading(asked))
    else:
        raise BadDraft("gap_type", type=asked.type)
    return Built(built.content, {**built.key, "weight": number_text(asked.points or 1.0)})


def _choices(asked: Question, media: Mapping[str, str]) -> Built:
    if not 2 <= len(asked.choices) <= len(LETTERS):
        raise BadDraft("options_count", n=len(asked.choices), most=len(LETTERS))
    ids = LETTERS[: len(asked.choices)]
    pairs = zip(ids, asked.choices, strict=True)
    options = [{"id": id, "html": rich(one.text, one.format or asked.format, media)} for id, one in pairs]
    content: dict[str, Any] = {"kind": "inline_choice", "options": options}
    if asked.type == "multiple":
        content = {"kind": "choice", "options": options, "max": 0}
    return Built(content, {"by": "choice", "multiple": asked.type == "multiple", **choice_key(asked, ids)})
