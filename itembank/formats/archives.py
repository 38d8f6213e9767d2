"""Opens zip files that strangers made: how much they hold is limited before anything is unpacked."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

MOST_FILES = 5_000
MOST_UNPACKED = 256 * 2**20
MOST_RATIO = 200
# Below this a ratio says nothing: a few kilobytes of spaces are no bomb.
_RATIO_FROM = 2**20


class BadArchive(Exception):
    """A zip file that is not opened; `code` says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}


class Archive:
    """A zip file whose members have been counted and measured; each is unpacked up to what it said it holds."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            listed = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
            raise BadArchive("zip_broken") from error
        _check(listed, len(data))
        self._sizes = {one.filename: one.file_size for one in listed if not one.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files in it."""
        return tuple(self._sizes)

    def size(self, name: str) -> int:
        """How many bytes the archive says that a file has; `read` holds it to that."""
        return self._sizes[name]

    def read(self, name: str) -> bytes:
        """The bytes of one file; BadArchive where they are not what the archive says they are."""
        try:
            with self._zip.open(name) as file:
                data = file.read(self._sizes[name] + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise BadArchive("zip_broken") from error
        if len(data) > self._sizes[name]:
            raise BadArchive("zip_too_large", most=MOST_UNPACKED // 2**20)
        return data


def _check(listed: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(one.file_size for one in listed)
    if len(listed) > MOST_FILES:
        raise BadArchive("zip_too_many", most=MOST_FILES)
    if total > MOST_UNPACKED or (total > _RATIO_FROM and total > MOST_RATIO * max(packed, 1)):
        raise BadArchive("zip_too_large", most=MOST_UNPACKED // 2**20)
    for one in listed:
        path = PurePosixPath(one.filename)
        if not one.filename or path.is_absolute() or ".." in path.parts or "\\" in one.filename:
            raise BadArchive("zip_path", name=one.filename[:80])
        if one.flag_bits & 1:
            raise BadArchive("zip_encrypted")
