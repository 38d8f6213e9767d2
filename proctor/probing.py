"""Trying a network when it is loaded: another shape must show then, with the file's name, and not at every frame."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from proctor import models
from proctor.detectors import Detector

D = TypeVar("D", bound=Detector)
GREY = np.full((480, 640, 3), 127, np.uint8)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Raise ModelCorrupt with the file's name for whatever goes wrong with its network."""
    try:
        yield
    except Exception as error:
        told = f"{path} takes or gives other shapes than its detector reads: {error}"
        raise models.ModelCorrupt(told) from error


def tried(detector: D) -> D:
    """The detector, after it has looked at a picture."""
    detector.detect([GREY])
    return detector
