"""Each option is judged for itself: right to choose it, or right to leave it. Pure."""

import msgspec

from scoring.outcomes import Choice, Judgement, by_share


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing to set."""


def judge(choice: Choice, params: Params) -> Judgement:
    """The share of options rightly chosen or rightly left; needs to know how many options there are."""
    return by_share(choice.options - len(choice.chosen ^ choice.correct), choice.options)
