"""A clerk's file is checked: whatever is wrong is named by its field, and nothing is lost in silence."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examserver.registration.applications.faults import Fault, Refused
from examserver.registration.catalogue.reading import LONGEST, read_catalogue, shipped
from tests.registration.catalogue.notices import edited

Edit = Callable[[Any], object]
MORNING = ("desk", "hours", "periods", 0)


def faults(file: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read_catalogue(file)
    return [(fault.key, fault.where) for fault in refused.value.faults]


def put(value: object, *path: str | int) -> Edit:
    def edit(notice: Any) -> None:
        for step in path[:-1]:
            notice = notice[step]
        notice[path[-1]] = value

    return edit


@pytest.mark.parametrize(
    ("edit", "key", "where"),
    [
        (put("110", "offerings", 0, "fee", "theory"), "field_wrong_type", "offerings[0].fee.theory"),
        (put(True, "offerings", 0, "fee", "theory"), "field_wrong_type", "offerings[0].fee.theory"),
        (put(-1, "offerings", 0, "fee", "theory"), "field_wrong_value", "offerings[0].fee.theory"),
        (put(401, "offerings", 0, "fee", "total"), "total_is_no_sum", "offerings[0].fee.total"),
        (put(1, "offerings", 0, "fee", "theroy"), "field_unknown", "offerings[0].fee.theroy"),
        (put("O1", "offerings", 1, "code"), "twice", "offerings[1].code"),
        (put(4, "offerings", 1, "level"), "twice", "offerings[1].direction"),
        (put(6, "offerings", 1, "level"), "field_wrong_value", "offerings[1].level"),
        (put([], "offerings"), "field_wrong_value", "offerings"),
        (put("2026-02-30", "windows", 0, "evaluate_by"), "field_wrong_value", "windows[0].evaluate_by"),
        (put("2026-01-30", "windows", 0, "evaluate_by"), "evaluated_before_applied", "windows[0].evaluate_by"),
        (put("2026-01-31", "windows", 1, "apply_from"), "windows_overlap", "windows[1].apply_from"),
        (put("2026-01-14", "windows", 0, "apply_from"), "outside_validity", "windows[0].apply_from"),
        (put("2027-01-01", "valid_to"), "not_of_year", "valid_to"),
        (put("x@y", "desk", "mail"), "field_wrong_value", "desk.mail"),
        (put("ftp://y", "links", 5, "url"), "field_wrong_value", "links[5].url"),
        (put("handbook", "links", 0, "key"), "twice", "links[5].key"),
        (put("11:30:00", *MORNING, "opens"), "ends_before_it_begins", "desk.hours.periods[0].closes"),
        (put("11:29:00", "desk", "hours", "periods", 1, "opens"), "hours_overlap", "desk.hours.periods[1].opens"),
        (put("paid_up", "rules", "window_counts_on"), "field_wrong_value", "rules.window_counts_on"),
        (put(31, "rules", "results", "plain"), "marking_is_faster", "rules.results.marked"),
        (put(["SELFIE"], "documents", "GROUP"), "field_wrong_value", "documents[...][0]"),
        (put(" ", "body", "name", "zh"), "field_wrong_value", "body.name.zh"),
        (put(None, "title"), "field_wrong_type", "title"),
    ],
)  # fmt: skip
def test_a_fault_names_its_field(edit: Edit, key: str, where: str) -> None:
    assert faults(edited(edit)) == [(key, where)]


@pytest.mark.parametrize(
    ("drop", "where"),
    [
        (lambda notice: notice.pop("payee"), "payee"),
        (lambda notice: notice["rules"].pop("same_day"), "rules.same_day"),
        (lambda notice: notice["windows"][3].pop("evaluate_by"), "windows[3].evaluate_by"),
        (lambda notice: notice["documents"].pop("GROUP"), "documents.GROUP"),
    ],
)
def test_a_field_that_is_missing_is_named(drop: Edit, where: str) -> None:
    assert faults(edited(drop)) == [("field_missing", where)]


def test_an_offering_needs_a_level_that_the_file_describes() -> None:
    file = edited(lambda notice: notice["levels"].pop(1))
    assert faults(file) == [("level_unknown", "offerings[0].level")]


def test_several_disagreements_are_told_at_once() -> None:
    def edit(notice: Any) -> None:
        put(1, "offerings", 0, "fee", "total")(notice)
        put("O1", "offerings", 4, "code")(notice)

    found = faults(edited(edit))
    assert found == [("total_is_no_sum", "offerings[0].fee.total"), ("twice", "offerings[4].code")]


def test_a_field_that_stands_there_twice_is_not_dropped() -> None:
    twice = shipped(2026).replace(b'"year": 2026,', b'"year": 2025, "year": 2026,')
    assert faults(twice) == [("field_twice", "year")]


@pytest.mark.parametrize("file", [b"", b"{", b"\xff\xfe", b"MZ\x90", b"[" * 100_000, b"\x00" * 10])
def test_a_file_that_is_no_json_is_refused(file: bytes) -> None:
    assert faults(file) == [("file_not_json", "file")]


@pytest.mark.parametrize("file", [b"1", b"[]", b'"x"', b"null"])
def test_json_that_is_no_catalogue_is_refused(file: bytes) -> None:
    assert faults(file) == [("field_wrong_type", "")]


def test_a_file_may_be_so_long_and_no_longer() -> None:
    file = shipped(2026)
    assert read_catalogue(file.ljust(LONGEST)) == read_catalogue(file)
    assert faults(file.ljust(LONGEST + 1)) == [("file_long", "file")]


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, one in inner for place in _places(one, (*path, name)))]


PLACES = _places(json.loads(shipped(2026)))[1:]
ODD = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just([]), st.just({}))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), ODD)
def test_any_field_may_hold_anything_and_the_file_is_read_or_refused_with_reasons(
    place: tuple[str | int, ...], value: object
) -> None:
    found: tuple[Fault, ...] = ()
    try:
        read_catalogue(edited(put(value, *place)))
    except Refused as refused:
        found = refused.faults or (Fault("refused_without_reason"),)
    assert all(fault.where for fault in found)
