"""The neutral question: what every format reads into and writes from, whatever its own words are.

Texts are kept as the file has them, in the format named beside them: `html`, `markdown`, `plain`, or `moodle` (plain
text in which a line break and simple HTML count). Nothing in here is made safe for a page; whoever shows it does that.

How the types use the fields:
- single, multiple: `choices`; a fraction is the share of the points it earns (0 wrong, 1 all, negative takes away).
  A single question may have several choices with fraction 1: any of them is right.
- true_false: two `choices`, in this order, with the texts "true" and "false".
- short: `answers` with `text`. numeric: `answers` with `value` and `tolerance`, or `min` and `max`; the text "*" stands
  for any other number.
- match: `pairs`; an empty `left` is a right-hand text that belongs to nothing.
- order: `choices` in the right order, each with its share of the points.
- cloze: `parts`, each a question of its own; `{#NAME}` in the prompt is the place of the part of that name.
- essay: people mark it. description: nothing is asked. other: `reason` says why it is only kept, not understood.
"""

import hashlib
from typing import Any, Literal

import msgspec
from msgspec import Struct

QuestionType = Literal[
    "single",
    "multiple",
    "true_false",
    "short",
    "numeric",
    "match",
    "order",
    "essay",
    "cloze",
    "description",
    "other",
]
TextFormat = Literal["html", "markdown", "plain", "moodle"]


# None of these can hold itself, so the collector of cycles is spared thousands of them (gc=False).
class Choice(Struct, frozen=True, kw_only=True, gc=False):
    """Something to choose; `fraction` -1 to 1; an empty format is the question's own."""

    text: str
    fraction: float = 0.0
    feedback: str = ""
    format: TextFormat | Literal[""] = ""
    feedback_format: TextFormat | Literal[""] = ""


class Answer(Struct, frozen=True, kw_only=True, gc=False):
    """An answer that is accepted: a `text`, or a number as `value` and `tolerance` or from `min` to `max`."""

    text: str = ""
    value: float | None = None
    tolerance: float | None = None
    min: float | None = None
    max: float | None = None
    fraction: float = 1.0
    feedback: str = ""
    feedback_format: TextFormat | Literal[""] = ""


class Pair(Struct, frozen=True, kw_only=True, gc=False):
    """What belongs together; an empty `left` makes `right` a distractor."""

    left: str
    right: str
    format: TextFormat | Literal[""] = ""


class FilePart(Struct, frozen=True, kw_only=True, gc=False):
    """A file that came with a question; texts name it as `@@PLUGINFILE@@/NAME`."""

    name: str
    media_type: str
    data: bytes


class Unit(Struct, frozen=True, kw_only=True, gc=False):
    """A unit of a number; `multiplier` of it make one of the key's unit (m 1, cm 100): a response is divided by it."""

    name: str
    multiplier: float


class Units(Struct, frozen=True, kw_only=True, gc=False):
    """The units a numeric question knows, and what a wrong one costs.

    `grading`: "none" (no unit is asked for), "optional" (it may be written), "response" (a wrong one costs `penalty`
    as a share of what the number earned) or "total" (as a share of all points). `left`: it stands before the number.
    `shown`: how it is entered.
    """

    units: tuple[Unit, ...]
    grading: Literal["none", "optional", "response", "total"] = "optional"
    penalty: float = 0.0
    left: bool = False
    shown: Literal["text", "radio", "menu", "none"] = "text"


class Combined(Struct, frozen=True, kw_only=True, gc=False):
    """What is said to a right, a partly right and a wrong response."""

    right: str = ""
    partly: str = ""
    wrong: str = ""


class Essay(Struct, frozen=True, kw_only=True, gc=False):
    """What a written answer may be, and what its markers are told; words None: no limit."""

    template: str = ""
    for_markers: str = ""
    min_words: int | None = None
    max_words: int | None = None
    lines: int | None = None
    files: int = 0


class Part(Struct, frozen=True, kw_only=True, gc=False):
    """A gap of a cloze question; `{#name}` marks its place, its `question` has no prompt of its own."""

    name: str
    question: "Question"


class Question(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One question of a file; see the module for what each type uses.

    `code` is the file's own identifier (may be empty), `points` None where the file says nothing, `difficulty` 0 (easy)
    to 1, `where` the place it was read from ("bank.gift:12", "Sheet1!A7"), `layout` how the source would lay it out.
    """

    type: QuestionType
    prompt: str
    format: TextFormat = "plain"
    title: str = ""
    code: str = ""
    choices: tuple[Choice, ...] = ()
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    parts: tuple[Part, ...] = ()
    points: float | None = None
    explanation: str = ""
    explanation_format: TextFormat | Literal[""] = ""
    combined: Combined | None = None
    hints: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    files: tuple[FilePart, ...] = ()
    knowledge_point: str = ""
    difficulty: float | None = None
    direction: str = ""
    level: int | None = None
    units: Units | None = None
    essay: Essay | None = None
    case_sensitive: bool = False
    wildcards: bool = False
    shuffle: bool | None = None
    layout: str = ""
    reason: str = ""
    where: str = ""


class Error(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Something wrong, or worth knowing, at one place of a file.

    `where` names the place for a person; `line` (text files) or `row` and `column` (sheets: the heading's text) say
    the same to a program. `code` is a key of the locale, `params` are the values its text asks for.
    """

    where: str
    code: str
    params: dict[str, str] = {}
    line: int = 0
    row: int = 0
    column: str = ""


class Reading(Struct, frozen=True, kw_only=True, gc=False):
    """What a file gave: the questions that are good, what was wrong, and what was understood in a certain way."""

    questions: tuple[Question, ...] = ()
    errors: tuple[Error, ...] = ()
    notes: tuple[Error, ...] = ()
    format: str = ""


class Written(Struct, frozen=True, kw_only=True, gc=False):
    """A file made of questions, and what of them it cannot carry (`losses`: each names question, code and field)."""

    data: bytes
    losses: tuple[Error, ...] = ()


# The places and names of a question are no part of what it asks.
_NOT_CONTENT = ("code", "where")


def fingerprint(question: Question) -> str:
    """SHA-256 (hex) of what a question asks and accepts; the same for the same content wherever it was read from."""
    fields: dict[str, Any] = msgspec.to_builtins(question)
    kept = {name: value for name, value in fields.items() if name not in _NOT_CONTENT}
    return hashlib.sha256(msgspec.json.encode(kept, order="sorted")).hexdigest()
