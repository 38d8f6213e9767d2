"""Moodle XML: every question type of Moodle's core, categories, tags and embedded files.

Read into what they mean: gapselect and ddwtos become cloze questions with a choice for each gap. Types that need more
than a neutral question holds (calculated, random, drag and drop onto images, plugins of third parties) are kept as
`other` with their text and the reason.
"""

import re

from itembank.formats.format import MAYBE, NO, SURE, Format, named
from itembank.formats.known.moodle_xml.reading import read
from itembank.formats.known.moodle_xml.writing import write

_ROOT = re.compile(rb"<quiz[\s>/]")


def recognises(data: bytes, name: str) -> int:
    """By its root element."""
    head = data[:65536].replace(b"\0", b"")
    if data.lstrip()[:1] in (b"<", b"\xef", b"\xff", b"\xfe") and _ROOT.search(head):
        return SURE
    return MAYBE if named(name, ".xml") and b"<question" in head else NO


FORMAT = Format("moodle", (".xml",), "application/xml", recognises, read, write)
