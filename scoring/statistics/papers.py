"""Figures of a whole paper: mean, spread, shape, internal consistency, standard error; as Moodle computes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from scoring.statistics.items import ItemFigures
from scoring.statistics.sheet import Floats, Sheet, spread_out


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """All of a paper, in points; cic (Cronbach's alpha) and errorratio in percent; `why` names what is missing."""

    s: int
    maxmark: float
    mean: float | None = None
    median: float | None = None
    firstattemptscount: int = 0
    firstattemptsavg: float | None = None
    standarddeviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    cic: float | None = None
    errorratio: float | None = None
    standarderror: float | None = None
    why: Mapping[str, str] = field(default_factory=dict)


def paper_figures(sheet: Sheet, items: Iterable[ItemFigures]) -> PaperFigures:
    """The paper's figures; `items` as item_figures(sheet) gives them."""
    totals, full = sheet.totals, float(sheet.max_marks.sum())
    if not totals.size:
        return PaperFigures(0, full, why=dict.fromkeys((*_CENTRE, *_SHAPE, *_TRUST), "no_candidates"))
    slots = [one for one in items if one.subqname is None and one.variant is None]
    shape = _shape(totals)
    trust = _trust(totals, slots, shape.get("standarddeviation"))
    return PaperFigures(
        int(totals.size),
        full,
        float(totals.mean()),
        float(np.median(totals)),
        int(sheet.firsts.sum()),
        float(totals[sheet.firsts].mean()) if sheet.firsts.any() else None,
        **shape,
        **trust,
        why=_reasons(totals, slots, {**shape, **trust}),
    )


def _shape(totals: Floats) -> dict[str, float]:
    """Standard deviation, skewness and kurtosis by k-statistics, as far as the number of candidates allows."""
    s = int(totals.size)
    if s < 2:
        return {}
    away = totals - totals.mean()
    m2, m3, m4 = (float(np.mean(away**power)) for power in (2, 3, 4))
    k2 = s * m2 / (s - 1)
    found = {"standarddeviation": sqrt(k2) if spread_out(totals) else 0.0}
    if s > 2 and spread_out(totals):
        k3 = s * s * m3 / ((s - 1) * (s - 2))
        found["skewness"] = k3 / k2**1.5
    if s > 3 and spread_out(totals):
        k4 = s * s * ((s + 1) * m4 - 3 * (s - 1) * m2 * m2) / ((s - 1) * (s - 2) * (s - 3))
        found["kurtosis"] = k4 / (k2 * k2)
    return found


def _trust(totals: Floats, slots: list[ItemFigures], sd: float | None) -> dict[str, float]:
    """Internal consistency and what follows from it; Moodle gives them from three candidates and two items."""
    p = len(slots)
    if totals.size < 3 or p < 2 or not sd:
        return {}
    inside = sum(one.markvariance or 0.0 for one in slots)
    cic = 100 * p / (p - 1) * (1 - inside / sd**2)
    ratio = 100 * sqrt(max(0.0, 1 - cic / 100))
    return {"cic": cic, "errorratio": ratio, "standarderror": ratio * sd / 100}


def _reasons(totals: Floats, slots: list[ItemFigures], found: Mapping[str, float]) -> dict[str, str]:
    missing = [name for name in (*_SHAPE, *_TRUST) if name not in found]
    return {name: _reason(name, totals, slots) for name in missing}


def _reason(name: str, totals: Floats, slots: list[ItemFigures]) -> str:
    if totals.size < _LEAST[name]:
        return "too_few_candidates"
    return "one_item" if name in _TRUST and len(slots) < 2 else "totals_equal"


_CENTRE = ("mean", "median", "firstattemptsavg")
_SHAPE = ("standarddeviation", "skewness", "kurtosis")
_TRUST = ("cic", "errorratio", "standarderror")
_LEAST = {
    "standarddeviation": 2,
    "skewness": 3,
    "kurtosis": 4,
    "cic": 3,
    "errorratio": 3,
    "standarderror": 3,
}
