"""GIFT: every mark of its grammar, on questions of our own."""

import pytest

from itembank.formats.question import Answer, Pair
from itembank.formats.registry import read, write
from tests.itembank.formats.reading import codes, only, read_text

WHOLE = r"""// [id:Q-1] [tag:视频] [tag:a \] b]
::Frame rate::Which rate is usual for film?{=24#Yes.\nIndeed ~25 ~%50%[plain]23.976#nearly ~%-25%60
####Film ran at 24.}

$CATEGORY: bank/二

// [id:Q-2]
[markdown]**Pick** two{~%50%one ~%50%two ~%-100%three}

Live streams need a licence\: \{yes\}{T#wrong#right}

The unit is{=fps =%50%frames per second#long} here.

Pi{#=3.14:0.005 =%50%3..3.2#rough ~#no}

Match{=a -> 1 =b -> 2 = -> 3}

Write{####what we look for}

A note.
"""


def test_choices_carry_their_shares_formats_and_feedback() -> None:
    first, second, *_ = read_text(WHOLE, "a.gift").questions
    assert [one.fraction for one in first.choices] == [1, 0, 0.5, -0.25]
    assert (first.choices[0].feedback, first.choices[2].format) == ("Yes.\nIndeed", "plain")
    assert (first.type, first.explanation) == ("single", "Film ran at 24.")
    assert (second.type, second.format, second.prompt) == ("multiple", "markdown", "**Pick** two")


def test_comments_above_a_question_name_it_and_categories_hold_on() -> None:
    first, second, third, *_ = read_text(WHOLE, "a.gift").questions
    assert (first.code, first.tags, first.title) == ("Q-1", ("视频", "a ] b"), "Frame rate")
    assert (first.category, second.category, third.category) == ("", "bank/二", "bank/二")
    assert (second.code, second.tags, third.code) == ("Q-2", (), "")


def test_the_first_feedback_of_true_and_false_is_for_the_wrong_choice() -> None:
    question = read_text(WHOLE, "a.gift").questions[2]
    true, false = question.choices
    assert (question.prompt, true.feedback, false.feedback) == (
        "Live streams need a licence: {yes}",
        "right",
        "wrong",
    )


def test_an_answer_inside_a_sentence_leaves_a_blank() -> None:
    question = read_text(WHOLE, "a.gift").questions[3]
    assert question.prompt == "The unit is _____ here."
    assert [(one.text, one.fraction) for one in question.answers] == [("fps", 1), ("frames per second", 0.5)]


def test_a_blank_stands_in_chinese_without_spaces() -> None:
    assert only("码率{=越高 ~越低}，画面越清晰。", "a.gift").prompt == "码率_____，画面越清晰。"


def test_a_comment_behind_the_answers_is_no_part_of_the_prompt() -> None:
    assert only("Which{=a ~b} // hard\n", "a.gift").prompt == "Which"


def test_numbers_have_margins_ranges_and_any_other() -> None:
    question = read_text(WHOLE, "a.gift").questions[4]
    assert question.answers == (
        Answer(value=3.14, tolerance=0.005),
        Answer(min=3, max=3.2, fraction=0.5, feedback="rough"),
        Answer(text="*", fraction=0, feedback="no"),
    )


def test_pairs_may_have_a_right_side_that_belongs_to_nothing() -> None:
    question = read_text(WHOLE, "a.gift").questions[5]
    assert question.pairs == (
        Pair(left="a", right="1"),
        Pair(left="b", right="2"),
        Pair(left="", right="3"),
    )


def test_an_empty_block_is_an_essay_and_none_a_description() -> None:
    *_, essay, note = read_text(WHOLE, "a.gift").questions
    assert (essay.type, essay.explanation, note.type) == ("essay", "what we look for", "description")


def test_what_is_written_is_read_back_the_same() -> None:
    questions = read_text(WHOLE, "a.gift").questions
    written = write(questions, "gift")
    again = read(written.data, "b.gift").questions
    assert [_bare(one) for one in again] == [_bare(one) for one in questions]
    assert written.losses == ()


def _bare(question: object) -> str:
    return repr(question).partition(", where=")[0]


def test_marks_in_texts_survive_being_written() -> None:
    hard = r"""::a\:\:b::\[html\] \~ \= \# \\n \\\{ // {=\=1\#\~ ~\%50\% \[x\] ~\->}"""
    question = only(hard, "a.gift")
    again = read(write([question], "gift").data, "a.gift").questions[0]
    assert again == question
    assert question.prompt == r"[html] ~ = # \n \{ //"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Who{=a ~b", "gift_brace_not_closed"),
        ("Who}=a ~b", "gift_brace_not_open"),
        ("Who{=a ~b} and {=c ~d}?", "gift_second_answers"),
        ("::Who{=a ~b}", "gift_name_not_closed"),
        ("Who{a ~b =c}", "gift_text_before_answers"),
        ("Who{=a->1 =b}", "gift_pair_without_arrow"),
        ("Who{~%150%a =b}", "fraction_out_of_range"),
        ("Who{#four}", "not_a_number"),
        ("Who{#5..3}", "range_reversed"),
        ("Who{#5:-1}", "tolerance_negative"),
        ("Who{#}", "no_answers"),
        ("Who{~a ~b}", "no_right_choice"),
        ("Who{=a->1 }", "too_few_pairs"),
        ("{=a ~b}", "no_prompt"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert codes(text, "a.gift") == [code]


def test_good_questions_around_a_broken_one_are_offered() -> None:
    reading = read_text("One{T}\n\nTwo{=a ~b\n\nThree{F}\n", "a.gift")
    assert [one.prompt for one in reading.questions] == ["One", "Three"]
    assert [(one.where, one.line) for one in reading.errors] == [("a.gift:3", 3)]


def test_an_identifier_counts_once() -> None:
    reading = read_text("// [id:A]\nOne{T}\n\n// [id:A]\nTwo{F}\n", "a.gift")
    assert [one.prompt for one in reading.questions] == ["One"]
    assert [(one.code, one.params["first"]) for one in reading.errors] == [("code_twice", "a.gift:2")]


def test_types_without_a_form_are_listed_and_not_dropped_silently() -> None:
    cloze = only("Is {1:SA:=a} or {1:SA:=b}?", "a.cloze")
    written = write([cloze], "gift")
    assert [one.code for one in written.losses] == ["not_written"]
