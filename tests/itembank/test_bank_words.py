"""Checks of assembled forms in words, and the keys of interactive items as a person reads them."""

import pytest
from django.utils.translation import override

from itembank.differences import key_text
from itembank.templatetags.bank_words import check_words, rule_words, spoken


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("12", "12", "12"), ("0.45", "0.45", "0.45"), ("..1", "≤ 1", "≤ 1"), ("2..", "≥ 2", "≥ 2"),
        ("0.3..0.7", "0.3 – 0.7", "0.3 – 0.7"), ("at most 1", "≤ 1", "≤ 1"), ("20 items", "20 题", "20 items"),
        ("3 of 4 fit", "4 题中 3 题", "3 of 4"), ("脚本: 1..2", "脚本: 1 – 2", "脚本: 1 – 2"),
        ("no pair", "没有敌对题同卷", "no pair"), ("by difficulty", "按 difficulty", "by difficulty"),
    ],
)  # fmt: skip
def test_a_check_is_said_in_the_pages_language(text: str, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert check_words(text) == chinese
    with override("en"):
        assert check_words(text) == english


def test_a_rule_of_the_blueprints_own_keeps_its_name() -> None:
    with override("en"):
        assert (rule_words("max_use"), rule_words("R1")) == ("Forms that one item may stand in", "R1")


def test_the_key_of_an_interactive_item_is_what_its_responses_declare() -> None:
    right = {"kind": "response", "identifier": "R", "correct": {"values": [{"text": "A"}, {"text": "B"}]}}
    mapped = {"kind": "response", "identifier": "M", "mapping": {"entries": [{"key": "x y", "value": "0.5"}]}}
    free = {"kind": "response", "identifier": "T"}
    grading = {"by": "qti", "declarations": [right, mapped, free, {"kind": "outcome", "identifier": "SCORE"}]}
    assert key_text({"grading": grading}) == "R: A, B; M: x y (0.5)"


def test_a_section_has_its_english_title_on_an_english_page_where_there_is_one() -> None:
    both, one = {"title": "判断题", "title_en": "True or false"}, {"title": "甲", "title_en": ""}
    with override("en"):
        assert (spoken(both), spoken(one)) == ("True or false", "甲")
    with override("zh-hans"):
        assert spoken(both) == "判断题"
