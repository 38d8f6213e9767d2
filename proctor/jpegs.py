"""Decoding a JPEG and hearing what the library only mutters: that it filled up what was missing with grey.

libjpeg reports damage it can work around by a line on the process's standard error and goes on; OpenCV passes nothing
of it on. So standard error is led into a file in memory while a picture is decoded (4 microseconds), and whatever else
was written there meanwhile is passed on.

It hears every picture that was cut short. A few changed bytes often still are a valid picture: libjpeg says nothing of
half of those (docs/protocol.md has the figures). Only a checksum by the sender could show them.
"""

import os
import threading
from collections.abc import Callable
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
STDERR = 2
DAMAGE = (b"Corrupt JPEG data", b"Premature end of JPEG file", b"Inconsistent progression", b"Invalid SOS")


class Ear:
    """Hears what is written to standard error while something is done; one at a time in a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.renew()
        os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        """A file of this process's own: a forked one would share its place with the parent."""
        self._memory = os.memfd_create("stderr", os.MFD_CLOEXEC)

    def listen(self, work: Callable[[], T]) -> tuple[T, bytes]:
        """What `work` returns, and what was written meanwhile."""
        with self._lock:
            real = os.dup(STDERR)
            os.dup2(self._memory, STDERR)
            try:
                result = work()
            finally:
                os.dup2(real, STDERR)
                os.close(real)
            return result, self._heard()

    def _heard(self) -> bytes:
        size = os.fstat(self._memory).st_size
        if not size:
            return b""
        heard = os.pread(self._memory, size, 0)
        os.ftruncate(self._memory, 0)
        os.lseek(self._memory, 0, os.SEEK_SET)
        return heard


EAR = Ear()


def read_picture(data: bytes) -> tuple[NDArray[np.uint8] | None, bool]:
    """The pixels (BGR, turned as its EXIF says; None where there are none), and whether they are all the picture's.

    Raises cv2.error for what OpenCV cannot handle.
    """
    pixels = np.frombuffer(data, np.uint8)
    picture, heard = EAR.listen(lambda: cv2.imdecode(pixels, cv2.IMREAD_COLOR))
    lines = heard.splitlines(keepends=True)
    others = b"".join(line for line in lines if not line.startswith(DAMAGE))
    if others:
        os.write(STDERR, others)
    image = None if picture is None else np.asarray(picture, dtype=np.uint8)
    return image, not any(line.startswith(DAMAGE) for line in lines)
