"""One run of a recorded worker: what it ran with, and where its records are."""

import hashlib
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from proctor import models, policies
from proctor.files import write_whole
from proctor.incidents import Episode
from proctor.records import Json

FORMAT = 1
HEAD_NAME = "run.json"
POLICY_NAME = "policy.toml"
SUFFIX = ".rec"


class NotARecording(ValueError):
    """A directory in which no run of a recorded worker lies, or one of another format."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a worker starts with: its share, when, its weights, its policy file, the episodes left open."""

    share: str
    at: float
    models_dir: Path
    policy: Path | None = None
    opened: tuple[Episode, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run ran with: everything besides the frames that its reports depend on.

    `models` and `policy` are SHA-256 in hex; `runtime` names the versions of what computes, and is told, not
    compared.
    """

    share: str
    began_at: float
    models: dict[str, str]
    policy: str
    opened: list[Json]
    runtime: dict[str, str]
    format: int = FORMAT


def describe(start: Start) -> Run:
    """The run that begins; raises ModelMissing, ModelCorrupt, OSError."""
    return Run(
        share=start.share,
        began_at=start.at,
        models=model_hashes(start.models_dir),
        policy=hashlib.sha256(policy_bytes(start.policy)).hexdigest(),
        opened=[asdict(episode) for episode in start.opened],
        runtime=runtime_versions(),
    )


def begin_run(directory: Path, start: Start) -> Path:
    """Make the run's own folder, readable for nobody else, with what it runs with in it; raises OSError."""
    run = describe(start)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = directory / f"{round(run.began_at * 1000)}-{run.share.replace('/', '-of-')}-{os.getpid()}"
    folder.mkdir(mode=0o700)
    (folder / POLICY_NAME).write_bytes(policy_bytes(start.policy))
    write_whole(folder / HEAD_NAME, json.dumps(asdict(run), indent=1).encode(), durable=True)
    return folder


def model_hashes(directory: Path) -> dict[str, str]:
    """The SHA-256 of every weight file; raises ModelMissing or ModelCorrupt."""
    return {name: digest(path) for name, path in models.verify(directory).items()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def runtime_versions() -> dict[str, str]:
    """What computes the scores."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "opencv": cv2.__version__,
        "onnxruntime": onnxruntime.__version__,
        "machine": platform.machine(),
        "processor": processor(),
    }


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8", "replace").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def policy_bytes(path: Path | None) -> bytes:
    """The policy file as it is; None is the package's own."""
    return (path or Path(policies.__file__).with_name(POLICY_NAME)).read_bytes()


def find_runs(directory: Path) -> list[Path]:
    """The folders of all runs in a directory, or the directory itself where it is one; raises NotARecording."""
    found = [directory] if (directory / HEAD_NAME).is_file() else sorted(directory.glob(f"*/{HEAD_NAME}"))
    if not found:
        raise NotARecording(f"no recording in {directory}")
    return [path.parent if path.name == HEAD_NAME else path for path in found]


def read_run(folder: Path) -> Run:
    """What a run ran with; raises NotARecording."""
    try:
        told = json.loads((folder / HEAD_NAME).read_bytes())
        if told["format"] != FORMAT:
            raise NotARecording(f"{folder} is a recording of format {told['format']}, not {FORMAT}")
        return Run(**{field.name: told[field.name] for field in fields(Run)})
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise NotARecording(f"{folder / HEAD_NAME} cannot be read: {error}") from error


def parts(folder: Path, source: int) -> list[Path]:
    """The files of one source, in order."""
    return sorted(folder.glob(f"{source}-*{SUFFIX}"))


def part_name(source: int, number: int) -> str:
    return f"{source}-{number:05d}{SUFFIX}"


def sources(folder: Path) -> Iterator[int]:
    """Every source of which something was recorded, by number."""
    yield from sorted({int(path.name.partition("-")[0]) for path in folder.glob(f"*-*{SUFFIX}")})
