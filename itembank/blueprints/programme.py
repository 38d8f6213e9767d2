"""The mixed integer programme of all forms, and HiGHS that solves it. Pure.

Feasibility within tolerances: making the largest difference least never ends on problems of this kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from itembank.blueprints.relations import FREE, Relation
from itembank.seeded import permuted

Numbers = NDArray[np.float64]


class Status(StrEnum):
    """How a search ended; `undecided`: the time was over before anything was found or excluded."""

    SOLVED = "solved"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is searched: `relations` hold in each of `forms` forms; `uses` bounds each item over all of them.

    `items` and `stimuli` are their numbers; `overlap` bounds what two forms share beyond the items of `shared`.
    `gain` is the worth of each item, to be made greatest; empty where anything that holds will do.
    """

    items: int
    stimuli: int
    forms: int
    relations: Sequence[Relation]
    uses: Numbers
    overlap: int | None = None
    shared: frozenset[int] = frozenset()
    gain: Numbers | None = None

    @property
    def width(self) -> int:
        """The columns of one form."""
        return self.items + self.stimuli


@dataclass(frozen=True, slots=True)
class Programme:
    """The matrix and the bounds, as `scipy.optimize.milp` takes them."""

    cost: Numbers
    matrix: sparse.csc_array
    low: Numbers
    high: Numbers
    upper: Numbers
    whole: Numbers


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: the columns of each form (forms x width), or none; `gap` of an objective."""

    status: Status
    chosen: Numbers
    gap: float = 0.0


def build(problem: Problem) -> Programme:
    """The programme of a problem: one block a form, then what binds the forms together."""
    one, low, high = stacked(problem.relations, problem.width)
    forms = problem.forms
    rows = [sparse.kron(sparse.eye_array(forms), one)]
    lows, highs = [np.tile(low, forms)], [np.tile(high, forms)]
    bound = np.flatnonzero(problem.uses < forms)
    if len(bound) and forms > 1:
        pick = sparse.csr_array(
            (np.ones(len(bound)), (range(len(bound)), bound)), (len(bound), problem.width)
        )
        rows.append(sparse.kron(np.ones((1, forms)), pick))
        lows.append(np.full(len(bound), -FREE))
        highs.append(problem.uses[bound])
    matrix = sparse.vstack(rows, format="csc")
    upper = np.ones(forms * problem.width)
    upper[np.tile(np.append(problem.uses <= 0, np.zeros(problem.stimuli, bool)), forms)] = 0
    gain = np.zeros(problem.items) if problem.gain is None else problem.gain
    cost = np.tile(np.append(-gain, np.zeros(problem.stimuli)), forms)
    made = Programme(cost, matrix, np.concatenate(lows), np.concatenate(highs), upper, np.ones(len(upper)))
    return made if problem.overlap is None or forms == 1 else _with_overlap(made, problem)


def stacked(relations: Sequence[Relation], width: int) -> tuple[sparse.csr_array, Numbers, Numbers]:
    """The relations as a matrix with its bounds."""
    sizes = [len(one.places) for one in relations]
    rows = np.repeat(np.arange(len(relations)), sizes)
    places = np.concatenate([one.places for one in relations]) if sizes else np.zeros(0, int)
    weights = np.concatenate([one.weights for one in relations]) if sizes else np.zeros(0)
    matrix = sparse.csr_array((weights, (rows, places)), (len(relations), width))
    return matrix, np.array([one.low for one in relations]), np.array([one.high for one in relations])


def _with_overlap(made: Programme, problem: Problem) -> Programme:
    """For each pair of forms a column an item that is 1 where both have it; their sum is bounded."""
    open_items = np.array([n for n in range(problem.items) if n not in problem.shared], dtype=int)
    pairs, size, old = list(combinations(range(problem.forms), 2)), len(open_items), made.matrix.shape[1]
    blocks, sums = [], []
    for at, (a, b) in enumerate(pairs):
        own = old + at * size + np.arange(size)
        rows = np.tile(np.arange(size), 3)
        columns = np.concatenate([a * problem.width + open_items, b * problem.width + open_items, own])
        values = np.concatenate([np.ones(2 * size), -np.ones(size)])
        blocks.append(sparse.csr_array((values, (rows, columns)), (size, old + len(pairs) * size)))
        sums.append(
            sparse.csr_array((np.ones(size), (np.zeros(size, int), own)), (1, old + len(pairs) * size))
        )
    added = len(pairs) * size
    wide = sparse.hstack([made.matrix, sparse.csc_array((made.matrix.shape[0], added))])
    both = np.concatenate([np.ones(added), np.full(len(pairs), float(problem.overlap or 0))])
    return Programme(
        np.append(made.cost, np.zeros(added)),
        sparse.vstack([wide, *blocks, *sums], format="csc"),
        np.append(made.low, np.full(added + len(pairs), -FREE)),
        np.append(made.high, both),
        np.append(made.upper, np.ones(added)),
        np.append(made.whole, np.zeros(added)),
    )


def search(problem: Problem, *, seed: int, seconds: float) -> Found:
    """Forms for which everything holds, or that there are none, or that the time was over.

    The seed deals the items anew to the columns, so that another seed gives other papers.
    """
    made = shuffled(build(problem), problem, seed)
    result = solve(made, seconds)
    if result.x is None:
        status = Status.INFEASIBLE if result.status == 2 else Status.UNDECIDED
        return Found(status, np.zeros((problem.forms, 0)))
    values = np.zeros(len(result.x))
    values[_order(len(result.x), problem, seed)] = result.x
    chosen = values[: problem.forms * problem.width].reshape(problem.forms, problem.width)
    return Found(Status.SOLVED, np.round(chosen), float(getattr(result, "mip_gap", 0.0) or 0.0))


def shuffled(made: Programme, problem: Problem, seed: int) -> Programme:
    """The programme with its columns in the order of the seed."""
    order = _order(len(made.cost), problem, seed)
    return replace(
        made,
        cost=made.cost[order],
        matrix=made.matrix[:, order],
        upper=made.upper[order],
        whole=made.whole[order],
    )


def _order(columns: int, problem: Problem, seed: int) -> NDArray[np.int64]:
    rng = Random(seed)
    items = np.array(permuted(range(problem.items), rng), dtype=np.int64)
    one = np.append(items, np.arange(problem.items, problem.width))
    forms = [one + form * problem.width for form in range(problem.forms)]
    return np.concatenate([*forms, np.arange(problem.forms * problem.width, columns)])


def solve(made: Programme, seconds: float) -> Any:
    """The bare call of the solver; scipy's result."""
    return milp(
        made.cost,
        integrality=made.whole,
        bounds=Bounds(0, made.upper),
        constraints=LinearConstraint(made.matrix, made.low, made.high),
        options={"time_limit": max(0.01, seconds)},
    )
