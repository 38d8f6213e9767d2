"""The marks of an exam: candidates by slots, with what was in the slots and who had which variant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Sums of marks carry rounding; two totals that differ by less are the same total.
SAME = 1e-9


class BadSheet(ValueError):
    """Marks that no statistics can be made from; `code` names the fault, `where` the row, column or file."""

    def __init__(self, code: str, where: str = "", value: str = "") -> None:
        super().__init__(": ".join(part for part in (where, code, value) if part))
        self.code, self.where, self.value = code, where, value


@dataclass(frozen=True, slots=True)
class Sheet:
    """`marks[candidate, slot]`, NaN where a candidate has none; `totals` in points, one a candidate.

    `drawn` says for slots that were filled at random which question each candidate had, `variants` which variant;
    `question_max` holds the full mark of such questions; `firsts` is true for a candidate's first attempt.
    """

    slots: tuple[str, ...]
    max_marks: Floats
    marks: Floats
    totals: Floats
    firsts: NDArray[np.bool_]
    drawn: Mapping[int, Sequence[str]] = field(default_factory=dict)
    variants: Mapping[int, Sequence[int]] = field(default_factory=dict)
    question_max: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """BadSheet unless all shapes agree and every mark is a number or missing."""
        candidates, slots = self.marks.shape
        if slots != len(self.slots) or self.max_marks.shape != (slots,):
            raise BadSheet("slots_differ")
        if self.totals.shape != (candidates,) or self.firsts.shape != (candidates,):
            raise BadSheet("candidates_differ")
        if np.isinf(self.marks).any() or not np.isfinite(self.totals).all():
            raise BadSheet("not_finite")
        if not np.isfinite(self.max_marks).all() or (self.max_marks < 0).any():
            raise BadSheet("full_mark_below_nought")

    @property
    def candidates(self) -> int:
        """How many attempts there are."""
        return int(self.marks.shape[0])


def sheet_of(
    slots: Sequence[str], marks: Floats, max_marks: Floats | None = None, totals: Floats | None = None
) -> Sheet:
    """A plain sheet: every column one item; totals are the sums of the marks that are there."""
    rows = np.asarray(marks, dtype=np.float64).reshape(-1, len(slots))
    full = highest(rows) if max_marks is None else np.asarray(max_marks, dtype=np.float64)
    sums = np.nansum(rows, axis=1) if totals is None else np.asarray(totals, dtype=np.float64)
    return Sheet(tuple(slots), full, rows, sums, np.ones(len(rows), dtype=np.bool_))


def highest(marks: Floats) -> Floats:
    """The highest mark that anybody has in each column, 0 where nobody has one."""
    filled: Floats = np.where(np.isnan(marks), -np.inf, marks).max(axis=0, initial=-np.inf)
    return np.where(np.isfinite(filled), filled, 0.0)


def spread_out(values: Floats) -> bool:
    """Whether the values differ by more than rounding."""
    if values.size < 2:
        return False
    return bool(np.ptp(values) > SAME * max(1.0, float(np.abs(values).max())))
