"""Takes a file of marks, finds out its form and reads it."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from scoring.statistics.reading.long import is_long, read_long
from scoring.statistics.reading.matrix import read_matrix
from scoring.statistics.reading.steps import Keys, is_steps, read_steps
from scoring.statistics.reading.table import read_table
from scoring.statistics.sheet import BadSheet, Sheet


@cache
def moodle_keys() -> Keys:
    """The keys of Moodle's sample questions, by type and name."""
    return _parsed((files(__package__) / "moodle_keys.toml").read_bytes(), "moodle_keys.toml")


def read_keys(path: Path) -> Keys:
    """Keys of one's own in the same form; BadSheet when the file is no TOML."""
    return _parsed(path.read_bytes(), path.name)


def read_sheet(path: Path, questions: Path | None = None, keys: Keys | None = None) -> Sheet:
    """The sheet that a CSV file holds; `questions` as in questions_beside; OSError, BadSheet."""
    table = read_table(path.read_bytes(), name=path.name)
    beside = questions or questions_beside(path)
    asked = read_table(beside.read_bytes(), name=beside.name) if beside else None
    if is_steps(table):
        if asked is None:
            raise BadSheet("questions_missing", path.name)
        return read_steps(table, asked, keys if keys is not None else moodle_keys())
    return read_long(table, asked) if is_long(table) else read_matrix(table)


def questions_beside(path: Path) -> Path | None:
    """`questions07.csv` for `steps07.csv` in the same folder, where there is one."""
    if not path.name.startswith("steps"):
        return None
    beside = path.with_name("questions" + path.name.removeprefix("steps"))
    return beside if beside.is_file() else None


def _parsed(data: bytes, name: str) -> Keys:
    try:
        found: dict[str, dict[str, Any]] = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise BadSheet("not_toml", name, str(error)) from error
    if not all(isinstance(one, dict) for one in found.values()):
        raise BadSheet("not_toml", name, "type.name tables are expected")
    return found
