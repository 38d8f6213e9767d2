"""From a directory of weights to the detectors that the pipeline runs."""

from collections.abc import Mapping
from pathlib import Path

from proctor import models
from proctor.detections import Label
from proctor.detectors import devices, faces
from proctor.detectors.devices import Devices
from proctor.detectors.faces import Faces
from proctor.detectors.presence import Presence
from proctor.looking import Detectors
from proctor.runtime import Session


def load_scene(directory: Path, threads: int = 1, confusable: Mapping[int, Label] | None = None) -> Presence:
    """People, devices and faces on `threads` threads; raises ModelMissing or ModelCorrupt."""
    paths = models.verify(directory)
    yolox = devices.open_dimensions(paths["yolox-nano"].read_bytes())
    centerface = faces.open_dimensions(paths["centerface"].read_bytes())
    people = Devices(Session(yolox, threads), confusable=confusable or {})
    return Presence(people, Faces(Session(centerface, threads)))


def load_detectors(directory: Path, threads: int = 1) -> Detectors:
    """The networks that the pipeline needs; raises ModelMissing or ModelCorrupt."""
    return Detectors(load_scene(directory, threads))
