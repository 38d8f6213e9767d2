"""The Rasch scale against full enumeration, recovery of known difficulties, and its gates."""

from itertools import product

import numpy as np
import pytest

from scoring.statistics.rasch import LEAST_CANDIDATES, Rasch, rasch
from scoring.statistics.sheet import sheet_of


def simulated(people: int, difficulty: np.ndarray, seed: int = 5) -> np.ndarray:
    chance = np.random.default_rng(seed)
    ability = chance.normal(0, 1, people)
    right = chance.random((people, len(difficulty))) < 1 / (1 + np.exp(difficulty - ability[:, None]))
    return right.astype(float)


def scale(marks: np.ndarray, least: int = LEAST_CANDIDATES) -> Rasch:
    return rasch(sheet_of([str(at) for at in range(marks.shape[1])], marks, np.ones(marks.shape[1])), least)


def expected(difficulty: np.ndarray, score: int) -> np.ndarray:
    """How often each item is right among those with the score, by weighing every pattern there is."""
    patterns = np.array([one for one in product((0, 1), repeat=len(difficulty)) if sum(one) == score])
    weights = np.exp(-(patterns @ difficulty))
    share: np.ndarray = weights @ patterns / weights.sum()
    return share


def test_expected_solutions_are_the_observed_ones_when_every_pattern_is_weighed() -> None:
    marks = simulated(150, np.linspace(-1, 1, 6))
    found = scale(marks, 50)
    difficulty = np.array([one.difficulty for one in found.items])
    inner = marks[(marks.sum(axis=1) > 0) & (marks.sum(axis=1) < 6)]
    sums = sum(expected(difficulty, int(score)) for score in inner.sum(axis=1))
    assert sums == pytest.approx(inner.sum(axis=0), abs=1e-4)
    assert difficulty.sum() == pytest.approx(0, abs=1e-9)


def test_known_difficulties_come_back_and_items_fit() -> None:
    true = np.linspace(-1.5, 1.5, 40)
    items = scale(simulated(1000, true)).items
    found = np.array([one.difficulty for one in items])
    assert np.corrcoef(found, true)[0, 1] > 0.99
    assert np.sqrt(np.mean((found - true) ** 2)) < 0.12
    assert all(0.85 < one.infit < 1.15 for one in items)


def test_an_item_that_is_answered_at_random_does_not_fit() -> None:
    marks = simulated(500, np.linspace(-1, 1, 30))
    marks[:, 3] = np.random.default_rng(2).integers(0, 2, 500)
    items = scale(marks).items
    assert items[3].infit == max(one.infit for one in items)
    assert items[3].infit > 1.1


def test_the_order_of_candidates_does_not_matter() -> None:
    marks = simulated(120, np.linspace(-1, 1, 6))
    found = [one.difficulty for one in scale(marks[::-1], 100).items]
    assert found == pytest.approx([one.difficulty for one in scale(marks, 100).items], abs=1e-6)


def test_one_candidate_too_few_gives_a_reason_and_no_scale() -> None:
    marks = np.tile([[1.0, 0, 0, 1, 0], [0.0, 1, 1, 0, 1], [1.0, 1, 0, 0, 1], [0.0, 0, 1, 1, 0]], (25, 1))
    assert scale(marks).why is None
    assert scale(marks[1:]).why == "rasch_too_few_candidates"


def test_items_that_everybody_has_right_or_partly_are_left_out_by_name() -> None:
    marks = simulated(150, np.linspace(-1, 1, 8))
    marks[:, 0], marks[0, 7] = 1.0, 0.5
    assert scale(marks, 100).left_out == ("0", "7")
    assert scale(marks[:, :5], 100).why == "rasch_too_few_items"


def test_items_that_two_kinds_of_people_solve_have_no_common_scale() -> None:
    # Whoever solves any of the first three solves no other, and the other way round is never seen.
    marks = np.array([[1.0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0], [0, 1, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0],
                      [1, 1, 1, 0, 1, 1], [1, 1, 1, 0, 0, 1]])  # fmt: skip
    found = scale(np.tile(marks, (20, 1)), 50)
    assert found.why == "rasch_no_solution"
    assert found.items == ()


def test_nobody_gives_a_reason() -> None:
    assert scale(np.empty((0, 6))).why == "rasch_too_few_items"
