"""Every code that a reader can give has its text in both languages."""

import re
from pathlib import Path

import itembank.formats
from itembank.formats.losses import losses
from itembank.formats.question import Question
from itembank.formats.wording import speaker

ROOT = Path(itembank.formats.__file__).parent
CODE = re.compile(
    r"(?:BadQuestion|at_line|in_file|_Cause|BadArchive)\(\s*(?:\w+(?:\.\w+)*,\s*)*\"([a-z_]+)\""
)
PLACE = re.compile(r"%\((\w+)\)s")


def codes() -> set[str]:
    texts = [path.read_text("utf-8") for path in ROOT.rglob("*.py")]
    return {code for text in texts for code in CODE.findall(text)}


def test_every_code_has_a_text_in_both_languages() -> None:
    assert len(codes()) > 60
    silent = [
        code for code in codes() for language in ("zh", "en") if _key(code) == speaker(language)(_key(code))
    ]
    assert silent == []


def test_both_texts_of_a_code_name_the_same_values() -> None:
    both = {code: [set(PLACE.findall(speaker(one)(_key(code)))) for one in ("zh", "en")] for code in codes()}
    assert {code: pair for code, pair in both.items() if pair[0] != pair[1]} == {}


def test_every_field_that_can_be_lost_has_a_name() -> None:
    fields = {name for name in Question.__struct_fields__ if name not in ("where", "reason", "prompt")}
    silent = [name for name in fields if speaker("zh")(f"formats.field.{name}") == f"formats.field.{name}"]
    assert silent == []
    question = Question(type="essay", prompt="x", knowledge_point="y")
    assert [one.params["field"] for one in losses(question, 1, ("type", "prompt"))] == ["knowledge_point"]


def _key(code: str) -> str:
    return f"formats.{code}"
