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
from proctor.probing import named, tried
from proctor.runtime import Session

CLOSE = 224  # the side of a close look: enough for one thing, and a quarter of a whole look's work


def load_scene(directory: Path, threads: int = 1, confusable: Mapping[int, Label] | None = None) -> Presence:
    """People, devices and faces on `threads` threads; raises ModelMissing or ModelCorrupt."""
    paths = models.verify(directory)
    with named(paths["yolox-nano"]):
        people = tried(Devices(load_yolox(paths["yolox-nano"], threads), confusable=confusable or {}))
    with named(paths["centerface"]):
        centerface = faces.open_dimensions(paths["centerface"].read_bytes())
        return Presence(people, tried(Faces(Session(centerface, threads))))


def load_detectors(directory: Path, threads: int = 1) -> Detectors:
    """The networks that the pipeline needs; raises ModelMissing or ModelCorrupt."""
    scene = load_scene(directory, threads)
    yolox = load_yolox(models.verify(directory)["yolox-nano"], threads)
    return Detectors(scene, Devices(yolox, side=CLOSE))


def load_yolox(path: Path, threads: int) -> Session:
    """The YOLOX network for pictures of every size."""
    return Session(devices.open_dimensions(path.read_bytes()), threads)
