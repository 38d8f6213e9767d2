"""Finds the formats there are, tells which one a file has, reads and writes.

A format is a module or package below `known` with a `FORMAT` (or `FORMATS`); a new one is
found without being named anywhere.
"""

import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

import msgspec

from itembank.formats import known
from itembank.formats.checks import sift
from itembank.formats.format import NO, Format
from itembank.formats.problems import in_file
from itembank.formats.question import Question, Reading, Written


class UnknownFormat(ValueError):
    """No format of that name, or none that can be written."""


@cache
def formats() -> dict[str, Format]:
    """Every format by its name."""
    modules = (
        import_module(f"{known.__name__}.{found.name}") for found in pkgutil.iter_modules(known.__path__)
    )
    return {format.name: format for module in modules for format in _formats_of(module)}


def _formats_of(module: ModuleType) -> tuple[Format, ...]:
    """One, or several that are read alike and written in versions."""
    found: tuple[Format, ...] = getattr(module, "FORMATS", ()) or (module.FORMAT,)
    return found


def writable() -> tuple[str, ...]:
    """The names of the formats that can be written, sorted."""
    return tuple(sorted(name for name, format in formats().items() if format.write))


def detect(data: bytes, name: str) -> str:
    """The name of the format that is surest of the file; empty where none knows it."""
    sure = {one.name: one.recognises(data, name) for one in formats().values()}
    best = max(sure, key=lambda one: sure[one])
    return best if sure[best] > NO else ""


def read(data: bytes, name: str, format: str = "") -> Reading:
    """The questions of the file `name`, all that is wrong with it, and what is worth knowing; raises for no content.

    `format` is one of `formats()`, or empty to be detected; UnknownFormat for any other.
    """
    if not data.strip():
        return Reading(errors=(in_file(name, "file_empty"),))
    chosen = format or detect(data, name)
    if not chosen:
        return Reading(errors=(in_file(name, "format_unknown"),))
    if chosen not in formats():
        raise UnknownFormat(chosen)
    reading = sift(formats()[chosen].read(data, name))
    if not reading.questions and not reading.errors:
        note = in_file(name, "nothing_found", format=chosen)
        return msgspec.structs.replace(reading, notes=(*reading.notes, note))
    return reading


def write(questions: Sequence[Question], format: str) -> Written:
    """The questions as a file of `format`, and what of them it cannot carry; UnknownFormat unless it is writable."""
    writer = formats()[format].write if format in formats() else None
    if writer is None:
        raise UnknownFormat(format)
    return writer(questions)
