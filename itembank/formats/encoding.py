"""Bytes of a text file to text: UTF-8 and UTF-16 for certain, GB 18030 and Windows-1252 by how their bytes lie."""

import codecs
import re
from dataclasses import dataclass

from itembank.formats.problems import at_line, in_file
from itembank.formats.question import Error

MOST_BYTES = 64 * 2**20
DAMAGED = "\ufffd"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Written Chinese lies almost wholly in these rows; letters with accents stand alone between ASCII letters.
_GB_COMMON = re.compile(rb"[\xa1-\xa9\xb0-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MOST_NAMED_LINES = 50


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with line ends as \\n, and what was found out; a broken byte is U+FFFD and its line is in `errors`."""

    text: str
    encoding: str
    errors: tuple[Error, ...] = ()
    notes: tuple[Error, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of the file `name`; other encodings than UTF-8 are noted, bytes that fit in none are named by line."""
    if len(data) > MOST_BYTES:
        return Decoded("", "", (in_file(name, "file_too_large", most=MOST_BYTES // 2**20),))
    encoding = _encoding(data)
    text, damaged = _text(data, encoding)
    errors = _damage(text, name, encoding) if damaged else ()
    if "\0" in text or (damaged and _is_guess(encoding)):
        return Decoded("", encoding, (in_file(name, "not_text"),))
    notes = () if encoding.startswith("utf-8") else (in_file(name, "read_as", encoding=encoding),)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, errors, notes)


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:4096]
    if 0 in head:
        return "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
    return _without_mark(data)


def _is_guess(encoding: str) -> bool:
    """Whether only bytes of 0 spoke for the encoding; a file that does not hold to it is no text."""
    return encoding in ("utf-16-le", "utf-16-be")


def _without_mark(data: bytes) -> str:
    high = len(_HIGH.findall(data))
    in_utf8 = sum(map(len, _UTF8_SEQUENCE.findall(data)))
    # A few broken bytes do not make a UTF-8 file another one: they are what has to be named.
    if not high or in_utf8 * 10 >= high * 9:
        return "utf-8"
    if sum(map(len, _GB_COMMON.findall(data))) * 10 >= high * 7:
        return "gb18030"
    return "windows-1252"


def _text(data: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return data.decode(encoding), False
    except UnicodeError:
        return data.decode(encoding, errors="replace"), True


def _damage(text: str, name: str, encoding: str) -> tuple[Error, ...]:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if DAMAGED in line]
    return tuple(at_line(name, n, "broken_bytes", encoding=encoding) for n in lines[:_MOST_NAMED_LINES])
