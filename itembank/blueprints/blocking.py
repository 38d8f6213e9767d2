"""Names the rules that make a blueprint impossible: a smallest set that cannot hold together, and what is missing.

First the average of all forms is tried without whole numbers, which takes milliseconds; where that finds nothing, one
form in whole numbers, then all of them.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from itembank.blueprints.programme import Numbers, Problem, Programme, build, solve, stacked
from itembank.blueprints.relations import FREE, Relation

MAX_USE, OVERLAP = "max_use", "overlap"
A_TRY_SECONDS = 5.0
INFEASIBLE = 2
LITTLE = 1e-6


@dataclass(frozen=True, slots=True)
class Blocking:
    """A rule of the conflict: what it wants, and what is possible while all other rules hold; None: nothing yet.

    `side` is "min" or "max"; for `max_use` it is the number of forms an item may stand in.
    """

    rule: str
    side: str
    wanted: float
    possible: float | None


def blocking(problem: Problem, *, seconds: float) -> tuple[Blocking, ...]:
    """The rules of one conflict; empty when none was proved within `seconds`."""
    tries = max(1, int(seconds / A_TRY_SECONDS))
    for impossible in (_averaged_impossible, _single_impossible, _impossible):
        if impossible(problem):
            conflict = _smallest(problem, impossible, tries if impossible is _impossible else 10_000)
            return tuple(_described(problem, rule) for rule in conflict)
    return ()


def _smallest(problem: Problem, impossible: Callable[[Problem], bool], tries: int) -> list[str]:
    """The deletion filter: what can be left out without making it possible is no part of the conflict."""
    kept = _rules(problem)
    for rule in list(kept)[:tries]:
        rest = [one for one in kept if one != rule]
        if impossible(_only(problem, rest)):
            kept = rest
    return kept


def _rules(problem: Problem) -> list[str]:
    """What is named last is kept most readily: limits of use and lengths explain less than a single rule does."""
    limits = [MAX_USE] if np.any(problem.uses < problem.forms) else []
    limits += [OVERLAP] if problem.overlap is not None else []
    first = [*limits, *dict.fromkeys(one.rule for one in problem.relations)]
    return sorted(first, key=lambda rule: rule not in ("stimuli", "enemies", "sections", "length"))


def _only(problem: Problem, rules: Collection[str]) -> Problem:
    wanted = set(rules)
    return replace(
        problem,
        relations=[one for one in problem.relations if one.rule in wanted],
        uses=problem.uses if MAX_USE in wanted else np.full(problem.items, float(problem.forms)),
        overlap=problem.overlap if OVERLAP in wanted else None,
        gain=None,
    )


def averaged(problem: Problem) -> Programme:
    """The mean of all forms: every relation holds for it, and an item weighs no more than its use allows."""
    matrix, low, high = stacked(problem.relations, problem.width)
    upper = np.append(np.clip(problem.uses / problem.forms, 0, 1), np.ones(problem.stimuli))
    width = problem.width
    return Programme(np.zeros(width), sparse.csc_array(matrix), low, high, upper, np.zeros(width))


def _averaged_impossible(problem: Problem) -> bool:
    return bool(solve(averaged(problem), A_TRY_SECONDS).status == INFEASIBLE)


def _single_impossible(problem: Problem) -> bool:
    one = replace(problem, forms=1, uses=np.minimum(problem.uses, 1), gain=None)
    return bool(solve(build(one), A_TRY_SECONDS).status == INFEASIBLE)


def _impossible(problem: Problem) -> bool:
    return bool(solve(build(problem), A_TRY_SECONDS).status == INFEASIBLE)


def _described(problem: Problem, rule: str) -> Blocking:
    if rule == MAX_USE:
        return _use_described(problem)
    if rule == OVERLAP:
        return Blocking(OVERLAP, "max", float(problem.overlap or 0), None)
    found = min(_shortfalls(problem, rule), key=lambda one: one[0], default=(0.0, None))
    relation = found[1] or next(one for one in problem.relations if one.rule == rule)
    side = "min" if found[1] is None and relation.low > -FREE else _side(problem, relation)
    wanted = relation.low if side == "min" else relation.high
    if found[1] is None:
        return Blocking(rule, side, wanted, None)
    return Blocking(rule, side, wanted, round(wanted - found[0] if side == "min" else wanted + found[0], 6))


def _use_described(problem: Problem) -> Blocking:
    most = float(problem.uses.max(initial=0))
    for use in range(int(most) + 1, problem.forms + 1):
        wider = replace(problem, uses=np.where(problem.uses > 0, np.maximum(problem.uses, use), 0))
        if not _averaged_impossible(wider):
            return Blocking(MAX_USE, "max", most, float(use))
    return Blocking(MAX_USE, "max", most, None)


def _shortfalls(problem: Problem, rule: str) -> Iterator[tuple[float, Relation]]:
    """By how much the rule's worst relation misses when all other rules hold; nothing when they cannot hold either."""
    own = [one for one in problem.relations if one.rule == rule]
    others = [one for one in problem.relations if one.rule != rule]
    slack = _elastic(replace(problem, relations=others), own)
    if slack is not None and len(slack):
        worst = int(np.argmax(slack))
        yield float(slack[worst]), own[worst]


def _elastic(problem: Problem, own: Sequence[Relation]) -> Numbers | None:
    """The least slack that each of `own` needs beside the problem's relations; None when they cannot hold."""
    base = averaged(problem)
    matrix, low, high = stacked(own, problem.width)
    size = len(own)
    eye = sparse.eye_array(size)
    widened = Programme(
        np.concatenate([base.cost, np.ones(2 * size)]),
        sparse.csc_array(
            sparse.block_array([[base.matrix, sparse.csc_array((base.matrix.shape[0], 2 * size))],
                                [matrix, sparse.hstack([eye, -eye])]])
        ),
        np.append(base.low, low),
        np.append(base.high, high),
        np.append(base.upper, np.full(2 * size, FREE)),
        np.zeros(problem.width + 2 * size),
    )  # fmt: skip
    result = solve(widened, A_TRY_SECONDS)
    if result.x is None:
        return None
    parts = result.x[problem.width :]
    slack: Numbers = parts[:size] + parts[size:]
    return np.where(slack > LITTLE, slack, 0)


def _side(problem: Problem, relation: Relation) -> str:
    """Which bound stands against the other rules: the one that the best without this rule does not reach."""
    others = replace(problem, relations=[one for one in problem.relations if one.rule != relation.rule])
    result = solve(averaged(others), A_TRY_SECONDS)
    if result.x is None or relation.low == -FREE:
        return "min" if relation.high == FREE else "max"
    value = float(result.x[relation.places] @ relation.weights)
    return "min" if value < relation.low - LITTLE or relation.high == FREE else "max"
