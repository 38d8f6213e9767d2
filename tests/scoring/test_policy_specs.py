"""What a paper's specification can say of scoring is what scoring understands, and nothing else gets through."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.freezing import digest
from itembank.scoringspecs import ScoringSpec, policy_data
from scoring.rules import ItemPolicy, read_policy

RULES = st.sampled_from(
    [
        {"by": "all_or_nothing"},
        {"by": "subset_share"},
        {"by": "subset_share", "share": "1/2"},
        {"by": "per_option"},
        {"by": "penalty", "cost": "0.25", "floor": "-1"},
        {"by": "moodle_fractions"},
    ]
)
SPECS = st.fixed_dictionaries(
    {},
    optional={
        "multiple": RULES | st.sampled_from(["partial", "all_or_nothing"]),
        "single": RULES,
        "true_false": RULES,
        "parts": st.sampled_from(["share", "all_or_nothing"]),
        "step": st.sampled_from(["1", "0.5", "0.25", "0.1", "0.05", "0.01"]),
        "rounding": st.sampled_from(["down", "half_up"]),
    },
)


def policy(said: dict[str, Any]) -> dict[str, Any]:
    return policy_data(msgspec.convert(said, ScoringSpec))


@given(SPECS)
def test_every_policy_that_a_specification_says_is_frozen_and_read(said: dict[str, Any]) -> None:
    kept = policy(said)
    read = read_policy(kept)
    assert len(digest(kept)) == 64
    assert str(read.rounding.step) == said.get("step", "0.5")
    assert read.parts == said.get("parts", "share")


def test_the_usual_policy_is_kept_in_the_words_of_older_papers() -> None:
    assert policy({}) == {"multiple": "all_or_nothing"}
    assert policy({"multiple": "partial"}) == {"multiple": "partial"}
    assert read_policy(policy({"multiple": {"by": "penalty"}})).multiple.name is ItemPolicy.PENALTY


@pytest.mark.parametrize(
    "said",
    [
        {"multiple": "generous"},
        {"multiple": {"by": "subset_share", "share": "2"}},
        {"multiple": {"by": "subset_share", "share": "1/0"}},
        {"multiple": {"by": "subset_share", "cost": "1"}},
        {"single": {"by": "penalty", "floor": "0.5"}},
        {"single": {"by": "penalty", "floor": "-2"}},
        {"step": "0.3"},
        {"rounding": "up"},
        {"colour": "red"},
    ],
)
def test_a_policy_that_scoring_would_not_understand_is_refused_before_freezing(said: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        policy(said)
