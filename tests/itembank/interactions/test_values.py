"""What each interaction takes as an answer: both sides of every limit."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.interactions.contents import Interaction
from itembank.interactions.values import is_answer, is_value

PICTURE = {"media": "M1", "width": 400, "height": 200}
OPTIONS = [{"id": one, "html": one} for one in "ABC"]
ONCE = [{"id": one, "html": one} for one in "AB"]
SPOTS = [{"id": one, "shape": "rect", "coords": [0, 0, 9, 9]} for one in "AB"]
KINDS: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS, "max": 2},
    "inline_choice": {"options": OPTIONS},
    "text_entry": {"max_chars": 4, "units": ["米", "秒"]},
    "extended_text": {"max_chars": 3, "strings": 2},
    "order": {"options": OPTIONS},
    "match": {"sources": ONCE, "targets": [{"id": "X", "html": "", "max": 2}], "max": 0},
    "associate": {"options": [*ONCE, {"id": "C", "html": "", "max": 0}]},
    "gap_match": {
        "html": "",
        "choices": [{"id": "A", "html": "", "max": 2}],
        "gaps": [{"id": one} for one in "GHI"],
    },
    "hot_text": {"html": "", "texts": ["A", "B"]},
    "hotspot": {"picture": PICTURE, "spots": SPOTS},
    "select_point": {"picture": PICTURE, "max": 2},
    "graphic_order": {"picture": PICTURE, "spots": SPOTS},
    "graphic_associate": {"picture": PICTURE, "spots": SPOTS},
    "graphic_gap_match": {
        "picture": PICTURE,
        "choices": [{"id": "A", "html": "", "max": 2}],
        "spots": [{**SPOTS[0], "max": 3}],
    },
    "position_object": {"picture": PICTURE, "object": {**PICTURE, "width": 9, "height": 9}},
    "slider": {"lower": "-1", "upper": "2", "step": "0.5"},
    "upload": {"accept": [".pdf"], "max_bytes": 9},
    "media": {"sources": ["M1"]},
}


def made(kind: str, **changes: Any) -> Interaction:
    return msgspec.convert({"kind": kind, **KINDS[kind], **changes}, Interaction)


TAKEN = [
    ("choice", ["A", "C"]),
    ("inline_choice", ["A"]),
    ("text_entry", ["四个字整"]),
    ("text_entry", ["9", "米"]),
    ("extended_text", ["三个字", ""]),
    ("order", ["C", "A", "B"]),
    ("order", ["C"]),
    ("match", ["A X", "B X"]),
    ("associate", ["A C", "B C"]),
    ("gap_match", ["A G", "A H"]),
    ("hot_text", ["B"]),
    ("hotspot", ["A"]),
    ("select_point", ["0 0", "400 200"]),
    ("graphic_order", ["B", "A"]),
    ("graphic_associate", ["B A"]),
    ("graphic_gap_match", ["A A", "A A"]),
    ("position_object", ["12 200"]),
    ("slider", ["-1"]),
    ("slider", ["0.50"]),
    ("media", ["2"]),
]
REFUSED = [
    ("choice", ["A", "B", "C"]),
    ("choice", ["A", "A"]),
    ("choice", ["D"]),
    ("inline_choice", ["A", "B"]),
    ("text_entry", ["五个字整整"]),
    ("text_entry", ["9", "公斤"]),
    ("text_entry", ["9", "米", "秒"]),
    ("text_entry", ["a\x00"]),
    ("extended_text", ["四个字整"]),
    ("extended_text", ["", "", ""]),
    ("order", ["A", "A"]),
    ("match", ["A X", "A X"]),
    ("match", ["X A"]),
    ("match", ["A"]),
    ("match", ["A X X"]),
    ("associate", ["A B", "B A"]),
    ("associate", ["A B", "A C"]),
    ("gap_match", ["A G", "A H", "A I"]),
    ("gap_match", ["A G", "A G"]),
    ("hot_text", ["A", "B"]),
    ("hotspot", ["A", "B"]),
    ("select_point", ["401 0"]),
    ("select_point", ["0 201"]),
    ("select_point", ["-1 0"]),
    ("select_point", ["1.5 0"]),
    ("select_point", ["1 1", "2 2", "3 3"]),
    ("graphic_order", ["C"]),
    ("graphic_associate", ["A C"]),
    ("graphic_gap_match", ["A A"] * 3),
    ("position_object", ["1 1", "2 2"]),
    ("slider", ["2.5"]),
    ("slider", ["-1.5"]),
    ("slider", ["0.25"]),
    ("slider", ["NaN"]),
    ("upload", ["work.pdf"]),
    ("media", ["-1"]),
]


@pytest.mark.parametrize(("kind", "values"), TAKEN)
def test_what_the_interaction_offers_is_taken(kind: str, values: list[str]) -> None:
    assert is_value(made(kind), values)


@pytest.mark.parametrize(("kind", "values"), REFUSED)
def test_what_it_does_not_is_refused(kind: str, values: list[str]) -> None:
    assert not is_value(made(kind), values)


@pytest.mark.parametrize(
    ("format", "text", "fits"),
    [
        ("integer", "12", True),
        ("integer", "1.5", False),
        ("number", "1.5", True),
        ("number", ".5e3", True),
        ("number", "1,5", False),
        ("number", "１", False),
        ("number", "", False),
    ],
)
def test_a_number_is_one_or_is_refused(format: str, text: str, fits: bool) -> None:
    assert is_value(made("text_entry", format=format, max_chars=9, units=[]), [text]) is fits


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_always_an_answer(kind: str) -> None:
    interactions = {"RESPONSE": made(kind)}
    assert all(is_answer(interactions, value) for value in ([], {}, {"RESPONSE": []}))


@pytest.mark.parametrize(
    "value", [None, "A", ["A"], {"OTHER": []}, {"RESPONSE": "A"}, {"RESPONSE": [1]}, False, ()]
)
def test_another_form_is_no_answer(value: Any) -> None:
    assert not is_answer({"RESPONSE": made("choice")}, value)


texts = st.text() | st.sampled_from(["A", "A B", "A X", "1 2", "9", "\ud800", "A  B", "1e999999"])


@given(st.sampled_from(sorted(KINDS)), st.lists(texts, max_size=4))
def test_no_list_of_strings_breaks_the_check(kind: str, values: list[str]) -> None:
    assert is_value(made(kind), values) in (True, False)
