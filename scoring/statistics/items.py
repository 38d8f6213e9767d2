"""Classical figures of one item, exactly as Moodle's quiz statistics compute them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scoring.statistics.sheet import Floats, Sheet, spread_out

Reasons = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One slot, or a question or variant within it. Facility and weights as Moodle: facility 0..1, the rest in percent.

    `s` counts the marks; `why` names for each figure that is None the reason.
    """

    slot: str
    subqname: str | None
    variant: int | None
    s: int
    maxmark: float
    markaverage: float | None = None
    othermarkaverage: float | None = None
    facility: float | None = None
    sd: float | None = None
    intendedweight: float | None = None
    effectiveweight: float | None = None
    covariance: float | None = None
    markvariance: float | None = None
    othermarkvariance: float | None = None
    discriminationindex: float | None = None
    covariancemax: float | None = None
    discriminativeefficiency: float | None = None
    covariancewithoverallmark: float | None = None
    why: Reasons = field(default_factory=dict)

    @property
    def negcovar(self) -> bool:
        """Whether the item goes against the paper's total, so that it has no effective weight."""
        return self.covariancewithoverallmark is not None and self.covariancewithoverallmark < 0


@dataclass(frozen=True, slots=True)
class _Group:
    """The marks of some candidates on one thing, what else each of them got, and all their totals."""

    marks: Floats
    others: Floats
    overall: Floats


def item_figures(sheet: Sheet) -> tuple[ItemFigures, ...]:
    """Every slot in order, each followed by its questions (where drawn at random) and its variants."""
    slots = [_slot(sheet, column) for column in range(len(sheet.slots))]
    weighted = _weighted(slots)
    return tuple(
        one for column, slot in enumerate(weighted) for one in (slot, *_inside(sheet, column, slot.maxmark))
    )


def _slot(sheet: Sheet, column: int) -> ItemFigures:
    blank = ItemFigures(sheet.slots[column], None, None, 0, float(sheet.max_marks[column]))
    return _figured(blank, _group(sheet, column, ~np.isnan(sheet.marks[:, column]), whole=False))


def _inside(sheet: Sheet, column: int, maxmark: float) -> Iterator[ItemFigures]:
    """Questions are set against the whole total, variants against the rest of it: so does Moodle."""
    there = ~np.isnan(sheet.marks[:, column])
    name = sheet.slots[column]
    drawn = np.asarray(sheet.drawn.get(column, ()), dtype=object)
    for question in sorted(set(drawn[there])) if drawn.size else ():
        full = sheet.question_max.get(question, maxmark)
        chosen = there & (drawn == question)
        yield _figured(ItemFigures(name, question, None, 0, full), _group(sheet, column, chosen, whole=True))
    variants = np.asarray(sheet.variants.get(column, ()))
    found = sorted({int(one) for one in variants[there]}) if variants.size and not drawn.size else []
    for variant in found if len(found) > 1 else ():
        chosen = there & (variants == variant)
        yield _figured(
            ItemFigures(name, None, variant, 0, maxmark), _group(sheet, column, chosen, whole=False)
        )


def _group(sheet: Sheet, column: int, chosen: NDArray[np.bool_], *, whole: bool) -> _Group:
    marks, totals = sheet.marks[chosen, column], sheet.totals[chosen]
    overall = totals - (sheet.totals.mean() if sheet.candidates else 0.0)
    return _Group(marks, totals if whole else totals - marks, overall)


def _figured(blank: ItemFigures, group: _Group) -> ItemFigures:
    count = int(group.marks.size)
    if count == 0:
        return replace(blank, why=dict.fromkeys(_ALL, "no_marks"))
    mean = float(group.marks.mean())
    averages = replace(
        blank,
        s=count,
        markaverage=mean,
        othermarkaverage=float(group.others.mean()),
        facility=mean / blank.maxmark if blank.maxmark else None,
        why={} if blank.maxmark else {"facility": "no_maximum"},
    )
    if count == 1:
        return replace(averages, why={**averages.why, **dict.fromkeys(_SPREAD, "one_candidate")})
    return _correlated(averages, group)


def _correlated(item: ItemFigures, group: _Group) -> ItemFigures:
    marks, others = group.marks - group.marks.mean(), group.others - group.others.mean()
    free = group.marks.size - 1
    flat, level = not spread_out(group.marks), not spread_out(group.others)
    variance, rest = 0.0 if flat else marks @ marks / free, 0.0 if level else others @ others / free
    covariance = 0.0 if flat or level else float(marks @ others / free)
    most = 0.0 if flat or level else float(np.sort(marks) @ np.sort(others) / free)
    usable = bool(variance and rest)
    reason = "all_marks_equal" if flat else "all_others_equal"
    why = {} if usable else {"discriminationindex": reason, "discriminativeefficiency": reason}
    return replace(
        item,
        sd=sqrt(variance),
        markvariance=float(variance),
        othermarkvariance=float(rest),
        covariance=covariance,
        covariancemax=most,
        covariancewithoverallmark=0.0 if flat else float(marks @ group.overall / free),
        discriminationindex=100 * covariance / sqrt(variance * rest) if usable else None,
        discriminativeefficiency=100 * covariance / most if usable and most else None,
        why={**item.why, **why},
    )


def _weighted(slots: list[ItemFigures]) -> list[ItemFigures]:
    """Intended weight: share of the full marks; effective weight: share of the spread of totals."""
    full = sum(one.maxmark for one in slots)
    whole = sum(sqrt(max(one.covariancewithoverallmark or 0.0, 0.0)) for one in slots)
    return [_weigh(one, full, whole) for one in slots]


def _weigh(one: ItemFigures, full: float, whole: float) -> ItemFigures:
    intended = 100 * one.maxmark / full if full else None
    if one.negcovar:
        return replace(
            one, intendedweight=intended, why={**one.why, "effectiveweight": "negative_covariance"}
        )
    if not whole:
        return replace(one, intendedweight=intended, why={**one.why, "effectiveweight": "totals_equal"})
    share = 100 * sqrt(one.covariancewithoverallmark or 0.0) / whole
    return replace(one, intendedweight=intended, effectiveweight=share)


_SPREAD = (
    "sd",
    "covariance",
    "markvariance",
    "othermarkvariance",
    "discriminationindex",
    "covariancemax",
    "discriminativeefficiency",
    "covariancewithoverallmark",
)
_ALL = ("markaverage", "othermarkaverage", "facility", *_SPREAD)
