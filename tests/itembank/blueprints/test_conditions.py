"""Conditions: read like R, the same for all rows at once and row by row, and never evaluated as code."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.blueprints.conditions import BadCondition, parse
from itembank.blueprints.masks import mask
from itembank.blueprints.rows import holds
from itembank.blueprints.specification import BadBlueprint
from itembank.blueprints.tables import Table

TABLE = Table(
    "bank",
    {
        "DOK": [1.0, 2.0, 3.0, None],
        "Content.Area": ["BIO", "PHY", None, "BIO"],
        "题型": ["单选题", "多选题", "单选题", "判断题"],
        "WORDS": [10.0, 20.0, 30.0, 40.0],
    },
    4,
)


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("", [0, 1, 2, 3]),
        ("DOK >= 2", [1, 2]),
        ("!(DOK >= 2)", [0]),
        ("! DOK == 1", [1, 2]),
        ("is.na(DOK)", [3]),
        ("!is.na(CONTENT.AREA) & WORDS > 10", [1, 3]),
        ('CONTENT.AREA == "BIO" & DOK == 1', [0]),
        ("CONTENT.AREA %in% c('BIO', 'CHE')", [0, 3]),
        ("!(DOK %in% c(1, 8))", [1, 2, 3]),
        ("DOK %in% 2:3", [1, 2]),
        ("DOK not in [1, 2]", [2, 3]),
        ("题型 == '单选题' | WORDS == 40", [0, 2, 3]),
        ("WORDS / 10 - 1 <= DOK", [0, 1, 2]),
        ("DOK == '2'", [1]),
        ("DOK == 1 | CONTENT.AREA == 'BIO' | TRUE", [0, 1, 2, 3]),
        ("DOK == NA", []),
        ("DOK == 1 | DOK == 2 & WORDS > 20", [0]),
        ("`题型` != \"单选题\"", [1, 3]),
    ],
)  # fmt: skip
def test_a_condition_chooses_the_same_rows_in_both_evaluations(condition: str, rows: list[int]) -> None:
    assert list(mask(condition, TABLE).nonzero()[0]) == rows
    assert [row for row in range(4) if holds(condition, TABLE, row)] == rows


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("DOK ==", "character 7"),
        ("system('ls')", "character 1: the function system"),
        ("DOK == 1)", "character 9"),
        ("DOK ? 1", "character 4"),
        ("DOK %in% c(1", "character 13"),
        ("DOK %in% c(DOK)", "character 12"),
        ("(" * 60 + "1" + ")" * 60, "nested"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(BadCondition, match=place.replace("(", r"\(")):
        parse(text)


def test_a_column_that_the_bank_lacks_is_named_with_those_that_it_has() -> None:
    with pytest.raises(BadBlueprint, match="LEVEL: no such column; there are DOK"):
        mask("LEVEL == 3", TABLE)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    with contextlib.suppress(BadCondition, BadBlueprint):
        mask(text, TABLE)


_ATOMS = st.sampled_from(["DOK > 1", "is.na(DOK)", "DOK == NA", "WORDS < 25", "题型 == '单选题'", "TRUE"])
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("&|"), inner).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
        inner.map(lambda one: f"!({one})"),
    ),
    max_leaves=8,
)


@given(_CONDITIONS)
def test_both_evaluations_agree_on_every_nesting(condition: str) -> None:
    chosen = mask(condition, TABLE)
    assert [holds(condition, TABLE, row) for row in range(4)] == list(chosen)
