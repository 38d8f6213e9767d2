"""Right options earn, wrong ones cost, and the sum stops at a floor (倒扣分). Pure."""

from fractions import Fraction

import msgspec

from scoring.outcomes import RIGHT, Choice, Explanation, Judgement, exact


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`cost` of a wrong option, as a part of the item: what a right one earns when empty; `floor`: -1 to 0."""

    cost: str = ""
    floor: str = "0"

    def __post_init__(self) -> None:
        if exact(self.floor) > 0 or (self.cost and exact(self.cost) < 0):
            raise ValueError("floor lies between -1 and 0, cost between 0 and 1")


def judge(choice: Choice, params: Params) -> Judgement:
    """What the right ones earn less what the wrong ones cost, not below the floor."""
    if choice.chosen == choice.correct:
        return RIGHT
    right, wrong = len(choice.chosen & choice.correct), len(choice.chosen - choice.correct)
    each = Fraction(1, len(choice.correct))
    cost = exact(params.cost) if params.cost else each
    fraction = max(right * each - wrong * cost, exact(params.floor))
    return Judgement(fraction, Explanation("outcome.penalty", {"right": right, "wrong": wrong}))
