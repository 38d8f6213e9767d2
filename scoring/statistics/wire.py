"""Figures as JSON: Moodle's names, None where there is no figure, never NaN."""

from collections.abc import Iterable
from dataclasses import asdict
from math import isfinite
from typing import Any

from scoring.statistics.items import ItemFigures
from scoring.statistics.papers import PaperFigures


def item_json(item: ItemFigures) -> dict[str, Any]:
    """One row, with the columns of Moodle's table and the reasons for what is missing."""
    data = {**asdict(item), "negcovar": item.negcovar, "why": dict(item.why)}
    slot = int(item.slot) if item.slot.isascii() and item.slot.isdigit() else item.slot
    return {**_finite(data), "slot": slot}


def paper_json(paper: PaperFigures) -> dict[str, Any]:
    """The paper's figures, also under the names that Moodle's table has for all attempts."""
    data = {**asdict(paper), "why": dict(paper.why)}
    return {**_finite(data), "allattemptscount": paper.s, "allattemptsavg": paper.mean}


def report_json(items: Iterable[ItemFigures], paper: PaperFigures) -> dict[str, Any]:
    """`{"items": [...], "paper": {...}}`."""
    return {"items": [item_json(one) for one in items], "paper": paper_json(paper)}


def _finite(data: dict[str, Any]) -> dict[str, Any]:
    """The data as it is; ValueError for a number that JSON has no word for: that would be a fault of ours."""
    for name, value in data.items():
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(f"{name} is {value}")
    return data
