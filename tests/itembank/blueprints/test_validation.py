"""The independent check: papers made wrong by hand are found out, rule by rule."""

import pytest

from itembank.blueprints.validation import validate
from tests.itembank.blueprints.banks import bank, blueprint

RIGHT = ["I0", "I3", "I6"]


def broken(text: str, *forms: list[str], target: tuple[float, ...] = (), **columns: list[object]) -> set[str]:
    """The rules that the check finds broken."""
    plan = blueprint(f"forms = {len(forms)}\n{text}")
    pool = bank(30, enemies=(("I1", "I2"),), **columns)  # type: ignore[arg-type]
    return {one.rule for one in validate(plan, pool, [[form] for form in forms], target) if not one.holds}


@pytest.mark.parametrize(
    ("text", "form", "rules"),
    [
        ("length = 3", RIGHT, set()),
        ("length = 3", ["I0", "I3"], {"length"}),
        ("length = 3", ["I0", "I3", "I3"], {"items"}),
        ("length = 3", ["I0", "I3", "X"], {"items"}),
        ("length = 3", ["I0", "I1", "I2"], {"enemies"}),
        ("length = 3\n[[rules]]\nkind='number'\nwhere='words > 22'\nmax=1", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='each'\ncolumn='type'\nmin=1", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='sum'\ncolumn='words'\nmax=68", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='sum'\ncolumn='words'\nmax=69", RIGHT, set()),
        ("length = 3\n[[rules]]\nkind='mean'\ncolumn='words'\nmin=23.1", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='enemies'\nitems=['I0','I3']", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='together'\nitems=['I0','I9']", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='include'\nwhere='words < 22'", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='exclude'\nitems=['I6']", RIGHT, {"R1"}),
        ("length = 3\n[[rules]]\nkind='order'\ncolumn='words'", ["I3", "I0", "I6"], {"R1"}),
        ("[[sections]]\nwhere='type == \"true_false\"'\ncount=3", ["I0", "I3", "I4"], {"S1"}),
    ],
)
def test_what_breaks_a_rule_is_found(text: str, form: list[str], rules: set[str]) -> None:
    assert broken(text, form) == rules


def test_what_binds_the_forms_together_is_checked() -> None:
    assert broken("length = 3", RIGHT, ["I6", "I9", "I12"]) == {"max_use"}
    assert broken("length = 3\noverlap = 1", RIGHT, ["I3", "I6", "I9"]) == {"overlap"}
    assert broken("length = 3\noverlap = 2", RIGHT, ["I3", "I6", "I9"]) == set()
    assert broken("length = 3\n[history]\nmax = 1", RIGHT, uses=[0.0, *[1.0] * 29]) == {"history"}


def test_stimuli_are_counted_by_their_items() -> None:
    stimuli = [f"S{n // 3}" for n in range(30)]
    rule = "length = 3\n[[rules]]\nkind='per_stimulus'\nmin=2\n[[rules]]\nkind='number'\nof='stimulus'\nmax=1"
    assert broken(rule, ["I0", "I3", "I4"], STID=stimuli) == {"R1", "R2"}
    assert broken(rule, ["I3", "I4", "I5"], STID=stimuli) == set()


def test_information_outside_the_tolerance_is_found() -> None:
    text = "length = 3\n[information]\ntheta = [0]\ntolerance = 0.01\n"
    plan = blueprint(text)
    found = next(one for one in validate(plan, bank(30), [[RIGHT]], (1.0,)) if one.rule == "information")
    level = float(found.found)
    assert broken(text, RIGHT, target=(level * 1.009,)) == set()
    assert broken(text, RIGHT, target=(level * 1.012,)) == {"information"}
