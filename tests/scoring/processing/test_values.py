"""Texts become values by base type, and values texts of the wire; what is neither is said."""

from typing import Any

import pytest

from scoring.processing import values
from scoring.processing.values import DirectedPair, Pair, Point, Unreadable

READ = [
    ("identifier", " A\n", "A"),
    ("string", " wicked king", " wicked king"),
    ("boolean", "true", True),
    ("boolean", "0", False),
    ("integer", "-07", -7),
    ("integer", "９", 9),
    ("integer", str(2**63 - 1), 2**63 - 1),
    ("float", ".03", 0.03),
    ("float", "1.5E2", 150.0),
    ("float", "-INF", float("-inf")),
    ("point", "1\n 2.5", Point(1, 2.5)),
    ("pair", "B A", Pair("A", "B")),
    ("directedPair", "C09\n\t\tC10", DirectedPair("C09", "C10")),
    ("duration", "90.5", 90.5),
    ("duration", "P1DT1H1M1.5S", 90061.5),
    ("uri", " https://example.org ", "https://example.org"),
    ("string", "", None),
]


@pytest.mark.parametrize(("base_type", "text", "wanted"), READ)
def test_a_text_is_read_by_its_base_type(base_type: str, text: str, wanted: Any) -> None:
    assert values.read(text, base_type) == wanted


UNREADABLE = [
    ("boolean", "yes"),
    ("integer", "1.0"),
    ("integer", "1_000"),
    ("integer", str(2**63)),
    ("integer", "9" * 5000),
    ("float", "1,5"),
    ("float", "inf"),
    ("float", "0x10"),
    ("float", ""),
    ("point", "1"),
    ("point", "1 2 3"),
    ("point", "MAN MAN"),
    ("pair", "A"),
    ("directedPair", "A B C"),
    ("duration", "P"),
    ("duration", "soon"),
]


@pytest.mark.parametrize(("base_type", "text"), UNREADABLE)
def test_a_text_that_is_no_value_is_unreadable(base_type: str, text: str) -> None:
    with pytest.raises(Unreadable):
        values.read(text, base_type)


@pytest.mark.parametrize(
    ("base_type", "text", "wanted"),
    [
        ("integer", "4.0", 4),
        ("integer", " 4 ", 4),
        ("float", "", None),
        ("string", "\n York ", "York"),
        ("string", " ", " "),
    ],
)
def test_what_an_author_wrote_may_have_layout(base_type: str, text: str, wanted: Any) -> None:
    assert values.declared(text, base_type) == wanted


@pytest.mark.parametrize("text", ["4.5", "1e99", "INF"])
def test_an_author_s_fraction_is_no_whole_number(text: str) -> None:
    with pytest.raises(Unreadable):
        values.declared(text, "integer")


WIRE = [
    (2.0, 2),
    (0.2, 0.2),
    (float("inf"), "INF"),
    (float("nan"), "NaN"),
    (True, True),
    (None, None),
    ((), []),
    (("A", "B"), ["A", "B"]),
    (Point(1.0, 2.5), "1 2.5"),
    (Pair("A", "B"), "A B"),
    ({"unit": "cm", "value": 2.0}, {"unit": "cm", "value": 2}),
]


@pytest.mark.parametrize(("value", "wanted"), WIRE)
def test_values_on_the_wire(value: Any, wanted: Any) -> None:
    found = values.to_wire(value)
    assert found == wanted
    assert type(found) is type(wanted)
