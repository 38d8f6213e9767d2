"""What belongs together and what comes after what: matching and ordering."""

from collections.abc import Mapping
from typing import Any

from itembank.authoring.parts import LETTERS, BadDraft, Built, rich, told_nothing, with_interaction
from itembank.formats.question import Question
from itembank.formats.texts import as_plain


def match(question: Question, media: Mapping[str, str]) -> Built:
    """Each left goes with one right; right-hand texts are numbered in an order that gives nothing away."""
    lefts = [pair for pair in question.pairs if pair.left.strip()]
    rights = list(dict.fromkeys(pair.right.strip() for pair in question.pairs))
    if len(lefts) < 2 or len(rights) < 2:
        raise BadDraft("pairs_few", n=len(lefts))
    if len({pair.left.strip() for pair in lefts}) < len(lefts):
        raise BadDraft("left_twice")
    ids = {rights[at]: f"R{number}" for number, at in enumerate(told_nothing(rights), 1)}
    sources = [
        {"id": f"L{number}", "html": rich(pair.left, pair.format or question.format, media)}
        for number, pair in enumerate(lefts, 1)
    ]
    by_id = sorted(ids.items(), key=lambda one: int(one[1][1:]))
    targets = [{"id": id, "html": rich(text, "plain", media), "max": 0} for text, id in by_id]
    interaction = {
        "kind": "match",
        "sources": sources,
        "targets": targets,
        "min": len(lefts),
        "shuffle": True,
    }
    pairs = [[f"L{number}", ids[pair.right.strip()]] for number, pair in enumerate(lefts, 1)]
    return Built(with_interaction(question, interaction, media), {"grading": {"by": "match", "pairs": pairs}})


def order(question: Question, media: Mapping[str, str]) -> Built:
    """The choices in their right order become options in an order that gives nothing away."""
    texts = [as_plain(one.text, one.format or question.format) for one in question.choices]
    if not 2 <= len(texts) <= len(LETTERS):
        raise BadDraft("options_count", n=len(texts), most=len(LETTERS))
    if len(set(texts)) < len(texts):
        raise BadDraft("option_twice")
    places = told_nothing(texts)
    ids = {at: LETTERS[number] for number, at in enumerate(places)}
    options: list[dict[str, Any]] = []
    for at in places:
        one = question.choices[at]
        options.append({"id": ids[at], "html": rich(one.text, one.format or question.format, media)})
    interaction = {"kind": "order", "options": options, "min": len(options), "shuffle": True}
    grading = {"by": "order", "order": [ids[at] for at in range(len(texts))], "partial": False}
    return Built(with_interaction(question, interaction, media), {"grading": grading})
