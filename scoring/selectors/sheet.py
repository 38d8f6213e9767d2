"""What a grader sees of one task: the work without the person, the rubric with the marks, and nothing else.

Names of files and of people never leave this module: a file is its deliverable and its version.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from examserver.delivery.selectors import confirmed_files, responses_of
from examserver.delivery.services.uploads import path_of
from itembank.selectors import material, material_path
from scoring.models import GradingTask, Mark
from scoring.previews import HEAD_BYTES, NO_PREVIEW, Preview, Viewer, preview_of
from scoring.rubrics import Line, Rubric, read_rubric, task_total
from scoring.selectors.queue import task_data
from scoring.states import GradingState

if TYPE_CHECKING:
    from examserver.delivery.models import WorkFile


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the server and how it may be sent: its path, size, preview and the name that it gets."""

    path: Path
    size: int
    preview: Preview
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """One deliverable as handed in; `kind` is `text`, `table` or `file`, only its own fields are filled."""

    deliverable: str
    kind: str
    title: str
    title_en: str
    empty: bool
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    number: int = 0
    version: int = 0
    name: str = ""
    size: int = 0
    sha256: str = ""
    viewer: Viewer = Viewer.NONE
    gone: bool = False


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the rubric with the mark that it has, and for a third mark those of the others."""

    line: Line
    mark: Mark | None
    others: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """A file that the task gave to the candidate, so that the grader can look at it too."""

    code: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grading page of one task."""

    code: str
    third: bool
    done: bool
    title: str
    title_en: str
    brief: tuple[str, ...]
    materials: tuple[Material, ...]
    work: tuple[Work, ...]
    lines: tuple[MarkedLine, ...]
    points: Decimal
    total: Decimal
    others_totals: tuple[Decimal, ...]
    note: str


def sheet(grading_task: GradingTask) -> Sheet:
    """The page of `grading_task`, which the caller has looked up as the actor's own."""
    sitting = grading_task.sitting
    task = task_data(sitting.paper.content["tasks"], grading_task.task)
    rubric = read_rubric(grading_task.task, sitting.paper.key.keys[grading_task.task])
    marks = _marks(grading_task)
    others = _others(grading_task)
    return Sheet(
        code=grading_task.code,
        third=grading_task.third,
        done=grading_task.state == GradingState.DONE,
        title=task["title"],
        title_en=task.get("title_en", ""),
        brief=tuple(task["brief"]),
        materials=tuple(Material(m["id"], m["name"], m["title"]) for m in task["materials"]),
        work=_work(grading_task, task),
        lines=_lines(rubric, marks, others),
        points=rubric.points,
        total=task_total(rubric, {no: mark.points for no, mark in marks.items()}),
        others_totals=tuple(slot.total for slot in others if slot.total is not None),
        note=grading_task.note,
    )


def _marks(grading_task: GradingTask) -> dict[str, Mark]:
    return {mark.line: mark for mark in Mark.objects.filter(grading_task=grading_task)}


def _others(grading_task: GradingTask) -> list[GradingTask]:
    """Only a third mark is given in sight of the first two."""
    if not grading_task.third:
        return []
    slots = GradingTask.objects.filter(
        sitting_id=grading_task.sitting_id, task=grading_task.task, third=False
    )
    return list(slots.order_by("slot"))


def _lines(rubric: Rubric, marks: dict[str, Mark], others: list[GradingTask]) -> tuple[MarkedLine, ...]:
    theirs = [_marks(slot) for slot in others]
    return tuple(
        MarkedLine(line, marks.get(line.no), tuple(one.get(line.no) for one in theirs))
        for line in rubric.lines
    )


def _work(grading_task: GradingTask, task: dict[str, Any]) -> tuple[Work, ...]:
    responses = responses_of(grading_task.sitting)
    files = confirmed_files(grading_task.sitting)
    return tuple(
        _file_work(number, data, files.get(data["id"]))
        if data["kind"] == "file"
        else _written_work(data, responses.get(data["id"]))
        for number, data in enumerate(task["deliverables"], start=1)
    )


def _written_work(data: dict[str, Any], value: dict[str, Any] | None) -> Work:
    given = value or {}
    rows = tuple(tuple(map(str, row)) for row in given.get("rows", []))
    text = str(given.get("text", ""))
    return Work(
        deliverable=data["id"],
        kind=data["kind"],
        title=data["title"],
        title_en=data.get("title_en", ""),
        empty=not (text.strip() or any(cell.strip() for row in rows for cell in row)),
        text=text,
        columns=tuple(data.get("columns", ())),
        rows=rows,
    )


def _file_work(number: int, data: dict[str, Any], file: "WorkFile | None") -> Work:
    title, title_en = data["title"], data.get("title_en", "")
    if file is None:
        return Work(data["id"], "file", title, title_en, empty=True, number=number)
    stored = stored_file(file)
    return Work(
        deliverable=data["id"],
        kind="file",
        title=title,
        title_en=title_en,
        empty=False,
        number=number,
        version=file.version,
        name=_shown_name(file),
        size=file.size,
        sha256=file.sha256,
        viewer=stored.preview.viewer if stored else Viewer.NONE,
        gone=stored is None,
    )


def _shown_name(file: "WorkFile") -> str:
    """Deliverable, version and ending; a candidate's own name for the file could carry theirs."""
    ending = Path(file.name).suffix.lower()
    return f"{file.deliverable}-v{file.version}{ending if ending.isascii() else ''}"


def stored_file(file: "WorkFile") -> StoredFile | None:
    """The bytes of `file`; None when they are not where they should be."""
    return _stored(path_of(file), file.name, _shown_name(file))


def _stored(path: Path, name: str, shown: str) -> StoredFile | None:
    try:
        with path.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
        size = path.stat().st_size
    except OSError:
        return None
    return StoredFile(path, size, preview_of(name, head) if head else NO_PREVIEW, shown)


def file_of(grading_task: GradingTask, number: int) -> StoredFile | None:
    """The file of the task's deliverable `number`, counted from 1; None when there is none."""
    task = task_data(grading_task.sitting.paper.content["tasks"], grading_task.task)
    deliverables = task["deliverables"]
    if not 1 <= number <= len(deliverables):
        return None
    found = confirmed_files(grading_task.sitting).get(deliverables[number - 1]["id"])
    return stored_file(found) if found else None


def material_of(grading_task: GradingTask, code: str) -> StoredFile | None:
    """The file that the task gave to the candidate as `code`; None when there is none."""
    task = task_data(grading_task.sitting.paper.content["tasks"], grading_task.task)
    if code not in {one["id"] for one in task["materials"]}:
        return None
    found = material(grading_task.sitting.paper_id, grading_task.task, code)
    return _stored(material_path(found), found.name, found.name)
