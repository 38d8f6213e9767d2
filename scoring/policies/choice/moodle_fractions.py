"""Each option carries its own fraction, as a bank from Moodle brings them. Pure.

Source: Moodle 4.1. Of several the sum stops at 0 and at 1; of a single one a negative fraction is kept.
"""

from fractions import Fraction

import msgspec

from scoring.outcomes import NOTHING, WHOLE, Choice, Judgement, by_fraction


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`single`: one option may be chosen, and its negative fraction counts."""

    single: bool = False


def judge(choice: Choice, params: Params) -> Judgement:
    """The fractions of the chosen options; an option without one brings nothing."""
    brought = (choice.fractions.get(option, NOTHING) for option in choice.chosen)
    total = sum(brought, Fraction(0))
    if params.single:
        return by_fraction(total if len(choice.chosen) == 1 else NOTHING)
    return by_fraction(min(max(NOTHING, total), WHOLE))
