"""The whole report of a paper, and how long 200 candidates by 190 items take."""

import time

import numpy as np

from scoring.statistics.options import Choices
from scoring.statistics.report import report
from scoring.statistics.sheet import sheet_of


def test_a_wrong_key_is_flagged_where_the_right_answer_was_called_a_distractor() -> None:
    chance = np.random.default_rng(3)
    marks = (chance.random((60, 12)) < np.linspace(0.1, 0.9, 60)[:, None]).astype(float)
    knew = marks[:, 0] == 1
    marks[:, 0] = ~knew
    choices = {"0": Choices(tuple("AB"), frozenset("B"), [frozenset("A" if one else "B") for one in knew])}
    sheet = sheet_of([str(at) for at in range(12)], marks, np.ones(12))
    found = report(sheet, choices)
    assert [flag.code for flag in found.items[0].flags] == ["negative", "better_distractor"]
    assert sum(found.distribution) == 60
    assert not found.few
    assert report(sheet, choices, voided={"0"}).items[0].flags == ()


def test_two_hundred_candidates_on_190_items_take_less_than_a_second() -> None:
    chance = np.random.default_rng(1)
    marks = (chance.random((200, 190)) < chance.random((200, 1))).astype(float)
    slots = [str(at) for at in range(190)]
    chosen = {slot: [frozenset(chance.choice(list("ABCD"), 1)) for _ in range(200)] for slot in slots}
    choices = {slot: Choices(tuple("ABCD"), frozenset("A"), chosen[slot]) for slot in slots}
    started = time.process_time()
    found = report(sheet_of(slots, marks, np.ones(190)), choices)
    assert time.process_time() - started < 1.0
    assert len(found.rasch.items) == 190
