"""The pictures of a session: a folder of JPEGs, or a film whose pictures are encoded as a page would send them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from proctor.frames import EOI, SOI, as_image, encode, shrink

FOLDER = frozenset({".jpg", ".jpeg"})
FILMS = frozenset({".mp4", ".mkv", ".avi", ".mov", ".webm"})
STREAM = ".mjpeg"  # JPEGs one after another, which have no clock of their own
QUALITY = 85
WIDEST = 1280  # a page sends no wider pictures


class BadFilm(ValueError):
    """Pictures that are not there or cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Film:
    """Where pictures are, and how many of them there are a second."""

    path: Path
    fps: float

    def check(self) -> None:
        """Raise BadFilm unless there is something to play."""
        if self.path.is_dir():
            if not folder(self.path):
                raise BadFilm(f"{self.path} holds no JPEG")
        elif not self.path.is_file():
            raise BadFilm(f"{self.path} is not there")
        elif self.path.suffix.lower() not in FILMS | {STREAM}:
            raise BadFilm(f"{self.path} is neither a folder nor one of {', '.join(sorted(FILMS | {STREAM}))}")

    def jpegs(self) -> Iterator[bytes]:
        """The pictures in order; raises BadFilm for a film that cannot be read."""
        if self.path.is_dir():
            return (path.read_bytes() for path in folder(self.path))
        if self.path.suffix.lower() == STREAM:
            return iter(split(self.path))
        return play(self.path, self.fps)


def folder(path: Path) -> list[Path]:
    """The JPEGs of a folder in the order of their names."""
    return sorted(one for one in path.iterdir() if one.suffix.lower() in FOLDER)


def split(path: Path) -> list[bytes]:
    """The JPEGs of a file that holds nothing else."""
    parts = path.read_bytes().split(EOI + SOI)
    whole = [part if number == 0 else SOI + part for number, part in enumerate(parts)]
    whole = [part if number == len(parts) - 1 else part + EOI for number, part in enumerate(whole)]
    if not whole[0].startswith(SOI):
        raise BadFilm(f"{path} does not begin with a JPEG")
    return whole


def play(path: Path, fps: float) -> Iterator[bytes]:
    """The pictures that are due `fps` times a second by the film's own clock, at most 1280 pixels wide.

    A film with fewer pictures a second than asked for contradicts its manifest: BadFilm.
    """
    capture = cv2.VideoCapture(str(path))
    try:
        rate = capture.get(cv2.CAP_PROP_FPS)
        if not capture.isOpened() or rate <= 0:
            raise BadFilm(f"{path} cannot be opened as a film")
        if rate < fps * 0.99:
            raise BadFilm(f"{path} has {rate:g} pictures a second, fewer than the {fps:g} stated")
        yield from thin(capture, rate / fps)
    finally:
        capture.release()


def thin(capture: Any, every: float) -> Iterator[bytes]:
    """Of the film's pictures the ones nearest to each multiple of `every`."""
    number, due = 0, 0
    while True:
        there, image = capture.read()
        if not there:
            return
        if number >= round(due * every):
            due += 1
            yield encode(narrowed(as_image(image)), QUALITY)
        number += 1


def narrowed(image: Any) -> Any:
    """The picture no wider than a page sends it."""
    height, width = image.shape[:2]
    if width <= WIDEST:
        return image
    return shrink(image, (WIDEST, max(1, round(height * WIDEST / width))))
