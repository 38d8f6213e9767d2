"""Compares a candidate's pictures with the photograph on file, in a process of its own that may take so long.

The pictures lie in a folder of this call only and go with it; what comes back is an answer and a distance.
"""

import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

import msgspec
from django.conf import settings

from examserver.invigilation.states import FaceOutcome
from proctor.frames import BadFrame, Frame, decode, looks_like_jpeg
from proctor.identity.verdicts import Outcome
from proctor.identity.weights import identity_catalogue

log = logging.getLogger(__name__)
SECONDS = 20
# Two cores serve a whole room's answers: one comparison at a time, and who comes meanwhile is looked at by eye.
_one_at_a_time = BoundedSemaphore(1)

_OUTCOMES = {
    Outcome.SAME: FaceOutcome.MATCH,
    Outcome.DIFFERENT: FaceOutcome.NO_MATCH,
    Outcome.UNSURE: FaceOutcome.CANNOT_VERIFY,
    Outcome.CANNOT_VERIFY: FaceOutcome.CANNOT_VERIFY,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of a comparison; `reason` says why there is no clear answer, as an obstacle or one of ours."""

    outcome: FaceOutcome
    reason: str = ""
    distance: float | None = None
    model_sha256: str = ""


class Said(msgspec.Struct, frozen=True):
    """What `proctor identity compare --json` prints."""

    outcome: Outcome
    distance: float | None
    obstacle: str | None


def check_picture(jpeg: bytes) -> None:
    """Raise BadFrame for what is no whole JPEG, as a frame of a candidate's camera is judged."""
    if not looks_like_jpeg(jpeg):
        raise BadFrame("not_jpeg")
    decode(Frame(0, 0, 0, 0, jpeg))


def read_answer(said: Said, model_sha256: str) -> Answer:
    """The comparison's four answers as the desk's three. Pure."""
    reason = "unsure" if said.outcome is Outcome.UNSURE else said.obstacle or ""
    return Answer(_OUTCOMES[said.outcome], reason, said.distance, model_sha256)


def cannot(reason: str) -> Answer:
    """No answer of the machine, and why."""
    return Answer(FaceOutcome.CANNOT_VERIFY, reason)


def compare_faces(reference: Path | None, pictures: tuple[bytes, ...]) -> Answer:
    """Whether `pictures`, each checked, show the person of the photograph; never raises for what the machine lacks."""
    if reference is None:
        return cannot("no_photo")
    if not _one_at_a_time.acquire(blocking=False):
        return cannot("busy")
    try:
        with tempfile.TemporaryDirectory(prefix="desk-") as folder:
            return _compare(reference, _write(Path(folder), pictures))
    except subprocess.TimeoutExpired:
        log.warning("a comparison of faces took more than %s s", SECONDS)
        return cannot("too_slow")
    finally:
        _one_at_a_time.release()


def _write(folder: Path, pictures: tuple[bytes, ...]) -> list[str]:
    paths = [folder / f"{n}.jpg" for n in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        path.write_bytes(picture)
    return [str(path) for path in paths]


def _compare(reference: Path, paths: list[str]) -> Answer:
    command = [sys.executable, "-m", "proctor", "identity", "compare", str(reference), *paths, "--json"]
    # The words are ours and the paths are the server's own; nothing of them comes from a request.
    done = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        log.warning("faces are not compared: %s", done.stderr.decode("utf-8", "replace").strip()[-300:])
        return cannot("not_available")
    return read_answer(
        msgspec.json.decode(done.stdout, type=Said), identity_catalogue()["dlib-resnet"].sha256
    )
