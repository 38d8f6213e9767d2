"""Films for Chromium's camera: composed scenes at the 30 frames a second at which it plays them."""

from pathlib import Path

from proctor.frames import encode
from proctor.scenes import scene

PLAYED_PER_SECOND = 30
DRAWN_PER_SECOND = 2


def make(path: Path, plan: list[tuple[str, int]]) -> Path:
    """Write a film of `plan`, scenes and their seconds, as concatenated JPEGs."""
    with path.open("wb") as file:
        for name, seconds in plan:
            for index in range(seconds * DRAWN_PER_SECOND):
                picture = encode(scene(name, index / DRAWN_PER_SECOND, seed=index % 7), 70)
                file.write(picture * (PLAYED_PER_SECOND // DRAWN_PER_SECOND))
    return path
