"""QTI 2.1, 2.2 and 3.0 as neutral questions, and neutral questions as QTI packages of 3.0 or 2.2.

Read here are items that a neutral question can say: one choice, order, match or extended text interaction, or text
entries and inline choices in a text, scored by a standard template or by the rules that `items` writes. Every other
item is `other`, with its reason; the bank takes those over by `itembank.qti` itself, with nothing lost.
"""

import re
from functools import partial

from itembank.formats.format import LIKELY, NO, SURE, Format
from itembank.formats.known.qti.reading import read
from itembank.formats.known.qti.writing import write

_ROOT = re.compile(rb"<(?:\w+:)?(?:qti-)?assessment-?(?:item|test)[\s>]", re.IGNORECASE)


def recognises(data: bytes, name: str) -> int:
    """By the root element, or by the manifest that a zip names."""
    if data[:2] == b"PK":
        return LIKELY if b"imsmanifest.xml" in data else NO
    return SURE if _ROOT.search(data[:8192].replace(b"\0", b"")) else NO


def _never(data: bytes, name: str) -> int:
    """Files are recognised as QTI; the version to write has to be named."""
    return NO


_ENDINGS = (".zip", ".xml")
FORMATS = (
    Format("qti", _ENDINGS, "application/zip", recognises, read, partial(write, version="3.0")),
    Format("qti3", _ENDINGS, "application/zip", _never, read, partial(write, version="3.0")),
    Format("qti2.2", _ENDINGS, "application/zip", _never, read, partial(write, version="2.2")),
)
