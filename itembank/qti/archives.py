"""Zip files, safely: limits on entries, size and expansion, no path outside, no links, nothing encrypted. Pure."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from itembank.qti.faults import Place, refusal
from itembank.qti.paths import safe_path

UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    OverflowError,
    IndexError,
)
"""What the standard library raises for broken archives."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a package may hold; sizes in bytes, the ratio counts for entries above `ratio_from`."""

    size: int = 128 * 1024 * 1024
    entries: int = 10_000
    entry_size: int = 64 * 1024 * 1024
    total_size: int = 256 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 1024 * 1024


ZIP_LIMITS = ZipLimits()


class Archive(Mapping[str, bytes]):
    """The files of a zip by path; each is unpacked when it is asked for."""

    def __init__(self, data: bytes, *, name: str, limits: ZipLimits = ZIP_LIMITS) -> None:
        """Looks at the whole directory before anything is unpacked; BadQti where it breaks a limit."""
        self.place, self.limits = Place(name), limits
        if len(data) > limits.size:
            raise refusal(self.place, "too_large", bytes=len(data), limit=limits.size)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except UNREADABLE as error:
            raise refusal(self.place, "not_a_zip", message=str(error)) from error
        self._entries = self._checked(self._zip.infolist(), len(data))

    def _checked(self, infos: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
        if len(infos) > self.limits.entries:
            raise refusal(self.place, "too_many_files", found=len(infos), limit=self.limits.entries)
        if sum(info.compress_size for info in infos) > size:
            raise refusal(self.place, "zip_bomb", message="entries overlap")
        total = sum(info.file_size for info in infos)
        if total > self.limits.total_size:
            raise refusal(self.place, "zip_bomb", bytes=total, limit=self.limits.total_size)
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            # A member without a name is no folder, and Python 3.11 looks at its last character.
            if not info.filename or not info.is_dir():
                path = self._path(info)
                if path in entries:
                    raise refusal(self.place, "duplicate_file", path)
                entries[path] = info
        return entries

    def _path(self, info: zipfile.ZipInfo) -> str:
        name = entry_name(info)
        path = safe_path(name)
        if path is None:
            raise refusal(self.place, "unsafe_path", name)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise refusal(self.place, "link", name)
        if info.flag_bits & ENCRYPTED_FLAG or info.compress_type not in METHODS:
            raise refusal(self.place, "unreadable_entry", name)
        large = info.file_size > self.limits.ratio_from
        if info.file_size > self.limits.entry_size or (
            large and info.file_size > self.limits.ratio * max(1, info.compress_size)
        ):
            raise refusal(self.place, "zip_bomb", name, bytes=info.file_size)
        return path

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file; KeyError where there is none, BadQti where it cannot be unpacked as announced."""
        info = self._entries[path]
        try:
            with self._zip.open(info) as file:
                data = file.read(info.file_size + 1)
        except UNREADABLE as error:
            raise refusal(self.place, "unreadable_entry", path, message=str(error)) from error
        if len(data) != info.file_size:
            raise refusal(self.place, "zip_bomb", path)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, path: object) -> bool:
        return path in self._entries


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name as its maker wrote it: archives of Chinese desktops name files in GBK without saying so."""
    if info.flag_bits & UTF8_FLAG or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
