"""How much two boxes share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctor.geometry import Box, containment, distance, intersection, iou

EDGES = st.floats(0, 500)
BOXES = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), EDGES, EDGES, EDGES, EDGES)


def test_boxes_that_only_touch_share_nothing() -> None:
    assert intersection(Box(0, 0, 10, 10), Box(10, 0, 20, 10)) == 0
    assert intersection(Box(0, 0, 10, 10), Box(9, 0, 20, 10)) == 10


def test_half_a_box_over_another_of_its_size_is_a_third_of_both() -> None:
    assert iou(Box(0, 0, 10, 10), Box(5, 0, 15, 10)) == pytest.approx(1 / 3)


def test_a_box_inside_another_is_wholly_contained() -> None:
    assert containment(Box(2, 2, 4, 4), Box(0, 0, 10, 10)) == 1
    assert containment(Box(0, 0, 10, 10), Box(2, 2, 4, 4)) == pytest.approx(0.04)


def test_an_inside_out_box_has_no_area_and_shares_nothing() -> None:
    assert Box(5, 5, 1, 1).area == 0
    assert containment(Box(5, 5, 1, 1), Box(0, 0, 10, 10)) == 0


def test_distance_is_between_middles() -> None:
    assert distance(Box(0, 0, 2, 2), Box(3, 4, 5, 6)) == 5


@given(BOXES, BOXES)
def test_shared_parts_are_symmetric_and_at_most_one(a: Box, b: Box) -> None:
    assert iou(a, b) == pytest.approx(iou(b, a))
    assert 0 <= iou(a, b) <= 1 + 1e-9
    assert 0 <= containment(a, b) <= 1 + 1e-9
