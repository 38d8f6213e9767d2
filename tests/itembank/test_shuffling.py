"""The candidate's own order: a permutation, repeatable, that leaves keys as they are."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from itembank.shuffling import arranged, own_paper

seeds = st.integers(0, 2**63 - 1)


@st.composite
def papers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Sections of items whose option texts say which option they are."""
    sections = []
    for number, type in enumerate(draw(st.lists(st.sampled_from(["true_false", "single", "multiple"])))):
        letters = "TF" if type == "true_false" else draw(st.sampled_from(["AB", "ABCD", "ABCDE"]))
        options = [{"id": letter, "text": f"text {letter}"} for letter in letters]
        count = draw(st.integers(0, 8))
        items = [{"id": f"S{number}-{n}", "stem": "", "options": options} for n in range(count)]
        sections.append({"id": f"S{number}", "type": type, "points": "1", "items": items})
    return sections


def in_file_order(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections with items and options put back in order, without numbers."""
    result = []
    for section in sections:
        items = sorted(section["items"], key=lambda item: item["id"])
        ordered = [
            {
                "id": i["id"],
                "stem": i["stem"],
                "options": sorted(i["options"], key=lambda o: "TABCDEF".index(o["id"])),
            }
            for i in items
        ]
        result.append({**section, "items": ordered})
    return result


@given(papers(), seeds)
def test_an_arranged_paper_is_the_same_paper_in_another_order(paper: list[dict[str, Any]], seed: int) -> None:
    before = deepcopy(paper)
    assert in_file_order(arranged(paper, seed)) == before
    assert paper == before


@given(papers(), seeds)
def test_the_same_seed_gives_the_same_order(paper: list[dict[str, Any]], seed: int) -> None:
    assert arranged(paper, seed) == arranged(deepcopy(paper), seed)


@given(papers(), seeds)
def test_items_are_numbered_through_the_paper_from_one(paper: list[dict[str, Any]], seed: int) -> None:
    numbers = [item["number"] for section in arranged(paper, seed) for item in section["items"]]
    assert numbers == list(range(1, len(numbers) + 1))


@given(papers(), seeds)
def test_true_stays_before_false(paper: list[dict[str, Any]], seed: int) -> None:
    for section in arranged(paper, seed):
        if section["type"] == "true_false":
            assert all([o["id"] for o in item["options"]] == ["T", "F"] for item in section["items"])


def one_section(items: int) -> list[dict[str, Any]]:
    """A section of single items with four options each."""
    options = [{"id": letter, "text": letter} for letter in "ABCD"]
    listed = [{"id": str(n), "stem": "", "options": options} for n in range(items)]
    return [{"id": "S1", "type": "single", "items": listed}]


def test_every_order_of_the_options_comes_up_about_equally_often() -> None:
    orders = [
        tuple(o["id"] for o in arranged(one_section(1), n)[0]["items"][0]["options"]) for n in range(4800)
    ]
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 24
    assert 140 < min(counts) <= max(counts) < 260


def test_neighbours_with_neighbouring_seeds_see_different_orders() -> None:
    orders = {tuple(i["id"] for i in arranged(one_section(20), seed)[0]["items"]) for seed in range(100)}
    assert len(orders) == 100


def test_a_recorded_seed_means_the_same_order_in_every_python() -> None:
    (section,) = arranged(one_section(5), 20260328)
    assert [item["id"] for item in section["items"]] == ["3", "1", "2", "0", "4"]
    assert [option["id"] for option in section["items"][0]["options"]] == ["C", "B", "D", "A"]


@given(papers(), seeds)
def test_an_alias_is_the_place_in_the_candidates_own_order(paper: list[dict[str, Any]], seed: int) -> None:
    before, own = arranged(paper, seed), own_paper(paper, seed)
    for section, shown in zip(before, own.sections, strict=True):
        for item, seen in zip(section["items"], shown["items"], strict=True):
            if section["type"] == "true_false":
                assert (seen, item["id"] in own.aliases) == (item, False)
                continue
            assert [o["id"] for o in seen["options"]] == [f"o{n}" for n, _ in enumerate(item["options"], 1)]
            meant = own.aliases[item["id"]].meant([o["id"] for o in seen["options"]])
            assert meant == [o["id"] for o in item["options"]]


def test_a_right_option_that_is_always_named_alike_has_every_alias_equally_often() -> None:
    owns = [own_paper(one_section(1), seed) for seed in range(2000)]
    named = [own.aliases["0"].shown(["A"])[0] for own in owns]
    assert {name: named.count(name) > 420 for name in named} == dict.fromkeys(("o1", "o2", "o3", "o4"), True)
