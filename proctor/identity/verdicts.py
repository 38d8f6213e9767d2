"""From the faces in a few pictures to one of four answers. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import numpy as np
from numpy.typing import NDArray

from proctor.identity.rules import IdentityRules

Description = NDArray[np.float64]


class Outcome(StrEnum):
    """What can be said of two faces; only a person draws conclusions."""

    SAME = "SAME"
    UNSURE = "UNSURE"
    DIFFERENT = "DIFFERENT"
    CANNOT_VERIFY = "CANNOT_VERIFY"


class Obstacle(StrEnum):
    """Why a picture says nothing about who is in it."""

    NO_FACE = "no_face"
    MANY_FACES = "many_faces"
    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    TURNED = "turned"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Portrait:
    """The face of one picture: 128 numbers of dlib's network, or why there are none."""

    description: Description | None
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, the median distance where there is one, and each picture's distance or obstacle."""

    outcome: Outcome
    distance: float | None
    obstacle: Obstacle | None
    pictures: tuple[float | Obstacle, ...]


def distance(one: Description, other: Description) -> float:
    """How far two descriptions lie apart."""
    return float(np.linalg.norm(one - other))


def compare(reference: Portrait, pictures: Sequence[Portrait], rules: IdentityRules) -> Comparison:
    """Whether `pictures` show the person of `reference`.

    The newest `rules.pictures` that can be judged count, and each of them must be there: what an obstacle hides is
    not made up for by the others. CANNOT_VERIFY names the obstacle of the reference, else the commonest.
    """
    seen = tuple(_seen(reference, picture) for picture in pictures)
    if reference.description is None:
        return Comparison(Outcome.CANNOT_VERIFY, None, reference.obstacle, seen)
    distances = [one for one in seen if not isinstance(one, Obstacle)][-rules.pictures :]
    if len(distances) < rules.pictures:
        return Comparison(Outcome.CANNOT_VERIFY, None, _commonest(seen), seen)
    middle = median(distances)
    return Comparison(outcome_of(middle, rules), middle, None, seen)


def _seen(reference: Portrait, picture: Portrait) -> float | Obstacle:
    if picture.description is None or reference.description is None:
        return picture.obstacle or reference.obstacle or Obstacle.NO_FACE
    return distance(reference.description, picture.description)


def outcome_of(middle: float, rules: IdentityRules) -> Outcome:
    """What a median distance says."""
    if middle <= rules.same:
        return Outcome.SAME
    return Outcome.DIFFERENT if middle >= rules.different else Outcome.UNSURE


def _commonest(seen: Sequence[float | Obstacle]) -> Obstacle:
    """The obstacle met most often, of equals the first; too few pictures is one of its own."""
    met = Counter(one for one in seen if isinstance(one, Obstacle))
    return met.most_common(1)[0][0] if met else Obstacle.TOO_FEW
