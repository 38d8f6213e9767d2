"""The Rasch model by conditional maximum likelihood (Andersen 1972), with how well each item fits.

Only items marked all or nothing enter. Candidates and items with everything right or wrong say nothing: left out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.statistics.sheet import Floats, Sheet

# Below it a difficulty is known to no better than about half a logit (Linacre 1994): the page would mislead.
LEAST_CANDIDATES = 100
LEAST_ITEMS = 5
ROUNDS = 200
CLOSE = 1e-7
# The elementary symmetric functions of more items than this outgrow what a double holds.
MOST_ITEMS = 400
FAR = 12.0


@dataclass(frozen=True, slots=True)
class RaschItem:
    """One item: difficulty and its standard error in logits, mean squares of fit (1 is as the model expects)."""

    slot: str
    difficulty: float
    error: float
    infit: float
    outfit: float


@dataclass(frozen=True, slots=True)
class Rasch:
    """The scale, or why there is none (`why`: a code); difficulties sum to 0."""

    items: tuple[RaschItem, ...] = ()
    candidates: int = 0
    left_out: tuple[str, ...] = ()
    why: str | None = None


def rasch(sheet: Sheet, least: int = LEAST_CANDIDATES) -> Rasch:
    """The scale of the sheet's items; `least` candidates with neither everything right nor everything wrong."""
    columns = [at for at in range(len(sheet.slots)) if _all_or_nothing(sheet, at)]
    rows, kept = _informative((sheet.marks[:, columns] > 0).astype(np.int64), columns)
    left = tuple(slot for at, slot in enumerate(sheet.slots) if at not in kept)
    if not LEAST_ITEMS <= len(kept) <= MOST_ITEMS:
        return Rasch(
            left_out=left, why="rasch_too_few_items" if len(kept) < LEAST_ITEMS else "rasch_too_many_items"
        )
    if len(rows) < least:
        return Rasch(candidates=len(rows), left_out=left, why="rasch_too_few_candidates")
    found = _estimate(rows)
    if found is None:
        return Rasch(candidates=len(rows), left_out=left, why="rasch_no_solution")
    difficulty, error = found
    infit, outfit = _fit(rows, difficulty)
    items = (
        RaschItem(sheet.slots[column], *map(float, (difficulty[at], error[at], infit[at], outfit[at])))
        for at, column in enumerate(kept)
    )
    return Rasch(tuple(items), len(rows), left)


def _all_or_nothing(sheet: Sheet, column: int) -> bool:
    marks, full = sheet.marks[:, column], sheet.max_marks[column]
    return bool(full > 0 and np.isin(marks, (0.0, full)).all())


def _informative(rows: NDArray[np.int64], columns: list[int]) -> tuple[NDArray[np.int64], list[int]]:
    """Leaves out what is all right or all wrong, again until nothing of the kind is left."""
    kept = list(columns)
    while rows.size:
        people = (rows.sum(axis=1) > 0) & (rows.sum(axis=1) < rows.shape[1])
        rows = rows[people]
        items = (rows.sum(axis=0) > 0) & (rows.sum(axis=0) < len(rows))
        rows, kept = rows[:, items], [one for one, stays in zip(kept, items, strict=True) if stays]
        if people.all() and items.all():
            break
    return rows, kept if rows.size else []


def _estimate(rows: NDArray[np.int64]) -> tuple[Floats, Floats] | None:
    """Difficulties and standard errors; None when they run away: some items were solved by separate people only."""
    solved, people = rows.sum(axis=0).astype(np.float64), rows.sum(axis=1)
    counts = np.bincount(people, minlength=rows.shape[1] + 1).astype(np.float64)
    difficulty = _centred(np.log((len(rows) - solved) / solved))
    for _ in range(ROUNDS):
        chance = _conditional(difficulty)
        expected, spread = counts @ chance, counts @ (chance * (1 - chance))
        step = np.clip((expected - solved) / spread, -1.0, 1.0)
        difficulty = _centred(difficulty + step)
        if np.abs(difficulty).max() > FAR:
            return None
        if np.abs(step).max() < CLOSE:
            return difficulty, np.sqrt(1 / spread)
    return None


def _centred(values: Floats) -> Floats:
    centred: Floats = values - values.mean()
    return centred


def _conditional(difficulty: Floats) -> Floats:
    """`[score, item]`: the chance of the item given the score, by the elementary symmetric functions of the others.

    All terms are positive, so that nothing cancels however many items there are.
    """
    ease = np.exp(-difficulty)
    size = len(ease)
    without = np.zeros((size, size))
    without[:, 0] = 1.0
    for other in range(size):
        others = np.arange(size) != other
        without[others, 1:] += ease[other] * without[others, :-1]
    chance = np.zeros((size + 1, size))
    for score in range(1, size + 1):
        with_item = ease * without[:, score - 1]
        not_item = without[:, score] if score < size else 0.0
        chance[score] = with_item / (with_item + not_item)
    return chance


def _fit(rows: NDArray[np.int64], difficulty: Floats) -> tuple[Floats, Floats]:
    """Mean squares: infit weighted by information, outfit plain, at each score's ability."""
    ability = np.array([_ability(score, difficulty) for score in range(1, len(difficulty))])
    expected = 1 / (1 + np.exp(difficulty - ability[rows.sum(axis=1) - 1][:, None]))
    spread = expected * (1 - expected)
    squares = (rows - expected) ** 2
    return squares.sum(axis=0) / spread.sum(axis=0), (squares / spread).mean(axis=0)


def _ability(score: int, difficulty: Floats) -> float:
    """Where the expected score is `score`: Newton's steps, held short."""
    ability = float(np.log(score / (len(difficulty) - score)))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(difficulty - ability))
        step = float((score - chance.sum()) / (chance * (1 - chance)).sum())
        ability += min(max(step, -1.0), 1.0)
        if abs(step) < CLOSE:
            break
    return ability
