"""The pure modules of the interactions in a real Chromium: lists under limits, and how far an item is answered."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import run

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("value", "pressed", "most", "after"),
    [
        ([], "A", 1, ["A"]),
        (["A"], "B", 1, ["B"]),
        (["A"], "A", 1, []),
        (["A"], "B", 2, ["A", "B"]),
        (["A", "B"], "C", 2, None),
        (["A", "B"], "C", 0, ["A", "B", "C"]),
    ],
)
def test_choosing_stays_within_the_limit(pure: Page, value: Any, pressed: str, most: int, after: Any) -> None:
    assert run(pure, "interactions/lists", "return m.toggled(...given)", [value, pressed, most]) == after


@pytest.mark.parametrize(
    ("place", "by", "after"), [(0, -1, "ABC"), (0, 1, "BAC"), (2, 1, "ABC"), (2, -2, "CAB"), (1, 9, "ACB")]
)
def test_an_order_keeps_everything_it_has(pure: Page, place: int, by: int, after: str) -> None:
    given = [["A", "B", "C"], place, by]
    assert run(pure, "interactions/lists", "return m.moved(...given).join('')", given) == after


@pytest.mark.parametrize(
    ("pair", "limits", "after"),
    [
        (["A", "Y"], {"left": 1, "right": 0, "all": 0}, ["B X", "A Y"]),
        (["C", "X"], {"left": 0, "right": 1, "all": 0}, ["C X"]),
        (["A", "Y"], {"left": 2, "right": 0, "all": 0}, ["A X", "B X", "A Y"]),
        (["C", "X"], {"left": 0, "right": 2, "all": 0}, None),
        (["A", "Y"], {"left": 0, "right": 0, "all": 2}, None),
    ],
)
def test_a_new_pair_takes_the_place_of_one_that_excludes_it(
    pure: Page, pair: Any, limits: Any, after: Any
) -> None:
    given = [["A X", "B X"], pair, limits]
    assert run(pure, "interactions/lists", "return m.paired(...given)", given) == after


def test_an_association_has_no_direction(pure: Page) -> None:
    given = [["A B"], ["B", "A"], {"left": 0, "right": 0, "all": 0}]
    assert run(pure, "interactions/lists", "return m.associated(...given)", given) == ["A B"]


OPTIONS = [{"id": one, "html": one} for one in "ABC"]


@pytest.mark.parametrize(
    ("spec", "values", "standing"),
    [
        ({"kind": "choice", "options": OPTIONS}, [], "empty"),
        ({"kind": "choice", "options": OPTIONS}, ["A"], "full"),
        ({"kind": "choice", "options": OPTIONS, "min": 2}, ["A"], "part"),
        ({"kind": "order", "options": OPTIONS}, ["A", "B"], "part"),
        ({"kind": "order", "options": OPTIONS}, ["A", "B", "C"], "full"),
        ({"kind": "order", "options": OPTIONS, "max": 2}, ["A", "B"], "full"),
        ({"kind": "gap_match", "gaps": [1, 2]}, ["A G"], "part"),
        ({"kind": "text_entry"}, [""], "empty"),
    ],
)
def test_an_item_is_empty_partly_or_wholly_answered(
    pure: Page, spec: Any, values: Any, standing: str
) -> None:
    given = [{"interactions": {"RESPONSE": spec}}, {"RESPONSE": values}]
    assert run(pure, "interactions/standing", "return m.standing(...given)", given) == standing


def test_one_blank_of_two_is_a_part(pure: Page) -> None:
    item = {"interactions": {"R1": {"kind": "text_entry"}, "R2": {"kind": "text_entry"}}}
    body = "return [null, { R1: ['a'] }, { R1: ['a'], R2: ['b'] }].map((one) => m.standing(given, one))"
    assert run(pure, "interactions/standing", body, item) == ["empty", "part", "full"]
