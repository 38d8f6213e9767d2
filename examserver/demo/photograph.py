"""The photograph on file of the demo's people: the one person that a package brings, cut as for a document."""

from pathlib import Path

from proctor.frames import encode
from proctor.scenes import scene

TOP, BOTTOM, LEFT, RIGHT = 40, 280, 220, 400


def take_photograph(path: Path) -> None:
    """Write head and shoulders of the composed scene to `path`, 3 to 4."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(scene("person", 0.0)[TOP:BOTTOM, LEFT:RIGHT].copy(), 85))
