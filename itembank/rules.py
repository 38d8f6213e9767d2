"""What must hold in a specification beyond its single fields, every fault at once. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from itembank.faults import BadSpec, Fault
from itembank.fields import whole_points
from itembank.specs import DeliverableSpec, FileSpec, PracticalSpec, TableSpec, TaskSpec, TheorySpec

MOST_GRADERS = 5


def check_theory(spec: TheorySpec) -> None:
    """BadSpec unless a paper can be assembled, scored and passed by `spec`."""
    faults = list(_theory_faults(spec))
    if faults:
        raise BadSpec(faults)


def check_practical(spec: PracticalSpec) -> None:
    """BadSpec unless a paper can be frozen, worked on in its time, marked and passed by `spec`."""
    faults = list(_practical_faults(spec))
    if faults:
        raise BadSpec(faults)


def _theory_faults(spec: TheorySpec) -> Iterator[Fault]:
    if not spec.sections:
        yield Fault("theory", "sections", "there is none")
    wrong = [n for n, section in enumerate(spec.sections, 1) if not whole_points(section.points)]
    for number in wrong:
        yield Fault(f"S{number}", "points", "a positive number in steps of 0.5 is needed")
    if not wrong:
        yield from _pass_mark_faults(spec.pass_mark, sum(s.count * s.points for s in spec.sections), "theory")


def _pass_mark_faults(pass_mark: Decimal, total: Decimal | int, where: str) -> Iterator[Fault]:
    if not whole_points(pass_mark):
        yield Fault(where, "pass_mark", "a positive number in steps of 0.5 is needed")
    elif pass_mark > total:
        yield Fault(where, "pass_mark", f"{pass_mark} cannot be reached: all points together are {total}")


def _practical_faults(spec: PracticalSpec) -> Iterator[Fault]:
    if not spec.tasks:
        yield Fault("practical", "tasks", "there is none")
    if not 1 <= spec.graders <= MOST_GRADERS:
        yield Fault("practical", "graders", f"1 to {MOST_GRADERS} are needed")
    used = sum(task.minutes for task in spec.tasks)
    if used > spec.minutes:
        yield Fault("practical", "minutes", f"the tasks take {used} minutes, the paper has {spec.minutes}")
    yield from _repeated("practical", "tasks", (task.id for task in spec.tasks))
    yield from _repeated("practical", "equipment", spec.equipment)
    for task in spec.tasks:
        yield from _task_faults(task)
    if all(whole_points(task.points) for task in spec.tasks):
        yield from _pass_mark_faults(spec.pass_mark, sum(task.points for task in spec.tasks), "practical")


def _task_faults(task: TaskSpec) -> Iterator[Fault]:
    if not task.deliverables:
        yield Fault(task.id, "deliverables", "there is none")
    yield from _repeated(task.id, "deliverables", (part.id for part in task.deliverables))
    yield from _repeated(task.id, "materials", (material.id for material in task.materials))
    yield from _repeated(task.id, "materials", (material.name for material in task.materials))
    yield from _repeated(task.id, "rubric", (line.no for line in task.rubric))
    for part in task.deliverables:
        yield from _deliverable_faults(f"{task.id}.{part.id}", part)
    yield from _rubric_faults(task)


def _deliverable_faults(where: str, part: DeliverableSpec) -> Iterator[Fault]:
    if isinstance(part, TableSpec):
        if not part.columns:
            yield Fault(where, "columns", "there is none")
        if part.min_rows > part.max_rows:
            yield Fault(where, "min_rows", f"{part.min_rows} is more than max_rows, {part.max_rows}")
    if isinstance(part, FileSpec) and not part.accept:
        yield Fault(where, "accept", "there is none")


def _rubric_faults(task: TaskSpec) -> Iterator[Fault]:
    known = {part.id for part in task.deliverables} | {""}
    for line in task.rubric:
        if line.deliverable not in known:
            yield Fault(f"{task.id}/{line.no}", "deliverable", f"the task has no {line.deliverable}")
    points = [task.points, *(line.points for line in task.rubric)]
    if not all(whole_points(one) for one in points):
        yield Fault(task.id, "points", "positive numbers in steps of 0.5 are needed")
    elif sum(points[1:]) != task.points:
        yield Fault(task.id, "points", f"the rubric adds up to {sum(points[1:])}, not to {task.points}")


def _repeated(where: str, field: str, names: Iterable[str]) -> Iterator[Fault]:
    return (Fault(where, field, f"{name} {n} times") for name, n in Counter(names).items() if n > 1)
