"""The statistics of papers after their day: the list, one paper's report, and giving it back to the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from examserver.kernel import clock
from examserver.kernel.access import NotAllowed
from examserver.kernel.http import actor_of
from scoring.selectors.statistics import Asked, SatPaper, sat_paper, sat_papers
from scoring.services.statistics import DayReport, day_report, record_day_statistics
from scoring.statistics import charts, rasch
from scoring.statistics.flags import FEW, Severity
from scoring.statistics.report import ItemReport

ORDERS = ("number", "facility", "discrimination")


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the page: what was asked, what the marks say, its picture."""

    asked: Asked
    item: ItemReport
    curve: charts.Curve
    voided: bool

    @property
    def pressing(self) -> bool:
        """Whether one of its flags is to be acted on."""
        return any(flag.severity is Severity.ACT for flag in self.item.flags)


@require_GET
def statistics_list(request: HttpRequest) -> HttpResponse:
    """Every paper and day that has scores."""
    return render(request, "scoring/statistics_list.html", {"papers": sat_papers(), "few": FEW})


@require_GET
def statistics_paper(request: HttpRequest, day: str, paper: int) -> HttpResponse:
    """One paper's day: flags first, then the paper, then item by item; `?order=` sorts the items."""
    sat = _sat(day, paper)
    try:
        found = day_report(sat)
    except NotAllowed:
        return render(request, "scoring/statistics_waits.html", {"sat": sat}, status=409)
    order = request.GET.get("order", "")
    return render(
        request, "scoring/statistics.html", _context(found, order if order in ORDERS else ORDERS[0])
    )


@require_POST
def statistics_record(request: HttpRequest, day: str, paper: int) -> HttpResponse:
    """Give the figures back to the bank."""
    sat = _sat(day, paper)
    try:
        known = record_day_statistics(sat=sat, actor=actor_of(request), now=clock.now())
    except NotAllowed as refusal:
        messages.error(request, gettext(f"error.{refusal.code}"))
    else:
        messages.success(request, gettext("statistics.recorded").format(count=known))
    return redirect("statistics_paper", sat.day.isoformat(), sat.paper_id)


def _sat(day: str, paper: int) -> SatPaper:
    try:
        found = sat_paper(date.fromisoformat(day), paper)
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _context(found: DayReport, order: str) -> dict[str, Any]:
    full = found.report.paper.maxmark
    lines = [
        Line(asked, one, charts.item_curve(one.curve, full), asked.id in found.voided)
        for asked, one in zip(found.asked, found.report.items, strict=True)
    ]
    return {
        "sat": found.sat,
        "report": found.report,
        "paper": found.report.paper,
        "lines": _ordered(lines, order),
        "flagged": sorted((one for one in lines if one.item.flags), key=lambda one: not one.pressing),
        "histogram": charts.histogram(found.report.distribution),
        "order": order,
        "orders": ORDERS,
        "few": FEW,
        "least_rasch": rasch.LEAST_CANDIDATES,
    }


def _ordered(lines: Sequence[Line], order: str) -> list[Line]:
    """The lowest first: that is where to look; items without the figure come last."""
    if order == "number":
        return list(lines)
    name = "facility" if order == "facility" else "discriminationindex"
    return sorted(lines, key=lambda one: _last(getattr(one.item.figures, name)))


def _last(value: float | None) -> tuple[bool, float]:
    return value is None, value or 0.0
