"""Which documents an application needs, and what a file is by its content, whatever its name says. Pure."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from examserver.registration.applications.faults import Fault, refuse

MOST_BYTES = 10 * 2**20
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


class DocumentKind(StrEnum):
    """What a document is evidence of; the titles that the notice gives them stand in the locale files."""

    CANDIDATE_NOTICE = "CANDIDATE_NOTICE"
    ID_COPY = "ID_COPY"
    EVIDENCE = "EVIDENCE"
    PHOTO = "PHOTO"
    REGISTRATION_FORM = "REGISTRATION_FORM"
    PAYMENT_SLIP = "PAYMENT_SLIP"


# Programs of Windows, Linux, macOS and Java, scripts, and archives, which office files with macros also are.
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
# What makes a reader of PDF run or unpack something. Names may be written with #xx for any letter.
_ACTIVE = re.compile(rb"/(?:Launch|JavaScript|EmbeddedFiles?|RichMedia)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TAIL = 2048


def missing(required: Iterable[DocumentKind], held: frozenset[DocumentKind]) -> Iterator[Fault]:
    """A fault for each of the documents that the catalogue requires and that is not there, in its order."""
    for kind in required:
        if kind not in held:
            yield Fault("document_missing", f"document.{kind}", {"kind": kind})


def media_type(data: bytes) -> str:
    """What the bytes are: PDF, JPEG or PNG; Refused for everything else.

    `document_empty`, `document_too_large`, `document_executable`, `document_archive`, `document_unknown`,
    `document_cut` for a file without its end, `document_active` for a PDF that would run something.
    """
    if not data:
        raise refuse("document_empty", "file")
    if len(data) > MOST_BYTES:
        raise refuse("document_too_large", "file", most=MOST_BYTES // 2**20)
    if data.startswith(_PROGRAMS):
        raise refuse("document_executable", "file")
    if data.startswith(_ARCHIVES):
        raise refuse("document_archive", "file")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _ending(JPEG, b"\xff\xd9" in data[-_TAIL:])
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _ending(PNG, b"IEND\xaeB`\x82" in data[-_TAIL:])
    raise refuse("document_unknown", "file")


def _pdf(data: bytes) -> str:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _ACTIVE.search(plain):
        raise refuse("document_active", "file")
    return _ending(PDF, b"%%EOF" in data[-_TAIL:])


def _ending(kind: str, whole: bool) -> str:
    if not whole:
        raise refuse("document_cut", "file")
    return kind
