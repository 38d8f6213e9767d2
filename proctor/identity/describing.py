"""The faces of pictures as 128 numbers each: CenterFace finds them, dlib's five points and network describe them."""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctor import models
from proctor.detections import Detection
from proctor.detectors.faces import HEIGHT, WIDTH, Faces, open_dimensions
from proctor.frames import Image
from proctor.geometry import Box
from proctor.identity.rules import IdentityRules
from proctor.identity.verdicts import Obstacle, Portrait
from proctor.identity.weights import verify_identity
from proctor.runtime import Session

CHIP = 150  # pixels: what dlib's network was trained on
PADDING = 0.25
TIGHT = 0.9  # the square's side in parts of the mean of the face's width and height
SHAPE = WIDTH / HEIGHT
GREY = (128, 128, 128)


class IdentityNotInstalled(RuntimeError):
    """The packages of requirements-identity.txt are not there."""


@dataclass(frozen=True, slots=True)
class Points:
    """Five points in pixels, as dlib orders them: the outer and inner corner of each eye, and the nose."""

    eyes: NDArray[np.float64]
    nose: NDArray[np.float64]

    def turn(self) -> float:
        """How far the nose lies beside the middle of the eyes, in parts of the distance between the eyes."""
        one, other = self.eyes[:2].mean(axis=0), self.eyes[2:].mean(axis=0)
        across = other - one
        length = float(np.linalg.norm(across))
        along = float(np.dot(self.nose - (one + other) / 2, across)) / length if length else 0.0
        return abs(along) / length if length else float("inf")


class Describer:
    """The face of one picture after another; the same picture gives the same numbers."""

    def __init__(self, faces: Faces, points: Any, network: Any, rules: IdentityRules) -> None:
        self._faces, self._points, self._network, self._rules = faces, points, network, rules

    def describe(self, image: Image) -> Portrait:
        """The face in a BGR picture of any shape, or what is in the way of judging it."""
        image = widen(image)
        found = self._faces.detect([image])[0]
        face = self._only(found)
        if isinstance(face, Obstacle):
            return Portrait(None, face)
        if obstacle := self._unclear(image, face):
            return Portrait(None, obstacle)
        return self._describe(image, face)

    def _only(self, found: list[Detection]) -> Box | Obstacle:
        """The one face that counts."""
        sure = sorted((one for one in found if one.score >= self._rules.face), key=_width, reverse=True)
        if not sure:
            return Obstacle.NO_FACE
        first, *others = sure
        near = self._rules.least_second * _width(first)
        if any(one.score >= self._rules.second and _width(one) >= near for one in others):
            return Obstacle.MANY_FACES
        return first.box

    def _unclear(self, image: Image, face: Box) -> Obstacle | None:
        if face.x2 - face.x1 < self._rules.width:
            return Obstacle.TOO_SMALL
        grey = cv2.resize(cv2.cvtColor(cut(image, face), cv2.COLOR_BGR2GRAY), (CHIP, CHIP))
        if float(grey.mean()) < self._rules.light:
            return Obstacle.TOO_DARK
        return Obstacle.BLURRED if sharpness(grey) < self._rules.sharpness else None

    def _describe(self, image: Image, face: Box) -> Portrait:
        dlib = _dlib()
        colours = np.ascontiguousarray(image[:, :, ::-1])
        shape = self._points(colours, dlib.rectangle(*square(face)))
        if read_points(shape).turn() > self._rules.turned:
            return Portrait(None, Obstacle.TURNED)
        chip = dlib.get_face_chip(colours, shape, size=CHIP, padding=PADDING)
        return Portrait(np.asarray(self._network.compute_face_descriptor(chip)))


def load_describer(directory: Path, rules: IdentityRules) -> Describer:
    """A describer on one thread; raises IdentityNotInstalled, ModelMissing, ModelCorrupt."""
    dlib = _dlib()
    own = verify_identity(directory)
    finder = models.check(models.catalogue()["centerface"], directory)
    faces = Faces(Session(open_dimensions(finder.read_bytes())))
    points = dlib.shape_predictor(str(own["dlib-5-points"]))
    network = dlib.face_recognition_model_v1(str(own["dlib-resnet"]))
    return Describer(faces, points, network, rules)


def _dlib() -> Any:
    try:
        return importlib.import_module("dlib")
    except ImportError as error:
        raise IdentityNotInstalled(
            "identity is not installed: pip install --require-hashes -r requirements-identity.txt"
        ) from error


def _width(face: Detection) -> float:
    return face.box.x2 - face.box.x1


def cut(image: Image, face: Box) -> Image:
    """The part of the picture that lies in the box."""
    height, width = image.shape[:2]
    x1, y1 = max(0, int(face.x1)), max(0, int(face.y1))
    x2, y2 = min(width, max(x1 + 1, int(face.x2))), min(height, max(y1 + 1, int(face.y2)))
    return image[min(y1, height - 1) : y2, min(x1, width - 1) : x2]


def sharpness(grey: NDArray[Any]) -> float:
    """The variance of the Laplacian: low where nothing has an edge."""
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def widen(image: Image) -> Image:
    """The picture on grey in the shape that the face finder squeezes pictures into; a portrait would be flattened."""
    height, width = image.shape[:2]
    across, down = max(0, round(height * SHAPE) - width), max(0, round(width / SHAPE) - height)
    sides = (down // 2, down - down // 2, across // 2, across - across // 2)
    return np.asarray(cv2.copyMakeBorder(image, *sides, cv2.BORDER_CONSTANT, value=GREY), np.uint8)


def square(face: Box) -> tuple[int, int, int, int]:
    """The box as dlib's five points want it: a square about the middle of the face, without hair and chin."""
    side = TIGHT * (face.x2 - face.x1 + face.y2 - face.y1) / 2
    x, y = (face.x1 + face.x2) / 2, (face.y1 + face.y2) / 2
    return round(x - side / 2), round(y - side / 2), round(x + side / 2), round(y + side / 2)


def read_points(shape: Any) -> Points:
    """dlib's five points as arrays of (x, y)."""
    at = np.array([(shape.part(n).x, shape.part(n).y) for n in range(5)], dtype=np.float64)
    return Points(at[:4], at[4])
