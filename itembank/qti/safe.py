"""Bytes to an XML tree, safely: no entities, no network, no endless files; every refusal says where. Pure."""

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from itembank.qti.faults import Place, refusal
from itembank.qti.words import words

ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in words(
        """ascii utf-8 utf-16 utf-16-le utf-16-be gb2312 gbk gb18030 big5 shift_jis euc-jp euc-kr koi8-r
        windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1257
        iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15"""
    )
)
"""What a file may declare; nothing that could run code or expand (no "zip", no "idna")."""

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_SKIPPED = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*([\[>])")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold."""

    size: int = 8 * 1024 * 1024
    tags: int = 200_000
    depth: int = 100


LIMITS = Limits()


def parse(data: bytes, *, name: str, limits: Limits = LIMITS) -> etree._Element:
    """The root of the XML in `data`; BadQti with file, line and cause. `name` is what people call the file."""
    place = Place(name)
    if len(data) > limits.size:
        raise refusal(place, "too_large", bytes=len(data), limit=limits.size)
    text = _text(data, place)
    if text.count("<") > limits.tags:
        raise refusal(place, "too_many_elements", limit=limits.tags)
    _refuse_entities(text, place)
    root = _tree(text, place)
    _refuse_depth(root, place, limits.depth)
    return root


def _text(data: bytes, place: Place) -> str:
    """The characters, in the declared encoding or UTF-8; broken bytes are named by their position."""
    encoding, start = _encoding(data, place)
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        at, byte = start + error.start, f"0x{data[start + error.start]:02X}"
        raise refusal(place, "bad_encoding", encoding=encoding, position=at, byte=byte) from error


def _encoding(data: bytes, place: Place) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if data[:2] in (b"<\0", b"\0<"):
        return ("utf-16-le" if data[:2] == b"<\0" else "utf-16-be"), 0
    declared = _ENCODING.match(data[:1024])
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    try:
        encoding = codecs.lookup(name).name
    except LookupError:
        encoding = ""
    if encoding not in ENCODINGS:
        raise refusal(place, "unknown_encoding", encoding=name)
    return encoding, 0


def _refuse_entities(text: str, place: Place) -> None:
    """A document type may stand there by name only; its own declarations could expand without end."""
    at = 0
    while skipped := _SKIPPED.match(text, at):
        at = skipped.end()
    found = _DOCTYPE.match(text, at)
    if text.startswith("<!DOCTYPE", at) and (not found or found.group(1) == "["):
        raise refusal(Place(place.file, text.count("\n", 0, at) + 1), "entities", "DOCTYPE")


def _tree(text: str, place: Place) -> etree._Element:
    """The parsed tree; the declaration of the encoding goes, for the text is UTF-8 by now."""
    prolog = _DECLARATION.match(text)
    if prolog:
        text = "\n" * prolog.group().count("\n") + text[prolog.end() :]
    body = text.removeprefix("\ufeff").lstrip(" \t\r")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = error.lineno or 0 if isinstance(error, etree.XMLSyntaxError) else 0
        raise refusal(Place(place.file, line), "not_xml", message=str(error)) from error
    if root is None:
        raise refusal(place, "not_xml", message="empty")
    return root


def _refuse_depth(root: etree._Element, place: Place, limit: int) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            line = element.sourceline or 0
            raise refusal(Place(place.file, line), "too_deep", limit=limit)
