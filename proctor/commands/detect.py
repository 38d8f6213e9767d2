"""`proctor detect`: say what is in pictures."""

import argparse
import json
from pathlib import Path
from typing import Any

from proctor.commands import FAILED
from proctor.detections import Detection
from proctor.detectors import Detector
from proctor.frames import BadFrame, decode_jpeg
from proctor.loading import load_scene


def add(commands: Any) -> None:
    parser = commands.add_parser("detect", help="say what is in pictures")
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    parser.add_argument("--least", type=float, default=0.10, metavar="SCORE", help="lowest score told")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print every picture's detections; a picture that cannot be read does not stop the others."""
    detector = load_scene(asked.models)
    entries = [look(path, detector, asked.least) for path in asked.images]
    if asked.json:
        print(json.dumps(entries, ensure_ascii=False, indent=1))
    else:
        print("\n".join(line for entry in entries for line in as_lines(entry)))
    return FAILED if any("error" in entry for entry in entries) else 0


def look(path: Path, detector: Detector, least: float) -> dict[str, Any]:
    """The entry of one picture: its size and detections, or the error."""
    try:
        image = decode_jpeg(path.read_bytes())
    except (OSError, BadFrame) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return {"file": str(path), "error": reason or type(error).__name__}
    found = [one for one in detector.detect([image])[0] if one.score >= least]
    height, width = image.shape[:2]
    seen = [as_json(one) for one in found]
    return {"file": str(path), "width": width, "height": height, "detections": seen}


def as_json(one: Detection) -> dict[str, Any]:
    corners = (one.box.x1, one.box.y1, one.box.x2, one.box.y2)
    return {"label": str(one.label), "score": round(one.score, 4), "box": [round(at, 1) for at in corners]}


def as_lines(entry: dict[str, Any]) -> list[str]:
    """An entry for a person to read."""
    if "error" in entry:
        return [f"{entry['file']}: error: {entry['error']}"]
    seen = [f"  {one['label']} {one['score']:.2f} {one['box']}" for one in entry["detections"]]
    return [f"{entry['file']}: {entry['width']}x{entry['height']}", *seen]
