"""Sessions written as folders of JPEGs with a manifest that says what is in them and what they were made of."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proctor.compose.alone import FOUND, choose, person_alone
from proctor.compose.drawing import MAKERS, Stage, make_stage, shoot
from proctor.compose.plan import FPS, Happening, Script, make_script
from proctor.detectors import Detector
from proctor.frames import decode_jpeg, encode
from proctor.reports import Code

VERSION = 1
MATERIAL = (
    "scikit-image's pictures astronaut (NASA, public domain), brick, gravel, grass, coffee, page, rocket and "
    "hubble_deep_field, as its data/README says; everything else is drawn"
)
Json = dict[str, Any]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be composed, and what the drawings are first shown to alone."""

    directory: Path
    sessions: int
    seed: int
    detector: Detector
    models: dict[str, str]


def compose(order: Order, progress: Progress) -> Path:
    """Write all sessions; returns the manifest's path. The same order gives the same bytes."""
    order.directory.mkdir(parents=True, exist_ok=True)
    rows = []
    for number in range(order.sessions):
        script = make_script(order.seed, number)
        rows.append(write_session(order, script))
        progress(f"{number + 1}/{order.sessions} {script.name}: {script.seconds:.0f} s")
    made = {"name": "proctor compose", "version": VERSION, "seed": order.seed, "material": MATERIAL}
    manifest = {"composed": True, "made": {**made, "known_by": order.models}, "sessions": rows}
    path = order.directory / "manifest.json"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def write_session(order: Order, script: Script) -> Json:
    """Write a session's frames; returns its row of the manifest."""
    folder = order.directory / script.name
    folder.mkdir(exist_ok=True)
    happenings = enumerate(script.happenings)
    choices = {one: choose(script, n, order.detector) for n, one in happenings if one.variant in MAKERS}
    turned = {one: made.drawing.turned(made.degrees, made.scale) for one, made in choices.items()}
    stage = make_stage(script, turned)
    last = b""
    for number in range(round(script.seconds * FPS)):
        last = picture(stage, number, last)
        (folder / f"{number:06d}.jpg").write_bytes(last)
    scores = {one: person_alone(who, order.detector) for one, who in stage.visitors.items()}
    return as_row(script, {**scores, **{one: made.score for one, made in choices.items()}})


def picture(stage: Stage, number: int, last: bytes) -> bytes:
    """The JPEG of a frame; a frozen camera gives the last one again."""
    t = number / FPS
    for one in stage.script.now(t):
        if one.code is Code.FRAME_FROZEN:
            # A camera that hangs repeats its bytes; a program that plays a picture encodes it again.
            return last if one.variant == "same bytes" else encode(decode_jpeg(last), 80 + number % 2)
    return encode(shoot(stage, number, t), stage.camera.quality)


def as_row(script: Script, alone: Mapping[Happening, float]) -> Json:
    """A session's row: what the detector does not know alone is unclear, what is allowed is only told."""
    truth, unclear, allowed = [], [], []
    for one in script.happenings:
        told: Json = {"code": one.code, "start": one.start, "end": one.end, "variant": one.variant}
        score = alone.get(one)
        if one.code is None:
            allowed.append(told)
        elif score is None:
            truth.append(told)
        elif score >= FOUND:
            truth.append({**told, "alone": round(score, 3)})
        else:
            unclear.append({**told, "code": "", "meant": one.code, "alone": round(score, 3)})
    lying = [{"variant": name} for name in (*script.allowed, *(["badge"] if script.badge else []))]
    return {
        "id": script.name,
        "fps": FPS,
        "frames": script.name,
        "truth": truth,
        "unclear": unclear,
        "allowed": [*lying, *allowed],
    }
