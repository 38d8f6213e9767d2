"""Files that travel with questions: their media types, and one name for one content."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from itembank.formats.problems import BadQuestion
from itembank.formats.question import FilePart

MARK = "@@PLUGINFILE@@/"
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
}


def media_type(name: str) -> str:
    """The media type that a file's ending says."""
    return _TYPES.get(PurePosixPath(name.lower()).suffix, "application/octet-stream")


@dataclass(slots=True)
class Shelf:
    """The files of one question; a name that is taken by another content gets a number."""

    files: dict[str, FilePart] = field(default_factory=dict)

    def put(self, name: str, data: bytes) -> str:
        """The name under which `data` stands; BadQuestion for a name that is a path or none."""
        if not name or "/" in name or "\\" in name or name in (".", "..") or "\0" in name:
            raise BadQuestion("file_name", name=name)
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        chosen, number = name, 1
        while chosen in self.files and self.files[chosen].data != data:
            number += 1
            chosen = f"{stem}-{number}{suffix}"
        self.files[chosen] = FilePart(name=chosen, media_type=media_type(chosen), data=data)
        return chosen

    def all(self) -> tuple[FilePart, ...]:
        """The files in the order they came."""
        return tuple(self.files.values())


def renamed(text: str, old: str, new: str) -> str:
    """`text` with its references to the file `old` leading to `new`."""
    if old == new:
        return text
    for written in {old, quote(old)}:
        text = text.replace(f"{MARK}{written}", f"{MARK}{quote(new)}")
    return text
