"""What the types share: refusals, numbers as text, safe HTML, and orders that give nothing away. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from itembank.formats.question import Question
from itembank.formats.texts import as_plain, escaped, looks_like_html
from itembank.interactions.markup import safe_html

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RESPONSE = "RESPONSE"


class BadDraft(ValueError):
    """A question that the bank cannot take; `code` is a locale key's end, `params` what its sentence asks for."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}


@dataclass(frozen=True, slots=True)
class Built:
    """Content and key of one question; the content knows no right answer."""

    content: Mapping[str, Any]
    key: Mapping[str, Any]


def number_text(value: float) -> str:
    """A number as text without exponent: 0.3333333, 1000, -2.5."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rich(text: str, format: str, media: Mapping[str, str]) -> str:
    """`text` as HTML that is safe to show; files are named by their ids in `media`."""
    marked = format in ("html", "moodle", "markdown") and looks_like_html(text)
    return safe_html(text if marked else escaped(text.strip()), media=media)


def prompt_html(question: Question, media: Mapping[str, str]) -> str:
    """The prompt as a block."""
    html = rich(question.prompt, question.format, media)
    return html if html.lstrip().startswith(("<p", "<div", "<table", "<ul", "<ol")) else f"<p>{html}</p>"


def place(identifier: str) -> str:
    """Where an interaction stands in the HTML."""
    return f'<span data-interaction="{identifier}"></span>'


def stem(question: Question) -> str:
    """The prompt as plain text."""
    return as_plain(question.prompt, question.format)


def with_interaction(
    question: Question, interaction: Mapping[str, Any], media: Mapping[str, str]
) -> dict[str, Any]:
    """The content of a question with one interaction below its prompt."""
    html = f"{prompt_html(question, media)}<div>{place(RESPONSE)}</div>"
    return {"stem": stem(question), "html": html, "interactions": {RESPONSE: dict(interaction)}, "media": []}


def told_nothing(texts: Sequence[str]) -> list[int]:
    """The places of `texts` in an order that depends on the words only, never on the order they came in."""
    return sorted(range(len(texts)), key=lambda at: hashlib.sha256(texts[at].encode()).digest())
