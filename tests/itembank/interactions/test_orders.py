"""The candidate's own order of options: what is fixed stays, the rest is mixed by the seed and nothing is lost."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from itembank.interactions.orders import around_fixed, arranged_item
from itembank.shuffling import arranged

fixed_or_not = st.lists(st.booleans(), max_size=8)


def options(flags: list[bool]) -> list[dict[str, Any]]:
    return [{"id": str(n), "html": "", **({"fixed": True} if fixed else {})} for n, fixed in enumerate(flags)]


def item(**fields: Any) -> dict[str, Any]:
    interaction = {"kind": "choice", "options": options([False] * 6), **fields}
    return {"id": "Q", "stem": "", "html": "", "interactions": {"RESPONSE": interaction}, "media": []}


@given(fixed_or_not, st.integers(0, 2**32))
def test_fixed_options_keep_their_place_and_none_is_lost(flags: list[bool], seed: int) -> None:
    before = options(flags)
    after = around_fixed(before, Random(seed))
    assert sorted(one["id"] for one in after) == [one["id"] for one in before]
    assert all(after[n] == before[n] for n, fixed in enumerate(flags) if fixed)


def test_only_what_the_author_lets_mix_is_mixed() -> None:
    assert arranged_item(item(), Random(1)) == item()
    orders = {
        tuple(
            one["id"]
            for one in arranged_item(item(shuffle=True), Random(seed))["interactions"]["RESPONSE"]["options"]
        )
        for seed in range(40)
    }
    assert len(orders) > 30


def test_both_sides_of_a_match_are_mixed() -> None:
    both = {"sources": options([False] * 6), "targets": options([False] * 6)}
    given_item = item(kind="match", shuffle=True, **both)
    found = arranged_item(given_item, Random(3))["interactions"]["RESPONSE"]
    assert [o["id"] for o in found["sources"]] != [o["id"] for o in found["targets"]]


def test_an_item_with_interactions_stands_in_a_paper_beside_the_plain_types() -> None:
    sections = [{"id": "S1", "type": "interactive", "items": [item(shuffle=True)]}]
    (section,) = arranged(sections, 7)
    assert section["items"][0]["number"] == 1
    assert arranged(sections, 7) == arranged(sections, 7)
