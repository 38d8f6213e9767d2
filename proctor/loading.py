"""From a directory of weights to the detectors that the pipeline runs."""

from collections.abc import Mapping
from pathlib import Path

from proctor import models
from proctor.detections import Label
from proctor.detectors.cover import Cover
from proctor.detectors.devices import Devices
from proctor.detectors.faces import Faces, open_dimensions
from proctor.detectors.presence import Presence
from proctor.looking import Detectors
from proctor.runtime import Session


def load_scene(directory: Path, threads: int = 1, confusable: Mapping[int, Label] | None = None) -> Presence:
    """People, devices and faces on `threads` threads; raises ModelMissing or ModelCorrupt."""
    paths = models.verify(directory)
    devices = Devices(Session(paths["yolox-nano"].read_bytes(), threads), confusable=confusable or {})
    faces = Faces(Session(open_dimensions(paths["centerface"].read_bytes()), threads))
    return Presence(devices, faces)


def load_detectors(directory: Path, threads: int = 1) -> Detectors:
    """Everything that the pipeline needs; raises ModelMissing or ModelCorrupt."""
    return Detectors(Cover(), load_scene(directory, threads))
