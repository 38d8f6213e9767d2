"""The door: a neutral question becomes a code and a draft, or the reason why it cannot."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from re import fullmatch
from typing import Any
from urllib.parse import quote

import msgspec

from itembank.authoring import choices, entries, gaps, sets
from itembank.authoring.parts import BadDraft, Built, stem
from itembank.fields import CODE_PATTERN
from itembank.formats.question import Error, FilePart, Question, fingerprint
from itembank.formats.texts import as_plain
from itembank.states import ItemType
from itembank.versions import DEFAULT_DIFFICULTY, Draft, MediaFile

MOST_CODE = 40
MOST_WORDS = 80
MOST_STEM = 20_000
CENT = Decimal("0.01")
Builder = Callable[[Question, Mapping[str, str]], Built]
BUILDERS: Mapping[str, tuple[ItemType, Builder]] = {
    "single": (ItemType.SINGLE, choices.build),
    "multiple": (ItemType.MULTIPLE, choices.build),
    "true_false": (ItemType.TRUE_FALSE, choices.build),
    "short": (ItemType.SHORT, entries.short),
    "numeric": (ItemType.NUMERIC, entries.numeric),
    "essay": (ItemType.ESSAY, entries.essay),
    "match": (ItemType.MATCH, sets.match),
    "order": (ItemType.ORDER, sets.order),
    "cloze": (ItemType.CLOZE, gaps.cloze),
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question as the bank would take it; `source` is the place it was read from."""

    code: str
    draft: Draft
    source: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All questions of a file that can be taken, and why the others cannot."""

    good: tuple[Drafted, ...]
    refused: tuple[Error, ...]


def drafts(questions: Iterable[Question]) -> Drafts:
    """Every question as a draft under its code; a code twice in a file is refused the second time."""
    good: dict[str, Drafted] = {}
    refused: list[Error] = []
    for question in questions:
        try:
            code = _free_code(question, good)
            good[code] = Drafted(code, draft(question), question.where)
        except BadDraft as problem:
            refused.append(Error(where=question.where, code=problem.code, params=problem.params))
    return Drafts(tuple(good.values()), tuple(refused))


def draft(question: Question) -> Draft:
    """The question as a version to be stored; BadDraft says why it cannot be."""
    if question.type not in BUILDERS:
        raise BadDraft(f"type_{question.type}", reason=question.reason)
    if not stem(question) and not question.files:
        raise BadDraft("stem_empty")
    if len(question.prompt) > MOST_STEM:
        raise BadDraft("stem_long", most=MOST_STEM)
    type, build = BUILDERS[question.type]
    built = build(question, _addresses(question.files))
    content = {**built.content, **_media(question.files)} if question.files else built.content
    return Draft(
        type=type,
        content=_stored(content),
        key=_stored(built.key),
        explanation=as_plain(question.explanation, question.explanation_format or question.format),
        points=points_of(question.points),
        knowledge_point=_knowledge_point(question)[:MOST_WORDS],
        direction=question.direction[:MOST_WORDS],
        difficulty=_difficulty(question.difficulty),
        attributes={"tags": list(question.tags)} if question.tags else {},
        media=tuple(MediaFile(one.name, one.media_type, one.data) for one in question.files),
    )


def _stored(value: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(value))
    if "\\u0000" in msgspec.json.encode(plain).decode():
        raise BadDraft("nul")
    return plain


def _addresses(files: tuple[FilePart, ...]) -> dict[str, str]:
    """Each way in which texts name a file, and the id that it gets."""
    named: dict[str, str] = {}
    for number, file in enumerate(files, 1):
        for name in (file.name, quote(file.name)):
            named |= {name: f"M{number}", f"@@PLUGINFILE@@/{name}": f"M{number}"}
    return named


def _media(files: tuple[FilePart, ...]) -> dict[str, Any]:
    entries = [
        {
            "id": f"M{number}",
            "name": f"M{number}",
            "media_type": file.media_type,
            "sha256": hashlib.sha256(file.data).hexdigest(),
            "size": len(file.data),
        }
        for number, file in enumerate(files, 1)
    ]
    return {"media": entries}


def _knowledge_point(question: Question) -> str:
    return question.knowledge_point or question.category.rstrip("/").rpartition("/")[2].strip()


def points_of(points: float | None) -> Decimal:
    """Points as the bank keeps them, in hundredths, 1 where a file says nothing; BadDraft outside 0 to 1000."""
    try:
        value = Decimal(repr(points)) if points is not None else Decimal(1)
        value = value.quantize(CENT).normalize() + 0
    except InvalidOperation as error:
        raise BadDraft("points_bad", points=points) from error
    if not 0 < value < 1000:
        raise BadDraft("points_bad", points=points)
    return value


def _difficulty(value: float | None) -> float:
    if value is None:
        return DEFAULT_DIFFICULTY
    if not 0 <= value <= 1:
        raise BadDraft("difficulty_bad", difficulty=value)
    return value


def _free_code(question: Question, taken: Mapping[str, object]) -> str:
    """The file's own code where the bank can use it; else one from what is asked, or from all of it."""
    if question.code:
        return bank_code(question.code, taken)
    code = _hashed("Q", f"{question.type}\n{question.title}\n{stem(question)}")
    if code in taken:
        code = _hashed("Q", fingerprint(question))
    if code in taken:
        raise BadDraft("question_twice")
    return code


def bank_code(given: str, taken: Mapping[str, object]) -> str:
    """The code `given` by a file, hashed where the bank cannot use it; BadDraft when it is taken."""
    code = given if _is_code(given) else _hashed("C", given)
    if code in taken:
        raise BadDraft("code_twice", given=given)
    return code


def _is_code(code: str) -> bool:
    return len(code) <= MOST_CODE and fullmatch(CODE_PATTERN, code) is not None


def _hashed(prefix: str, text: str) -> str:
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
