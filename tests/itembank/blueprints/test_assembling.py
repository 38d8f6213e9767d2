"""Assembling: every kind of rule holds in what comes out, and what cannot be is blamed on the rule that blocks."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from itembank.blueprints.assembling import Assembly, assemble_forms
from itembank.blueprints.banks import Bank
from itembank.blueprints.programme import Status
from itembank.blueprints.specification import BadBlueprint
from tests.itembank.blueprints.banks import bank, blueprint

SECTIONS = """
[[sections]]
id = "TF"
where = 'type == "true_false"'
count = 4
points = 0.5
[[sections]]
where = 'type == "single"'
count = 5
"""


def made(text: str, pool: Bank | None = None, seed: int | None = None) -> Assembly:
    """What comes of a blueprint; it must be solved."""
    found = assemble_forms(blueprint(text), pool or bank(), seed)
    assert found.status is Status.SOLVED, found.blocking
    assert found.checks
    return found


def number(item: str) -> int:
    """The place of an item in the bank."""
    return int(item[1:])


def test_parallel_forms_share_nothing_and_fill_their_sections() -> None:
    found = made(f"forms = 3\n{SECTIONS}")
    assert [[len(part) for part in form.sections] for form in found.forms] == [[4, 5]] * 3
    assert all(number(one) % 3 == 0 for form in found.forms for one in form.sections[0])
    for a, b in combinations(found.forms, 2):
        assert not set(a.items) & set(b.items)


def test_the_seed_decides_which_papers_come_out() -> None:
    first, again, other = (made(f"forms = 2\n{SECTIONS}", seed=seed).forms for seed in (1, 1, 2))
    assert first == again != other
    assert made(f"forms = 2\nseed = 9\n{SECTIONS}").seed == 9


def test_numbers_sums_and_means_are_kept() -> None:
    text = """
length = 10
[[rules]]
kind = "each"
column = "point"
min = 1
max = 3
values = {P0 = {min = 3}}
[[rules]]
kind = "sum"
column = "words"
where = 'type == "single"'
max = 90
[[rules]]
kind = "mean"
column = "words"
min = 35
max = 36
"""
    (form,) = made(text).forms
    words = [20 + number(one) % 30 for one in form.items]
    assert 35 <= sum(words) / 10 <= 36
    assert sum(20 + number(one) % 30 for one in form.items if number(one) % 3 == 1) <= 90
    points = Counter(number(one) % 5 for one in form.items)
    assert min(points[n] for n in range(5)) >= 1
    assert points[0] >= 3


def test_groups_are_kept_apart_together_in_or_out() -> None:
    text = """
forms = 2
length = 12
[[rules]]
kind = "include"
items = ["I3", "I4"]
shared = true
[[rules]]
kind = "exclude"
where = "words > 45"
[[rules]]
kind = "together"
items = ["I6", "I7", "I8"]
[[rules]]
kind = "enemies"
items = ["I10", "I11", "I12"]
"""
    for form in made(text, bank(30, enemies=(("I0", "I1"), ("I1", "I0")))).forms:
        chosen = set(form.items)
        assert {"I3", "I4"} <= chosen
        assert not any(number(one) > 25 for one in chosen)
        assert len(chosen & {"I6", "I7", "I8"}) in (0, 3)
        assert len(chosen & {"I10", "I11", "I12"}) <= 1
        assert len(chosen & {"I0", "I1"}) <= 1


def test_two_forms_share_as_much_as_is_allowed_and_no_more() -> None:
    found = made("forms = 3\nlength = 8\noverlap = 2", bank(20))
    for a, b in combinations(found.forms, 2):
        assert len(set(a.items) & set(b.items)) <= 2


def test_earlier_uses_count() -> None:
    used = bank(20, uses=[3.0 if n < 10 else None for n in range(20)])
    (form,) = made("length = 10\n[history]\nmax = 3", used).forms
    assert all(number(one) >= 10 for one in form.items)


def test_information_of_every_form_is_within_the_tolerance_of_the_target() -> None:
    found = made("forms = 3\nlength = 12\n[information]\ntheta = [-1, 0, 1]\ntolerance = 0.02", bank(120))
    for form in found.forms:
        for value, target in zip(form.information, found.target, strict=True):
            assert abs(value - target) <= 0.02 * target


def test_the_objective_makes_what_holds_as_good_as_it_can_be() -> None:
    (form,) = made('length = 5\n[objective]\nsense = "max"\ncolumn = "words"').forms
    assert sum(20 + number(one) % 30 for one in form.items) == 49 * 2 + 48 * 2 + 47


def stimulus_bank() -> Bank:
    """Thirty items, five to each of six stimuli."""
    return bank(30, STID=[f"S{n // 5}" for n in range(30)])


def test_items_of_a_stimulus_come_together_and_in_their_number() -> None:
    text = """
length = 9
[[rules]]
kind = "per_stimulus"
min = 2
max = 4
[[rules]]
kind = "number"
of = "stimulus"
min = 3
max = 3
"""
    (form,) = made(text, stimulus_bank()).forms
    stimuli = [number(one) // 5 for one in form.items]
    counts = Counter(stimuli)
    assert len(counts) == 3
    assert all(2 <= n <= 4 for n in counts.values())
    assert [a == b for a, b in pairwise(stimuli)].count(False) == 2


def test_an_order_rule_orders_and_variants_never_put_an_item_at_the_same_place() -> None:
    found = made('length = 9\nvariants = 3\n[[rules]]\nkind = "order"\ncolumn = "words"')
    (form,) = found.forms
    words = [20 + number(one) % 30 for one in form.items]
    assert words == sorted(words)
    assert all(len(set(place)) == 3 for place in zip(*(v[0] for v in form.variants.values()), strict=True))


@pytest.mark.parametrize(("count", "solved"), [(20, True), (21, False)])
def test_a_count_at_and_above_what_the_bank_holds(count: int, solved: bool) -> None:
    rule = (
        f"length = 30\n[[rules]]\nid = 'many'\nkind = 'number'\nwhere = 'type == \"single\"'\nmin = {count}"
    )
    found = assemble_forms(blueprint(rule), bank())
    assert (found.status is Status.SOLVED) is solved
    blamed = [(one.rule, one.side, one.wanted, one.possible) for one in found.blocking]
    assert blamed == ([] if solved else [("many", "min", 21, 20)])


def test_rules_that_contradict_each_other_are_named_and_no_others() -> None:
    text = """
length = 10
[[rules]]
id = "fine"
kind = "number"
where = 'point == "P1"'
min = 1
[[rules]]
id = "at_most"
kind = "number"
where = 'type == "single"'
max = 3
[[rules]]
id = "at_least"
kind = "number"
where = 'type == "single" & words > 25'
min = 5
"""
    found = assemble_forms(blueprint(text), bank())
    assert {one.rule: (one.wanted, one.possible) for one in found.blocking} == {
        "at_most": (3, 5),
        "at_least": (5, 3),
    }


def test_more_papers_than_the_bank_can_fill_blame_length_and_use() -> None:
    found = assemble_forms(blueprint("forms = 7\nlength = 10"), bank())
    assert found.status is Status.INFEASIBLE
    assert {one.rule: one.possible for one in found.blocking}["max_use"] == 2


def test_what_only_whole_numbers_exclude_is_blamed_too() -> None:
    text = "length = 3\n" + "\n".join(
        f"[[rules]]\nid = 'T{n}'\nkind = 'together'\nitems = ['I{2 * n}', 'I{2 * n + 1}']" for n in range(4)
    )
    found = assemble_forms(blueprint(text), bank(8))
    assert found.status is Status.INFEASIBLE
    assert {one.rule for one in found.blocking} == {"length", "T0", "T1", "T2", "T3"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("length = 1\nlenght = 2", "unknown field `lenght`"),
        ("forms = 0\nlength = 1", "forms"),
        ("forms = 1", "neither length nor sections"),
        ("length = [", "TOML|Invalid"),
        ("length = 1\n[[rules]]\nkind = 'number'", "R1: min: neither min nor max"),
        ("length = 1\n[[rules]]\nkind = 'number'\nmin = 3\nmax = 2", "R1: min: 3 is more than max, 2"),
        ("length = 1\n[[rules]]\nkind = 'nothing'", "nothing"),
        ("length = 1\n[[rules]]\nkind = 'exclude'\nwhere = 'a =='", "R1: where: character"),
        ("length = 1\n[[rules]]\nkind = 'exclude'", "R1: items: one of items and where"),
        ("length = 1\n[information]\ntheta = [0]\ntarget = [1, 2]", "2 numbers for 1"),
    ],
)
def test_a_blueprint_with_a_fault_is_refused_by_its_place(text: str, fault: str) -> None:
    with pytest.raises(BadBlueprint, match=fault):
        blueprint(text)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("kind = 'include'\nitems = ['X']", "X: is not in the bank"),
        ("kind = 'sum'\ncolumn = 'type'\nmax = 1", "is not a number"),
        ("kind = 'order'\ncolumn = 'level'", "no such column"),
    ],
)
def test_a_rule_that_does_not_fit_the_bank_is_refused(rule: str, fault: str) -> None:
    with pytest.raises(BadBlueprint, match=fault):
        assemble_forms(blueprint(f"length = 3\n[[rules]]\n{rule}"), bank())


def test_sections_that_claim_the_same_item_are_refused() -> None:
    text = "[[sections]]\nwhere = 'words > 20'\ncount = 2\n[[sections]]\nwhere = 'words > 30'\ncount = 2"
    with pytest.raises(BadBlueprint, match="also belong to an earlier section"):
        assemble_forms(blueprint(text), bank())
