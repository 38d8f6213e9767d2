"""The small pieces of Moodle XML: texts with their format and files, numbers, switches."""

import base64
import binascii
from dataclasses import dataclass, field

from itembank.formats.media import Shelf, renamed
from itembank.formats.numbers import number, share
from itembank.formats.problems import BadQuestion
from itembank.formats.question import TextFormat
from itembank.formats.xml import Element, inner, text_at

FORMATS: dict[str, TextFormat] = {
    "html": "html",
    "moodle_auto_format": "moodle",
    "plain_text": "plain",
    "plain": "plain",
    "markdown": "markdown",
    "wiki_like": "plain",
}


@dataclass(frozen=True, slots=True)
class Rich:
    """A text and its format."""

    text: str
    format: TextFormat


@dataclass(slots=True)
class Source:
    """A `question` element on its way to a question: its format and the files found so far."""

    element: Element
    shelf: Shelf = field(default_factory=Shelf)
    format: TextFormat = "html"

    def rich(self, element: Element | None) -> Rich:
        """The text of an element with its files put on the shelf."""
        if element is None:
            return Rich("", self.format)
        format = FORMATS.get(element.get("format", "html"))
        if format is None:
            raise BadQuestion("moodle_format", element.sourceline or 0, format=element.get("format"))
        text = (
            inner(element.find("text")).strip()
            if element.find("text") is not None
            else inner(element).strip()
        )
        for file in element.findall("file"):
            name = file.get("name", "")
            text = renamed(text, name, self.shelf.put(name, content(file)))
        return Rich(text, format)

    def own(self, rich: Rich) -> TextFormat | str:
        """The format of a text where it is not the question's, else nothing."""
        return "" if rich.format == self.format or not rich.text else rich.format


def content(file: Element) -> bytes:
    """The bytes of a `file` element."""
    if file.get("encoding", "base64") != "base64":
        raise BadQuestion("file_encoding", file.sourceline or 0, name=file.get("name", ""))
    return unpacked(file.text or "", file.get("name", ""), file.sourceline or 0)


def unpacked(text: str, name: str, line: int) -> bytes:
    """What a text in base64 holds."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadQuestion("file_broken", line, name=name) from error


def fraction(element: Element) -> float:
    """The `fraction` of an answer, a percentage, as -1 to 1."""
    text = element.get("fraction", "0")
    value = number(text, comma=True)
    if value is None or abs(value) > 100:
        raise BadQuestion("fraction_out_of_range", element.sourceline or 0, value=text)
    return share(value)


def optional(element: Element, path: str) -> float | None:
    """The number at `path`, None where there is none; BadQuestion for what is no number."""
    text = text_at(element, path)
    if not text:
        return None
    value = number(text, comma=True)
    if value is None:
        raise BadQuestion("not_a_number", element.sourceline or 0, text=text)
    return value


def whole(element: Element, path: str) -> int | None:
    """The whole number at `path`, or None."""
    value = optional(element, path)
    return None if value is None else int(value)


def switch(element: Element, path: str, default: bool = False) -> bool:
    """Whether the element at `path` says yes; one without a text says so by being there."""
    found = element.find(path)
    if found is None:
        return default
    return (found.text or "1").strip().lower() in ("1", "true", "yes")
