"""The grading API: a mark, a note, the finished task. What the answer names as saved is committed."""

from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpRequest

from examserver.kernel import clock
from examserver.kernel.http import ApiError, actor_of, body, json_view
from scoring.models import GradingTask
from scoring.points import BadPoints, parse_points
from scoring.reconcile import Final, NeedsThird, Reconciled
from scoring.rubrics import BadMark, task_total
from scoring.services.marking import (
    LinesUnmarked,
    NewMark,
    finish_task,
    marks_of,
    record_mark,
    rubric_of,
    write_note,
)
from scoring.views.pages import own_task


class MarkBody(msgspec.Struct, forbid_unknown_fields=True):
    """`points` is a decimal as text, such as `3.5`."""

    line: str
    points: str
    reason: str = ""


class NoteBody(msgspec.Struct, forbid_unknown_fields=True):
    """The grader's own note, whole."""

    note: str


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An act that needs no words."""


@own_task
@json_view("POST")
def api_grading_mark(request: HttpRequest, grading_task: GradingTask) -> dict[str, Any]:
    """Store a mark; answers with it as stored and with the total."""
    given = body(request, MarkBody)
    try:
        mark = NewMark(given.line, parse_points(given.points), given.reason)
        stored = record_mark(grading_task=grading_task, actor=actor_of(request), mark=mark, now=clock.now())
    except BadPoints as error:
        raise ApiError("bad_points", 400, field="points", line=given.line) from error
    except BadMark as error:
        raise ApiError(error.code, 400, field="points", line=given.line) from error
    marks = marks_of(grading_task)
    return {
        "line": stored.line,
        "points": str(stored.points),
        "reason": stored.reason,
        "marked_at": clock.milliseconds(stored.marked_at),
        "marked": len(marks),
        "total": _text(task_total(rubric_of(grading_task), marks)),
    }


@own_task
@json_view("POST")
def api_grading_note(request: HttpRequest, grading_task: GradingTask) -> dict[str, Any]:
    """Store the note."""
    write_note(grading_task=grading_task, actor=actor_of(request), note=body(request, NoteBody).note)
    return {"ok": True}


@own_task
@json_view("POST")
def api_grading_finish(request: HttpRequest, grading_task: GradingTask) -> dict[str, Any]:
    """Finish the task; 409 `lines_unmarked` names the lines that are missing."""
    body(request, Nothing)
    try:
        outcome = finish_task(grading_task=grading_task, actor=actor_of(request), now=clock.now())
    except LinesUnmarked as missing:
        raise ApiError(missing.code, 409, lines=list(missing.lines)) from missing
    return {"ok": True, "outcome": _outcome(outcome) if grading_task.third else "done"}


def _outcome(outcome: Reconciled) -> str:
    """Only the lead hears what came of it: a grader who knew of a gap would be led by it."""
    if isinstance(outcome, Final):
        return "final"
    return "needs_third" if isinstance(outcome, NeedsThird) else "waiting"


def _text(points: Decimal) -> str:
    return str(points)
