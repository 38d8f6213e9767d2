"""What a figure was measured with: the hashes of program, models, policy, manifest and pictures."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from proctor import models

PACKAGE = Path(__file__).parent.parent


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def combined(parts: Iterable[str]) -> str:
    """One hash of several, in their order."""
    return sha256("\n".join(parts).encode())


def program_hash() -> str:
    """The hash of every source and data file of the package, in the order of their names."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".toml"})
    return combined(f"{path.relative_to(PACKAGE)} {sha256(path.read_bytes())}" for path in files)


def model_hashes(directory: Path) -> dict[str, str]:
    """The hash of every weight file as it lies there; raises ModelMissing or ModelCorrupt."""
    return {name: sha256(path.read_bytes()) for name, path in models.verify(directory).items()}


def policy_hash(policy: Path | None) -> str:
    return sha256((policy or PACKAGE / "policy.toml").read_bytes())
