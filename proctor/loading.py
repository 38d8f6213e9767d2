"""From a directory of weights to the detectors that the pipeline runs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from proctor import models
from proctor.detections import Label
from proctor.detectors import Detector, devices, faces
from proctor.detectors.devices import Devices
from proctor.detectors.faces import Faces
from proctor.detectors.presence import Presence
from proctor.looking import Detectors
from proctor.runtime import Session

D = TypeVar("D", bound=Detector)

GREY = np.full((480, 640, 3), 127, np.uint8)


def load_scene(directory: Path, threads: int = 1, confusable: Mapping[int, Label] | None = None) -> Presence:
    """People, devices and faces on `threads` threads; raises ModelMissing or ModelCorrupt."""
    paths = models.verify(directory)
    with named(paths["yolox-nano"]):
        yolox = Session(devices.open_dimensions(paths["yolox-nano"].read_bytes()), threads)
        people = tried(Devices(yolox, confusable=confusable or {}))
    with named(paths["centerface"]):
        centerface = Session(faces.open_dimensions(paths["centerface"].read_bytes()), threads)
        return Presence(people, tried(Faces(centerface)))


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Raise ModelCorrupt with the file's name for whatever goes wrong with its network."""
    try:
        yield
    except Exception as error:
        raise models.ModelCorrupt(
            f"{path} takes or gives other shapes than its detector reads: {error}"
        ) from error


def tried(detector: D) -> D:
    """The detector after it has looked at a picture: another shape must show now and not at every frame."""
    detector.detect([GREY])
    return detector


def load_detectors(directory: Path, threads: int = 1) -> Detectors:
    """The networks that the pipeline needs; raises ModelMissing or ModelCorrupt."""
    return Detectors(load_scene(directory, threads))
