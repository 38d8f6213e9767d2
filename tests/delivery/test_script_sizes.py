"""What a candidate's page loads: the plain theory within its limit, and of the interactions only what its paper has."""

import pytest
from django.test import Client

from itembank.interactions.contents import KINDS
from tests.support.scripts import size, with_imports

PLAIN = with_imports("exam", "theory", "hand_in", "signals", "place", "noted")
PLAYER = with_imports("interactions/player") - PLAIN
# With the words of the pages these are the 100 kB that a plain theory may load; a browser's test measures all of it.
PLAIN_LIMIT, PLAYER_LIMIT, WORDS_LIMIT = 82_000, 8_000, 9_000
ALL_LIMIT = 63_000
# What each kind adds to a page that has the player, in bytes.
LIMITS = {
    "associate": 8_000,
    "choice": 5_000,
    "extended_text": 3_000,
    "gap_match": 9_500,
    "graphic_associate": 13_000,
    "graphic_gap_match": 13_500,
    "graphic_order": 9_000,
    "hot_text": 4_000,
    "hotspot": 8_000,
    "inline_choice": 1_000,
    "match": 6_000,
    "media": 1_500,
    "order": 6_500,
    "position_object": 13_000,
    "select_point": 12_500,
    "slider": 3_000,
    "text_entry": 3_500,
    "upload": 15_500,
}


def added(*kinds: str) -> frozenset[str]:
    """The modules of these kinds that a page with the player has not loaded yet."""
    return with_imports(*(f"interactions/{kind}" for kind in kinds)) - PLAIN - PLAYER


def test_a_plain_theory_loads_nothing_of_the_interactions_and_stays_small() -> None:
    assert not [name for name in PLAIN if name.startswith("interactions/")]
    assert size(PLAIN) < PLAIN_LIMIT
    assert size(PLAYER) < PLAYER_LIMIT


def test_every_kind_is_within_its_own_limit() -> None:
    assert LIMITS.keys() == {kind.__struct_config__.tag for kind in KINDS}
    assert [kind for kind, most in LIMITS.items() if not most - 1_500 < size(added(kind)) < most] == []


@pytest.mark.parametrize("kind", LIMITS)
def test_a_kind_brings_no_other_kind_with_it(kind: str) -> None:
    others = {f"interactions/{other}" for other in LIMITS if other != kind}
    assert not added(kind) & others


def test_what_kinds_have_in_common_is_loaded_once() -> None:
    together = added(*LIMITS)
    assert size(PLAYER | together) < ALL_LIMIT < sum(size(added(kind)) for kind in LIMITS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_of_the_interactions_are_a_small_module(client: Client, language: str) -> None:
    answer = client.get(f"/exam/interactions.js?language={language}")
    assert answer.status_code == 200
    assert 2_000 < len(answer.content) < WORDS_LIMIT
