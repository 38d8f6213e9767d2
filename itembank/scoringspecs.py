"""How a theory paper is scored, as its specification says it and its frozen policy keeps it. Pure.

By itself: a multiple choice counts whole or not at all, of other items the right parts count, points fall to the
half below. What each policy does stands in `scoring.policies`.
"""

from fractions import Fraction
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from itembank.states import MultipleScoring

Part = Annotated[str, Meta(max_length=12, pattern=r"\A-?[0-9]+([./][0-9]*[1-9][0-9]*|\.0+)?\Z")]
ALLOWED = {"subset_share": ("share",), "penalty": ("cost", "floor")}
LEAST = {"share": 0, "cost": 0, "floor": -1}
MOST = {"share": 1, "cost": 1, "floor": 0}


class ChoiceRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A policy for chosen options: `share` of too few, `cost` of a wrong one, `floor`; parts of the item's points."""

    by: Literal["all_or_nothing", "subset_share", "per_option", "penalty", "moodle_fractions"]
    share: Part | None = None
    cost: Part | None = None
    floor: Part | None = None

    def __post_init__(self) -> None:
        for name in ("share", "cost", "floor"):
            value = getattr(self, name)
            if value is None:
                continue
            if name not in ALLOWED.get(self.by, ()):
                raise ValueError(f"{self.by} has no {name}")
            if not LEAST[name] <= Fraction(value) <= MOST[name]:
                raise ValueError(f"{name} lies between {LEAST[name]} and {MOST[name]}")


class ScoringSpec(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The scoring policy of a theory paper: by kind of item, and the step that an item's points come in."""

    multiple: MultipleScoring | ChoiceRule = MultipleScoring.ALL_OR_NOTHING
    single: ChoiceRule | None = None
    true_false: ChoiceRule | None = None
    parts: Literal["share", "all_or_nothing"] = "share"
    step: Literal["1", "0.5", "0.25", "0.1", "0.05", "0.01"] = "0.5"
    rounding: Literal["down", "half_up"] = "down"


def policy_data(spec: ScoringSpec) -> dict[str, Any]:
    """What a paper keeps of it: `{"multiple": "all_or_nothing"}`, and whatever else is not as usual."""
    said: dict[str, Any] = msgspec.to_builtins(spec)
    return {"multiple": MultipleScoring.ALL_OR_NOTHING.value, **said}
