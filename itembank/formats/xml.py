"""Reads XML that strangers wrote: no document types, no entities, no network, limits on size and depth.

A file that breaks off or is not well formed is read as far as it can be; where it broke is told with it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from itembank.formats.encoding import MOST_BYTES, decode
from itembank.formats.problems import at_line, in_file
from itembank.formats.question import Error

Element = etree._Element
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Encodings in which a mark of XML is the byte that it is in ASCII: what is looked for below is found in them.
_KNOWN = re.compile(
    r"utf-?8|us-ascii|ascii|iso-8859-\d+|windows-125\d|gbk|gb2312|gb18030|big5|utf-?16", re.IGNORECASE
)
# What may stand before the first element, and how it ends; anything else that begins with <! is a document type.
_SKIPPED = ((b"<?", b"?>"), (b"<!--", b"-->"))


@dataclass(frozen=True, slots=True)
class Tree:
    """The root (None: nothing could be read), where the file broke (0: nowhere), and what is to be said of it."""

    root: Element | None
    broken_at: int = 0
    errors: tuple[Error, ...] = ()
    notes: tuple[Error, ...] = ()


def parse(data: bytes, name: str) -> Tree:
    """The tree of the file `name`."""
    if len(data) > MOST_BYTES:
        return Tree(None, errors=(in_file(name, "file_too_large", most=MOST_BYTES // 2**20),))
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    if not _KNOWN.fullmatch(encoding):
        return Tree(None, errors=(in_file(name, "xml_encoding", encoding=encoding),))
    text, notes = _readable(data, encoding, name)
    if _has_document_type(text):
        return Tree(None, errors=(in_file(name, "xml_doctype"),), notes=notes)
    return _tree(text, name, notes)


def _readable(data: bytes, encoding: str, name: str) -> tuple[bytes, tuple[Error, ...]]:
    """The file in an encoding that its declaration tells the truth about."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]
    if not wide:
        if not encoding.lower().startswith("utf"):
            return data, ()
        try:
            data.decode("utf-8")
            return data, ()
        except UnicodeDecodeError:
            pass
    decoded = decode(data, name)
    if decoded.encoding == "utf-8":
        return data, ()
    return _DECLARATION.sub("", decoded.text).encode(), decoded.notes


def _has_document_type(data: bytes) -> bool:
    """Whether one stands before the first element; it can stand nowhere else."""
    at = data.startswith(codecs.BOM_UTF8) and len(codecs.BOM_UTF8)
    while True:
        while data[at : at + 1].isspace():
            at += 1
        end = next((data.find(closes, at) for opens, closes in _SKIPPED if data.startswith(opens, at)), -1)
        if end < 0:
            return data.startswith(b"<!", at) and not data.startswith(b"<!--", at)
        at = data.index(b">", end) + 1


def _tree(data: bytes, name: str, notes: tuple[Error, ...]) -> Tree:
    try:
        return _checked(etree.fromstring(data, _parser(recover=False)), name, notes)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        cause = at_line(name, line, "xml_broken", cause=error.msg or "")
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    return Tree(root, line, (cause,), notes)


def _checked(root: Element, name: str, notes: tuple[Error, ...]) -> Tree:
    if root.getroottree().docinfo.internalDTD is not None:
        return Tree(None, errors=(in_file(name, "xml_doctype"),), notes=notes)
    return Tree(root, notes=notes)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def whole(elements: list[Element], broken_at: int) -> Iterator[Element]:
    """Those of `elements` that ended before the line at which the file broke; all, where it did not."""
    for number, element in enumerate(elements):
        following = elements[number + 1].sourceline if number + 1 < len(elements) else None
        if not broken_at or (following is not None and following <= broken_at):
            yield element


def inner(element: Element | None) -> str:
    """The text of an element; elements in it are kept as markup."""
    if element is None:
        return ""
    if len(element) == 0:
        return element.text or ""
    pieces = [element.text or ""]
    pieces += (etree.tostring(child, encoding="unicode", with_tail=True) for child in element)
    return "".join(pieces)


def text_at(element: Element, path: str, default: str = "") -> str:
    """The text of the first element at `path`, without white space around it; `default` where there is none."""
    found = element.find(path)
    return default if found is None else inner(found).strip()


def line_of(element: Element) -> int:
    """The line an element starts at."""
    return int(element.sourceline or 0)
