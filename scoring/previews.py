"""How a work file may be shown in a grader's page: by its ending and its first bytes. Pure.

What a browser could run (HTML, SVG, office macros) is never shown in place; it can only be downloaded.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

HEAD_BYTES = 512
DOWNLOAD_TYPE = "application/octet-stream"


class Viewer(StrEnum):
    """Which part of the page shows the file."""

    IMAGE = "image"
    PDF = "pdf"
    VIDEO = "video"
    TEXT = "text"
    SHEET = "sheet"
    WORKBOOK = "workbook"
    NONE = "none"


# Shown by the page's own script from its bytes; opened by itself it is only ever downloaded.
DOWNLOAD_ONLY = frozenset({Viewer.NONE, Viewer.WORKBOOK})


@dataclass(frozen=True, slots=True)
class Preview:
    """The viewer of a file and the media type that it is sent with."""

    viewer: Viewer
    media_type: str


NO_PREVIEW = Preview(Viewer.NONE, DOWNLOAD_TYPE)
PLAIN = "text/plain"

# Ending -> how it is shown, and (offset, bytes) of which one must stand in the file's head.
BINARY: dict[str, tuple[Preview, tuple[tuple[int, bytes], ...]]] = {
    ".png": (Preview(Viewer.IMAGE, "image/png"), ((0, b"\x89PNG\r\n\x1a\n"),)),
    ".jpg": (Preview(Viewer.IMAGE, "image/jpeg"), ((0, b"\xff\xd8\xff"),)),
    ".jpeg": (Preview(Viewer.IMAGE, "image/jpeg"), ((0, b"\xff\xd8\xff"),)),
    ".gif": (Preview(Viewer.IMAGE, "image/gif"), ((0, b"GIF87a"), (0, b"GIF89a"))),
    ".webp": (Preview(Viewer.IMAGE, "image/webp"), ((8, b"WEBP"),)),
    ".pdf": (Preview(Viewer.PDF, "application/pdf"), ((0, b"%PDF-"),)),
    ".mp4": (Preview(Viewer.VIDEO, "video/mp4"), ((4, b"ftyp"),)),
    ".m4v": (Preview(Viewer.VIDEO, "video/mp4"), ((4, b"ftyp"),)),
    ".mov": (Preview(Viewer.VIDEO, "video/mp4"), ((4, b"ftyp"),)),
    ".xlsx": (
        Preview(Viewer.WORKBOOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ((0, b"PK\x03\x04"),),
    ),
    ".webm": (Preview(Viewer.VIDEO, "video/webm"), ((0, b"\x1aE\xdf\xa3"),)),
}
TEXTUAL: dict[str, Viewer] = {
    ".txt": Viewer.TEXT,
    ".md": Viewer.TEXT,
    ".srt": Viewer.TEXT,
    ".csv": Viewer.SHEET,
    ".tsv": Viewer.SHEET,
}


def preview_of(name: str, head: bytes) -> Preview:
    """How the file `name` that begins with `head` (512 bytes are enough) may be shown."""
    ending = PurePath(name).suffix.lower()
    if ending in BINARY:
        preview, signatures = BINARY[ending]
        return preview if any(head[at:].startswith(sign) for at, sign in signatures) else NO_PREVIEW
    if ending in TEXTUAL and b"\x00" not in head:
        return Preview(TEXTUAL[ending], PLAIN)
    return NO_PREVIEW
