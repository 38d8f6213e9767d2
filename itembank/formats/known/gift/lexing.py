"""The outer form of GIFT: blocks between empty lines, comments, escapes, the name and the braces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from itembank.formats.problems import BadQuestion
from itembank.formats.question import TextFormat

# Escaped characters are moved here while marks are looked for, and back afterwards.
_ASIDE = 0xF0000
_ESCAPE = re.compile(r"\\([\\:~=#\[\]{}n])")
_BACK = re.compile(f"[{chr(_ASIDE)}-{chr(_ASIDE + 0x7F)}]")
_ID = re.compile(r"\[id:((?:\\\]|[^\x00-\x1f\x7f\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\x00-\x1f\x7f\]])+)\]")
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]*\n\s*|[^\S\n]+")
_BLANK = "_____"
CATEGORY = "$CATEGORY:"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two empty ones: their text with escapes set aside, the first line's number, the comments."""

    line: int
    text: str
    code: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rich:
    """A text and its format."""

    text: str
    format: TextFormat


@dataclass(frozen=True, slots=True)
class Parted:
    """A question's name, what stands around its answers, and the answers (None: a description)."""

    title: str
    stem: str
    answers: str | None


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file; one that holds comments alone is none."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            lines.append((number, line))
        elif lines:
            yield from _block(lines)
            lines = []


def _block(lines: list[tuple[int, str]]) -> Iterator[Block]:
    comments = " ".join(line for _, line in lines if line.lstrip().startswith("//"))
    kept = [(number, line) for number, line in lines if not line.lstrip().startswith("//")]
    if not kept:
        return
    code = _ID.search(comments)
    yield Block(
        kept[0][0],
        set_aside("\n".join(line for _, line in kept)),
        code[1].strip().replace("\\]", "]") if code else "",
        tuple(found[1].strip().replace("\\]", "]") for found in _TAG.finditer(comments)),
    )


def set_aside(text: str) -> str:
    """`text` with escaped characters out of the way of marks; `set_back` undoes it."""
    if _BACK.search(text):
        raise BadQuestion("private_characters")
    return _ESCAPE.sub(lambda found: chr(_ASIDE + ord("\n" if found[1] == "n" else found[1])), text)


def set_back(text: str) -> str:
    """The characters that were escaped, in their places."""
    return _BACK.sub(lambda found: chr(ord(found[0]) - _ASIDE), text)


def rich(text: str, default: TextFormat = "moodle") -> Rich:
    """A text with its own format or the default one; line breaks of the file count in HTML and Markdown only."""
    found = _FORMAT.match(text)
    format: TextFormat = found[1].lower() if found else default  # type: ignore[assignment]
    bare = text[found.end() :] if found else text
    kept = bare if format in ("html", "markdown") else _BLANKS.sub(" ", bare)
    return Rich(set_back(kept.strip()).strip(), format)


def one_line(text: str) -> str:
    """A text that has no format, on one line."""
    return set_back(" ".join(text.split()))


def part(text: str) -> Parted:
    """Name, stem and answers of a block; BadQuestion where braces or the name do not close."""
    title, body = _title(text.strip())
    opens, closes = body.find("{"), body.find("}")
    if opens < 0 and closes < 0:
        return Parted(title, body, None)
    if opens < 0 or (0 <= closes < opens):
        raise BadQuestion("gift_brace_not_open")
    if closes < 0:
        raise BadQuestion("gift_brace_not_closed")
    rest = body[closes + 1 :]
    if rest.lstrip().startswith("//"):
        rest = ""
    if "{" in rest or "}" in rest or "{" in body[opens + 1 : closes]:
        raise BadQuestion("gift_second_answers")
    return Parted(title, _joined(body[:opens], rest), body[opens + 1 : closes].strip())


def _title(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    end = text.find("::", 2)
    if end < 0:
        raise BadQuestion("gift_name_not_closed")
    return one_line(text[2:end]), text[end + 2 :].strip()


def _joined(before: str, after: str) -> str:
    """The stem with a blank in it, apart from words that are written apart; Chinese is not."""
    left, right = before.rstrip(), after.lstrip()
    if not right:
        return before
    return left + _apart(left[-1:]) + _BLANK + _apart(right[0]) + right


def _apart(character: str) -> str:
    return "" if "\u2e80" <= character <= "\uffef" else " "
