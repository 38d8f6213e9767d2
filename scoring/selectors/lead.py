"""What the grading lead sees: progress, differences above the threshold, how each grader spreads marks."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from examserver.kernel.access import Actor
from examserver.people.selectors import display_name
from scoring import reconcile
from scoring.models import GradingTask
from scoring.points import parse_points
from scoring.selectors.queue import VOID, Pile, piles, task_data
from scoring.states import GradingState

BINS = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """Two graders who are too far apart: the work's third slot, their totals, what was allowed."""

    code: str
    title: str
    title_en: str
    totals: tuple[Decimal, ...]
    gap: Decimal
    allowed: Decimal
    of: Decimal
    state: str
    mine: bool
    takeable: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How one grader marks one task: how many, the mean in percent of its points, a histogram of ten bins."""

    grader: str
    task: str
    title: str
    title_en: str
    count: int
    mean_percent: float
    bins: tuple[int, ...]
    highest: int


@dataclass(frozen=True, slots=True)
class LeadPage:
    """All that the lead's page shows; works are codes here too, graders are names."""

    piles: tuple[Pile, ...]
    differences: tuple[Difference, ...]
    spreads: tuple[Spread, ...]


def lead_page(actor: Actor) -> LeadPage:
    """The page for the grading lead `actor`."""
    return LeadPage(piles(actor), _differences(actor), _spreads())


def _differences(actor: Actor) -> tuple[Difference, ...]:
    thirds = GradingTask.objects.filter(third=True).exclude(sitting__state__in=VOID)
    open_first = thirds.select_related("sitting__paper__key").order_by("done_at", "opened_at", "code")
    return tuple(_difference(third, actor) for third in open_first)


def _difference(third: GradingTask, actor: Actor) -> Difference:
    paper = third.sitting.paper
    slots = list(
        GradingTask.objects.filter(sitting_id=third.sitting_id, task=third.task, third=False).order_by("slot")
    )
    totals = tuple(slot.total for slot in slots if slot.total is not None)
    of = parse_points(str(paper.key.keys[third.task]["points"]))
    task = task_data(paper.content["tasks"], third.task)
    is_open = third.state == GradingState.OPEN
    return Difference(
        code=third.code,
        title=task["title"],
        title_en=task.get("title_en", ""),
        totals=totals,
        gap=max(totals) - min(totals),
        allowed=of * reconcile.read_policy(paper.policy).max_gap_percent / 100,
        of=of,
        state=third.state,
        mine=third.grader_id == actor.id,
        takeable=is_open and all(slot.grader_id != actor.id for slot in slots),
    )


def _spreads() -> tuple[Spread, ...]:
    done = GradingTask.objects.filter(state=GradingState.DONE).select_related("sitting__paper__key")
    groups: dict[tuple[int, int, str], list[GradingTask]] = defaultdict(list)
    for row in done.order_by("sitting__paper_id", "task", "grader_id"):
        groups[row.sitting.paper_id, row.grader_id or 0, row.task].append(row)
    return tuple(_spread(rows) for rows in groups.values())


def _spread(rows: list[GradingTask]) -> Spread:
    first = rows[0]
    paper = first.sitting.paper
    of = parse_points(str(paper.key.keys[first.task]["points"]))
    percents = [float(row.total / of * 100) for row in rows if row.total is not None]
    bins = [0] * BINS
    for percent in percents:
        bins[min(int(percent // BINS), BINS - 1)] += 1
    task = task_data(paper.content["tasks"], first.task)
    return Spread(
        grader=display_name(first.grader_id or 0),
        task=first.task,
        title=task["title"],
        title_en=task.get("title_en", ""),
        count=len(rows),
        mean_percent=fmean(percents),
        bins=tuple(bins),
        highest=max(bins),
    )
