"""Single, multiple and true or false: plain text where the source is plain, an interaction where it is formatted."""

from collections.abc import Mapping
from typing import Any

from itembank.authoring.parts import (
    LETTERS,
    RESPONSE,
    BadDraft,
    Built,
    number_text,
    rich,
    stem,
    with_interaction,
)
from itembank.formats.question import Choice, Question
from itembank.formats.texts import as_plain

MOST_OPTIONS = 26
SHOWS = ("<img", "<table", "<math", "<sub", "<sup", "<audio", "<video", "<ruby", "<pre", "<ol", "<ul")
FULL = 0.999  # three times 0.3333333 is all of it


def build(question: Question, media: Mapping[str, str]) -> Built:
    """Content and key; BadDraft without a right option, without two options, or with one twice."""
    if question.type == "true_false":
        return _true_false(question)
    texts = [as_plain(one.text, one.format or question.format) for one in question.choices]
    _check(question, texts)
    ids = LETTERS[: len(texts)]
    key = choice_key(question, ids)
    if media or _has_markup(question):
        return Built(_formatted(question, ids, media), {"grading": _grading(question, key)})
    options = [{"id": id, "text": text} for id, text in zip(ids, texts, strict=True)]
    return Built({"stem": stem(question), "options": options}, key)


def _true_false(question: Question) -> Built:
    right = [one.fraction >= FULL for one in question.choices]
    if right not in ([True, False], [False, True]):
        raise BadDraft("no_truth")
    options = [{"id": "T", "text": ""}, {"id": "F", "text": ""}]
    return Built({"stem": stem(question), "options": options}, {"correct": ["T" if right[0] else "F"]})


def _check(question: Question, texts: list[str]) -> None:
    if not 2 <= len(texts) <= MOST_OPTIONS:
        raise BadDraft("options_count", n=len(texts), most=MOST_OPTIONS)
    plain = not _has_markup(question)
    if plain and not all(texts):
        raise BadDraft("option_empty")
    if plain and len(set(texts)) < len(texts):
        raise BadDraft("option_twice")


def choice_key(question: Question, ids: str) -> dict[str, Any]:
    """`{"correct": [ids]}`, with the `fractions` of each option where credit is not simply all or nothing."""
    shares = {id: one.fraction for id, one in zip(ids, question.choices, strict=True)}
    best = max(shares.values())
    if best <= 0:
        raise BadDraft("no_right_option")
    if question.type == "single":
        right = [id for id, share in shares.items() if share == best]
        plain = (
            len(right) == 1
            and best >= FULL
            and all(share == 0 for id, share in shares.items() if id not in right)
        )
        right = right[:1] if plain else right
    else:
        right = [id for id, share in shares.items() if share > 0]
        even = {round(share * len(right), 3) for id, share in shares.items() if id in right}
        plain = even <= {1.0} and all(share <= 0 for id, share in shares.items() if id not in right)
        plain = plain and not any(share < 0 for share in shares.values())
    if question.type == "multiple" and len(right) < 2 and plain:
        plain = False
    if plain:
        return {"correct": right}
    return {"correct": right, "fractions": {id: number_text(share) for id, share in shares.items()}}


def _grading(question: Question, key: Mapping[str, Any]) -> dict[str, Any]:
    return {"by": "choice", "multiple": question.type == "multiple", **key}


def _has_markup(question: Question) -> bool:
    texts = [(question.prompt, question.format)]
    texts += [(one.text, one.format or question.format) for one in question.choices]
    return any(format != "plain" and sign in text for text, format in texts for sign in SHOWS)


def _formatted(question: Question, ids: str, media: Mapping[str, str]) -> dict[str, Any]:
    most = 0 if question.type == "multiple" else 1
    interaction = {"kind": "choice", "options": _options(question.choices, ids, question.format, media)}
    if question.shuffle is not False:
        interaction["shuffle"] = True
    if most != 1:
        interaction["max"] = most
    return with_interaction(question, interaction, media)


def _options(choices: tuple[Choice, ...], ids: str, format: str, media: Mapping[str, str]) -> Any:
    pairs = zip(ids, choices, strict=True)
    return [{"id": id, "html": rich(one.text, one.format or format, media)} for id, one in pairs]


__all__ = ["FULL", "RESPONSE", "build", "choice_key"]
