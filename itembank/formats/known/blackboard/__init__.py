"""Blackboard question pools, both dialects: the older `POOL` and the QTI 1.2 one of Blackboard 6; .dat files and zips.

Types beyond true/false, multiple choice and answer, matching, fill in the blank, numeric, ordering, essay and short
response are kept as `other`.
"""

import re

from itembank.formats.format import NO, SURE, Format
from itembank.formats.known.blackboard.reading import read

_ROOT = re.compile(rb"<(?:questestinterop|POOL)[\s>]")


def recognises(data: bytes, name: str) -> int:
    """By the root element, or by the pools that a zip names."""
    if data[:2] == b"PK":
        return SURE if re.search(rb"res\d+\.dat", data[:65536] + data[-65536:]) else NO
    return SURE if _ROOT.search(data[:4096].replace(b"\0", b"")) else NO


FORMAT = Format("blackboard", (".dat", ".zip"), "application/xml", recognises, read)
