"""From blueprint and bank to parallel forms: programme, search, order, and the check by somebody else. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy
from numpy.typing import NDArray

from itembank.blueprints import arranging
from itembank.blueprints.banks import Bank
from itembank.blueprints.blocking import Blocking, averaged, blocking
from itembank.blueprints.information import information
from itembank.blueprints.masks import numbers
from itembank.blueprints.programme import Problem, Programme, Status, solve
from itembank.blueprints.relations import (
    FREE,
    Relation,
    group,
    information_relations,
    information_table,
    relations,
)
from itembank.blueprints.specification import Blueprint, Include, Information, Objective
from itembank.blueprints.stepwise import find
from itembank.blueprints.validation import Check, validate

Numbers = NDArray[np.float64]


class Invalid(RuntimeError):
    """The independent check found a rule that the solver's papers break; the papers are thrown away."""

    code = "assembly_invalid"


@dataclass(frozen=True, slots=True)
class Form:
    """A paper: the ids of its items section by section, its information at each theta, its orders for neighbours."""

    sections: tuple[tuple[str, ...], ...]
    information: tuple[float, ...]
    variants: dict[str, list[list[str]]]

    @property
    def items(self) -> tuple[str, ...]:
        """All items in order."""
        return tuple(one for section in self.sections for one in section)


@dataclass(frozen=True, slots=True)
class Assembly:
    """What came out, and all that is needed to come to it again; `target` is what forms were compared with."""

    status: Status
    seed: int
    solver: str
    time_limit_s: float
    forms: tuple[Form, ...] = ()
    target: tuple[float, ...] = ()
    gap: float = 0.0
    checks: tuple[Check, ...] = ()
    blocking: tuple[Blocking, ...] = ()


SOLVER = f"HiGHS, scipy {scipy.__version__}"


def assemble_forms(blueprint: Blueprint, bank: Bank, seed: int | None = None) -> Assembly:
    """The forms of a blueprint, or the rules that stand against them; BadBlueprint, Invalid.

    `seed` replaces the blueprint's own.
    """
    used = blueprint.seed if seed is None else seed
    problem, target = problem_of(blueprint, bank)
    blank = Assembly(Status.INFEASIBLE, used, SOLVER, blueprint.time_limit_s, target=target)
    if problem is None:
        return replace(blank, blocking=_blocking(blueprint, bank))
    found = find(problem, seed=used, seconds=blueprint.time_limit_s)
    if found.status is Status.INFEASIBLE:
        return replace(blank, blocking=blocking(problem, seconds=blueprint.time_limit_s))
    if found.status is Status.UNDECIDED:
        return replace(blank, status=Status.UNDECIDED)
    forms = tuple(_form(blueprint, bank, row, used + n) for n, row in enumerate(found.chosen))
    checks = validate(blueprint, bank, [form.sections for form in forms], target)
    if broken := [one for one in checks if not one.holds]:
        raise Invalid(f"{len(broken)} checks failed, the first: {broken[0]}")
    return replace(blank, status=Status.SOLVED, forms=forms, gap=found.gap, checks=checks)


def problem_of(blueprint: Blueprint, bank: Bank) -> tuple[Problem | None, tuple[float, ...]]:
    """The problem with its information target; no problem when not even the average of the forms is possible."""
    problem = _without_information(blueprint, bank)
    wanted = blueprint.information
    if wanted is None:
        return problem, ()
    table = information_table(wanted, bank)
    if wanted.min or wanted.max:
        rows = information_relations(
            table, wanted.min or (0.0,) * table.shape[1], wanted.max or (FREE,) * table.shape[1]
        )
        problem = replace(problem, relations=[*problem.relations, *rows])
    if wanted.target or wanted.min or wanted.max:
        target = wanted.target
    else:
        chosen = _reachable(problem, table)
        if chosen is None:
            return None, ()
        target = tuple(float(one) for one in chosen)
    return _with_target(problem, table, target, wanted), target


def _with_target(problem: Problem, table: Numbers, target: Sequence[float], wanted: Information) -> Problem:
    if not target:
        return problem
    low = [one * (1 - wanted.tolerance) for one in target]
    high = [one * (1 + wanted.tolerance) for one in target]
    return replace(problem, relations=[*problem.relations, *information_relations(table, low, high)])


def _without_information(blueprint: Blueprint, bank: Bank) -> Problem:
    shared = _shared(blueprint, bank)
    return Problem(
        items=len(bank.ids),
        stimuli=len(bank.stimulus_ids),
        forms=blueprint.forms,
        relations=relations(blueprint, bank),
        uses=_uses(blueprint, bank, shared),
        overlap=blueprint.overlap if blueprint.most_use > 1 else None,
        shared=frozenset(shared),
        gain=_gain(blueprint.objective, bank, blueprint.information),
    )


def _shared(blueprint: Blueprint, bank: Bank) -> list[int]:
    rules = [one for one in blueprint.rules if isinstance(one, Include) and one.shared and one.on]
    return [int(at) for rule in rules for at in group(rule, bank)]


def _uses(blueprint: Blueprint, bank: Bank, shared: Sequence[int]) -> Numbers:
    """In how many of the forms each item may stand; a missing count of earlier uses is none."""
    uses = np.full(len(bank.ids), float(blueprint.most_use))
    uses[list(shared)] = blueprint.forms
    if blueprint.history is not None:
        before = np.nan_to_num(numbers(blueprint.history.column, bank.items))
        uses = np.minimum(uses, np.maximum(0, blueprint.history.max - before))
    return uses


def _gain(objective: Objective | None, bank: Bank, wanted: Information | None) -> Numbers | None:
    if objective is None:
        return None
    if objective.column:
        gain = np.nan_to_num(numbers(objective.column, bank.items))
    else:
        scale = wanted.scale if wanted else 1.0
        gain = information_table(Information(theta=objective.information_at, scale=scale), bank).sum(axis=1)
    return gain if objective.sense == "max" else -gain


def _reachable(problem: Problem, table: Numbers) -> Numbers | None:
    """A level that all forms can have: the mean of the bank, or the nearest to it that the rules allow."""
    base = averaged(problem)
    items, levels = table.shape
    size = sum(solve_length(problem))
    aim = table.mean(axis=0) * size
    wide = np.zeros((levels, problem.width + 2 * levels))
    wide[:, :items] = table.T
    wide[:, problem.width :] = np.hstack([np.eye(levels), -np.eye(levels)])
    padded = np.zeros((base.matrix.shape[0], 2 * levels))
    made = Programme(
        np.append(base.cost, np.tile(1 / np.maximum(aim, 1e-9), 2)),
        scipy.sparse.csc_array(scipy.sparse.vstack([scipy.sparse.hstack([base.matrix, padded]), wide])),
        np.append(base.low, aim),
        np.append(base.high, aim),
        np.append(base.upper, np.full(2 * levels, FREE)),
        np.zeros(problem.width + 2 * levels),
    )
    result = solve(made, 60)
    return None if result.x is None else result.x[:items] @ table


def solve_length(problem: Problem) -> list[float]:
    """How long one form is, as the average of all forms has it; empty when there is none."""
    result = solve(averaged(problem), 60)
    return [] if result.x is None else [float(result.x[: problem.items].sum())]


def _blocking(blueprint: Blueprint, bank: Bank) -> tuple[Blocking, ...]:
    return blocking(_without_information(blueprint, bank), seconds=blueprint.time_limit_s)


def _form(blueprint: Blueprint, bank: Bank, row: Numbers, seed: int) -> Form:
    chosen = [int(at) for at in np.flatnonzero(row[: len(bank.ids)] > 0.5)]
    parts = arranging.sections_of(blueprint, bank, chosen, seed)
    sections = tuple(tuple(bank.ids[at] for at in part) for part in parts)
    found = _information(blueprint.information, bank, chosen) if blueprint.information else ()
    orders = arranging.variants(sections, blueprint.variants) if blueprint.variants > 1 else {}
    return Form(sections, found, orders)


def _information(wanted: Information, bank: Bank, chosen: Sequence[int]) -> tuple[float, ...]:
    models = [model for at in chosen if (model := bank.models[at]) is not None]
    curves = np.array([information(model, wanted.theta, wanted.scale) for model in models])
    return tuple(float(one) for one in curves.sum(axis=0))


__all__ = ["Assembly", "Form", "Invalid", "Relation", "assemble_forms", "problem_of"]
