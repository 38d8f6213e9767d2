"""Which values can be stored as answers: each boundary from both sides."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.shapes import BAD_VALUE, MAX_CELL_CHARS, Shape, check_value, outline_of, shapes

SINGLE = Shape("choice", options=frozenset("ABCD"))
MULTIPLE = Shape("choice", options=frozenset("ABCD"), multiple=True)
TEXT = Shape("text", max_chars=5)
TABLE = Shape("table", columns=2, max_rows=3)
FILE = Shape("file", accept=(".pdf",), max_bytes=10)
ALL = [SINGLE, MULTIPLE, TEXT, TABLE, FILE]


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (SINGLE, []),
        (SINGLE, ["A"]),
        (MULTIPLE, []),
        (MULTIPLE, ["D"]),
        (MULTIPLE, ["D", "A"]),
        (MULTIPLE, ["A", "B", "C", "D"]),
        (TEXT, {"text": ""}),
        (TEXT, {"text": "五个字整整"}),
        (TEXT, {"text": "a\nb\tc"}),
        (TEXT, {"text": "😀😀😀😀😀"}),
        (TABLE, {"rows": []}),
        (TABLE, {"rows": [["", ""]]}),
        (TABLE, {"rows": [["a", "b"]] * 3}),
        (TABLE, {"rows": [["a", "x" * MAX_CELL_CHARS]]}),
    ],
)
def test_what_has_the_shape_is_taken(shape: Shape, value: Any) -> None:
    assert check_value(shape, value) is None


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (SINGLE, ["A", "B"]),
        (SINGLE, ["E"]),
        (SINGLE, [""]),
        (SINGLE, "A"),
        (SINGLE, {"A": 1}),
        (SINGLE, [1]),
        (SINGLE, [["A"]]),
        (SINGLE, None),
        (SINGLE, ["a"]),
        (MULTIPLE, ["A", "A"]),
        (MULTIPLE, ["A", "E"]),
        (MULTIPLE, ["A", None]),
        (TEXT, {"text": "六个字整整了"}),
        (TEXT, {"text": "a\x00"}),
        (TEXT, {"text": "\ud83d"}),
        (TEXT, {"text": 5}),
        (TEXT, {"text": None}),
        (TEXT, {}),
        (TEXT, {"text": "a", "html": ""}),
        (TEXT, ["a"]),
        (TEXT, "a"),
        (TABLE, {"rows": [["a", "b"]] * 4}),
        (TABLE, {"rows": [["a"]]}),
        (TABLE, {"rows": [["a", "b", "c"]]}),
        (TABLE, {"rows": [[]]}),
        (TABLE, {"rows": [["a", "x" * (MAX_CELL_CHARS + 1)]]}),
        (TABLE, {"rows": [["a", "\x00"]]}),
        (TABLE, {"rows": [["a", 1]]}),
        (TABLE, {"rows": ["ab"]}),
        (TABLE, {"rows": {"0": ["a", "b"]}}),
        (TABLE, {"rows": [], "columns": []}),
        (TABLE, [["a", "b"]]),
        (FILE, {}),
        (FILE, []),
        (FILE, {"file": "x.pdf"}),
    ],
)
def test_what_has_not_is_a_bad_value(shape: Shape, value: Any) -> None:
    assert check_value(shape, value) == BAD_VALUE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from("ABCD"),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["text", "rows", "x"]), inner),
)


@given(st.sampled_from(ALL), json_values)
def test_no_value_whatever_breaks_the_check(shape: Shape, value: Any) -> None:
    assert check_value(shape, value) in (None, BAD_VALUE)


@given(st.lists(st.sampled_from("ABCDE")))
def test_a_multiple_answer_is_a_set_of_known_options(value: list[str]) -> None:
    fine = "E" not in value and len(set(value)) == len(value)
    assert (check_value(MULTIPLE, value) is None) == fine


def test_an_outline_names_the_kinds_and_not_the_items_that_have_them() -> None:
    numeric = {"R1": {"kind": "text_entry"}, "R2": {"kind": "choice", "options": [{"id": "A", "html": ""}]}}
    rich = {"id": "Q1", "stem": "", "html": "", "interactions": numeric, "media": []}
    plain = {"id": "Q2", "stem": "", "options": [{"id": "A", "text": ""}]}
    sections = [
        {"type": "cloze", "items": [rich, {**rich, "id": "Q3"}]},
        {"type": "single", "items": [plain]},
    ]
    found = outline_of(shapes("theory", {"sections": sections}))
    assert found == {"items": 3, "files": False, "kinds": ["choice", "text_entry"]}
