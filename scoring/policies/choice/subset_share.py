"""Any wrong option brings nothing, right ones without the others their share (少选得部分分). Pure."""

from fractions import Fraction

import msgspec

from scoring.outcomes import RIGHT, WRONG, Choice, Explanation, Judgement, exact


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`share`: what too few bring whatever their number (`1/2`); in proportion to their number when empty."""

    share: str = ""

    def __post_init__(self) -> None:
        if self.share and not 0 <= exact(self.share) <= 1:
            raise ValueError("share lies between 0 and 1")


def judge(choice: Choice, params: Params) -> Judgement:
    """The share of the chosen ones, as long as all of them are right."""
    if choice.chosen == choice.correct:
        return RIGHT
    if choice.chosen - choice.correct:
        return WRONG
    share = exact(params.share) if params.share else Fraction(len(choice.chosen), len(choice.correct))
    return Judgement(share, Explanation("outcome.share", choice.counts()))
