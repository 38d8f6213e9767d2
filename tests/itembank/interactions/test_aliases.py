"""Aliases: nothing that an author named leaves the server, and every answer comes back to what was meant."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.interactions.aliases import Aliased, UnknownAlias, aliased_item, aliased_options
from itembank.interactions.contents import KINDS, read_interactions
from itembank.interactions.values import is_answer

TELLING = "correct-"
NO_ALIASES = ("o9", "", "c1 ", " ", "o1 o2 o3", 1, None, ["o1"], {"o1": 1})
SPOT = {"shape": "rect", "coords": [0, 0, 9, 9]}


def named(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": TELLING + name, "html": "x", **more} for name in names]


def spots() -> list[dict[str, Any]]:
    return [{"id": TELLING + name, **SPOT} for name in "AB"]


PICTURE = {"picture": {"media": "M1", "width": 10, "height": 10}}
GAPS = f'<p><span data-gap="{TELLING}G"></span> <span data-gap="{TELLING}H"></span></p>'
HOT = f'<p><span data-hot="{TELLING}A">a</span> <span data-hot="{TELLING}B">b</span></p>'
CASES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "choice": ({"options": named(*"AB"), "max": 2}, ["correct-B", "correct-A"], ["o2", "o1"]),
    "inline_choice": ({"options": named(*"AB")}, ["correct-A"], ["o1"]),
    "text_entry": ({"units": ["kg"]}, ["correct-A", "kg"], ["correct-A", "kg"]),
    "extended_text": ({}, ["correct-A B"], ["correct-A B"]),
    "order": ({"options": named(*"AB")}, ["correct-B", "correct-A"], ["o2", "o1"]),
    "match": ({"sources": named("A"), "targets": named(*"AB")}, ["correct-A correct-B"], ["s1 t2"]),
    "associate": ({"options": named(*"AB")}, ["correct-B correct-A"], ["o2 o1"]),
    "gap_match": (
        {"html": GAPS, "choices": named(*"AB"), "gaps": [{"id": "correct-G"}, {"id": "correct-H"}]},
        ["correct-B correct-G"],
        ["c2 g1"],
    ),
    "hot_text": ({"html": HOT, "texts": ["correct-A", "correct-B"]}, ["correct-B"], ["w2"]),
    "hotspot": ({**PICTURE, "spots": spots()}, ["correct-B"], ["p2"]),
    "select_point": (PICTURE, ["1 2"], ["1 2"]),
    "graphic_order": ({**PICTURE, "spots": spots()}, ["correct-B", "correct-A"], ["p2", "p1"]),
    "graphic_associate": ({**PICTURE, "spots": spots()}, ["correct-B correct-A"], ["p2 p1"]),
    "graphic_gap_match": (
        {**PICTURE, "choices": named(*"AB"), "spots": spots()},
        ["correct-A correct-B"],
        ["c1 p2"],
    ),
    "position_object": ({**PICTURE, "object": PICTURE["picture"]}, ["1 2"], ["1 2"]),
    "slider": ({"lower": "0", "upper": "9"}, ["3"], ["3"]),
    "upload": ({"accept": [".pdf"], "max_bytes": 9}, [], []),
    "media": ({"sources": ["M1"]}, ["2"], ["2"]),
}


def item(**interactions: Any) -> dict[str, Any]:
    places = "".join(f'<div data-interaction="{name}"></div>' for name in interactions)
    return {"id": "Q", "stem": "q", "html": places, "interactions": interactions, "media": []}


def one(kind: str) -> tuple[dict[str, Any], Aliased]:
    before = item(**{"RIGHT-ONE": {"kind": kind, **CASES[kind][0]}})
    return before, aliased_item(before)


def test_every_kind_has_a_case_here() -> None:
    assert CASES.keys() == {kind.__struct_config__.tag for kind in KINDS}


@pytest.mark.parametrize("kind", CASES)
def test_no_identifier_of_an_author_is_left_and_the_item_is_still_one(kind: str) -> None:
    before, after = one(kind)
    text = json.dumps(after.item)
    assert (TELLING in text, "RIGHT-ONE" in text) == (False, False)
    assert is_answer(read_interactions(after.item), {"r1": CASES[kind][2]})
    assert TELLING in json.dumps(before) or not CASES[kind][1] or CASES[kind][1] == CASES[kind][2]


@pytest.mark.parametrize("kind", CASES)
def test_an_answer_is_stored_as_it_was_meant_and_shown_as_it_was_given(kind: str) -> None:
    before, after = one(kind)
    stored, sent = {"RIGHT-ONE": CASES[kind][1]}, {"r1": CASES[kind][2]}
    assert after.aliases
    assert (after.aliases.meant(sent), after.aliases.shown(stored)) == (stored, sent)
    assert is_answer(read_interactions(before), after.aliases.meant(sent))


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case[1] != case[2]])
def test_an_authors_own_identifier_is_none_of_the_candidates(kind: str) -> None:
    aliases = one(kind)[1].aliases
    assert aliases
    for sent in ({"r1": CASES[kind][1]}, {"RIGHT-ONE": []}, *({"r1": [one]} for one in NO_ALIASES)):
        with pytest.raises(UnknownAlias):
            aliases.meant(sent)


@pytest.mark.parametrize("value", [None, 3, "o1", [], ["o1"], {"r1": "o1"}, {"r1": None}, {"r1": {"o1": 1}}])
def test_what_has_no_form_of_an_answer_is_left_to_the_check_of_its_shape(value: Any) -> None:
    before, after = one("choice")
    assert after.aliases
    meant = after.aliases.meant(value)
    assert value == [] or not is_answer(read_interactions(before), meant)


def test_interactions_are_counted_in_the_order_of_their_places() -> None:
    entry = {"kind": "text_entry"}
    given = item(answer_b=entry, answer_a=entry)
    after = aliased_item({**given, "interactions": {**given["interactions"], "nowhere": entry}})
    assert after.aliases
    assert after.aliases.meant({"r1": ["x"], "r2": [], "r3": []}) == {
        "answer_b": ["x"],
        "answer_a": [],
        "nowhere": [],
    }
    assert after.item["html"] == '<div data-interaction="r1"></div><div data-interaction="r2"></div>'


def test_words_that_look_like_a_place_stay_and_a_place_of_nothing_loses_its_name() -> None:
    words = '&lt;span data-gap="correct-G"&gt; <b title="&lt;span data-hot=&quot;correct-A&quot;">b</b>'
    given = {**item(), "html": words + '<span lang="zh" data-interaction="correct-X"></span>'}
    assert aliased_item(given).item["html"] == words + '<span lang="zh"></span>'


@given(st.lists(st.text("AB19 o", min_size=1), unique=True, max_size=9))
def test_options_are_named_by_their_place_whatever_the_author_named_them(own: list[str]) -> None:
    after = aliased_options({"id": "Q", "stem": "", "options": [{"id": one, "text": one} for one in own]})
    names = [option["id"] for option in after.item["options"]]
    assert names == [f"o{place}" for place in range(1, len(own) + 1)]
    assert after.aliases
    assert after.aliases.meant(names) == own
    assert after.aliases.shown(own[::-1]) == names[::-1]
