"""Finds forms one after the other, each beside the average of all that are still to come. Pure.

The average (without whole numbers) keeps the early forms from taking what the last ones need: van der Linden's
shadow test. Each step is a problem of two forms, so this is much faster than all forms at once; where a step
fails, that proves nothing, and all forms are searched at once.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
from scipy import sparse

from itembank.blueprints.programme import Found, Numbers, Problem, Programme, Status, search, solve, stacked
from itembank.blueprints.relations import FREE
from itembank.seeded import permuted

A_STEP_SECONDS = 10.0
SAMPLE = 2000
SMALL_RULE = 50
STEPWISE_SHARE = 0.5  # of the time; the rest is for all forms at once


def find(problem: Problem, *, seed: int, seconds: float) -> Found:
    """As `programme.search`, first form by form where neither an objective nor an overlap binds all of them."""
    simple = problem.forms > 1 and problem.overlap is None and problem.gain is None
    budget = STEPWISE_SHARE * seconds if simple else 0.0
    for narrowed in _narrowed(problem, seed) if simple else ():
        chosen = _steps(narrowed, Random(seed), budget / 2)
        if chosen is not None:
            return Found(Status.SOLVED, chosen)
    return search(problem, seed=seed, seconds=seconds - budget)


def _narrowed(problem: Problem, seed: int) -> Iterator[Problem]:
    """A large bank first by a sample of the seed (with all that small rules ask for), then whole."""
    if problem.items > SAMPLE and not problem.stimuli:
        asked = [one.places for one in problem.relations if one.low > 0 and len(one.places) <= SMALL_RULE]
        drawn = permuted(range(problem.items), Random(seed))[:SAMPLE]
        kept = np.unique(np.concatenate([drawn, *asked]).astype(np.int64))
        uses = np.zeros(problem.items)
        uses[kept] = problem.uses[kept]
        yield replace(problem, uses=uses)
    yield problem


def _steps(problem: Problem, rng: Random, seconds: float) -> Numbers | None:
    left, rows = problem.uses.copy(), []
    limit = min(A_STEP_SECONDS, seconds / problem.forms)
    for number in range(problem.forms):
        waiting = problem.forms - number - 1
        row = _step(replace(problem, uses=left), waiting, rng, limit)
        if row is None:
            return None
        rows.append(row)
        left = left - row[: problem.items]
    return np.array(rows)


def _step(problem: Problem, waiting: int, rng: Random, seconds: float) -> Numbers | None:
    order = np.array(permuted(range(problem.items), rng), dtype=np.int64)
    order = np.append(order, np.arange(problem.items, problem.width))
    made = _beside_average(problem, waiting)
    both = np.append(order, problem.width + order) if waiting else order
    dealt = replace(made, matrix=made.matrix[:, both], upper=made.upper[both], whole=made.whole[both])
    result = solve(dealt, seconds)
    if result.x is None:
        return None
    row = np.zeros(problem.width)
    row[order] = np.round(result.x[: problem.width])
    return row


def _beside_average(problem: Problem, waiting: int) -> Programme:
    """One form in whole numbers, the average of the `waiting` ones without, and the uses that both may take."""
    one, low, high = stacked(problem.relations, problem.width)
    items, width = problem.items, problem.width
    upper = np.append(np.clip(problem.uses, 0, 1), np.ones(problem.stimuli))
    if not waiting:
        return Programme(np.zeros(width), sparse.csc_array(one), low, high, upper, np.ones(width))
    eye = sparse.eye_array(items, width)
    rows = [sparse.kron(sparse.eye_array(2), one), sparse.hstack([eye, waiting * eye])]
    average = np.append(np.clip(problem.uses / waiting, 0, 1), np.ones(problem.stimuli))
    return Programme(
        np.zeros(2 * width),
        sparse.vstack(rows, format="csc"),
        np.concatenate([low, low, np.full(items, -FREE)]),
        np.concatenate([high, high, problem.uses]),
        np.append(upper, average),
        np.append(np.ones(width), np.zeros(width)),
    )
