"""Reading bank files: what passes, and everything that is wrong at once."""

from pathlib import Path
from typing import Any

import pytest

from itembank.banks import read_bank
from itembank.faults import BadBank, Fault
from itembank.states import ItemType
from tests.itembank.builders import bank, item

DEMO = Path(__file__).parents[2] / "itembank" / "demo"
TF_OPTIONS = [{"id": "T", "text": ""}, {"id": "F", "text": ""}]


def faults(data: bytes | str) -> set[tuple[str, str]]:
    """Where and in which field `data` is refused; empty when it is not."""
    try:
        read_bank(data)
    except BadBank as error:
        return {(fault.where, fault.field) for fault in error.faults}
    return set()


def test_a_bank_without_a_fault_is_read_with_its_levels() -> None:
    found = read_bank(bank(offering_levels=[3], notice="n", bank="b"))
    assert len(found.items) == 12
    assert found.levels == (3,)
    assert found.items[4].type is ItemType.SINGLE
    assert found.items[4].key == ("B",)


def test_true_false_gets_its_two_options_whether_the_file_gives_them_or_not() -> None:
    without, given = item("true_false", 1), item("true_false", 2, options=TF_OPTIONS)
    for found in read_bank(bank(without, given)).items:
        assert [(option.id, option.text) for option in found.options] == [("T", ""), ("F", "")]


@pytest.mark.parametrize("name", ["theory_l3.json", "theory_l4.json"])
def test_the_demonstration_banks_are_read(name: str) -> None:
    assert len(read_bank((DEMO / name).read_bytes()).items) > 150


def test_a_byte_order_mark_does_not_matter() -> None:
    assert not faults(b"\xef\xbb\xbf" + bank())
    assert not faults("\ufeff" + bank().decode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"items": {}}', b'{"items": [], "x": 1}', b'"\xff"'])
def test_what_is_no_bank_at_all_is_refused_without_a_crash(data: bytes) -> None:
    assert faults(data) == {("", "")}


def test_a_bank_without_items_is_refused() -> None:
    assert faults(b'{"items": []}') == {("", "items")}


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("id", "A", ""),
        ("id", "x" * 40, "x" * 41),
        ("id", "A_b-1", "A.b"),
        ("type", "single", "essay"),
        ("knowledge_point", "k" * 80, "k" * 81),
        ("knowledge_point", "k", ""),
        ("difficulty", 0, -0.01),
        ("difficulty", 1, 1.01),
        ("difficulty", 0.5, "0.5"),
        ("stem", "s" * 4000, "s" * 4001),
        ("stem", "s", "a\x00b"),
        ("stem", "s", None),
        ("explanation", "", 5),
        ("explanation", ..., ["x"]),
        ("key", ["A"], "A"),
        ("key", ["A"], []),
        ("key", ["A"], ["A", "B"]),
        ("key", ["A"], ["E"]),
        ("key", ["A"], ...),
        ("stem", "s", ...),
    ],
)
def test_each_field_is_held_at_both_sides_of_its_boundary(field: str, good: Any, bad: Any) -> None:
    assert not faults(bank(item(**{field: good})))
    where = "items[0]" if field == "id" else "SC-001"
    assert faults(bank(item(**{field: bad}))) == {(where, field)}


@pytest.mark.parametrize(
    ("texts", "fine"),
    [("ab", True), ("a", False), ("aa", False), (["a", ""], False), (["a", " a"], False), ("abcde", True)],
)
def test_a_choice_needs_two_options_that_differ_and_have_text(texts: list[str], fine: bool) -> None:
    options = [{"id": letter, "text": text} for letter, text in zip("ABCDE", texts, strict=False)]
    found = faults(bank(item(options=options, key=["A"])))
    assert found == (set() if fine else {("SC-001", "options")})


def test_option_ids_must_differ() -> None:
    options = [{"id": "A", "text": "a"}, {"id": "A", "text": "b"}]
    assert faults(bank(item(options=options, key=["A"]))) == {("SC-001", "options")}


@pytest.mark.parametrize(
    ("key", "fine"), [(["A"], False), (["A", "B"], True), (list("ABCD"), True), (["A", "A"], False)]
)
def test_a_multiple_item_has_two_or_more_right_options_each_once(key: list[str], fine: bool) -> None:
    assert faults(bank(item("multiple", key=key))) == (set() if fine else {("MC-001", "key")})


@pytest.mark.parametrize("key", [[], ["T", "F"], ["A"]])
def test_true_false_is_either_true_or_false(key: list[str]) -> None:
    assert faults(bank(item("true_false", key=key))) == {("TF-001", "key")}


def test_true_false_takes_no_options_of_its_own() -> None:
    options = [{"id": "A", "text": "对"}, {"id": "B", "text": "错"}]
    assert faults(bank(item("true_false", options=options))) == {("TF-001", "options")}


def test_all_faults_of_a_file_are_named_at_once() -> None:
    items = (item(number=1, stem="", difficulty=2), item(number=2, key=["Z"]), item(number=3, colour="red"))
    found = faults(bank(*items, item(number=4), item(number=4)))
    assert found >= {("SC-001", "stem"), ("SC-001", "difficulty"), ("SC-003", "colour")}
    assert found >= {("SC-002", "key"), ("SC-004", "id")}


def test_an_item_that_is_no_object_is_named_by_its_place() -> None:
    assert faults(b'{"items": [5]}') == {("items[0]", "")}


def test_a_fault_says_where_what_and_why() -> None:
    with pytest.raises(BadBank) as caught:
        read_bank(bank(item(key=["E"])))
    assert caught.value.faults == (Fault("SC-001", "key", "not among the options: ['E']"),)
    assert str(caught.value) == "SC-001: key: not among the options: ['E']"
